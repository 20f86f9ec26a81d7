import { linkSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { RandomBytes } from '#counting/randomness.ts'

/**
 * Writes a secret into a file that is not there yet, for the user of the server alone. Of several processes that do so at the same
 * time one wins, and the others leave its file as it is.
 * @param file its folder is made when it is not there
 * @param secret makes what is written
 */
export function writeOnce(file: string, secret: () => string | Uint8Array, random: RandomBytes): void {
  const folder = dirname(file)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const draft = join(folder, `draft-${Buffer.from(random(8)).toString('hex')}`)
  writeFileSync(draft, secret(), { mode: 0o600 })
  try {
    linkSync(draft, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(draft)
  }
}
