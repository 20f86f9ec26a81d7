import * as Plot from '@observablehq/plot'
import { parseHTML } from 'linkedom'

/** The colours of a chart: variables of the page, or fixed ones for a file. */
interface Colours {
  readonly bar: string
  readonly ink: string
  readonly soft: string
}

/** The colours that follow the theme of the page (manage.css). */
const ON_SCREEN: Colours = { bar: 'var(--chart-bar)', ink: 'var(--chart-ink)', soft: 'var(--chart-soft)' }
/** Dark on white, for a file. */
const ON_PAPER: Colours = { bar: '#e3b48f', ink: '#2a211d', soft: '#6b5c52' }

/** A number as it may be shown: with its interval, or as at most so many. */
export type ChartNumber =
  | { readonly kind: 'nothing' | 'few'; readonly atMost: number }
  | { readonly kind: 'about'; readonly about: number; readonly low: number; readonly high: number }

/** One bar, or one row, of a chart. */
export interface ChartRow {
  /** Of its own in the chart. */
  readonly key: string
  /** What stands at the axis. */
  readonly label: string
  readonly value: ChartNumber
  /** Left out of the total: drawn hollow. */
  readonly struck?: boolean
}

/** How a chart is drawn: for a page, in its colours and as wide as its place; or for a file, in fixed colours and with a title. */
export interface Drawing {
  /** What the chart shows, in a sentence. */
  readonly title: string
  readonly language: string
  readonly width: number
  readonly file?: boolean
  /** What is written over the whole chart, for numbers that are made up: a picture is passed on without the page around it. */
  readonly mark?: string | undefined
}

/** Width of a chart on a wide screen and in a file, and on a telephone. Unit: CSS pixels. */
export const WIDE = 880
export const NARROW = 330
/** Room for a label at the foot. Unit: CSS pixels. */
const ROOM_OF_LABEL = 58
/** Left and right of the bars, and half the width of the end of an interval. Unit: CSS pixels. */
const MARGINS = 74
const HALF_A_CAP = 4
/** The part of a bar's place that stays free. */
const PADDING = 0.25

type Drawable = ChartRow & { readonly about: number; readonly low: number; readonly high: number }

const { document } = parseHTML('<html><body></body></html>')

/**
 * Draws numbers as bars beside each other, each with its 95 % interval. What is not shown is a hollow bar up to what it may be.
 * @returns SVG with presentation attributes only, so that it needs no style of its own
 */
export function drawBars(rows: readonly ChartRow[], drawing: Drawing): string {
  const { bar, ink, soft } = drawing.file ? ON_PAPER : ON_SCREEN
  const drawable = rows.map(withEnds)
  const labels = new Map(rows.map(({ key, label }) => [key, label]))
  const every = Math.max(1, Math.ceil(rows.length / Math.floor((drawing.width - 60) / ROOM_OF_LABEL)))
  const inset = Math.max(0, ((drawing.width - MARGINS) / Math.max(1, rows.length)) * ((1 - PADDING) / 2) - HALF_A_CAP)
  const hollow = ({ value, struck }: Drawable) => value.kind !== 'about' || struck === true
  return svgOf(
    {
      height: drawing.width === NARROW ? 200 : 260,
      marginLeft: 54,
      marginTop: 14,
      marginBottom: 28,
      x: {
        type: 'band',
        domain: rows.map(({ key }) => key),
        padding: PADDING,
        tickSize: 0,
        label: null,
        ticks: rows.filter((_, index) => index % every === 0).map(({ key }) => key),
        tickFormat: (key: string) => labels.get(key) ?? key,
      },
      y: { grid: true, label: null, ticks: 4, zero: true, tickSize: 0, tickFormat: numberFormat(drawing.language) },
      marks: [
        Plot.barY(
          drawable.filter((row) => !hollow(row)),
          { x: 'key', y: 'about', fill: bar },
        ),
        Plot.barY(drawable.filter(hollow), {
          x: 'key',
          y: 'high',
          fill: 'none',
          stroke: soft,
          strokeDasharray: '3,3',
          insetLeft: 0.5,
          insetRight: 0.5,
        }),
        Plot.ruleX(
          drawable.filter((row) => !hollow(row)),
          { x: 'key', y1: 'low', y2: 'high', stroke: ink, strokeWidth: 1.5 },
        ),
        // The ends of an interval. Plot's markers would number themselves on through every chart, so that no two drawings are the same.
        ...['low', 'high'].map((y) =>
          Plot.tickY(
            drawable.filter((row) => !hollow(row)),
            { x: 'key', y, stroke: ink, strokeWidth: 1.5, insetLeft: inset, insetRight: inset },
          ),
        ),
        Plot.ruleY([0], { stroke: ink }),
      ],
    },
    drawing,
  )
}

