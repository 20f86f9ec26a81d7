import type { RandomBytes } from '#counting/randomness.ts'
import { VisitorKey } from '#counting/visitor.ts'

/** New visitors from one neighbourhood of the network in one hour. Ordinary ones send far fewer (docs/privacy.md). */
const NEW_PER_HOUR = 30
const SLOTS = 2 ** 16
const MILLISECONDS_PER_HOUR = 3_600_000

/**
 * Keeps one place from making up visitors. It holds no address: a neighbourhood has a number that changes every hour, by
 * a key that nobody keeps, and shares it with others. In memory only.
 */
export class NeighbourhoodLimit {
  readonly #random: RandomBytes
  #hour = -1
  #key: VisitorKey
  #seen = new Uint8Array(SLOTS)

  constructor(random: RandomBytes) {
    this.#random = random
    this.#key = new VisitorKey(random(32))
  }

  /** Whether one more new visitor of this neighbourhood is believed. */
  allows(neighbourhood: string, moment: Date): boolean {
    const hour = Math.floor(moment.getTime() / MILLISECONDS_PER_HOUR)
    if (hour !== this.#hour) {
      this.#hour = hour
      this.#key.destroy()
      this.#key = new VisitorKey(this.#random(32))
      this.#seen = new Uint8Array(SLOTS)
    }
    const slot = this.#key.bucketOf(neighbourhood, SLOTS)
    const seen = this.#seen[slot] ?? 0
    if (seen >= NEW_PER_HOUR) return false
    this.#seen[slot] = seen + 1
    return true
  }
}
