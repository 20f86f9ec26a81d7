import { EPSILON } from './parameters.ts'
import { noiseVariance } from './randomness.ts'

/** The numbers of one closed period. All of them are public: what the zeros were is known only with noise. */
export interface ClosedPeriod {
  readonly period: string
  /** New buckets touched by visitors, with the noise its cell was born with. */
  readonly flips: number
  /** Untouched buckets when the period began, by the noisy count. */
  readonly zerosBefore: number
  /** The same when the last visitor of the period had come. */
  readonly zerosAfter: number
  /** The published number of new visitors, written once. It may be below zero, so that sums stay right. */
  readonly value: number
}

/** A published total with what chance may have done to it. Unit: visitors, page opens or visits. */
export interface Estimate {
  readonly value: number
  /** Standard error of `value`. */
  readonly error: number
}

/**
 * Of 100 intervals of this many standard errors to both sides, 94 to 96 hold the true count: 95.4 when the error is normal,
 * 94.1 when it is the noise of one cell (Laplace: 1 - exp(-2 √2)).
 */
const INTERVAL_ERRORS = 2
/**
 * A number is told from nothing from this many standard errors on. Of numbers of nothing, at most 1 in 100 gets there: 0.7 %
 * when the error is the noise of one cell (exp(-3 √2) / 2), 0.1 % when it is normal.
 */
const TOLD_FROM_NOTHING = 3

/**
 * New visitors of a period: with Z of m buckets untouched, one flip stands for m/Z visitors, because the others met a
 * bucket that was touched already (the martingale estimator of Ting, KDD 2014, and Cohen, KDD 2014).
 */
export function newVisitors(buckets: number, zerosBefore: number, zerosAfter: number): number {
  return Math.round(buckets * Math.log(Math.max(1, zerosBefore) / Math.max(1, zerosAfter)))
}

/** Less than a twentieth of the buckets is left: the sketch is too small for so many visitors. */
export function isSaturated(buckets: number, zeros: number): boolean {
  return zeros / buckets < 0.05
}

/**
 * The visitors of a sketch over the chosen periods: the sum of what was published for each, and its standard error.
 * Three things make the error: which visitors met a free bucket, the noise of each cell, and the noise in the zeros at
 * the start. The last two go on into the weights of every later period, also when a period in between is left out.
 * @param periods every closed period of one sketch, in order
 * @param wanted which of them to add up
 */
export function visitorsOver(
  buckets: number,
  periods: readonly ClosedPeriod[],
  wanted: (period: ClosedPeriod) => boolean,
): Estimate {
  const ofCell = noiseVariance(EPSILON.visitors)
  let value = 0
  let variance = 0
  /** How far the sum of the wanted later periods moves when one zero more is gone before them. */
  let laterWeights = 0
  for (const period of [...periods].reverse()) {
    const before = Math.max(1, period.zerosBefore)
    const after = Math.max(1, period.zerosAfter)
    const chosen = wanted(period)
    variance += (laterWeights + (chosen ? buckets / after : 0)) ** 2 * ofCell
    if (!chosen) continue
    value += period.value
    variance += Math.max(0, period.value) * (buckets / Math.sqrt(before * after) - 1)
    laterWeights += buckets / after - buckets / before
  }
  variance += laterWeights ** 2 * noiseVariance(EPSILON.zeros)
  return { value, error: Math.sqrt(Math.max(0, variance)) }
}

/**
 * New visitors who came by one share link while its cell was open: its flips, each for as many visitors as a flip of that time.
 * When in that time they came is not known, and a flip stands for more visitors the later it is. How far the weights of
 * the days lie from their mean is therefore part of the error.
 * @param periods the closed periods in which the cell was open
 */
export function visitorsByLink(buckets: number, flips: number, periods: readonly ClosedPeriod[]): Estimate {
  const weights = periods.map(
    ({ zerosBefore, zerosAfter }) => buckets / Math.sqrt(Math.max(1, zerosBefore) * Math.max(1, zerosAfter)),
  )
  const weight = meanOf(
    weights,
    periods.map((period) => Math.max(0, period.flips)),
  )
  const value = Math.round(flips * weight)
  const spread = Math.sqrt(weights.reduce((sum, one) => sum + (one - weight) ** 2, 0) / Math.max(1, weights.length))
  const chance = Math.max(0, value) * (weight - 1) + weight ** 2 * noiseVariance(EPSILON.link)
  return { value, error: Math.sqrt(chance + (Math.max(0, flips) * spread) ** 2) }
}

/** The mean weight of a flip; without a flip that of a day, and without a day 2, because half of the buckets are free at first. */
function meanOf(weights: readonly number[], flips: readonly number[]): number {
  const all = flips.reduce((sum, count) => sum + count, 0)
  if (weights.length === 0) return 2
  return weights.reduce(
    (sum, weight, index) => sum + weight * (all > 0 ? (flips[index] ?? 0) / all : 1 / weights.length),
    0,
  )
}

/** A sum of numbers with independent errors. */
export function sumOf(estimates: readonly Estimate[]): Estimate {
  return {
    value: estimates.reduce((sum, { value }) => sum + value, 0),
    error: Math.sqrt(estimates.reduce((sum, { error }) => sum + error ** 2, 0)),
  }
}

/**
 * How a number is shown: never bare.
 * nothing: it cannot be told from nothing · few: it is too small to show. Both say how large the true count may be.
 */
export type Shown =
  | { readonly kind: 'nothing' | 'few'; readonly atMost: number }
  | { readonly kind: 'about'; readonly about: number; readonly low: number; readonly high: number }

/**
 * The number as people see it: rounded to the power of ten of its standard error, between the ends of its 95 % interval
 * (the low end rounded down, the high end up). It is shown only from its threshold on, and from three times its own error on.
 * What is said of a hidden number depends on its error alone, so that it tells nothing of its value. Whatever the true
 * count is, of 100 such sentences and intervals together at least 94 are true.
 * @param from the threshold
 */
export function shownAs({ value, error }: Estimate, from: number): Shown {
  const least = Math.max(from, TOLD_FROM_NOTHING * error)
  if (value < least)
    return { kind: least > from ? 'nothing' : 'few', atMost: Math.ceil((least + INTERVAL_ERRORS * error) / 10) * 10 }
  const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, error))))
  return {
    kind: 'about',
    about: Math.round(value / step) * step,
    low: Math.max(0, Math.floor((value - INTERVAL_ERRORS * error) / step) * step),
    high: Math.ceil((value + INTERVAL_ERRORS * error) / step) * step,
  }
}

/** The order in which rows of numbers stand: the largest first, and those that are not shown by their names, so that their order tells nothing. */
export function byShown(
  a: { readonly shown: Shown; readonly name: string },
  b: { readonly shown: Shown; readonly name: string },
): number {
  const [one, other] = [a, b].map(({ shown }) => (shown.kind === 'about' ? shown.about : -1))
  return (other ?? 0) - (one ?? 0) || (a.name < b.name ? -1 : 1)
}
