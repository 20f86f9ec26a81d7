import { randomFillSync } from 'node:crypto'
import type { RandomBytes } from '#counting/randomness.ts'

/** Bytes fetched at once: asking the system for four at a time makes a day of a large run close in seconds. */
const POOL = 4096

/** The randomness of the operating system. Each byte is given once, and overwritten in the pool when it was given. */
export function systemRandom(): RandomBytes {
  const pool = new Uint8Array(POOL)
  let used = POOL
  return (count) => {
    if (count > POOL) return randomFillSync(new Uint8Array(count))
    if (used + count > POOL) {
      randomFillSync(pool)
      used = 0
    }
    const bytes = pool.slice(used, used + count)
    pool.fill(0, used, used + count)
    used += count
    return bytes
  }
}
