import { PNG } from 'pngjs'
import type { CDPSession } from 'puppeteer-core'

/** What a picture of the screen shows. */
export type Look = 'page' | 'blank' | 'neutral'

interface Frame {
  /** In milliseconds since 1970, as the compositor gives it. */
  readonly at: number
  readonly look: Look
}

/** A cover that is not on the screen this long after the press was not there at once. Frames of a busy machine come late. */
const GRACE_MILLISECONDS = 1_000
/** A page has letters; a cover has one colour. */
const SHARE_OF_ONE_COLOUR = 0.999
const NEUTRAL = [0x00, 0xaa, 0x77] as const

/** Records every frame that Chromium shows of a page, as small lossless pictures. */
export async function recordScreen(session: CDPSession): Promise<() => readonly Frame[]> {
  const frames: Frame[] = []
  session.on('Page.screencastFrame', ({ data, metadata, sessionId }) => {
    session.send('Page.screencastFrameAck', { sessionId }).catch(() => undefined)
    frames.push({ at: (metadata.timestamp ?? 0) * 1000, look: lookOf(PNG.sync.read(Buffer.from(data, 'base64'))) })
  })
  await session.send('Page.startScreencast', { format: 'png', maxWidth: 180, maxHeight: 370, everyNthFrame: 1 })
  return () => frames
}

/** What a picture shows: letters of ours, nothing, or the one colour of the stand-in. */
export function lookOf({ data, width, height }: Pick<PNG, 'data' | 'width' | 'height'>): Look {
  const counts = new Map<number, number>()
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    const colour = data.readUIntBE(pixel * 4, 3)
    counts.set(colour, (counts.get(colour) ?? 0) + 1)
  }
  const [colour = 0, count = 0] = [...counts].sort(([, one], [, other]) => other - one)[0] ?? []
  if (count < SHARE_OF_ONE_COLOUR * width * height) return 'page'
  const parts = [colour >> 16, (colour >> 8) & 0xff, colour & 0xff]
  return parts.every((part, index) => Math.abs(part - (NEUTRAL[index] ?? 0)) < 8) ? 'neutral' : 'blank'
}

/** How many frames showed a page when none may: after the first covered one, or when the cover had to be there long ago. */
export function framesAfterCover(frames: readonly Frame[], pressedAt: number): number {
  const after = frames.filter(({ at }) => at >= pressedAt)
  const covered = after.find(({ look }) => look !== 'page')
  const late = frames.findLast(({ at }) => at < pressedAt + GRACE_MILLISECONDS)
  const wrong = after.filter(
    ({ at, look }) => look === 'page' && (at > pressedAt + GRACE_MILLISECONDS || (covered && at > covered.at)),
  ).length
  return wrong + (late?.look === 'page' && wrong === 0 ? 1 : 0)
}
