import { Chance } from '../attack/chance.ts'
import { LINES, type Kind } from './line.ts'

export const BROWSERS = ['chromium', 'firefox'] as const
export type BrowserName = (typeof BROWSERS)[number]

/** How the exit is pressed. */
export type Way = 'mouse' | 'touch' | 'key'

/** Firefox takes no touch from the protocol that drives it. */
export const WAYS: Readonly<Record<BrowserName, readonly Way[]>> = {
  chromium: ['mouse', 'touch', 'key'],
  firefox: ['mouse', 'key'],
}

/** What a reader does before the press. `hide`: another tab in front, and back. */
export type Move = 'link' | 'other site' | 'organisation' | 'Back' | 'hide'

/** A visit, decided before it begins: the same seed and number give the same one. */
export interface Plan {
  readonly number: number
  readonly browser: BrowserName
  readonly line: Kind
  readonly way: Way
  readonly arrival: 'typed' | 'link'
  /** The last one is still under way when the exit is pressed. None: the first page is. */
  readonly moves: readonly Move[]
  /** From the last move to the press, in milliseconds. */
  readonly delay: number
  /** Between presses that go on, in milliseconds; undefined: one press only. */
  readonly again: number | undefined
}

/** How long a page may be on its way on each line, in milliseconds: the press falls within it. */
const LATEST: Readonly<Record<Kind, number>> = { fast: 80, '4G': 400, '400 kbit/s': 2_000, hanging: 600 }

const KINDS_OF_VISIT = BROWSERS.flatMap((browser) =>
  WAYS[browser].flatMap((way) => LINES.map((line) => ({ browser, way, line }))),
)

/** The driver of Firefox loses a page that goes back to another site, so there e2e/curtain.spec.ts alone goes Back. */
const LAST_MOVES: Readonly<Record<BrowserName, readonly (Move | undefined)[]>> = {
  chromium: ['link', 'link', 'other site', 'organisation', 'Back', 'hide', undefined],
  firefox: ['link', 'link', 'other site', 'organisation', 'hide', undefined],
}

/** One visit. Each line, way and browser has its turn. */
export function planOf(seed: number, number: number): Plan {
  const chance = new Chance(seed, number)
  const kind = KINDS_OF_VISIT[number % KINDS_OF_VISIT.length] as (typeof KINDS_OF_VISIT)[number]
  const before = Array.from({ length: chance.upTo(2) }, () => chance.of<Move>(['link', 'other site', 'hide', 'link']))
  const last = chance.of<Move | undefined>(LAST_MOVES[kind.browser])
  return {
    number,
    ...kind,
    arrival: chance.of(['typed', 'link'] as const),
    moves: last === undefined ? [] : [...before, last],
    delay: chance.upTo(LATEST[kind.line]),
    again: chance.oneIn(3) ? 100 + chance.upTo(200) : undefined,
  }
}
