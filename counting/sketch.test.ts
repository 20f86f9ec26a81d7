import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { coverRate } from './parameters.ts'
import { addCover, isTouched, seededBits, touch, untouched } from './sketch.ts'
import { randomTape } from './random-tape.ts'

const BUCKETS = 2 ** 14

const bucketsOf = (count: number) => Array.from({ length: count }, (_, bucket) => bucket)

describe('seededBits', () => {
  it('has one bit for each bucket', () => {
    expect(seededBits(8, randomTape(1))).toHaveLength(1)
    expect(seededBits(BUCKETS, randomTape(1))).toHaveLength(2048)
  })

  it('leaves half of the buckets untouched, within 5 standard deviations', () => {
    for (let seed = 1; seed <= 50; seed += 1) {
      const zeros = untouched(seededBits(BUCKETS, randomTape(seed)))
      expect(Math.abs(zeros - BUCKETS / 2)).toBeLessThan(5 * Math.sqrt(BUCKETS / 4))
    }
  })

  it('tosses a coin for each bucket by itself', () => {
    const random = randomTape(2)
    const ones = bucketsOf(64).map(() => 0)
    for (let draw = 0; draw < 4000; draw += 1) {
      const bits = seededBits(64, random)
      for (const bucket of ones.keys()) if (isTouched(bits, bucket)) ones[bucket] = (ones[bucket] ?? 0) + 1
    }
    for (const count of ones) expect(Math.abs(count - 2000)).toBeLessThan(5 * Math.sqrt(1000))
  })

  it('does not keep the bytes that it was given', () => {
    const given = Uint8Array.of(0)
    touch(
      seededBits(8, () => given),
      0,
    )
    expect(given).toEqual(Uint8Array.of(0))
  })
})

describe('touch', () => {
  it('touches that bucket and no other', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 8 }), fc.nat(), (before, number) => {
        const bucket = number % (before.length * 8)
        const bits = Uint8Array.from(before)
        touch(bits, bucket)
        for (const other of bucketsOf(bits.length * 8))
          expect(isTouched(bits, other)).toBe(other === bucket || isTouched(before, other))
      }),
    )
  })

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 8 }), fc.nat(), (bits, number) => {
        const bucket = number % (bits.length * 8)
        touch(bits, bucket)
        const once = Uint8Array.from(bits)
        touch(bits, bucket)
        expect(bits).toEqual(once)
      }),
    )
  })

  it('begins at the lowest bit of the first byte', () => {
    const bits = new Uint8Array(2)
    touch(bits, 0)
    touch(bits, 10)
    expect(bits).toEqual(Uint8Array.of(0b0000_0001, 0b0000_0100))
  })
})

describe('untouched', () => {
  it('counts the buckets that nobody touched', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bits) => {
        expect(untouched(bits)).toBe(bucketsOf(bits.length * 8).filter((bucket) => !isTouched(bits, bucket)).length)
      }),
    )
    expect(untouched(new Uint8Array(2048))).toBe(BUCKETS)
    expect(untouched(new Uint8Array(2048).fill(0xff))).toBe(0)
  })
})

describe('addCover', () => {
  it('touches the same part of the free buckets whatever is touched already, and says how many', () => {
    for (const [seed, fill] of [
      [1, 0b0000_0000],
      [2, 0b0101_0101],
      [3, 0b0111_1111],
    ] as const) {
      const bits = new Uint8Array(BUCKETS).fill(fill)
      const before = Uint8Array.from(bits)
      const free = untouched(bits)
      const added = addCover(bits, coverRate(1), randomTape(seed))
      expect(untouched(bits)).toBe(free - added)
      expect(bits.every((byte, index) => ((before[index] ?? 0) & ~byte) === 0)).toBe(true)
      expect(Math.abs(added - 0.01 * free)).toBeLessThan(4 * Math.sqrt(0.0099 * free))
    }
  })

  it('touches every free bucket with probability 1 and none with probability 0', () => {
    const bits = Uint8Array.of(0b1010_1010)
    expect(addCover(bits, 0, randomTape(1))).toBe(0)
    expect(bits).toEqual(Uint8Array.of(0b1010_1010))
    expect(addCover(bits, 1, randomTape(1))).toBe(4)
    expect(bits).toEqual(Uint8Array.of(0xff))
  })

  it('covers in a week as much as in seven days', () => {
    expect(1 - coverRate(7)).toBeCloseTo((1 - coverRate(1)) ** 7, 12)
    expect(coverRate(1)).toBeCloseTo(0.01, 12)
    expect(coverRate(0)).toBe(0)
  })
})
