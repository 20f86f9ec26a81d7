import { createHash } from 'node:crypto'
import type { RandomBytes } from '#counting/randomness.ts'

/** Bytes that look random and are the same for the same name: a tape on which a test can run twice. */
export function randomTape(name: string): RandomBytes {
  let block = 0
  let rest = Buffer.alloc(0)
  return (count) => {
    while (rest.length < count) {
      rest = Buffer.concat([rest, createHash('sha256').update(`${name} ${block}`).digest()])
      block += 1
    }
    const bytes = rest.subarray(0, count)
    rest = rest.subarray(count)
    return bytes
  }
}
