import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RandomBytes } from '#counting/randomness.ts'
import { writeOnce } from '../written-once.ts'

/** Length of the secret. Unit: bytes. */
const LENGTH = 32

/**
 * The secret that signs the cookies of the management and encrypts second factors: the one that the settings name, else one
 * that is made once and kept in the folder of data. Of several processes that make one at the same time, one wins.
 */
export function managementSecret(
  { MANAGEMENT_SECRET, DATA_FOLDER }: { readonly MANAGEMENT_SECRET?: string | undefined; readonly DATA_FOLDER: string },
  random: RandomBytes,
): string {
  if (MANAGEMENT_SECRET !== undefined) return MANAGEMENT_SECRET
  const file = join(DATA_FOLDER, 'management-secret')
  if (!existsSync(file)) writeOnce(file, () => Buffer.from(random(LENGTH)).toString('base64url'), random)
  return readFileSync(file, 'utf8')
}
