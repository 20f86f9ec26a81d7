import { createHash } from 'node:crypto'
import { RateLimiterMemory } from 'rate-limiter-flexible'

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

/** How long a code of an app can be valid: its own half minute, and the ones before and after it. Unit: seconds. */
const CODE_LIFE = 90

const used = new RateLimiterMemory({ points: 1, duration: CODE_LIFE })

/** Whether a code of an app was not used before by this account: each may be used once (RFC 6238, 5.2). */
export async function isFirstUse(manager: string, code: string): Promise<boolean> {
  try {
    await used.consume(hashOf([manager, code]))
    return true
  } catch (refused) {
    if (refused instanceof Error) throw refused
    return false
  }
}

function hashOf(what: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(what)).digest('base64url')
}
