/** What one person can change in a counter of this kind; the smaller, the more noise (privacy loss, in nats). */
export const EPSILON = {
  /** New visitors of one period. */
  visitors: 0.5,
  /** New visitors of one period who came by one share link. */
  link: 0.25,
  /** The zeros a sketch began with. */
  zeros: 0.1,
  /** Visits, the languages they began in, and requests that were not counted. */
  visits: 0.1,
  /** Page opens. */
  opens: 0.05,
} as const

/** The noise of each counter without identity. */
export const TALLY_EPSILON = {
  visits: EPSILON.visits,
  languages: EPSILON.visits,
  opens: EPSILON.opens,
  ignored: EPSILON.visits,
} as const

/** The part of the zeros that becomes one without a visitor, each day, so that a bit seen to change is not proof. */
const COVER_PER_DAY = 0.01

/** The part of the zeros that becomes one at the end of a period of so many days. */
export function coverRate(days: number): number {
  return 1 - (1 - COVER_PER_DAY) ** days
}

/** How large a sketch is, and over which stretch its new visitors are counted. */
export interface SketchSize {
  /** Number of bits, a power of two. */
  readonly buckets: number
  readonly period: 'day' | 'week'
}

/**
 * The sizes a run can choose from. More buckets hold more visitors; fewer hide each of them better.
 * small: fewer than 2,000 visitors expected · standard: to 50,000 · large: to 5 million.
 */
export const SIZES = {
  small: { buckets: 2 ** 12, period: 'week' },
  standard: { buckets: 2 ** 14, period: 'day' },
  large: { buckets: 2 ** 20, period: 'day' },
} as const satisfies Record<string, SketchSize>

export type SizeName = keyof typeof SIZES

/**
 * Whether share links are counted by themselves in a run of a size. A sketch that counts by the week is for few visitors,
 * and a number for each link would say too much of too few (docs/privacy.md).
 */
export function countsLinks(size: SizeName | 'none'): boolean {
  return size !== 'none' && SIZES[size].period === 'day'
}

/** Below this a number is not shown: a small number says more about a person than about a campaign. */
export const SHOWN_FROM = { visitors: 20, link: 20, visits: 20, languages: 20, opens: 100, ignored: 20 } as const
