import { createHash } from 'node:crypto'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import type { CalendarDay } from '#campaign/day.ts'
import type { ManagementStore } from '#store/management-store.ts'

/** How often somebody may try, and for how long that is remembered. Units: tries, seconds. */
const LIMIT = { points: 5, duration: 15 * 60 }

const limiter = new RateLimiterMemory(LIMIT)

/**
 * Takes one of the tries that something has: five in a quarter of an hour, counted in the memory of this process under a hash,
 * so that nothing is written of who tried.
 * @param what for example `password` and the address that is signed in
 * @returns whether there was one left
 */
export async function mayTry(...what: readonly string[]): Promise<boolean> {
  try {
    await limiter.consume(hashOf(what))
    return true
  } catch (refused) {
    if (refused instanceof Error) throw refused
    return false
  }
}

/** Gives the tries back to somebody who got it right. */
export async function forgetTries(...what: readonly string[]): Promise<void> {
  await limiter.delete(hashOf(what))
}

/**
 * Whether a code of an app was not used before by this account: each may be used once (RFC 6238, 5.2), whichever process takes it. The
 * store knows the day alone, so the same six digits are refused until midnight, which happens to one sign-in in a million by chance.
 */
export function isFirstUse(
  store: Pick<ManagementStore, 'takeCode'>,
  manager: string,
  code: string,
  today: CalendarDay,
): Promise<boolean> {
  return store.takeCode(hashOf([manager, code]), today)
}

function hashOf(what: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(what)).digest('base64url')
}
