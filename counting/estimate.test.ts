import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  byShown,
  isSaturated,
  newVisitors,
  shownAs,
  sumOf,
  visitorsByLink,
  visitorsOver,
  type ClosedPeriod,
  type Shown,
} from './estimate.ts'
import { EPSILON } from './parameters.ts'
import { noiseVariance } from './randomness.ts'

const BUCKETS = 2 ** 14
const everything = () => true

/** A closed period with its value computed from its zeros. */
function closed(period: string, zerosBefore: number, zerosAfter: number): ClosedPeriod {
  return {
    period,
    flips: zerosBefore - zerosAfter,
    zerosBefore,
    zerosAfter,
    value: newVisitors(BUCKETS, zerosBefore, zerosAfter),
  }
}

describe('newVisitors', () => {
  it.each([
    // Half of the buckets are free: a flip stands for two visitors, and for a little more as they fill.
    [16384, 8192, 8191, 2],
    [16384, 8192, 8092, 201],
    [16384, 8192, 4096, 11357],
    [4096, 2048, 2048, 0],
    // Every bucket free: no seed, so nearly every visitor flips one.
    [16384, 16384, 16284, 100],
  ])('with %i buckets, from %i to %i untouched ones, is %i', (buckets, before, after, visitors) => {
    expect(newVisitors(buckets, before, after)).toBe(visitors)
  })

  it('is below zero when noise made the flips negative, by as much as it would be above', () => {
    expect(newVisitors(BUCKETS, 8192, 8202)).toBe(-20)
  })

  it('stays a number when noise says that no bucket is left, or fewer', () => {
    for (const [before, after] of [
      [10, 0],
      [10, -5],
      [-3, -9],
      [0, 0],
    ] as const)
      expect(Number.isFinite(newVisitors(BUCKETS, before, after))).toBe(true)
  })

  it('adds up: the visitors of two stretches are those of both together, but for rounding', () => {
    const zeros = fc.integer({ min: 1, max: BUCKETS })
    fc.assert(
      fc.property(zeros, zeros, zeros, (one, two, three) => {
        const parts = newVisitors(BUCKETS, one, two) + newVisitors(BUCKETS, two, three)
        expect(Math.abs(parts - newVisitors(BUCKETS, one, three))).toBeLessThanOrEqual(1.5)
      }),
    )
  })
})

describe('isSaturated', () => {
  it('raises the alarm when fewer than a twentieth of the buckets is left', () => {
    expect(isSaturated(1000, 50)).toBe(false)
    expect(isSaturated(1000, 49)).toBe(true)
    expect(isSaturated(BUCKETS, -20)).toBe(true)
    expect(isSaturated(BUCKETS, BUCKETS / 2)).toBe(false)
  })
})

describe('visitorsOver', () => {
  it('is nothing for no period, without an error', () => {
    expect(visitorsOver(BUCKETS, [], everything)).toEqual({ value: 0, error: 0 })
    expect(visitorsOver(BUCKETS, [closed('1', 8192, 8092)], () => false).value).toBe(0)
  })

  it('has for one period the error that the formula says', () => {
    const period = closed('1', 8192, 8092)
    const weight = BUCKETS / 8092
    const met = 201 * (BUCKETS / Math.sqrt(8192 * 8092) - 1)
    const cell = weight ** 2 * noiseVariance(EPSILON.visitors)
    const start = (weight - 2) ** 2 * noiseVariance(EPSILON.zeros)
    const { value, error } = visitorsOver(BUCKETS, [period], everything)
    expect(value).toBe(201)
    expect(error).toBeCloseTo(Math.sqrt(met + cell + start), 9)
  })

  it('counts the noise of a period also in the weights of every later one', () => {
    const periods = [closed('1', 8192, 8092), closed('2', 8010, 7000), closed('3', 6930, 5000)]
    const weights = periods.map(({ zerosBefore, zerosAfter }) => BUCKETS / zerosAfter - BUCKETS / zerosBefore)
    const [first = 0, second = 0, third = 0] = weights
    const met = periods.reduce(
      (sum, { zerosBefore, zerosAfter, value }) => sum + value * (BUCKETS / Math.sqrt(zerosBefore * zerosAfter) - 1),
      0,
    )
    const cells = (BUCKETS / 8092 + second + third) ** 2 + (BUCKETS / 7000 + third) ** 2 + (BUCKETS / 5000) ** 2
    const start = (first + second + third) ** 2
    const { value, error } = visitorsOver(BUCKETS, periods, everything)
    expect(value).toBe(periods.reduce((sum, period) => sum + period.value, 0))
    expect(error).toBeCloseTo(
      Math.sqrt(met + cells * noiseVariance(EPSILON.visitors) + start * noiseVariance(EPSILON.zeros)),
      9,
    )
  })

  it('is the sum of the published values, whatever is chosen and also below zero', () => {
    const period = fc.record({
      zerosBefore: fc.integer({ min: -50, max: BUCKETS }),
      zerosAfter: fc.integer({ min: -50, max: BUCKETS }),
      flips: fc.integer(),
      value: fc.integer({ min: -100, max: 50_000 }),
      wanted: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(period), (periods) => {
        const numbered = periods.map((one, index) => ({ ...one, period: String(index) }))
        const { value, error } = visitorsOver(
          BUCKETS,
          numbered,
          ({ period: id }) => periods[Number(id)]?.wanted === true,
        )
        expect(value).toBe(periods.reduce((sum, one) => sum + (one.wanted ? one.value : 0), 0))
        expect(error).toBeGreaterThanOrEqual(0)
        expect(Number.isFinite(error)).toBe(true)
      }),
    )
  })
})

