import { messageWith, type ShareMessage } from '#sharing/app-links.ts'
import {
  drawCode,
  drawSheet,
  PAPER_FORMATS,
  SHEET_FORMATS,
  SIZES,
  type PaperFormat,
  type SheetFormat,
} from '#sharing/sheet.ts'
import type { ShareLink } from '#store/share-links.ts'
import { LANGUAGES, type Content, type Language } from '../content/read.ts'
import { pdfOfSheet } from '../sharing/pdf.ts'
import { measureInk, pngOfSheet, shapesOfSheet } from '../sharing/print.ts'
import { addressOfLink, siteSheet } from '../sharing/site-sheet.ts'
import type { Management } from './management.ts'
import { hashOfSecret } from './secret-address.ts'

/** How wide a picture is: twice what a screen needs, and paper at 200 dots an inch. Unit: pixels. */
const WIDTHS: Readonly<Record<SheetFormat, number>> = {
  a4: 1654,
  a5: 1165,
  strips: 1654,
  story: SIZES.story.width,
  banner: 2 * SIZES.banner.width,
  card: SIZES.card.width,
}

/** The width of the picture of a code: 8 cm at 300 dots an inch. Unit: pixels. */
const CODE_WIDTH = 945

/** What a kit has: every sheet but the card, which is nothing to hang or to send. */
export const KIT_FORMATS = SHEET_FORMATS.filter((format) => format !== 'card')

/** A file of a kit. */
export interface KitFile {
  readonly body: Uint8Array<ArrayBuffer> | string
  readonly type: string
}

/** The link whose kit has this secret in its address; undefined when it was moved or taken back, or never was. */
export async function linkOfKit({ store }: Pick<Management, 'store'>, secret: string): Promise<ShareLink | undefined> {
  return store.shareLinks.ofKit(hashOfSecret(secret))
}

/** The message that is sent with a link, in a language. */
export function messageOfLink(content: Content, link: ShareLink, language: Language): ShareMessage {
  return messageWith(
    content.languages[language].share.messages[link.kind][link.target.site],
    addressOfLink(content, link).address,
  )
}

/**
 * A file of the kit of a link by its name: `a4-nl.pdf`, `story-tr.png`, `qr.svg`.
 * @returns undefined when a kit has no such file
 */
export async function kitFile(content: Content, link: ShareLink, name: string): Promise<KitFile | undefined> {
  const { address } = addressOfLink(content, link)
  if (name === 'qr.svg') return { body: drawCode(address), type: 'image/svg+xml' }
  if (name === 'qr.png') return { body: pngOfSheet(drawCode(address), CODE_WIDTH), type: 'image/png' }

  const [, format, language, extension] = /^([a-z0-9]+)-([a-z]{2})\.(svg|png|pdf)$/.exec(name) ?? []
  const known = KIT_FORMATS.find((candidate) => candidate === format)
  const spoken = LANGUAGES.find((candidate) => candidate === language)
  if (!known || !spoken) return undefined
  const svg = drawSheet(
    siteSheet(
      content,
      { format: known, kind: link.kind, site: link.target.site, language: spoken },
      addressOfLink(content, link),
    ),
    measureInk,
  )
  if (extension === 'svg') return { body: shapesOfSheet(svg), type: 'image/svg+xml' }
  if (extension === 'png') return { body: pngOfSheet(svg, WIDTHS[known]), type: 'image/png' }
  const paper = paperFormat(known)
  return (
    paper && {
      body: await pdfOfSheet(svg, paper, content.languages[spoken].share.cards.discreet[link.target.site].title),
      type: 'application/pdf',
    }
  )
}

/** A format as one of those that are printed; undefined for a picture. */
export function paperFormat(format: string): PaperFormat | undefined {
  return PAPER_FORMATS.find((paper) => paper === format)
}