/** Draws numbers below each other, each as a point between the ends of its 95 % interval; an exact one, or one of others, as a ring. */
export function drawRows(rows: readonly (ChartRow & { readonly ring?: boolean })[], drawing: Drawing): string {
  const { bar, ink, soft } = drawing.file ? ON_PAPER : ON_SCREEN
  const drawable = rows.map((row) => ({ ...withEnds(row), ring: row.ring === true }))
  const labels = new Map(rows.map(({ key, label }) => [key, label]))
  return svgOf(
    {
      height: 40 + rows.length * 34,
      marginLeft: drawing.width === NARROW ? 108 : 160,
      marginTop: 8,
      marginRight: 24,
      y: {
        type: 'band',
        domain: rows.map(({ key }) => key),
        padding: 0.35,
        tickSize: 0,
        label: null,
        tickFormat: (key: string) => labels.get(key) ?? key,
      },
      x: {
        grid: true,
        label: null,
        ticks: drawing.width === NARROW ? 3 : 6,
        zero: true,
        tickSize: 0,
        tickFormat: numberFormat(drawing.language),
      },
      marks: [
        Plot.barX(drawable, { y: 'key', x1: 'low', x2: 'high', fill: bar }),
        Plot.dot(
          drawable.filter(({ ring, value }) => !ring && value.kind === 'about'),
          { y: 'key', x: 'about', fill: ink, r: 5 },
        ),
        Plot.dot(
          drawable.filter(({ ring }) => ring),
          { y: 'key', x: 'about', stroke: soft, strokeWidth: 2.5, r: 5 },
        ),
        Plot.ruleX([0], { stroke: ink }),
      ],
    },
    drawing,
  )
}

function withEnds(row: ChartRow): Drawable {
  const { value } = row
  return value.kind === 'about'
    ? { ...row, about: value.about, low: value.low, high: value.high }
    : { ...row, about: value.atMost, low: 0, high: value.atMost }
}

function numberFormat(language: string): (value: number) => string {
  const format = new Intl.NumberFormat(language)
  return (value) => format.format(value)
}

function svgOf(options: Plot.PlotOptions, { title, width, file, mark }: Drawing): string {
  // linkedom is a document enough for Plot, but not one by its type.
  const svg = Plot.plot({ ...options, width, document: document as unknown as Document }) as unknown as Element
  // The policy of the page allows no style beside its own; every class in it would be one more name.
  svg.querySelector('style')?.remove()
  svg.removeAttribute('class')
  svg.setAttribute('font-size', '12')
  svg.setAttribute('font-family', file ? 'DejaVu Sans, sans-serif' : 'inherit')
  svg.setAttribute('fill', file ? ON_PAPER.ink : 'currentColor')
  for (const group of svg.querySelectorAll('g')) group.removeAttribute('aria-label')
  svg.setAttribute('role', 'img')
  if (mark !== undefined)
    svg.append(writtenOver(mark, width, Number(options.height), file ? ON_PAPER.ink : ON_SCREEN.ink) as unknown as Node)
  const said = mark === undefined ? title : `${title} (${mark})`
  if (!file) {
    svg.setAttribute('aria-label', said)
    svg.removeAttribute('width')
    svg.removeAttribute('height')
    return svg.outerHTML
  }
  svg.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
  svg.setAttribute('color', ON_PAPER.ink)
  const [background, name] = ['rect', 'title'].map((element) =>
    document.createElementNS('http://www.w3.org/2000/svg', element),
  )
  if (!background || !name) return svg.outerHTML
  for (const [attribute, value] of Object.entries({ width: '100%', height: '100%', fill: '#ffffff' }))
    background.setAttribute(attribute, value)
  name.textContent = said
  svg.prepend(name as unknown as Node, background as unknown as Node)
  return svg.outerHTML
}

/** Words across the middle of a chart, as wide as it is and clear enough for the numbers under it. */
function writtenOver(words: string, width: number, height: number, colour: string) {
  const text = document.createElementNS('http://www.w3.org/2000/svg', 'text')
  const attributes = {
    x: width / 2,
    y: height / 2,
    'text-anchor': 'middle',
    'font-size': Math.round((1.5 * width) / words.length),
    'font-weight': 700,
    fill: colour,
    'fill-opacity': 0.55,
  }
  for (const [attribute, value] of Object.entries(attributes)) text.setAttribute(attribute, String(value))
  text.textContent = words
  return text
}
