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

/** Of 100 intervals of this many standard errors to both sides, 95 hold the true count. */
const NORMAL_95 = 1.96

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
 * New visitors who came by one share link in a week: its flips, each for as many visitors as a flip of that week.
 * @param periods the closed periods of that week
 */
export function visitorsByLink(flips: number, periods: readonly ClosedPeriod[]): Estimate {
  const allFlips = periods.reduce((sum, period) => sum + period.flips, 0)
  const allVisitors = periods.reduce((sum, { value }) => sum + value, 0)
  // With hardly a flip in the whole week its noise would be the weight; a flip stands for two while half the buckets are free.
  const weight = allFlips >= 1 && allVisitors > allFlips ? allVisitors / allFlips : 2
  const value = Math.round(flips * weight)
  return { value, error: Math.sqrt(Math.max(0, value) * (weight - 1) + weight ** 2 * noiseVariance(EPSILON.link)) }
}

/** A sum of numbers with independent errors. */
export function sumOf(estimates: readonly Estimate[]): Estimate {
  return {
    value: estimates.reduce((sum, { value }) => sum + value, 0),
    error: Math.sqrt(estimates.reduce((sum, { error }) => sum + error ** 2, 0)),
  }
}

/** How a number is shown: never bare. */
export type Shown =
  | { readonly kind: 'fewer'; readonly than: number }
  | { readonly kind: 'about'; readonly about: number; readonly low: number; readonly high: number }

/**
 * The number as people see it: rounded to the power of ten of its standard error, between the ends of its 95 % interval
 * (the low end rounded down, the high end up). Below the threshold it is not shown.
 */
export function shownAs({ value, error }: Estimate, from: number): Shown {
  if (value < from) return { kind: 'fewer', than: from }
  const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, error))))
  return {
    kind: 'about',
    about: Math.round(value / step) * step,
    low: Math.max(0, Math.floor((value - NORMAL_95 * error) / step) * step),
    high: Math.ceil((value + NORMAL_95 * error) / step) * step,
  }
}
