import type { RandomBytes } from './randomness.ts'

/**
 * Bytes for tests and benchmarks: they look random and are the same for the same seed, so that a figure can be measured
 * again. Whoever knows the seed knows them all; nothing that counts people may use them. (sfc32 of PractRand.)
 */
export function randomTape(seed: number | string): RandomBytes {
  let a = 0x9e3779b9
  let b = 0x243f6a88
  let c =
    typeof seed === 'number'
      ? seed | 0
      : [...seed].reduce((sum, letter) => (Math.imul(sum, 31) + (letter.codePointAt(0) ?? 0)) | 0, 7)
  let counter = 1
  const next = () => {
    const sum = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return sum
  }
  for (let round = 0; round < 12; round += 1) next()
  return (count) => {
    const bytes = new Uint8Array(count)
    for (let index = 0; index < count; index += 4) {
      const word = next()
      for (let place = index; place < Math.min(index + 4, count); place += 1)
        bytes[place] = word >>> (8 * (place - index))
    }
    return bytes
  }
}
