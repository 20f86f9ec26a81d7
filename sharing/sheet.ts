import QRCode from 'qrcode'
import { CARD_PICTURE } from './card.ts'
import { escaped } from './escaped.ts'
import type { ShareKind } from './share-link.ts'

/** a4, a5: posters · strips: A4, a poster above strips to tear off · story: upright picture · banner: wide picture · card: what a chat shows of an open link. */
export const SHEET_FORMATS = ['a4', 'a5', 'strips', 'story', 'banner', 'card'] as const
export type SheetFormat = (typeof SHEET_FORMATS)[number]

/** Those that are printed; their unit is the point of PDF, 1/72 inch. */
export const PAPER_FORMATS = ['a4', 'a5', 'strips'] as const satisfies readonly SheetFormat[]
export type PaperFormat = (typeof PAPER_FORMATS)[number]

const A4 = { width: 595.28, height: 841.89 }

/** Width and height of each format (ISO 216 for paper). Unit: points on paper, pixels on a screen. */
export const SIZES: Readonly<Record<SheetFormat, { readonly width: number; readonly height: number }>> = {
  a4: A4,
  a5: { width: 419.53, height: 595.28 },
  strips: A4,
  story: { width: 1080, height: 1920 },
  banner: { width: 1200, height: 300 },
  card: CARD_PICTURE,
}

/** The words of a sheet; a line stays a line. */
export interface SheetWords {
  readonly headline: readonly string[]
  readonly text: readonly string[]
  readonly scan: string
  readonly close: string
}

interface AnySheet {
  readonly format: SheetFormat
  /** Where the language begins to write: a sheet of the other direction is its mirror image. */
  readonly direction: 'ltr' | 'rtl'
  readonly words: SheetWords
  /** What the QR code says: the address with https. */
  readonly address: string
  /** The address as people type it, host and path: `www.jouwja.example/k/k7m-3pd`. */
  readonly printed: string
}

/** What a sheet shows. Only an open one can have a name, a mark and a drawing; a discreet one is words, code and address. */
export type Sheet =
  | (AnySheet & { readonly kind: Extract<ShareKind, 'discreet'> })
  | (AnySheet & {
      readonly kind: Extract<ShareKind, 'open'>
      readonly name: string
      readonly mark: string
      readonly picture: string
    })

/** How thick letters are; the file of each is in server/sharing/print.ts. */
export type Weight = 400 | 700 | 900

