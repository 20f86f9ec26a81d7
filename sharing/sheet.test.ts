import { describe, expect, it } from 'vitest'
import { drawSheet, layOut, PRINT_MARGIN, SHEET_FORMATS, SIZES, type Measure, type Sheet } from './sheet.ts'

/** Letters of half their size in width. */
const measure: Measure = (line) => ({ left: 0, right: line.length / 2, top: -0.7, bottom: 0.2 })

const BASE = {
  direction: 'ltr',
  words: { headline: ['Jouw ja', 'is van jou'], text: ['Een ja'], scan: 'Scan', close: 'Lees' },
  address: 'https://www.example.org/k/k7m3pd',
  printed: 'www.example.org/k/k7m-3pd',
} as const
const OPEN = {
  kind: 'open',
  name: 'jouw ja',
  mark: '<svg viewBox="0 0 48 48"><path class="a" d="M1 1h2"/></svg>',
  picture: '<svg viewBox="0 0 320 200"><path class="k" d="M1 1h2"/></svg>',
} as const

const sheetOf = (change: Partial<Pick<Sheet, 'format' | 'direction' | 'words'>>, open = true): Sheet => ({
  ...BASE,
  format: 'a4',
  ...(open ? OPEN : { kind: 'discreet' }),
  ...change,
})

describe('a sheet', () => {
  it.each(SHEET_FORMATS)('has the size of its format, and a code everywhere but on a card: %s', (format) => {
    const layout = layOut(sheetOf({ format }), measure)
    expect({ width: layout.width, height: layout.height }).toEqual(SIZES[format])
    expect(layout.codes).toHaveLength(format === 'card' ? 0 : format === 'strips' ? 11 : 1)
    expect(drawSheet(sheetOf({ format }), measure)).toMatch(/^<svg [^>]*viewBox="0 0 [\d.]+ [\d.]+">.*<\/svg>$/s)
  })

  it('has a name, a mark and a drawing when it is open, and only words, code and address when it is discreet', () => {
    const open = layOut(sheetOf({}), measure)
    const discreet = layOut(sheetOf({}, false), measure)
    expect(open.texts.map(({ line }) => line)).toContain('jouw ja')
    expect(open.shapes.filter((shape) => shape.startsWith('<svg'))).toHaveLength(2)
    expect(discreet.texts.map(({ line }) => line)).toEqual([
      'Jouw ja',
      'is van jou',
      'Een ja',
      'Scan',
      'www.example.org/k/k7m-3pd',
      'Lees',
    ])
    expect(discreet.shapes.join('')).not.toContain('<svg')
  })

  it('is mirrored for a language that is written from the right, with the address as it is typed', () => {
    const [left, right] = (['ltr', 'rtl'] as const).map((direction) =>
      layOut(sheetOf({ direction }), (line) => measure(line.replace(/[\u202b\u202c]/g, ''), 400)),
    )
    const { width } = SIZES.a4
    const [code, mirrored] = [left?.codes[0], right?.codes[0]]
    expect(mirrored?.x).toBeCloseTo(width - (code?.x ?? 0) - (code?.size ?? 0))
    expect(right?.texts.map(({ line }) => line)).toContain('www.example.org/k/k7m-3pd')
    expect(right?.texts.map(({ line }) => line)).toContain('\u202bis van jou\u202c')
  })

  it('makes letters smaller until the longest line fits', () => {
    const long = 'een heel lange regel op een kop die niet past'
    const { texts } = layOut(sheetOf({ words: { ...BASE.words, headline: ['kort', long] } }), measure)
    const lines = texts.filter(({ weight }) => weight === 900)
    expect(new Set(lines.map(({ size }) => size)).size).toBe(1)
    for (const { line, x, size } of lines)
      expect(x + (line.length / 2) * size).toBeLessThanOrEqual(SIZES.a4.width - PRINT_MARGIN)
  })

  it('has ten strips with the host and the path beside each other, and nothing else on them', () => {
    const turned = layOut(sheetOf({ format: 'strips' }), measure).texts.filter((text) => text.turned)
    expect(turned).toHaveLength(20)
    expect(new Set(turned.map(({ line }) => line))).toEqual(new Set(['www.example.org', '/k/k7m-3pd']))
  })

  it('writes what means something in SVG as letters', () => {
    expect(drawSheet(sheetOf({ words: { ...BASE.words, scan: 'a < b & c' } }), measure)).toContain('>a &lt; b &amp; c<')
  })
})
