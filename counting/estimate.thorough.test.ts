import { describe, expect, it } from 'vitest'
import { newVisitors, visitorsOver, type ClosedPeriod } from './estimate.ts'
import { coverRate, EPSILON } from './parameters.ts'
import { discreteLaplace, type RandomBytes } from './randomness.ts'
import { randomTape } from './random-tape.ts'
import { addCover, isTouched, seededBits, touch, untouched } from './sketch.ts'

const BUCKETS = 2 ** 14
const everything = () => true

/**
 * The closed periods of a run with so many new visitors in each. A visitor is a random bucket here: HMACs are no less
 * random, and slower. A period is four days long, because cover for each day by itself is slow too.
 */
function simulatedRun(newcomers: readonly number[], random: RandomBytes): ClosedPeriod[] {
  const bits = seededBits(BUCKETS, random)
  let zeros = untouched(bits) + discreteLaplace(EPSILON.zeros, random)
  return newcomers.map((count, index) => {
    let flips = discreteLaplace(EPSILON.visitors, random)
    for (let visitor = 0; visitor < count; visitor += 1) {
      const [low = 0, high = 0] = random(2)
      const bucket = low + 256 * (high % 64)
      if (isTouched(bits, bucket)) continue
      touch(bits, bucket)
      flips += 1
    }
    const zerosAfter = zeros - flips
    const value = newVisitors(BUCKETS, zeros, zerosAfter)
    const period = { period: String(index), flips, zerosBefore: zeros, zerosAfter, value }
    zeros = zerosAfter - addCover(bits, coverRate(4), random)
    return period
  })
}

/** So many visitors over eight periods, as evenly as integers allow. */
const evenly = (visitors: number) =>
  Array.from({ length: 8 }, (_, index) => Math.floor(((index + 1) * visitors) / 8) - Math.floor((index * visitors) / 8))

describe('visitorsOver, over hundreds of made-up runs', () => {
  it.each([300, 3034, 19_433])(
    'is right on average for %i visitors, and 95 of 100 intervals hold the truth',
    { timeout: 60_000 },
    (truth) => {
      const RUNS = 400
      const random = randomTape(truth)
      const estimates = Array.from({ length: RUNS }, () =>
        visitorsOver(BUCKETS, simulatedRun(evenly(truth), random), everything),
      )
      const mean = estimates.reduce((sum, { value }) => sum + value, 0) / RUNS
      const claimed = estimates.reduce((sum, { error }) => sum + error, 0) / RUNS
      const spread = Math.sqrt(estimates.reduce((sum, { value }) => sum + (value - mean) ** 2, 0) / RUNS)
      const held = estimates.filter(({ value, error }) => Math.abs(value - truth) <= 1.96 * error).length
      // The gates are four standard deviations of what 400 runs can say.
      expect(Math.abs(mean - truth)).toBeLessThan((4 * claimed) / Math.sqrt(RUNS))
      expect(Math.abs(spread / claimed - 1)).toBeLessThan(4 / Math.sqrt(2 * RUNS))
      expect(Math.abs(held - 0.95 * RUNS)).toBeLessThan(4 * Math.sqrt(RUNS * 0.95 * 0.05))
    },
  )

  it('stays right for the other periods when a flooded one is struck out', { timeout: 60_000 }, () => {
    const RUNS = 100
    const random = randomTape(12)
    const quiet = evenly(3034)
    const truth = 3034 - (quiet[3] ?? 0)
    const flooded = quiet.map((count, index) => (index === 3 ? count + 20_000 : count))
    const estimates = Array.from({ length: RUNS }, () =>
      visitorsOver(BUCKETS, simulatedRun(flooded, random), ({ period }) => period !== '3'),
    )
    const mean = estimates.reduce((sum, { value }) => sum + value, 0) / RUNS
    const claimed = estimates.reduce((sum, { error }) => sum + error, 0) / RUNS
    const held = estimates.filter(({ value, error }) => Math.abs(value - truth) <= 1.96 * error).length
    expect(Math.abs(mean - truth)).toBeLessThan((4 * claimed) / Math.sqrt(RUNS))
    expect(Math.abs(held - 0.95 * RUNS)).toBeLessThan(4 * Math.sqrt(RUNS * 0.95 * 0.05))
    // The flood leaves fewer free buckets, so each later flip stands for more visitors, and the error grows.
    expect(claimed).toBeGreaterThan(0.035 * truth)
    expect(claimed).toBeLessThan(0.08 * truth)
  })
})
