import { randomInt } from 'node:crypto'
import { addDays, daysBetween, type CalendarDay } from '#campaign/day.ts'
import type { SharedLetter } from '#store/shared-letters.ts'
import { now } from '../clock.ts'
import { SHARED_LETTERS } from '../route.ts'
import type { Management } from './management.ts'
import { hashOfSecret, secretForAddress } from './secret-address.ts'
import { forgetTriesTogether, mayTryTogether } from './tries.ts'

/** The longest that a letter can be read. Unit: days. */
export const LONGEST_SHARE = 90

/** Letters and digits that are not taken for each other. */
const SIGNS = 'abcdefghjkmnpqrstuvwxyz23456789'
const GROUPS = 4
const SIGNS_PER_GROUP = 4

/** Whether a letter can be shared until a day. */
export function mayShareUntil(lastDay: CalendarDay, today: CalendarDay): boolean {
  return lastDay >= today && daysBetween(today, lastDay) <= LONGEST_SHARE
}

/** The day until which a letter is shared when nobody says otherwise. */
export function usualLastDay(today: CalendarDay): CalendarDay {
  return addDays(today, 14)
}

/**
 * Makes a letter readable with a secret address and a password, both made here and kept nowhere: the store has their hashes.
 * @returns the path and the password
 */
export async function shareLetter(
  { store, signIn }: Management,
  letter: Omit<SharedLetter, 'hash'>,
): Promise<{ readonly path: string; readonly password: string }> {
  const secret = secretForAddress()
  const password = Array.from({ length: GROUPS }, () =>
    Array.from({ length: SIGNS_PER_GROUP }, () => SIGNS[randomInt(SIGNS.length)]).join(''),
  ).join('-')
  const { password: passwords } = await signIn.$context
  await store.sharedLetters.add({ hash: hashOfSecret(secret), ...letter }, await passwords.hash(password))
  return { path: `${SHARED_LETTERS}/${secret}`, password }
}

/** Whether there is a letter at a secret address on a day. */
export async function isShared({ store }: Management, secret: string, today: CalendarDay): Promise<boolean> {
  return (await store.sharedLetters.find(hashOfSecret(secret), today)) !== undefined
}

/** The letter at a secret address, for who has its password too; else what is wrong. */
export async function openSharedLetter(
  management: Management,
  secret: string,
  password: string,
  today: CalendarDay,
): Promise<SharedLetter | 'gone' | 'refused' | 'wait'> {
  const { store, signIn } = management
  const letter = await store.sharedLetters.find(hashOfSecret(secret), today)
  if (!letter) return 'gone'
  // Whoever tries knows the secret address, and nobody else uses up these tries. A day that was chosen for a test gives none back.
  if (!(await mayTryTogether(management, letter.hash, now()))) return 'wait'
  const { password: passwords } = await signIn.$context
  if (!(await passwords.verify({ hash: letter.password, password: password.trim().toLowerCase() }))) return 'refused'
  await forgetTriesTogether(management, letter.hash)
  return letter
}
