import { happens, type RandomBytes } from './randomness.ts'

/** The bits of a first-touch sketch, eight to a byte, the first bit of a byte its lowest. */
export type Bits = Uint8Array

/** The bits a sketch starts with: each is one or zero by the toss of a coin, so that a one says nothing of a visitor. */
export function seededBits(buckets: number, random: RandomBytes): Bits {
  return Uint8Array.from(random(buckets / 8))
}

/** Whether a bucket was touched: by a visitor, by the seed or by cover; nobody can tell which. */
export function isTouched(bits: Bits, bucket: number): boolean {
  return ((bits[bucket >> 3] ?? 0) & (1 << (bucket & 7))) !== 0
}

/** Touches a bucket. Touching it again changes nothing. */
export function touch(bits: Bits, bucket: number): void {
  bits[bucket >> 3] = (bits[bucket >> 3] ?? 0) | (1 << (bucket & 7))
}

/** How many buckets nobody has touched. */
export function untouched(bits: Bits): number {
  let zeros = 0
  for (const byte of bits) for (let rest = ~byte & 0xff; rest > 0; rest &= rest - 1) zeros += 1
  return zeros
}

/**
 * Touches each untouched bucket with a probability, as if a visitor had come. Somebody who compares two copies of the
 * sketch cannot tell such a touch from a visit.
 * @returns how many were touched
 */
export function addCover(bits: Bits, probability: number, random: RandomBytes): number {
  let added = 0
  for (let bucket = 0; bucket < bits.length * 8; bucket += 1) {
    if (isTouched(bits, bucket) || !happens(probability, random)) continue
    touch(bits, bucket)
    added += 1
  }
  return added
}
