import { addDays, type CalendarDay } from '#campaign/day.ts'
import type { Invitation, ManagerRow } from '#store/management-store.ts'
import type { Management } from './management.ts'
import { MANAGEMENT } from '../route.ts'
import { passwordProblem } from './password.ts'
import { hashOfSecret, secretForAddress } from './secret-address.ts'

/** How long an invitation can be used. Unit: days. */
export const INVITATION_DAYS = 7

/** What kind of account the library keeps a password in. */
const WITH_PASSWORD = 'credential'

/** The last manager cannot leave: nobody could let others in. */
export class LastManager extends Error {}

/**
 * Invites somebody, or gives somebody who has an account the way to a new password and second factor.
 * @returns the path of the invitation; its secret is kept nowhere
 */
export async function invite(
  { store }: Management,
  person: Omit<Invitation, 'lastDay'>,
  today: CalendarDay,
): Promise<string> {
  const secret = secretForAddress()
  await store.invite(hashOfSecret(secret), {
    ...person,
    email: person.email.toLowerCase(),
    lastDay: addDays(today, INVITATION_DAYS),
  })
  return `${MANAGEMENT}/uitnodiging/${secret}`
}

/** The invitation with this secret, if it can still be used. */
export function invitationOf(
  { store }: Management,
  secret: string,
  today: CalendarDay,
): Promise<Invitation | undefined> {
  return store.invitation(hashOfSecret(secret), today)
}

/**
 * Uses an invitation: makes the account, or gives it a new password, after which every sign-in and the second factor of it are gone.
 * @returns the account, or what is wrong
 */
export async function acceptInvitation(
  management: Management,
  secret: string,
  password: string,
  today: CalendarDay,
): Promise<Invitation | 'gone' | 'short' | 'long' | 'easy'> {
  const { store, signIn } = management
  const invitation = await invitationOf(management, secret, today)
  if (!invitation) return 'gone'
  const problem = passwordProblem(password, [invitation.email, invitation.name])
  if (problem) return problem
  const { internalAdapter, password: passwords } = await signIn.$context
  const hash = await passwords.hash(password)
  if (!(await store.takeInvitation(hashOfSecret(secret)))) return 'gone'
  const { email, name, role, language } = invitation
  const known = await internalAdapter.findUserByEmail(email)
  if (known) {
    await internalAdapter.updatePassword(known.user.id, hash)
    await internalAdapter.updateUser(known.user.id, { name, role, twoFactorEnabled: false })
    await internalAdapter.deleteUserSessions(known.user.id)
    await store.removeSecondFactor(known.user.id)
  } else {
    const user = await internalAdapter.createUser(
      { email, name, role, language, emailVerified: true },
      { method: 'email-password' },
    )
    await internalAdapter.linkAccount({
      userId: user.id,
      accountId: user.id,
      providerId: WITH_PASSWORD,
      password: hash,
    })
  }
  await store.record({ day: today, manager: name, action: known ? 'account-renewed' : 'account-made', subject: email })
  return invitation
}

/**
 * Takes away an account with everything of it.
 * @throws LastManager when nobody could let others in any more
 */
export async function removePerson({ store, signIn }: Management, id: string): Promise<ManagerRow | undefined> {
  const people = await store.managers()
  const person = people.find((candidate) => candidate.id === id)
  if (!person) return undefined
  if (person.role === 'manager' && people.filter(({ role }) => role === 'manager').length === 1)
    throw new LastManager(person.email)
  const { internalAdapter } = await signIn.$context
  await internalAdapter.deleteUserSessions(id)
  await store.removeSecondFactor(id)
  await store.setMail(id, false)
  await internalAdapter.deleteUser(id)
  return person
}