describe('visitorsByLink', () => {
  const days = [closed('1', 8192, 8092), closed('2', 8010, 7910)]
  const weights = days.map(({ zerosBefore, zerosAfter }) => BUCKETS / Math.sqrt(zerosBefore * zerosAfter))
  const [first = 0, second = 0] = weights

  it('gives each flip of a link the mean weight of a flip while its cell was open', () => {
    const weight = (first + second) / 2
    const { value, error } = visitorsByLink(BUCKETS, 40, days)
    expect(value).toBe(Math.round(40 * weight))
    const chance = value * (weight - 1) + weight ** 2 * noiseVariance(EPSILON.link)
    expect(error).toBeCloseTo(Math.sqrt(chance + (40 * ((second - first) / 2)) ** 2), 9)
  })

  it('weighs a day by its flips, and one whose noise made them negative not at all', () => {
    const quiet = { ...closed('3', 4000, 4010), flips: -10 }
    expect(visitorsByLink(BUCKETS, 1000, [...days, quiet]).value).toBe(visitorsByLink(BUCKETS, 1000, days).value)
  })

  it('has the weight of the free buckets when there was not a flip, and two without a day', () => {
    expect(visitorsByLink(BUCKETS, 7, []).value).toBe(14)
    expect(visitorsByLink(BUCKETS, 7, [closed('1', 4096, 4096)]).value).toBe(28)
  })

  it('keeps a number below zero, and gives it the error of its noise', () => {
    const { value, error } = visitorsByLink(BUCKETS, -6, [])
    expect(value).toBe(-12)
    expect(error).toBeCloseTo(2 * Math.sqrt(noiseVariance(EPSILON.link)), 9)
  })
})

describe('sumOf', () => {
  it('adds values, and errors as the sides of a right angle', () => {
    expect(
      sumOf([
        { value: 10, error: 3 },
        { value: -4, error: 4 },
      ]),
    ).toEqual({ value: 6, error: 5 })
    expect(sumOf([])).toEqual({ value: 0, error: 0 })
  })
})

describe('shownAs', () => {
  it.each([
    // The power of ten of the standard error is the step.
    [3034, 80, 'about 3030 (2870-3200)'],
    [19_433, 292, 'about 19400 (18800-20100)'],
    [305, 9.9, 'about 305 (285-325)'],
    [305, 10, 'about 310 (280-330)'],
    [1234, 0.4, 'about 1234 (1233-1235)'],
    [1234, 0, 'about 1234 (1234-1234)'],
    [90, 30, 'about 90 (30-150)'],
    [20, 3, 'about 20 (14-26)'],
    // Below the threshold it is too few; below three of its own errors it cannot be told from nothing.
    [19, 3, 'few, at most 30'],
    [0, 6, 'few, at most 40'],
    [-15, 6, 'few, at most 40'],
    [89, 30, 'nothing, at most 150'],
    [-400, 30, 'nothing, at most 150'],
  ])('shows %d with a standard error of %d as "%s"', (value, error, text) => {
    expect(inWords(shownAs({ value, error }, 20))).toBe(text)
  })

  it('never shows a number outside the interval beside it, nor one that may be nothing, nor a narrower interval than 95 %', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -(10 ** 5), max: 10 ** 7 }),
        fc.double({ min: 0, max: 10 ** 5, noNaN: true }),
        (value, error) => {
          const shown = shownAs({ value, error }, 20)
          if (shown.kind !== 'about') {
            expect(value < 20 || value < 3 * error).toBe(true)
            expect(shown.atMost).toBeGreaterThanOrEqual(Math.max(0, value) + 2 * error)
            return
          }
          expect(value).toBeGreaterThanOrEqual(Math.max(20, 3 * error))
          expect(shown.low).toBeLessThanOrEqual(shown.about)
          expect(shown.about).toBeLessThanOrEqual(shown.high)
          expect(shown.low).toBeLessThanOrEqual(Math.max(0, value - 1.96 * error))
          expect(shown.high).toBeGreaterThanOrEqual(value + 1.96 * error)
        },
      ),
    )
  })

  it('says of a hidden number nothing that depends on it', () => {
    expect(new Set([-500, 0, 44, 89.9].map((value) => JSON.stringify(shownAs({ value, error: 30 }, 20)))).size).toBe(1)
  })
})

describe('byShown', () => {
  it('puts what is shown first, the largest before, and what is not by its name alone', () => {
    const row = (name: string, value: number) => ({ name, shown: shownAs({ value, error: 10 }, 20) })
    const rows = [row('d', 3), row('b', 29), row('z', 40), row('a', 400), row('c', -20)]
    expect(rows.sort(byShown).map(({ name }) => name)).toEqual(['a', 'z', 'b', 'c', 'd'])
  })
})

function inWords(shown: Shown): string {
  return shown.kind === 'about'
    ? `about ${shown.about} (${shown.low}-${shown.high})`
    : `${shown.kind}, at most ${shown.atMost}`
}