/** Where the ink of a line of letters is, from the place where the line begins, y downwards. Unit: the size of its letters. */
export interface Ink {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** The ink of a line, by the program that will draw it: Arabic letters join, so no table of widths could tell. */
export type Measure = (line: string, weight: Weight) => Ink

/** A line of letters in its place. Its box is where its ink is. */
export interface PlacedText {
  readonly line: string
  readonly x: number
  readonly y: number
  readonly size: number
  readonly weight: Weight
  readonly colour: string
  /** Turned a quarter clockwise around its place. */
  readonly turned?: boolean
}

/** A square; a code has its quiet zone inside. */
export interface Square {
  readonly x: number
  readonly y: number
  readonly size: number
}

/** A sheet with everything in its place. */
export interface Layout {
  readonly width: number
  readonly height: number
  /** Fields, cards, drawings and lines, as SVG, from the back to the front. */
  readonly shapes: readonly string[]
  readonly codes: readonly Square[]
  readonly texts: readonly PlacedText[]
}

/** The palette of the reading pages in the light theme (components/reading.css). */
export const PALETTE = {
  paper: '#fbf5ec',
  sheet: '#fffdf9',
  ink: '#2a211d',
  soft: '#564740',
  accent: '#86290b',
  tint: '#f7e3d3',
  sand: '#f1ddbf',
  leaf: '#bccfae',
  sky: '#bcd6dd',
  spot: '#e2795a',
} as const

/** The family of the letters: Latin, Turkish and Arabic in one hand. */
export const FONT_FAMILY = 'Cairo'

/** What most printers cannot reach at the edge of the paper. Unit: points; 8 mm. */
export const PRINT_MARGIN = (8 / 25.4) * 72

/** The quiet zone around a code (ISO/IEC 18004). Unit: modules. */
const QUIET_MODULES = 4

/** The classes of the drawings (docs/content.md), in the light theme. */
const PICTURE_STYLE = `.k,.k2{fill:none;stroke:${PALETTE.ink};stroke-width:3.2;stroke-linecap:round;stroke-linejoin:round}.k2{stroke-width:2}.a{fill:${PALETTE.spot}}.s{fill:${PALETTE.sand}}.l{fill:${PALETTE.leaf}}.b{fill:${PALETTE.sky}}.p{fill:${PALETTE.paper}}.i{fill:${PALETTE.ink}}`

const STRIPS = 10
/** Unit: points; 67 mm. */
const STRIP_HEIGHT = 190

/**
 * A sheet as SVG, in the letters of FONT_FAMILY, which whoever shows it must have (server/sharing/print.ts).
 * @param measure of the program that draws it
 */
export function drawSheet(sheet: Sheet, measure: Measure): string {
  const { width, height, shapes, codes, texts } = layOut(sheet, measure)
  // Strips are small and kept flat, so theirs has fewer and larger modules.
  const modules = modulesOf(sheet.address, sheet.format === 'strips' ? 'M' : 'Q')
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><style>${PICTURE_STYLE}</style>`,
    ...shapes,
    ...codes.map((place) => `<path fill="${PALETTE.ink}" d="${pathOfCode(modules, place)}"/>`),
    ...texts.map(drawText),
    '</svg>',
  ].join('')
}

/** A code alone, as SVG: dark on white, with its quiet zone. Its unit is free: it has no size of its own. */
export function drawCode(address: string): string {
  const modules = modulesOf(address, 'Q')
  const size = modules.length + 2 * QUIET_MODULES
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}"><path fill="#ffffff" d="M0 0H${size}V${size}H0Z"/><path fill="#000000" d="${pathOfCode(modules, { x: 0, y: 0, size })}"/></svg>`
}

/** One line of letters as an SVG element. */
export function drawText({ line, x, y, size, weight, colour, turned }: PlacedText): string {
  const turn = turned ? ` transform="rotate(90 ${short(x)} ${short(y)})"` : ''
  return `<text x="${short(x)}" y="${short(y)}" font-family="${FONT_FAMILY}" font-size="${short(size)}" font-weight="${weight}" fill="${colour}"${turn}>${escaped(line)}</text>`
}

/** Every part of a sheet in its place: letters as large as their place lets the longest line be. */
export function layOut(sheet: Sheet, measure: Measure): Layout {
  const page = new Page(sheet, measure)
  switch (sheet.format) {
    case 'a4':
    case 'a5':
      layOutUpright(page, sheet, { top: 36 * page.unit, bottom: page.height - 36 * page.unit })
      break
    case 'strips':
      layOutUpright(page, sheet, { top: 30, bottom: page.height - STRIP_HEIGHT - 22 })
      layOutStrips(page, sheet)
      break
    case 'story':
      // What the programs that show a story lay over its two ends.
      layOutUpright(page, sheet, { top: 230, bottom: page.height - 280 })
      break
    case 'banner':
      layOutBanner(page, sheet)
      break
    case 'card':
      layOutCard(page, sheet)
      break
  }
  return page
}

/** Lines of one size and weight, one below the other. */
interface Block {
  readonly lines: readonly string[]
  readonly inks: readonly Ink[]
  readonly size: number
  readonly weight: Weight
  /** From the top of the ink to the line on which each row of letters stands. */
  readonly baselines: readonly number[]
  readonly width: number
  readonly height: number
}

/** How a block may be set. */
interface Setting {
  readonly weight: Weight
  /** The largest letters. */
  readonly most: number
  readonly width: number
  /** The least distance between two lines. Unit: the size of the letters. */
  readonly leading: number
  readonly height?: number
  /** Of an address: it begins at the left in every language. */
  readonly leftToRight?: boolean
}

/** Ink of one line that must stay clear of the next one. Unit: the size of the letters. */
const AIR = 0.14

/** What is kept free below the last line of a block even where no letter reaches it, so that gaps look alike. Unit: the size of the letters. */
const DESCENT = 0.16

/** A sheet while its parts are put in place. Every x counts from the edge where its language begins to write. */
class Page implements Layout {
  readonly width: number
  readonly height: number
  /** The size of everything: 1 for A4. */
  readonly unit: number
  readonly shapes: string[] = []
  readonly codes: Square[] = []
  readonly texts: PlacedText[] = []
  readonly rightToLeft: boolean

