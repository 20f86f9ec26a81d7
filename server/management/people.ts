import { randomBytes } from 'node:crypto'
import { addDays, startOf, type CalendarDay } from '#campaign/day.ts'
import { LastManager, NotAllowed, type Invitation, type ManagerRow } from '#store/accounts.ts'
import type { Actor } from '#store/audit-log.ts'
import type { Role } from '#store/management-tables.ts'
import { MANAGEMENT } from '../route.ts'
import type { Management } from './management.ts'
import { inOneLine } from './one-line.ts'
import { passwordProblem } from './password.ts'
import { hashPassword } from './password-hash.ts'
import { hashOfSecret, secretForAddress } from './secret-address.ts'
import { triesOf } from './tries.ts'

/** How long an invitation can be used. Unit: days. */
export const INVITATION_DAYS = 7

/** The longest name of a person. Unit: characters. */
export const LONGEST_NAME = 80

/** Why an act is not done: whoever asks may not any more, nobody could let others in after it, or what it is about is gone. */
export type Refusal = 'not-allowed' | 'last' | 'gone'

/**
 * Invites somebody who has no account.
 * @returns the path of the invitation, whose secret is kept nowhere; `known`: the address has an account
 */
export async function invite(
  { store }: Pick<Management, 'store'>,
  person: Pick<Invitation, 'email' | 'name' | 'role' | 'language'>,
  by: Actor,
  today: CalendarDay,
): Promise<{ readonly path: string } | { readonly refusal: Refusal | 'known' }> {
  const secret = secretForAddress()
  return orRefusal(async () => {
    const made = await store.accounts.invite(
      hashOfSecret(secret),
      {
        ...person,
        name: inOneLine(person.name),
        email: person.email.toLowerCase(),
        lastDay: addDays(today, INVITATION_DAYS),
      },
      by,
      today,
    )
    return made ? { path: pathOf(secret) } : { refusal: 'known' as const }
  })
}

/**
 * Makes an invitation with which somebody who has an account chooses a new password and a new second factor.
 * @returns the account, and the path of the invitation
 */
export async function inviteAnew(
  { store }: Pick<Management, 'store'>,
  id: string,
  by: Actor,
  today: CalendarDay,
): Promise<{ readonly account: ManagerRow; readonly path: string } | { readonly refusal: Refusal }> {
  const secret = secretForAddress()
  const lastDay = addDays(today, INVITATION_DAYS)
  return orRefusal(async () => {
    const account = await store.accounts.inviteAnew(hashOfSecret(secret), id, lastDay, by, today)
    return account ? { account, path: pathOf(secret) } : { refusal: 'gone' as const }
  })
}

/** The invitation with this secret, if it can still be used. */
export function invitationOf(
  { store }: Pick<Management, 'store'>,
  secret: string,
  today: CalendarDay,
): Promise<Invitation | undefined> {
  return store.accounts.invitation(hashOfSecret(secret), today)
}

/**
 * Uses an invitation: makes the account, or gives it a new password, after which every sign-in and the second factor of it are gone.
 * @returns the account and whether it was there before, or what is wrong
 */
export async function acceptInvitation(
  management: Management,
  secret: string,
  password: string,
  today: CalendarDay,
): Promise<(ManagerRow & { readonly isRenewed: boolean }) | 'gone' | 'short' | 'long' | 'easy'> {
  const invitation = await invitationOf(management, secret, today)
  if (!invitation) return 'gone'
  const problem = passwordProblem(password, [invitation.email, invitation.name])
  if (problem) return problem
  const made = {
    id: newId(),
    passwordId: newId(),
    password: await hashPassword(password),
    madeAt: startOf(today),
  }
  return (
    (await management.store.accounts.accept(
      hashOfSecret(secret),
      made,
      triesOf(management, invitation.email),
      today,
    )) ?? 'gone'
  )
}

/** Takes away an account with everything of it (`Accounts.remove` has the rules). @returns the account as it was */
export async function removePerson(
  management: Pick<Management, 'store' | 'keyed'>,
  id: string,
  by: Actor,
  today: CalendarDay,
): Promise<{ readonly account: ManagerRow } | { readonly refusal: Refusal }> {
  const { accounts } = management.store
  const email = (await accounts.find(id))?.email ?? ''
  return orRefusal(async () => {
    const account = await accounts.remove(id, triesOf(management, email), by, today)
    return account ? { account } : { refusal: 'gone' as const }
  })
}

/** Gives an account another role (`Accounts.changeRole` has the rules). @returns the account as it was */
export async function changeRole(
  { store }: Pick<Management, 'store'>,
  id: string,
  role: Role,
  by: Actor,
  today: CalendarDay,
): Promise<{ readonly account: ManagerRow } | { readonly refusal: Refusal }> {
  return orRefusal(async () => {
    const account = await store.accounts.changeRole(id, role, by, today)
    return account ? { account } : { refusal: 'gone' as const }
  })
}

async function orRefusal<Result>(act: () => Promise<Result>): Promise<Result | { readonly refusal: Refusal }> {
  try {
    return await act()
  } catch (error) {
    if (error instanceof LastManager) return { refusal: 'last' }
    if (error instanceof NotAllowed) return { refusal: 'not-allowed' }
    throw error
  }
}

function pathOf(secret: string): string {
  return `${MANAGEMENT}/uitnodiging/${secret}`
}

/** An id as those of the library: chance, of letters and digits that fit into an address. */
function newId(): string {
  return randomBytes(16).toString('hex')
}
