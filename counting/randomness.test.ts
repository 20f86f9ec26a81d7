import { describe, expect, it } from 'vitest'
import { discreteLaplace, happens, noiseVariance, type RandomBytes } from './randomness.ts'
import { randomTape } from './random-tape.ts'

const EPSILONS = [0.05, 0.1, 0.25, 0.5]
const TWO_TO_THE_32 = 2 ** 32

/** Gives these unsigned integers, one for each four bytes asked for, and refuses to give more. */
function scripted(...integers: number[]): RandomBytes {
  return (count) => {
    expect(count).toBe(4)
    const next = integers.shift()
    if (next === undefined) throw new Error('More bytes were asked for than the test has.')
    return Uint8Array.of(next >>> 24, next >>> 16, next >>> 8, next)
  }
}

/** The draws of one test, made once with one seed, so that it never fails by chance. */
const DRAWS = 200_000
const drawn = new Map(
  EPSILONS.map((epsilon, index) => {
    const random = randomTape(index + 1)
    return [epsilon, Array.from({ length: DRAWS }, () => discreteLaplace(epsilon, random))] as const
  }),
)

describe('discreteLaplace', () => {
  it.each(EPSILONS)('draws integers as often as the formula says, with epsilon %d (chi-square)', (epsilon) => {
    const a = Math.exp(-epsilon)
    const probability = (k: number) => ((1 - a) / (1 + a)) * a ** Math.abs(k)
    // Each integer of which a hundred are expected by itself, everything further out to each side together.
    let reach = 0
    while (probability(reach + 1) * DRAWS >= 100) reach += 1
    const observed = Array.from({ length: 2 * reach + 3 }, () => 0)
    for (const draw of drawn.get(epsilon) ?? []) {
      const cell = Math.max(-reach - 1, Math.min(reach + 1, draw)) + reach + 1
      observed[cell] = (observed[cell] ?? 0) + 1
    }
    let chiSquare = 0
    for (const [cell, count] of observed.entries()) {
      const k = cell - reach - 1
      const expected = DRAWS * (Math.abs(k) > reach ? a ** (reach + 1) / (1 + a) : probability(k))
      chiSquare += (count - expected) ** 2 / expected
    }
    // Mean and variance of chi-square are the degrees of freedom and twice that; the gate is 4 standard deviations.
    const freedom = observed.length - 1
    expect(chiSquare).toBeLessThan(freedom + 4 * Math.sqrt(2 * freedom))
    expect(chiSquare).toBeGreaterThan(freedom - 4 * Math.sqrt(2 * freedom))
  })

  it.each(EPSILONS)('has no bias and the variance that noiseVariance says, with epsilon %d', (epsilon) => {
    const draws = drawn.get(epsilon) ?? []
    const mean = draws.reduce((sum, draw) => sum + draw, 0) / DRAWS
    const variance = draws.reduce((sum, draw) => sum + (draw - mean) ** 2, 0) / DRAWS
    expect(Math.abs(mean)).toBeLessThan(4 * Math.sqrt(noiseVariance(epsilon) / DRAWS))
    // The fourth moment of Laplace noise is about six times the squared variance, so that of the variance is about five.
    expect(Math.abs(variance / noiseVariance(epsilon) - 1)).toBeLessThan(4 * Math.sqrt(5.5 / DRAWS))
  })

  it.each([
    [0.05, 28.3],
    [0.1, 14.1],
    [0.25, 5.6],
    [0.5, 2.8],
  ])('has with epsilon %d a standard deviation of %d', (epsilon, deviation) => {
    expect(Math.sqrt(noiseVariance(epsilon))).toBeCloseTo(deviation, 1)
  })

  it('is the difference of two geometric draws, and takes four bytes for each step', () => {
    const goOn = 0
    const stop = TWO_TO_THE_32 - 1
    expect(discreteLaplace(0.5, scripted(stop, stop))).toBe(0)
    expect(discreteLaplace(0.5, scripted(goOn, goOn, goOn, stop, stop))).toBe(3)
    expect(discreteLaplace(0.5, scripted(stop, goOn, goOn, stop))).toBe(-2)
    expect(discreteLaplace(0.5, scripted(goOn, stop, goOn, stop))).toBe(0)
  })

  it('goes on below e^-epsilon of 2^32 and stops at it', () => {
    const limit = Math.floor(Math.exp(-0.5) * TWO_TO_THE_32)
    expect(discreteLaplace(0.5, scripted(limit - 1, limit, limit))).toBe(1)
    expect(discreteLaplace(0.5, scripted(limit, limit))).toBe(0)
  })
})

describe('happens', () => {
  it.each([0, 0.01, 0.0678, 0.5, 0.99, 1])('happens with the probability %d', (probability) => {
    const random = randomTape(7)
    let times = 0
    for (let draw = 0; draw < DRAWS; draw += 1) if (happens(probability, random)) times += 1
    expect(Math.abs(times - DRAWS * probability)).toBeLessThanOrEqual(
      4 * Math.sqrt(DRAWS * probability * (1 - probability)),
    )
  })

  it('never happens with probability 0, and always with probability 1', () => {
    expect(happens(0, scripted(0))).toBe(false)
    expect(happens(1, scripted(TWO_TO_THE_32 - 1))).toBe(true)
  })
})