  constructor(
    { format, direction }: Sheet,
    private readonly measure: Measure,
  ) {
    const { width, height } = SIZES[format]
    this.width = width
    this.height = height
    this.unit = Math.min(width, height) / A4.width
    this.rightToLeft = direction === 'rtl'
    this.shapes.push(`<path fill="${PALETTE.paper}" d="M0 0H${width}V${height}H0Z"/>`)
  }

  /** Lines as large as they may be. */
  set(
    lines: readonly string[],
    { weight, most, width, leading, height = Infinity, leftToRight = false }: Setting,
  ): Block {
    const written = lines.map((line) => (this.rightToLeft && !leftToRight ? rightToLeft(line) : line))
    const inks = written.map((line) => this.measure(line, weight))
    const widest = Math.max(0, ...inks.map(({ left, right }) => right - left))
    const baselines: number[] = []
    inks.forEach((ink, index) => {
      const above = inks[index - 1]
      baselines.push(above ? (baselines[index - 1] ?? 0) + Math.max(leading, above.bottom - ink.top + AIR) : -ink.top)
    })
    const tall = lines.length === 0 ? 0 : (baselines.at(-1) ?? 0) + Math.max(DESCENT, inks.at(-1)?.bottom ?? 0)
    const size = Math.min(most, width / (widest || 1), height / (tall || 1))
    return {
      lines: written,
      inks,
      size,
      weight,
      baselines: baselines.map((baseline) => baseline * size),
      width: widest * size,
      height: tall * size,
    }
  }

  /** Puts a block where its ink begins at x, or in the middle of a width from there; y is its top. */
  put(block: Block, x: number, y: number, colours: readonly string[], middleOf?: number): void {
    block.lines.forEach((line, index) => {
      const ink = block.inks[index]
      if (!ink) return
      const { size, weight } = block
      const wide = (ink.right - ink.left) * size
      const left = this.left(middleOf === undefined ? x : x + (middleOf - wide) / 2, wide)
      this.texts.push({
        line,
        x: left - ink.left * size,
        y: y + (block.baselines[index] ?? 0),
        size,
        weight,
        colour: colours[index] ?? colours.at(-1) ?? PALETTE.ink,
      })
    })
  }

  /** Puts one line that is turned a quarter clockwise, in the middle of a column from x; y is where it begins. */
  putTurned(block: Block, x: number, y: number, colour: string, middleOf: number): void {
    const ink = block.inks[0]
    if (!ink) return
    const { size, weight } = block
    const left = this.left(x, middleOf)
    // Turned so, the top of the letters looks to the right.
    this.texts.push({
      line: block.lines[0] ?? '',
      x: left + middleOf / 2 + ((ink.bottom + ink.top) / 2) * size,
      y: y - ink.left * size,
      size,
      weight,
      colour,
      turned: true,
    })
  }

  /** A code on a white card. */
  putCode(x: number, y: number, size: number): void {
    const left = this.left(x, size)
    this.shapes.push(
      `<rect x="${short(left)}" y="${short(y)}" width="${short(size)}" height="${short(size)}" rx="${short(size * 0.06)}" fill="${PALETTE.sheet}"/>`,
    )
    this.codes.push({ x: left, y, size })
  }

  /** One of the drawings; it looks the same way in every language. */
  putPicture(svg: string, x: number, y: number, width: number, height: number): void {
    this.shapes.push(
      svg.replace(
        '<svg ',
        `<svg overflow="visible" x="${short(this.left(x, width))}" y="${short(y)}" width="${short(width)}" height="${short(height)}" `,
      ),
    )
  }

  /** A shape of points and curves between them: a path whose numbers are pairs of x and y, in capitals. */
  putShape(path: string, colour: string): void {
    this.shapes.push(`<path fill="${colour}" d="${this.mirrored(path)}"/>`)
  }

  /** A line to cut along. */
  putCut(path: string): void {
    this.shapes.push(
      `<path fill="none" stroke="${PALETTE.soft}" stroke-width="0.8" stroke-dasharray="4 4" d="${this.mirrored(path)}"/>`,
    )
  }

  private mirrored(path: string): string {
    return path.replace(
      /(-?[\d.]+) (-?[\d.]+)/g,
      (_, x: string, y: string) => `${short(this.left(Number(x), 0))} ${short(Number(y))}`,
    )
  }

