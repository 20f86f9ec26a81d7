import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RandomBytes } from '#counting/randomness.ts'
import type { SketchName } from '#store/count-store.ts'
import { writeOnce } from '../written-once.ts'

/** Length of a key. Unit: bytes. */
const LENGTH = 32

/**
 * The keys of the sketches, each in a file of its own outside the database: a copy of the database alone tells nothing.
 * Processes that count the same run share this folder.
 */
export class KeyFiles {
  readonly #folder: string
  readonly #random: RandomBytes

  /** @param folder made when it is not there; only the user of the server may read it */
  constructor(folder: string, random: RandomBytes) {
    this.#folder = folder
    this.#random = random
  }

  /** Whether there is a file for the key of a sketch. */
  has(sketch: SketchName): boolean {
    return existsSync(this.#fileOf(sketch))
  }

  /** The key of a sketch, or undefined when its file is not there or broken. */
  read(sketch: SketchName): Uint8Array | undefined {
    const file = this.#fileOf(sketch)
    if (!this.has(sketch)) return undefined
    const key = readFileSync(file)
    return key.length === LENGTH ? Uint8Array.from(key) : undefined
  }

  /** The key of a sketch, made when there is none. Of several processes that make one at the same time, one wins. */
  obtain(sketch: SketchName): Uint8Array {
    writeOnce(this.#fileOf(sketch), () => this.#random(LENGTH), this.#random)
    const key = this.read(sketch)
    if (!key)
      throw new Error(
        `The key of ${describe(sketch)} cannot be read: ${this.#fileOf(sketch)} is not ${LENGTH} bytes long. Put the right file there, or begin again with "npm run counts -- begin-again".`,
      )
    return key
  }

  /**
   * Destroys a key.
   * @throws Error when the file is still there afterwards
   */
  destroy(sketch: SketchName): void {
    const file = this.#fileOf(sketch)
    if (!this.has(sketch)) return
    // Overwritten first, for a disk that keeps what a deleted file held.
    writeFileSync(file, new Uint8Array(LENGTH))
    rmSync(file)
    if (this.has(sketch))
      throw new Error(`The key of ${describe(sketch)} could not be destroyed: delete ${file} by hand.`)
  }

  #fileOf({ run, site, number }: SketchName): string {
    return join(this.#folder, `${run}.${site}.${number}.key`)
  }
}

/** A sketch in a sentence. */
export function describe({ run, site, number }: SketchName): string {
  return `run ${run}, ${site} site${number > 1 ? ` (count ${number})` : ''}`
}
