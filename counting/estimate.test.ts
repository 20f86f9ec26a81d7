import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  isSaturated,
  newVisitors,
  shownAs,
  sumOf,
  visitorsByLink,
  visitorsOver,
  type ClosedPeriod,
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
  it('gives each flip of a link the weight of a flip of that week', () => {
    const week = [closed('1', 8192, 8092), closed('2', 8010, 7910)]
    const weight = (201 + 206) / 200
    const { value, error } = visitorsByLink(40, week)
    expect(value).toBe(Math.round(40 * weight))
    expect(error).toBeCloseTo(Math.sqrt(value * (weight - 1) + weight ** 2 * noiseVariance(EPSILON.link)), 9)
  })

  it('takes two visitors for a flip when the week has hardly a flip, or only noise', () => {
    for (const week of [
      [],
      [closed('1', 8192, 8192)],
      [closed('1', 8192, 8200)],
      [{ ...closed('1', 8192, 8091), value: 50 }],
    ])
      expect(visitorsByLink(7, week).value).toBe(14)
  })

  it('keeps a number below zero, and gives it the error of its noise', () => {
    const { value, error } = visitorsByLink(-6, [])
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
    // The interval does not go below zero, because a number of visitors does not.
    [25, 30, 'about 30 (0-90)'],
    [20, 3, 'about 20 (14-26)'],
    [19, 3, 'fewer than 20'],
    [19.9, 500, 'fewer than 20'],
    [0, 6, 'fewer than 20'],
    [-15, 6, 'fewer than 20'],
  ])('shows %d with a standard error of %d as "%s"', (value, error, text) => {
    const shown = shownAs({ value, error }, 20)
    expect(
      shown.kind === 'fewer' ? `fewer than ${shown.than}` : `about ${shown.about} (${shown.low}-${shown.high})`,
    ).toBe(text)
  })

  it('never shows a number that lies outside the interval beside it, nor a narrower interval than 95 %', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 20, max: 10 ** 7 }),
        fc.double({ min: 0, max: 10 ** 5, noNaN: true }),
        (value, error) => {
          const shown = shownAs({ value, error }, 20)
          if (shown.kind !== 'about') throw new Error('Twenty and more are shown.')
          expect(shown.low).toBeLessThanOrEqual(shown.about)
          expect(shown.about).toBeLessThanOrEqual(shown.high)
          expect(shown.low).toBeLessThanOrEqual(Math.max(0, value - 1.96 * error))
          expect(shown.high).toBeGreaterThanOrEqual(value + 1.96 * error)
        },
      ),
    )
  })
})