  private left(x: number, width: number): number {
    return this.rightToLeft ? this.width - x - width : x
  }
}

const HEADLINE = { weight: 900, leading: 1 } as const
const TEXT = { weight: 400, leading: 1.45 } as const
const STRONG = { weight: 700, leading: 1.3 } as const

/** A poster: name and drawing above, then the words, and at the foot the code beside the address. */
function layOutUpright(page: Page, sheet: Sheet, { top, bottom }: { top: number; bottom: number }): void {
  const { unit, width: full } = page
  const { words } = sheet
  const margin = 40 * unit
  const width = full - 2 * margin
  if (sheet.kind === 'discreet') return layOutDiscreet(page, sheet, { top, bottom, margin })

  const codeSize = Math.min(138 * unit, (bottom - top) * 0.2)
  const foot = bottom - codeSize
  const low = sheet.format === 'strips'
  const headline = page.set(words.headline, {
    ...HEADLINE,
    most: (low ? 76 : 92) * unit,
    width,
    height: (bottom - top) * 0.27,
  })
  const text = page.set(words.text, { ...TEXT, most: 27 * unit, width, height: (bottom - top) * 0.14 })
  const textTop = foot - 34 * unit - text.height
  const headlineTop = textTop - (text.height > 0 ? 26 * unit : 0) - headline.height
  const edge = headlineTop - 40 * unit

  page.putShape(
    `M0 0L${full} 0L${full} ${edge - 22 * unit}C${full * 0.74} ${edge + 26 * unit} ${full * 0.34} ${edge - 34 * unit} 0 ${edge}Z`,
    PALETTE.tint,
  )
  putName(page, sheet, { x: margin, y: top, unit, width: low ? full * 0.5 - margin : width })
  // Below the name; on a low poster beside it.
  const above = top + (low ? 0 : 46 * unit)
  const begins = low ? full * 0.52 : margin * 0.7
  putInside(page, sheet.picture, {
    x: begins,
    y: above,
    width: full - begins - margin * 0.7,
    height: edge - 18 * unit - above,
  })
  page.put(headline, margin, headlineTop, accented(words.headline))
  page.put(text, margin, textTop, [PALETTE.ink])
  page.putCode(margin, foot, codeSize)
  putAddress(page, sheet, {
    x: margin + codeSize + 24 * unit,
    y: foot,
    width: width - codeSize - 24 * unit,
    height: codeSize,
  })
}

/** A poster that says nothing to whoever passes: large letters, a sun, and the code. */
function layOutDiscreet(
  page: Page,
  sheet: Sheet,
  { top, bottom, margin }: { top: number; bottom: number; margin: number },
): void {
  const { unit, width: full } = page
  const { words } = sheet
  const width = full - 2 * margin
  const headline = page.set(words.headline, {
    ...HEADLINE,
    most: 108 * unit,
    width,
    height: (bottom - top) * (sheet.format === 'strips' ? 0.26 : 0.34),
  })
  const text = page.set(words.text, { ...TEXT, most: 27 * unit, width })
  const headlineTop = top + 20 * unit
  const foot = 104 * unit
  const middle = { top: headlineTop + headline.height + text.height + 26 * unit, bottom: bottom - foot - 14 * unit }
  const codeSize = Math.min(250 * unit, (middle.bottom - middle.top) * 0.62)
  const centre = (middle.top + middle.bottom) / 2
  const radius = Math.min(codeSize * 0.92, full * 0.42, (middle.bottom - middle.top) / 2)
  page.shapes.push(circle(page, full * 0.66, centre, radius, PALETTE.spot))
  page.put(headline, margin, headlineTop, [PALETTE.ink])
  page.put(text, margin, headlineTop + headline.height + 24 * unit, [PALETTE.ink])
  page.putCode(full * 0.66 - codeSize / 2, centre - codeSize / 2, codeSize)
  putAddress(page, sheet, { x: margin, y: bottom - foot, width, height: foot })
}

/** Strips below a poster. Whoever takes one home has an address in the pocket, and nothing else. */
function layOutStrips(page: Page, sheet: Sheet): void {
  const top = page.height - STRIP_HEIGHT
  const wide = (page.width - 2 * PRINT_MARGIN) / STRIPS
  const codeSize = wide - 8
  const [host = '', ...path] = sheet.printed.split(/(?=\/)/)
  const begins = top + codeSize + 12
  const long = page.height - PRINT_MARGIN - begins
  const setting = { ...STRONG, leftToRight: true, width: long }
  const parts = [
    page.set([host], { ...setting, most: 11 }),
    ...(path.length > 0 ? [page.set([path.join('')], { ...setting, most: 15 })] : []),
  ]
  for (let strip = 0; strip < STRIPS; strip += 1) {
    const x = PRINT_MARGIN + strip * wide
    page.putCode(x + 4, top + 6, codeSize)
    const column = (wide - 8) / parts.length
    // The host is read first: turned so, the first line is the one on the right.
    parts.forEach((part, index) =>
      page.putTurned(
        part,
        x + 4 + column * (page.rightToLeft ? index : parts.length - 1 - index),
        begins,
        index < parts.length - 1 ? PALETTE.soft : PALETTE.ink,
        column,
      ),
    )
  }
  for (let cut = 0; cut <= STRIPS; cut += 1)
    page.putCut(`M${PRINT_MARGIN + cut * wide} ${top}L${PRINT_MARGIN + cut * wide} ${page.height}`)
  page.putCut(`M${PRINT_MARGIN} ${top}L${page.width - PRINT_MARGIN} ${top}`)
}

/** A wide picture for a page of somebody else. */
function layOutBanner(page: Page, sheet: Sheet): void {
  const { width: full, height } = page
  const { words } = sheet
  const margin = 30
  const codeSize = height - 2 * margin
  const begins = sheet.kind === 'open' ? 400 : 56
  const width = full - begins - codeSize - 2 * margin - 20
  if (sheet.kind === 'open') {
    page.putShape(`M0 0L352 0C392 92 330 196 366 ${height}L0 ${height}Z`, PALETTE.tint)
    putInside(page, sheet.picture, { x: 14, y: 24, width: 336, height: height - 48 })
  } else {
    page.shapes.push(circle(page, full - margin - codeSize / 2 - 10, height / 2, codeSize * 0.82, PALETTE.spot))
  }
  page.putCode(full - margin - codeSize, margin, codeSize)
  const headline = page.set(words.headline, {
    ...HEADLINE,
    most: sheet.kind === 'open' ? 62 : 76,
    width,
    height: sheet.kind === 'open' ? 118 : 150,
  })
  const text = page.set(words.text, { ...TEXT, leading: 1.35, most: 21, width, height: 58 })
  const address = page.set([sheet.printed], { ...STRONG, most: 25, width, leftToRight: true })
  const gaps = text.height > 0 ? [22, 22] : [0, 26]
  const tall = headline.height + text.height + address.height + (gaps[0] ?? 0) + (gaps[1] ?? 0)
  const top = (height - tall) / 2
  page.put(headline, begins, top, sheet.kind === 'open' ? accented(words.headline) : [PALETTE.ink])
  page.put(text, begins, top + headline.height + (gaps[0] ?? 0), [PALETTE.ink])
  page.put(address, begins, height - top - address.height, [sheet.kind === 'open' ? PALETTE.accent : PALETTE.ink])
}

/** What a chat shows of a link: small on a telephone, so large letters and no code. */
function layOutCard(page: Page, sheet: Sheet): void {
  const { width: full, height } = page
  const { words } = sheet
  const margin = 60
  const width = 590
  if (sheet.kind === 'open') {
    const edge = margin + width + 24
    page.putShape(
      `M${full} 0L${edge + 16} 0C${edge - 44} 190 ${edge + 56} 400 ${edge} ${height}L${full} ${height}Z`,
      PALETTE.tint,
    )
    putInside(page, sheet.picture, { x: edge + 42, y: 90, width: full - edge - 70, height: height - 180 })
    putName(page, sheet, { x: margin, y: margin, unit: 1.7, width })
  } else {
    page.shapes.push(circle(page, full - 210, height / 2, 190, PALETTE.spot))
  }
  const headline = page.set(words.headline, { ...HEADLINE, most: 104, width, height: 220 })
  const text = page.set(words.text, { ...TEXT, most: 30, width, height: 90 })
  const address = page.set([sheet.printed], { ...STRONG, most: 28, width, leftToRight: true })
  const tall = headline.height + (text.height > 0 ? 34 + text.height : 0)
  const top = 130 + (height - 130 - margin - address.height - 20 - tall) / 2
  page.put(headline, margin, top, sheet.kind === 'open' ? accented(words.headline) : [PALETTE.ink])
  page.put(text, margin, top + headline.height + 34, [PALETTE.ink])
  page.put(address, margin, height - margin - address.height, [sheet.kind === 'open' ? PALETTE.accent : PALETTE.ink])
}

/** The mark of a site with its name beside it. */
function putName(
  page: Page,
  { name, mark }: Extract<Sheet, { kind: 'open' }>,
  { x, y, unit, width }: { x: number; y: number; unit: number; width: number },
): void {
  const size = 34 * unit
  const block = page.set([name], { ...STRONG, most: 20 * unit, width: width - size - 10 * unit })
  page.putPicture(mark, x, y, size, size)
  page.put(block, x + size + 10 * unit, y + (size - block.height) / 2, [PALETTE.ink])
}

/** A drawing of 320 by 200, as large as its place and in the middle of it. */
function putInside(
  page: Page,
  svg: string,
  { x, y, width, height }: { x: number; y: number; width: number; height: number },
): void {
  const scale = Math.min(width / 320, height / 200)
  page.putPicture(svg, x + (width - 320 * scale) / 2, y + (height - 200 * scale) / 2, 320 * scale, 200 * scale)
}

/** How to get there: scan or type, the address, and what awaits. In the middle of its height. */
function putAddress(
  page: Page,
  sheet: Sheet,
  { x, y, width, height }: { x: number; y: number; width: number; height: number },
): void {
  const { unit } = page
  const { words } = sheet
  const scan = page.set([words.scan], { ...TEXT, most: 19 * unit, width })
  const address = page.set([sheet.printed], { ...STRONG, most: 27 * unit, width, leftToRight: true })
  const close = page.set([words.close], { ...STRONG, most: 22 * unit, width })
  const gap = 14 * unit
  const top = y + (height - scan.height - address.height - close.height - 2 * gap) / 2
  page.put(scan, x, top, [PALETTE.soft])
  page.put(address, x, top + scan.height + gap, [PALETTE.ink])
  page.put(close, x, top + scan.height + address.height + 2 * gap, [
    sheet.kind === 'open' ? PALETTE.accent : PALETTE.ink,
  ])
}

/** The colours of a headline: the last of its lines speaks. */
function accented(headline: readonly string[]): string[] {
  return headline.map((_, index) => (index === headline.length - 1 ? PALETTE.accent : PALETTE.ink))
}

function circle(page: Page, x: number, y: number, radius: number, colour: string): string {
  return `<circle cx="${short(page.rightToLeft ? page.width - x : x)}" cy="${short(y)}" r="${short(radius)}" fill="${colour}"/>`
}

/** The modules of a code; true is dark. @param correction how much of it may be lost: M 15 %, Q 25 % */
function modulesOf(address: string, correction: 'M' | 'Q'): boolean[][] {
  const { size, data } = QRCode.create(address, { errorCorrectionLevel: correction }).modules
  return Array.from({ length: size }, (_, row) =>
    Array.from({ length: size }, (_, column) => data[row * size + column] === 1),
  )
}

/** A code as one path: a rectangle for every run of dark modules in a row. */
function pathOfCode(modules: readonly (readonly boolean[])[], { x, y, size }: Square): string {
  const unit = size / (modules.length + 2 * QUIET_MODULES)
  const path: string[] = []
  modules.forEach((row, line) => {
    for (let begin = 0; begin < row.length; begin += 1) {
      if (!row[begin] || row[begin - 1]) continue
      let end = begin
      while (row[end]) end += 1
      path.push(
        `M${short(x + (begin + QUIET_MODULES) * unit)} ${short(y + (line + QUIET_MODULES) * unit)}h${short((end - begin) * unit)}v${short(unit)}h${short((begin - end) * unit)}z`,
      )
    }
  })
  return path.join('')
}

/** A line that is read from the right, whatever it begins or ends with: the program that draws takes every line as one from the left. */
function rightToLeft(line: string): string {
  return `\u202b${line}\u202c`
}

function short(value: number): string {
  return String(Math.round(value * 1000) / 1000)
}
