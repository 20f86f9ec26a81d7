import { setTimeout as wait } from 'node:timers/promises'
import type { BrowserContext, Page } from 'puppeteer-core'
import { Chance } from '../attack/chance.ts'
import { NEUTRAL_ADDRESS } from '../neutral-address.ts'
import { addressOf } from '../site.ts'
import type { Line } from './line.ts'
import { NEUTRAL_TITLE, pageWithLinkTo } from './neutral-site.ts'
import type { Move, Plan } from './plan.ts'
import { framesAfterCover, recordScreen } from './screen.ts'
import { toldBy, WATCH, type Told } from './watch.ts'

/** What came of a visit. */
export interface Result {
  readonly number: number
  /** Whether the browser shows the neutral page, by its address and its title. */
  readonly neutral: boolean
  /** Pictures of a page of ours after the cover; undefined: this browser gives no pictures. */
  readonly frames: number | undefined
  /** What could be read of ours after the press. */
  readonly read: readonly string[]
  /** How often the exit was pressed before a press fell on it. 0: the page had gone by itself (Back, another organisation). */
  readonly presses: number
  readonly address: string
}

export interface Place {
  readonly x: number
  readonly y: number
}

const FIRST_PAGES = ['/', '/bellen', '/samen', '/reis'] as const
/** A page that is asked while another one is on its way may not answer in time. */
const ANSWER_MILLISECONDS = 2_000
const PRESS_FALLS_WITHIN = 400
const MOST_PRESSES = 15
const END_MILLISECONDS = 30_000
/** How long a covered page is looked at before a line that hangs is let go. */
const LOOK_MILLISECONDS = 1_400

/** Walks through a visit and presses the exit. @param exit the middle of the exit, on every page */
export async function walk(
  context: BrowserContext,
  line: Line,
  plan: Plan,
  seed: number,
  exit: Place,
): Promise<Result> {
  const chance = new Chance(seed ^ 0x5bd1e995, plan.number)
  line.become(plan.line === 'hanging' ? '4G' : plan.line)
  const page = await context.newPage()
  const told: Told[] = []
  page.on('console', (message) => {
    const one = toldBy(message.text())
    if (one) told.push(one)
  })
  page.on('dialog', (dialog) => void dialog.dismiss())
  await page.setViewport({ width: 360, height: 740 })
  await page.evaluateOnNewDocument(WATCH)
  const frames = plan.browser === 'chromium' ? await recordScreen(await page.createCDPSession()) : undefined
  try {
    await arrive(
      page,
      plan,
      addressOf(chance.oneIn(3) ? 'diary' : 'help', chance.oneIn(3) ? '/' : chance.of(FIRST_PAGES)),
    )
    for (const [index, move] of plan.moves.entries()) {
      const last = index === plan.moves.length - 1
      if (last && plan.line === 'hanging') line.become('hanging')
      await make(page, move, chance, last && plan.way === 'key')
      if (!last) await settle(page)
    }
    if (plan.moves.length === 0 && plan.line === 'hanging') line.become('hanging')
    await wait(plan.delay)
    const presses = await press(page, plan, exit, told, line)
    const pressed = told.find(({ what }) => what === 'pressed')
    if (pressed && plan.line === 'hanging') await wait(LOOK_MILLISECONDS)
    if (plan.line === 'hanging') line.become('4G')
    const neutral = await endsNeutral(page, plan, pressed === undefined)
    return {
      number: plan.number,
      neutral,
      frames: frames && pressed && framesAfterCover(frames(), pressed.at),
      read: told.filter(({ what, text }) => what === 'after' && text !== '').map(({ text }) => text.slice(0, 60)),
      presses: pressed ? presses : 0,
      address: page.url(),
    }
  } finally {
    line.become('fast')
    await page.close().catch(() => undefined)
  }
}

