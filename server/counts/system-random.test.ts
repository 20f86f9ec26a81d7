import { expect, it } from 'vitest'
import { systemRandom } from './system-random.ts'

it('gives as many bytes as were asked for, every time others', () => {
  const random = systemRandom()
  const given = new Set<string>()
  for (let time = 0; time < 5000; time += 1) {
    const bytes = random(16)
    expect(bytes).toHaveLength(16)
    given.add(Buffer.from(bytes).toString('hex'))
  }
  expect(given.size).toBe(5000)
})

it('gives bytes without a bias', () => {
  const random = systemRandom()
  const ones = Array.from({ length: 2000 }, () => random(50)).reduce(
    (sum, bytes) => sum + bytes.reduce((bits, byte) => bits + byte.toString(2).replaceAll('0', '').length, 0),
    0,
  )
  // 800,000 tosses: within six standard deviations of half.
  expect(Math.abs(ones - 400_000)).toBeLessThan(6 * 447)
})

it('gives more bytes than it keeps ready', () => {
  const bytes = systemRandom()(10_000)
  expect(bytes).toHaveLength(10_000)
  expect(new Set(bytes).size).toBe(256)
})
