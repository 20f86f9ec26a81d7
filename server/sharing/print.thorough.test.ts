import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inflateSync } from 'node:zlib'
import decode from 'jsqr'
import { PNG } from 'pngjs'
import { describe, expect, it } from 'vitest'
import { SHARE_KINDS } from '#sharing/share-link.ts'
import {
  drawSheet,
  layOut,
  PALETTE,
  PAPER_FORMATS,
  PRINT_MARGIN,
  SHEET_FORMATS,
  SIZES,
  type Ink,
  type SheetFormat,
  type Square,
} from '#sharing/sheet.ts'
import { sensitiveWordIn } from '../content/check-words.ts'
import { content as contentOfFolder } from '../content/content.ts'
import { LANGUAGES } from '../content/read.ts'
import { pdfOfSheet } from './pdf.ts'
import { inkOf, measureInk, pngOfSheet, shapesOfSheet } from './print.ts'
import { siteSheet, type SheetChoice } from './site-sheet.ts'

const content = contentOfFolder()
const SITES = ['help', 'diary'] as const
const CODE = { path: '/k/k7m3pd', printed: '/k/k7m-3pd' }

/** How wide each format is looked at: strips as sharp as a telephone sees them from a hand's breadth. Unit: pixels. */
const SEEN: Readonly<Record<SheetFormat, number>> = {
  a4: 620,
  a5: 440,
  strips: 1800,
  story: 540,
  banner: 600,
  card: 600,
}

const everySheet = (format: SheetFormat): SheetChoice[] =>
  LANGUAGES.flatMap((language) =>
    SHARE_KINDS.flatMap((kind) => SITES.map((site) => ({ format, kind, site, language }))),
  )

const sheetOf = (choice: SheetChoice) => {
  const host = content.sites.find(({ id }) => id === choice.site)?.hosts[0] ?? ''
  return siteSheet(content, choice, { address: `https://${host}${CODE.path}`, printed: `${host}${CODE.printed}` })
}

/** What stands in a square of a picture, as a camera that sees no more than the square reads it. */
function read(png: PNG, { x, y, size }: Square, scale: number): string | undefined {
  const [left, top, side] = [Math.floor(x * scale), Math.floor(y * scale), Math.floor(size * scale)]
  const square = new PNG({ width: side, height: side })
  PNG.bitblt(png, square, left, top, side, side, 0, 0)
  return decode(new Uint8ClampedArray(square.data), side, side)?.data
}

const within = ({ left, right, top, bottom }: Ink, width: number, height: number, margin: number) =>
  left >= margin && top >= margin && right <= width - margin && bottom <= height - margin
const overlap = (a: Ink, b: Ink) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom

describe.each(SHEET_FORMATS.filter((format) => format !== 'card'))('the codes on %s', (format) => {
  it.each(everySheet(format))('are read: $language, $kind, $site', (choice) => {
    const sheet = sheetOf(choice)
    const png = PNG.sync.read(Buffer.from(pngOfSheet(drawSheet(sheet, measureInk), SEEN[format])))
    const { codes } = layOut(sheet, measureInk)
    expect(codes.length).toBeGreaterThan(0)
    // The strips are alike: the first and the last tell of all.
    for (const code of [codes[0], codes.at(-1)])
      expect(code && read(png, code, SEEN[format] / SIZES[format].width)).toBe(sheet.address)
  })
})

describe.each(SHEET_FORMATS)('the letters on %s', (format) => {
  it.each(everySheet(format))('stand inside the sheet, and on nothing else: $language, $kind, $site', (choice) => {
    const { width, height, texts, codes } = layOut(sheetOf(choice), measureInk)
    const inks = texts.map(inkOf)
    const squares = codes.map(({ x, y, size }): Ink => ({ left: x, right: x + size, top: y, bottom: y + size }))
    // A rounding of the program that draws.
    const margin = PRINT_MARGIN - 0.2
    for (const [index, ink] of inks.entries()) {
      expect(within(ink, width, height, margin), texts[index]?.line).toBe(true)
      expect(
        [...inks.slice(index + 1), ...squares].filter((other) => overlap(ink, other)),
        texts[index]?.line,
      ).toEqual([])
    }
    for (const square of squares) expect(within(square, width, height, margin)).toBe(true)
  })

  it.each(LANGUAGES)('are shapes in the file, joined as the language joins them: %s', (language) => {
    const shapes = shapesOfSheet(drawSheet(sheetOf({ format, kind: 'open', site: 'help', language }), measureInk))
    expect(shapes).not.toMatch(/<text|font-family|<image/)
    expect(shapes.match(/<path/g)?.length).toBeGreaterThan(10)
  })
})

