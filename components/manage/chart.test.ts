import { parseHTML } from 'linkedom'
import { describe, expect, it } from 'vitest'
import { drawBars, drawRows, NARROW, WIDE, type ChartRow } from './chart.ts'

const ROWS: readonly ChartRow[] = [
  { key: '2027-03-25', label: '25 mrt', value: { kind: 'about', about: 200, low: 150, high: 250 } },
  { key: '2027-03-26', label: '26 mrt', value: { kind: 'few', atMost: 20 } },
  { key: '2027-03-27', label: '27 mrt', value: { kind: 'about', about: 4000, low: 3900, high: 4100 }, struck: true },
]
const TITLE = 'Bezoekers van "jouw ja" <per dag>'
const onScreen = { title: TITLE, language: 'nl', width: WIDE }

function elements(svg: string, selector: string): Element[] {
  return [...parseHTML(`<html><body>${svg}</body></html>`).document.querySelectorAll(selector)] as unknown as Element[]
}

describe('a chart on the page', () => {
  it('needs no style of its own, follows the colours of the page, and says what it shows', () => {
    const svg = drawBars(ROWS, onScreen)
    expect(elements(svg, 'style, [style], [class], script')).toEqual([])
    expect(svg).toContain('var(--chart-bar)')
    expect(
      elements(svg, 'svg').map((element) => [element.getAttribute('role'), element.getAttribute('aria-label')]),
    ).toEqual([['img', TITLE]])
  })

  it('draws a full bar with its interval, and a hollow one for a small number and for a day that is left out', () => {
    const svg = drawBars(ROWS, onScreen)
    expect(elements(svg, 'g[fill="var(--chart-bar)"] > rect')).toHaveLength(1)
    expect(elements(svg, 'g[fill="none"][stroke="var(--chart-soft)"] > rect')).toHaveLength(2)
    // The interval of the full bar with its two ends, and the axis.
    expect(elements(svg, 'g[stroke="var(--chart-ink)"] > line')).toHaveLength(4)
  })

  it('writes numbers and days as the language does, and fewer days where there is less room', () => {
    const texts = (svg: string) => elements(svg, 'text').map(({ textContent }) => textContent)
    expect(texts(drawBars(ROWS, onScreen))).toEqual(expect.arrayContaining(['25 mrt', '26 mrt', '27 mrt', '4.000']))
    expect(texts(drawBars(ROWS, { ...onScreen, language: 'en' }))).toContain('4,000')
    const days = Array.from({ length: 32 }, (_, index): ChartRow => ({
      key: String(index),
      label: `dag ${index}`,
      value: { kind: 'few', atMost: 20 },
    }))
    const labelsIn = (width: number) =>
      texts(drawBars(days, { ...onScreen, width })).filter((text) => text?.startsWith('dag')).length
    expect(labelsIn(NARROW)).toBeLessThan(labelsIn(WIDE))
  })

  it('of runs below each other shows numbers of others as rings', () => {
    const svg = drawRows(
      [
        ...ROWS,
        { key: '2014', label: '2014', value: { kind: 'about', about: 3034, low: 3034, high: 3034 }, ring: true },
      ],
      onScreen,
    )
    expect(elements(svg, 'circle')).toHaveLength(3)
    expect(elements(svg, 'g[stroke="var(--chart-soft)"] > circle')).toHaveLength(1)
  })

  it('is the same to the last sign each time it is drawn', () => {
    const draw = () => drawBars(ROWS, onScreen) + drawRows(ROWS, onScreen)
    expect(draw()).toBe(draw())
  })

  it('is drawn of nothing without an error', () => {
    expect(drawBars([], onScreen)).toContain('<svg')
    expect(drawRows([], onScreen)).toContain('<svg')
  })
})

describe('a chart in a file', () => {
  it('stands by itself: its namespace, a title, fixed colours on white', () => {
    const svg = drawBars(ROWS, { ...onScreen, file: true })
    expect(svg).toMatch(/^<svg[^>]* xmlns="http:\/\/www\.w3\.org\/2000\/svg"/)
    expect(svg).not.toContain('var(')
    expect(svg).not.toContain('<per dag>')
    expect(elements(svg, 'title')[0]?.textContent).toBe(TITLE)
    expect(elements(svg, 'svg > rect')[0]?.getAttribute('fill')).toBe('#ffffff')
  })
})

describe('a chart of made-up numbers', () => {
  const mark = 'Alle getallen zijn verzonnen.'

  it.each([
    ['on a page', {}],
    ['in a file', { file: true }],
  ])('says so across the middle, within its width, and in its name, %s', (_, drawing) => {
    for (const width of [WIDE, NARROW]) {
      for (const svg of [
        drawBars(ROWS, { ...onScreen, ...drawing, width, mark }),
        drawRows(ROWS, { ...onScreen, ...drawing, width, mark }),
      ]) {
        const [text] = elements(svg, 'text').filter(({ textContent }) => textContent === mark)
        expect(text?.getAttribute('text-anchor')).toBe('middle')
        // A letter of this type is at most six tenths as wide as it is high.
        expect(Number(text?.getAttribute('font-size')) * 0.6 * mark.length).toBeLessThan(width)
        expect(Number(text?.getAttribute('y'))).toBeGreaterThan(20)
        expect(
          'file' in drawing
            ? elements(svg, 'title')[0]?.textContent
            : elements(svg, 'svg')[0]?.getAttribute('aria-label'),
        ).toBe(`${TITLE} (${mark})`)
      }
    }
  })

  it('is told apart from one of counted numbers', () => {
    expect(drawBars(ROWS, { ...onScreen, file: true })).not.toContain(mark)
  })
})
