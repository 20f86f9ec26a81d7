/** Chance that comes out the same for the same seed and the same number of a request, whatever was drawn for the others. */
export class Chance {
  #state: number

  /** @param seed and number: whole numbers from 0 to 2^32 - 1 */
  constructor(seed: number, number: number) {
    // Two numbers that follow each other must not begin alike, so they are spread by odd constants first.
    this.#state = (Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(number + 1, 0xc2b2ae35)) >>> 0
    for (let turn = 0; turn < 4; turn += 1) this.#next()
  }

  /** A whole number from 0 to most, both included. */
  upTo(most: number): number {
    return Math.floor((this.#next() / 0x1_0000_0000) * (most + 1))
  }

  /** Whether something happens that happens in one of so many cases. */
  oneIn(cases: number): boolean {
    return this.upTo(cases - 1) === 0
  }

  /** One of them; there is at least one. */
  of<T>(choices: readonly T[]): T {
    return choices[this.upTo(choices.length - 1)] as T
  }

  /** So many bytes. */
  bytes(length: number): Buffer {
    return Buffer.from(Array.from({ length }, () => this.upTo(255)))
  }

  /** mulberry32 (Tommy Ettinger, public domain): enough for attacks, and never for a secret. */
  #next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
}