/** Where the middle of the exit is on a page of this browser: a sticky bar holds it in one place. */
export async function findExit(context: BrowserContext): Promise<Place> {
  const page = await context.newPage()
  await page.setViewport({ width: 360, height: 740 })
  await page.goto(addressOf('help', '/bellen'))
  const place = await page.evaluate(() => {
    const boxes = [...document.querySelectorAll('header a[data-exit]:not(.skip)')].map((link) =>
      link.getBoundingClientRect(),
    )
    const box = boxes.find(({ width }) => width > 0)
    return box && { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  })
  await page.close()
  if (!place) throw new Error('The exit is not in the bar at the top of a page.')
  return place
}

async function arrive(page: Page, { arrival, moves }: Plan, address: string): Promise<void> {
  const going: Promise<unknown> =
    arrival === 'typed'
      ? page.goto(address, { waitUntil: 'domcontentloaded' })
      : page.goto(pageWithLinkTo(address)).then(() => page.mouse.click(180, 300))
  going.catch(() => undefined)
  if (arrival === 'link') await within(going)
  // With no move the exit is pressed while the page comes.
  if (moves.length === 0) return
  await within(going)
  await page.waitForSelector('footer', { timeout: END_MILLISECONDS })
}

/** One step of a reader, which may still be under way afterwards. @param stays whether the privacy screen stays over the page */
async function make(page: Page, move: Move, chance: Chance, stays: boolean): Promise<void> {
  if (move === 'hide') return hide(page, stays)
  if (move === 'Back') return void page.goBack({ timeout: END_MILLISECONDS }).catch(() => undefined)
  const draw = chance.upTo(1_000)
  const place = await within(
    page.evaluate(
      (move, draw) => {
        const links = [...document.links].filter(({ origin, href, dataset, offsetWidth, className, pathname }) => {
          if (dataset.exit !== undefined || offsetWidth < 20 || className.includes('skip') || href.includes('#'))
            return false
          if (/^(tel|sms|mailto)/.test(href) || /\.(vcf|pdf|png|ics|txt)$/.test(pathname)) return false
          const other = pathname.includes('/naar/')
          if (move === 'organisation') return origin.startsWith('https:')
          return origin === location.origin && other === (move === 'other site')
        })
        const link = links[draw % links.length]
        link?.scrollIntoView({ block: 'center', behavior: 'instant' })
        const box = link?.getClientRects()[0]
        return box && { x: box.x + box.width / 2, y: box.y + box.height / 2 }
      },
      move,
      draw,
    ),
  )
  if (place) await within(page.mouse.click(place.x, place.y))
}

/** Another tab in front, and this one again. */
async function hide(page: Page, stays: boolean): Promise<void> {
  const other = await page.browserContext().newPage()
  await other.bringToFront()
  await within(page.waitForFunction(() => document.visibilityState === 'hidden', { polling: 50 }))
  await page.bringToFront()
  await other.close()
  if (stays) return
  const place = await within(
    page.evaluate(() => {
      const box = document.querySelector('[data-curtain]:not([hidden]) button')?.getBoundingClientRect()
      return box && { x: box.x + box.width / 2, y: box.y + box.height / 2 }
    }),
  )
  if (place) await within(page.mouse.click(place.x, place.y))
}

async function settle(page: Page): Promise<void> {
  await within(page.waitForFunction(() => document.readyState === 'complete' && document.querySelector('footer')))
}

/** Presses until a press falls on the exit, as a reader does whose page was not there yet. Gives how often. */
async function press(page: Page, plan: Plan, exit: Place, told: readonly Told[], line: Line): Promise<number> {
  const fell = () => told.some(({ what }) => what === 'pressed')
  const { way, again } = plan
  let presses = 0
  while (!fell() && presses < MOST_PRESSES && !isElsewhere(page, plan)) {
    presses += 1
    await pressOnce(page, way, exit)
    for (let waited = 0; !fell() && waited < PRESS_FALLS_WITHIN; waited += 20) await wait(20)
    // The first page hangs before its exit came: nobody can press it until the line goes on.
    if (presses === 5 && !fell() && line.hangs) line.become('4G')
  }
  if (again !== undefined && fell()) {
    for (let more = 0; more < 4 && !isElsewhere(page, plan); more += 1) {
      await wait(again)
      await pressOnce(page, way, exit)
    }
  }
  return presses
}

async function pressOnce(page: Page, way: Plan['way'], { x, y }: Place): Promise<void> {
  const pressing =
    way === 'mouse'
      ? page.mouse.click(x, y)
      : way === 'touch'
        ? page.touchscreen.tap(x, y)
        : (async () => {
            for (let key = 0; key < 3; key += 1) await page.keyboard.press('Backspace')
          })()
  await within(pressing)
}

/** Whether the tab shows a page of somebody else, by what the browser told of its address. A first page may not have begun to come. */
function isElsewhere(page: Page, { moves }: Plan): boolean {
  const address = page.url()
  return moves.length === 0 ? address === NEUTRAL_ADDRESS : !address.startsWith('http:')
}

/** Waits for the end. A page that had gone by itself is asked for again with Back or Forward, which must end neutral too. */
async function endsNeutral(page: Page, { moves }: Plan, gone: boolean): Promise<boolean> {
  if (gone && page.url() !== NEUTRAL_ADDRESS) {
    const going = moves.at(-1) === 'Back' ? page.goForward() : page.goBack()
    going.catch(() => undefined)
  }
  for (let waited = 0; waited < END_MILLISECONDS; waited += 50) {
    if (page.url() === NEUTRAL_ADDRESS && (await within(page.title())) === NEUTRAL_TITLE) return true
    await wait(50)
  }
  return false
}

/** The answer, or undefined when there is none in time. What comes too late is not looked at. */
async function within<Answer>(asked: Promise<Answer>): Promise<Answer | undefined> {
  const late = new AbortController()
  try {
    return await Promise.race([
      asked.catch(() => undefined),
      wait(ANSWER_MILLISECONDS, undefined, { signal: late.signal }).catch(() => undefined),
    ])
  } finally {
    late.abort()
  }
}