describe.each(LANGUAGES)('the font in %s', (language) => {
  it('has every letter of the words', () => {
    const inkOfSign = (sign: string) =>
      JSON.stringify(inkOf({ line: sign, x: 0, y: 0, size: 100, weight: 900, colour: PALETTE.ink }))
    // What is drawn for a letter that the font does not have: a hieroglyph is one.
    const missing = inkOfSign('\u{13000}')
    const { share, siteNames } = content.languages[language]
    const signs = new Set(
      JSON.stringify([share.sheets, SITES.map((site) => siteNames[site].name)]).replace(/[\s{}[\]":]/g, ''),
    )
    expect([...signs].filter((sign) => !/\p{Mn}/u.test(sign) && inkOfSign(sign) === missing)).toEqual([])
  })
})

describe('Arabic letters', () => {
  it('join: a word has another width than its letters apart', () => {
    const width = (line: string) => measureInk(line, 700).right - measureInk(line, 700).left
    // The zero width non-joiner keeps two letters apart.
    expect(Math.abs(width('نعم') - width([...'نعم'].join('\u200c')))).toBeGreaterThan(0.02)
  })

  it('begin at the right, also behind a sign that has no direction', () => {
    const stop = (line: string) => inkOf({ line, x: 0, y: 0, size: 100, weight: 700, colour: PALETTE.ink })
    const { texts } = layOut(sheetOf({ format: 'a4', kind: 'open', site: 'diary', language: 'ar' }), measureInk)
    const close = texts.at(-1)
    // The full stop of the last line is its leftmost ink: without it the line begins further to the right.
    expect(close?.line).toMatch(/^\u202b.*\.\u202c$/)
    const [whole, without] = [stop(close?.line ?? ''), stop(close?.line.replace('.', '') ?? '')]
    expect(whole.right - whole.left).toBeGreaterThan(without.right - without.left)
    expect(pictureOf('\u202bنعم.\u202c').leftmostIsDot).toBe(true)
    expect(pictureOf('نعم.').leftmostIsDot).toBe(false)
  })
})

/** Whether the leftmost ink of a line is a dot: low, and close to the line the letters stand on. */
function pictureOf(line: string): { leftmostIsDot: boolean } {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="400" height="160"><path fill="#fff" d="M0 0H400V160H0Z"/><text x="40" y="100" font-family="Cairo" font-weight="700" font-size="80">${line}</text></svg>`
  const { data, width, height } = PNG.sync.read(Buffer.from(pngOfSheet(svg, 400)))
  for (let x = 0; x < width; x += 1) {
    const rows = Array.from({ length: height }, (_, y) => y).filter((y) => (data[(y * width + x + 4) * 4] ?? 255) < 128)
    if (rows.length > 0) return { leftmostIsDot: rows.every((y) => y > 80 && y <= 101) }
  }
  return { leftmostIsDot: false }
}

describe('a discreet sheet', () => {
  const stems = LANGUAGES.flatMap((language) => content.languages[language].sensitiveWords)
  const names = LANGUAGES.flatMap((language) =>
    SITES.map((site) => content.languages[language].siteNames[site].name.toLowerCase()),
  )

  it.each(SHEET_FORMATS.flatMap(everySheet).filter(({ kind }) => kind === 'discreet'))(
    'says nothing to whoever looks along: $format, $language, $site',
    (choice) => {
      const sheet = sheetOf(choice)
      const { texts, shapes } = layOut(sheet, measureInk)
      for (const { line } of texts) {
        expect(sensitiveWordIn(line, stems)).toBeUndefined()
        expect(names.filter((name) => line.toLowerCase().includes(name))).toEqual([])
      }
      expect(shapes.join('')).not.toMatch(/<svg|class=/)
    },
  )
})

describe.each(PAPER_FORMATS)('a PDF of %s', (format) => {
  const svg = drawSheet(sheetOf({ format, kind: 'discreet', site: 'help', language: 'ar' }), measureInk)

  it('is one page of the exact size, and tells its title alone', async () => {
    const pdf = structureOf(Buffer.from(await pdfOfSheet(svg, format, 'Leeslijst')))
    expect(pdf.match(/\/Type \/Page\b(?!s)/g)).toHaveLength(1)
    expect(pdf).toContain(`/MediaBox [0 0 ${SIZES[format].width} ${SIZES[format].height}]`)
    const [, title] = /\n<<\n\/Title (\d+) 0 R\n>>\n/.exec(pdf) ?? []
    expect(pdf).toContain(`\n${title} 0 obj\n(Leeslijst)\nendobj`)
    expect(pdf).not.toMatch(/Producer|Creator|CreationDate|ModDate|Author|Metadata|pdfkit|resvg/i)
  })

  it('has shapes and no font, and the same bytes every time', async () => {
    const pdf = Buffer.from(await pdfOfSheet(svg, format, 'Leeslijst'))
    expect(structureOf(pdf)).not.toMatch(/\/Font\b(?! <<\s*>>)|\/Subtype \/Image/)
    expect(Buffer.from(await pdfOfSheet(svg, format, 'Leeslijst')).equals(pdf)).toBe(true)
    expect(drawingOf(pdf)).toMatch(/ (c|v)\n/)
  })

  it('has a code that is read', async () => {
    const sheet = sheetOf({ format, kind: 'open', site: 'diary', language: 'ar' })
    const folder = mkdtempSync(join(tmpdir(), 'sheet-'))
    try {
      writeFileSync(join(folder, 'sheet.pdf'), await pdfOfSheet(drawSheet(sheet, measureInk), format, 'Dagboek'))
      execFileSync('pdftoppm', ['-png', '-r', '216', '-singlefile', join(folder, 'sheet.pdf'), join(folder, 'sheet')])
      const png = PNG.sync.read(readFileSync(join(folder, 'sheet.png')))
      const code = layOut(sheet, measureInk).codes.at(-1)
      expect(code && read(png, code, 216 / 72)).toBe(sheet.address)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})

/** A PDF without what is drawn: its objects, in letters. */
function structureOf(pdf: Buffer): string {
  return pdf
    .toString('latin1')
    .replace(/stream\n.*?\nendstream/gs, '')
    .replace(/[^\n\x20-\x7e]/g, '?')
}

/** The operators that draw the page (ISO 32000-1, 8.5). */
function drawingOf(pdf: Buffer): string {
  const begin = pdf.indexOf('stream\n') + 'stream\n'.length
  return inflateSync(pdf.subarray(begin, pdf.indexOf('\nendstream', begin))).toString('latin1')
}

describe('the palette', () => {
  it('is that of the reading pages in the light theme', () => {
    const [light = ''] = /:root \{[^}]*\}/.exec(readFileSync('components/reading.css', 'utf8')) ?? []
    for (const [name, value] of Object.entries(PALETTE)) expect(light).toContain(`--${name}: ${value};`)
  })
})
