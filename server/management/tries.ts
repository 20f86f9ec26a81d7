import { createHash } from 'node:crypto'
import { addDays, dayOf, type CalendarDay } from '#campaign/day.ts'
import type { ManagementStore } from '#store/management-store.ts'
import { minuteOf, minutesAfter } from '#store/minute.ts'
import type { Management } from './management.ts'
import { secretForAddress } from './secret-address.ts'

/** From where somebody tries to sign in. */
export interface Place {
  /** The network of the request (server/client-network.ts); empty where it cannot be told. */
  readonly network: string
  /** The secret in the cookie of a device that signed in before. */
  readonly device?: string | undefined
}

/** What is tried. Each has tries of its own. */
export type Step = 'password' | 'code' | 'confirmation' | 'own password'

/** How often somebody may try from one place, and for how long that is remembered. Units: tries, minutes. */
const WINDOW = { most: 5, minutes: 15 }
/** Wrong tries in a row, after which no unknown place is let in (NIST SP 800-63B 5.2.2). */
const IN_A_ROW = 100
/** How long tries in a row are remembered: until somebody signs in; of an address that nobody has, for a day. Unit: minutes. */
const REMEMBERED = { ofAccount: 100 * 366 * 24 * 60, ofNobody: 24 * 60 }
/** For how long a device and a network are known after the last sign-in from there. Unit: days. */
export const KNOWN_DAYS = 180

type Desk = Pick<Management, 'store' | 'keyed'>

/** The keyed hash under which the tries of an address are kept. */
export function triesOf({ keyed }: Pick<Management, 'keyed'>, address: string): string {
  return keyed('tries', address)
}

/**
 * Takes one of the tries that somebody has for an address: five in a quarter of an hour from each network, and five on each device that
 * signed in before (OWASP, "device cookies"). After a hundred wrong ones in a row nobody may try any more from a device and a network that
 * are both unknown; known ones have a hundred of their own. So nobody uses up the tries of somebody else.
 * @returns whether there was one left: `wait` a quarter of an hour, or `closed` until its owner signs in from a known place or begins anew
 */
export async function mayTry(
  desk: Desk,
  step: Step,
  address: string,
  place: Place,
  moment: Date,
): Promise<'may' | 'wait' | 'closed'> {
  const { store, keyed } = desk
  const { window, ceiling } = await scopesOf(desk, address, place, dayOf(moment))
  const account = await store.accounts.withAddress(address)
  return store.tries.take(
    triesOf(desk, address),
    {
      window: {
        hash: keyed('window', step, address, window),
        most: WINDOW.most,
        ends: minutesAfter(moment, WINDOW.minutes),
      },
      ceiling: {
        hash: keyed('ceiling', step, address, ceiling),
        most: IN_A_ROW,
        ends: minutesAfter(moment, account ? REMEMBERED.ofAccount : REMEMBERED.ofNobody),
      },
    },
    minuteOf(moment),
  )
}

/** Gives the tries back to somebody who got it right. */
export async function forgetTries(desk: Desk, step: Step, address: string, place: Place, moment: Date): Promise<void> {
  const { store, keyed } = desk
  const { window, ceiling } = await scopesOf(desk, address, place, dayOf(moment))
  await store.tries.forget([keyed('window', step, address, window), keyed('ceiling', step, address, ceiling)])
}

/**
 * Takes one of the five tries in a quarter of an hour that everybody has together for something with a secret address.
 * @param what the hash of that address
 */
export async function mayTryTogether({ store, keyed }: Desk, what: string, moment: Date): Promise<boolean> {
  const hash = keyed('together', what)
  const window = { hash, most: WINDOW.most, ends: minutesAfter(moment, WINDOW.minutes) }
  return (await store.tries.take(hash, { window }, minuteOf(moment))) === 'may'
}

/** Gives these tries back. */
export async function forgetTriesTogether({ store, keyed }: Desk, what: string): Promise<void> {
  await store.tries.forget([keyed('together', what)])
}

/**
 * Knows the device and the network of somebody who signed in with both steps, and ends what counts as tries in a row.
 * @returns the secret for the cookie of the device, another one each time, so that none can be planted
 */
export async function knowPlace(
  desk: Desk,
  account: { readonly id: string; readonly email: string },
  place: Place,
  moment: Date,
): Promise<string> {
  const { store } = desk
  const today = dayOf(moment)
  const lastDay = addDays(today, KNOWN_DAYS)
  const secret = secretForAddress()
  if (place.device !== undefined) await store.knownPlaces.forget(deviceHash(desk, account.email, place.device))
  await store.knownPlaces.know(deviceHash(desk, account.email, secret), account.id, today, lastDay)
  if (place.network !== '')
    await store.knownPlaces.know(networkHash(desk, account.email, place.network), account.id, today, lastDay)
  await store.tries.endRow(triesOf(desk, account.email))
  return secret
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
  return store.takeCode(
    createHash('sha256')
      .update(JSON.stringify([manager, code]))
      .digest('base64url'),
    today,
  )
}

/** Who shares the tries of a place, in the window and in a row. */
async function scopesOf(
  desk: Desk,
  address: string,
  { network, device }: Place,
  today: CalendarDay,
): Promise<{ readonly window: string; readonly ceiling: string }> {
  const { knownPlaces } = desk.store
  if (device !== undefined && (await knownPlaces.isKnown(deviceHash(desk, address, device), today))) {
    const own = `device ${device}`
    return { window: own, ceiling: own }
  }
  const here = `network ${network}`
  const isKnown = network !== '' && (await knownPlaces.isKnown(networkHash(desk, address, network), today))
  return { window: here, ceiling: isKnown ? here : 'everywhere' }
}

function deviceHash({ keyed }: Desk, address: string, device: string): string {
  return keyed('device', address, device)
}

function networkHash({ keyed }: Desk, address: string, network: string): string {
  return keyed('network', address, network)
}
