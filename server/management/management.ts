import { openManagementStore, type ManagementStore } from '#store/management-store.ts'
import type { TotalsDesk } from '#store/published-totals.ts'
import { openStore } from '../counts/counting.ts'
import { systemRandom } from '../counts/system-random.ts'
import { readEnvironment, type Environment } from '../environment.ts'
import { ofProcess } from '../of-process.ts'
import { keyedHashOf, type KeyedHash } from './keyed-hash.ts'
import { placeOfManagement } from './place.ts'
import { managementSecret } from './secret.ts'
import { signInOf, type SignIn } from './sign-in.ts'

/** What the screens of the management work with. */
export interface Management {
  readonly store: ManagementStore
  readonly signIn: SignIn
  /** Hashes under keys that are derived from the secret of the management. */
  readonly keyed: KeyedHash
  /** What was published of the counts, and nothing else of them. */
  readonly totals: TotalsDesk & { close(): Promise<void> }
}

const held = ofProcess<Promise<Management>>('management')

/**
 * The management of this process, opened when it is first needed.
 * @throws the driver's error when a database cannot be reached; then the next call tries again
 */
export function management(): Promise<Management> {
  held.value ??= openManagement(readEnvironment()).catch((error: unknown) => {
    held.value = undefined
    throw error
  })
  return held.value
}

/** Opens the management that the settings name: in PostgreSQL, or in files in the folder of data. */
export async function openManagement(
  settings: Pick<Environment, 'DATABASE_URL' | 'DATA_FOLDER' | 'TRUSTED_PROXIES' | 'MANAGEMENT_SECRET'>,
): Promise<Management> {
  const store = await openManagementStore(placeOfManagement(settings))
  const secret = managementSecret(settings, systemRandom())
  const keyed = keyedHashOf(secret)
  return {
    store,
    signIn: signInOf(store, secret, keyed),
    keyed,
    totals: await openStore(settings),
  }
}
