import type { Kysely, Transaction } from 'kysely'
import type { CalendarDay } from '#campaign/day.ts'
import { COMMAND_LINE, recordIn, type Actor } from './audit-log.ts'
import type { ManagementTables, Role } from './management-tables.ts'
import type { Dialect } from './migrations.ts'
import { endSignInsIn } from './sign-ins.ts'
import { inTurn } from './turn.ts'

/** A person with an account. */
export interface ManagerRow {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly role: Role
  readonly language: 'nl' | 'en'
  readonly hasSecondFactor: boolean
}

/** What an invitation gives; its secret is known to its receiver alone. */
export interface Invitation {
  readonly email: string
  readonly name: string
  readonly role: Role
  readonly language: 'nl' | 'en'
  /** The last day on which it can be used. */
  readonly lastDay: CalendarDay
  /** The account that begins anew with it. Absent: it makes one. */
  readonly renews?: string | undefined
}

/** What is kept of an account when it is made: the library of server/management/sign-in.ts would make the same rows. */
export interface NewAccount {
  readonly id: string
  readonly passwordId: string
  /** The hash of the password. */
  readonly password: string
  /** The start of the day, for the columns of the library. */
  readonly madeAt: Date
}

/** The last manager cannot leave or become a reader: nobody could let others in. */
export class LastManager extends Error {}

/** Whoever asks for this may not, or may not any more. */
export class NotAllowed extends Error {}

/** What kind of account the library keeps a password in. */
const WITH_PASSWORD = 'credential'

/**
 * The accounts and the invitations. Everything that decides who may come in is one turn: what was asked for is looked at again when no other
 * process can change it, and the line of the log is part of it.
 */
export class Accounts {
  readonly #database: Kysely<ManagementTables>
  readonly #dialect: Dialect

  constructor(database: Kysely<ManagementTables>, dialect: Dialect) {
    this.#database = database
    this.#dialect = dialect
  }

  /** Everybody with an account, by name. */
  all(): Promise<ManagerRow[]> {
    return accountsIn(this.#database)
  }

  async find(id: string): Promise<ManagerRow | undefined> {
    return (await this.all()).find((account) => account.id === id)
  }

  /** The account with an address. @param email in small letters, as all are kept */
  async withAddress(email: string): Promise<ManagerRow | undefined> {
    return (await this.all()).find((account) => account.email === email)
  }

  /** Changes the language in which somebody reads the management. */
  async setLanguage(account: string, language: 'nl' | 'en'): Promise<void> {
    await this.#database.updateTable('manager').set({ language }).where('id', '=', account).execute()
  }

  /** Whether an account has the secret of a second factor, proven or not yet. */
  async hasSecondFactor(account: string): Promise<boolean> {
    const row = await this.#database
      .selectFrom('manager_second_factor')
      .select('id')
      .where('userId', '=', account)
      .executeTakeFirst()
    return row !== undefined
  }

  /**
   * Keeps an invitation of somebody without an account, instead of an earlier one to the same address.
   * @returns whether it was made: not when the address has an account by now
   * @throws NotAllowed when who invites is no manager any more
   */
  invite(hash: string, invitation: Omit<Invitation, 'renews'>, by: Actor, today: CalendarDay): Promise<boolean> {
    return this.#inTurn(async (turn) => {
      await mustBeManager(turn, by)
      if ((await accountsIn(turn)).some(({ email }) => email === invitation.email)) return false
      await keepInvitation(turn, hash, invitation, by)
      await recordIn(turn, { day: today, by, action: 'person-invited', subject: invitation.email })
      return true
    })
  }

  /**
   * Keeps an invitation with which somebody with an account begins anew. It changes no name and no role.
   * @returns the account; absent: there is none any more
   * @throws NotAllowed when who invites is no manager any more
   */
  inviteAnew(
    hash: string,
    account: string,
    lastDay: CalendarDay,
    by: Actor,
    today: CalendarDay,
  ): Promise<ManagerRow | undefined> {
    return this.#inTurn(async (turn) => {
      await mustBeManager(turn, by)
      const known = (await accountsIn(turn)).find(({ id }) => id === account)
      if (!known) return undefined
      const { id: renews, email, name, role, language } = known
      await keepInvitation(turn, hash, { email, name, role, language, lastDay, renews }, by)
      await recordIn(turn, { day: today, by, action: 'renewal-offered', subject: email })
      return known
    })
  }

  /** Every invitation that can still be used on a day, by address. */
  async invitations(today: CalendarDay): Promise<Invitation[]> {
    return (await usableInvitations(this.#database, today)).map(invitationOf)
  }

  /** The invitation with this hash, if it can still be used on a day. */
  async invitation(hash: string, today: CalendarDay): Promise<Invitation | undefined> {
    const row = (await usableInvitations(this.#database, today)).find((invitation) => invitation.hash === hash)
    return row && invitationOf(row)
  }

  /**
   * Takes back an invitation that nobody used.
   * @returns whether there was one
   */
  withdraw(email: string, by: Actor, today: CalendarDay): Promise<boolean> {
    return this.#inTurn(async (turn) => {
      await mustBeManager(turn, by)
      const { numDeletedRows } = await turn.deleteFrom('invitation').where('email', '=', email).executeTakeFirst()
      if (numDeletedRows === 0n) return false
      await recordIn(turn, { day: today, by, action: 'invitation-withdrawn', subject: email })
      return true
    })
  }

  /**
   * Uses an invitation, once: makes the account, or lets it begin anew, after which its sign-ins, its second factor and the places that it
   * was known from are gone.
   * @param tries the keyed hash under which the tries of this address are kept
   * @returns the account, and whether it was there before; absent: the invitation cannot be used any more
   */
  accept(
    hash: string,
    made: NewAccount,
    tries: string,
    today: CalendarDay,
  ): Promise<(ManagerRow & { readonly isRenewed: boolean }) | undefined> {
    return this.#inTurn(async (turn) => {
      const invitation = (await usableInvitations(turn, today)).find((row) => row.hash === hash)
      if (!invitation) return undefined
      const { email } = invitation
      const known = (await accountsIn(turn)).find((account) => account.email === email)
      // An invitation does what it was made for, and nothing else.
      if ((known?.id ?? null) !== invitation.renews) return undefined
      await turn.deleteFrom('invitation').where('email', '=', email).execute()
      await turn.deleteFrom('sign_in_try').where('account', '=', tries).execute()
      if (known) {
        await renewIn(turn, this.#dialect, known.id, made)
        await recordIn(turn, { day: today, by: known, action: 'account-renewed', subject: email })
        return { ...known, hasSecondFactor: false, isRenewed: true }
      }
      const { name, role, language } = invitation
      const account = { id: made.id, name, email, role, language, hasSecondFactor: false }
      const dated = { createdAt: made.madeAt.toISOString(), updatedAt: made.madeAt.toISOString() }
      const isTrue = this.#dialect.truth === 'boolean' ? true : 1
      await turn
        .insertInto('manager')
        .values({ id: made.id, name, email, role, language, twoFactorEnabled: null, emailVerified: isTrue, ...dated })
        .execute()
      await keepPassword(turn, made.id, made)
      await recordIn(turn, { day: today, by: account, action: 'account-made', subject: email })
      return { ...account, isRenewed: false }
    })
  }

  /** What goes with an account when it is removed. */
  async goingWith(id: string, today: CalendarDay): Promise<readonly Invitation[]> {
    const account = await this.find(id)
    if (!account) return []
    return (await usableInvitations(this.#database, today))
      .filter((row) => row.email === account.email || mayBeMadeBy(row, id))
      .map(invitationOf)
  }

  /**
   * Takes away an account with everything of it, and the invitations to its address and those that it made.
   * @param tries the keyed hash under which the tries of this address are kept
   * @returns the account, as it was; absent: there was none
   * @throws LastManager when nobody could let others in any more
   * @throws NotAllowed when who removes is no manager any more, or would remove themselves
   */
  remove(id: string, tries: string, by: Actor, today: CalendarDay): Promise<ManagerRow | undefined> {
    return this.#inTurn(async (turn) => {
      await mustBeManager(turn, by)
      if (id === by.id) throw new NotAllowed(id)
      const account = (await accountsIn(turn)).find((candidate) => candidate.id === id)
      if (!account) return undefined
      await mustNotBeLast(turn, account)
      await withdrawInvitations(turn, { by, today }, (row) => row.email === account.email || mayBeMadeBy(row, id))
      await endSignInsIn(turn, id)
      for (const table of ['manager_second_factor', 'manager_password'] as const)
        await turn.deleteFrom(table).where('userId', '=', id).execute()
      await turn.deleteFrom('known_place').where('account', '=', id).execute()
      await turn.deleteFrom('sign_in_try').where('account', '=', tries).execute()
      await turn.deleteFrom('kept_form').where('account', '=', id).execute()
      await turn.deleteFrom('mail_reader').where('manager', '=', id).execute()
      await turn.deleteFrom('manager').where('id', '=', id).execute()
      await recordIn(turn, { day: today, by, action: 'person-removed', subject: account.email })
      return account
    })
  }

  /**
   * Gives an account another role. Whoever becomes a reader has invited nobody any more.
   * @returns the account, as it was; absent: there is none, or it has this role already
   * @throws LastManager when nobody could let others in any more
   * @throws NotAllowed when who asks is no manager any more
   */
  changeRole(id: string, role: Role, by: Actor, today: CalendarDay): Promise<ManagerRow | undefined> {
    return this.#inTurn(async (turn) => {
      await mustBeManager(turn, by)
      const account = (await accountsIn(turn)).find((candidate) => candidate.id === id)
      if (!account || account.role === role) return undefined
      if (role === 'reader') {
        await mustNotBeLast(turn, account)
        await withdrawInvitations(turn, { by, today }, (row) => mayBeMadeBy(row, id))
      }
      await turn.updateTable('manager').set({ role }).where('id', '=', id).execute()
      const action = role === 'manager' ? 'role-raised' : 'role-lowered'
      await recordIn(turn, { day: today, by, action, subject: account.email })
      return account
    })
  }

  #inTurn<Result>(act: (turn: Transaction<ManagementTables>) => Promise<Result>): Promise<Result> {
    return inTurn(this.#database, this.#dialect, act)
  }
}

type InvitationRow = ManagementTables['invitation']

async function accountsIn(database: Kysely<ManagementTables>): Promise<ManagerRow[]> {
  const rows = await database
    .selectFrom('manager')
    .select(['id', 'name', 'email', 'role', 'language', 'twoFactorEnabled'])
    .orderBy('name')
    .orderBy('id')
    .execute()
  return rows.map(({ twoFactorEnabled, ...row }) => ({ ...row, hasSecondFactor: Boolean(twoFactorEnabled) }))
}

/** The invitations that count on a day: whoever made them is a manager still, or looks after the server. */
async function usableInvitations(database: Kysely<ManagementTables>, today: CalendarDay): Promise<InvitationRow[]> {
  const rows = await database
    .selectFrom('invitation')
    .selectAll()
    .where('last_day', '>=', today)
    .orderBy('email')
    .execute()
  const managers = new Set(
    (await accountsIn(database)).filter(({ role }) => role === 'manager').map(({ id }) => id),
  ).add(COMMAND_LINE.id)
  return rows.filter(({ made_by }) => made_by === null || managers.has(made_by))
}

function invitationOf({ email, name, role, language, last_day, renews }: InvitationRow): Invitation {
  return { email, name, role, language, lastDay: last_day, renews: renews ?? undefined }
}

/** Of an invitation of an older version nobody knows who made it, so it may be anybody's. */
function mayBeMadeBy({ made_by }: InvitationRow, account: string): boolean {
  return made_by === null || made_by === account
}

async function keepInvitation(
  turn: Transaction<ManagementTables>,
  hash: string,
  { lastDay, renews = null, ...invitation }: Omit<Invitation, 'renews'> & { readonly renews?: string | null },
  by: Actor,
): Promise<void> {
  await turn.deleteFrom('invitation').where('email', '=', invitation.email).execute()
  await turn
    .insertInto('invitation')
    .values({ hash, ...invitation, last_day: lastDay, made_by: by.id, renews })
    .execute()
}

async function withdrawInvitations(
  turn: Transaction<ManagementTables>,
  { by, today }: { readonly by: Actor; readonly today: CalendarDay },
  isMeant: (row: InvitationRow) => boolean,
): Promise<void> {
  const rows = (await turn.selectFrom('invitation').selectAll().orderBy('email').execute()).filter(isMeant)
  for (const { hash, email } of rows) {
    await turn.deleteFrom('invitation').where('hash', '=', hash).execute()
    await recordIn(turn, { day: today, by, action: 'invitation-withdrawn', subject: email })
  }
}

async function mustBeManager(turn: Transaction<ManagementTables>, by: Actor): Promise<void> {
  if (by.id === COMMAND_LINE.id) return
  if (!(await accountsIn(turn)).some(({ id, role }) => id === by.id && role === 'manager'))
    throw new NotAllowed(by.email)
}

async function mustNotBeLast(turn: Transaction<ManagementTables>, { id, role, email }: ManagerRow): Promise<void> {
  if (role !== 'manager') return
  if (!(await accountsIn(turn)).some((other) => other.id !== id && other.role === 'manager'))
    throw new LastManager(email)
}

/** Lets an account begin anew with another password. */
async function renewIn(
  turn: Transaction<ManagementTables>,
  dialect: Dialect,
  id: string,
  made: NewAccount,
): Promise<void> {
  await endSignInsIn(turn, id)
  for (const table of ['manager_second_factor', 'manager_password'] as const)
    await turn.deleteFrom(table).where('userId', '=', id).execute()
  for (const table of ['known_place', 'kept_form'] as const)
    await turn.deleteFrom(table).where('account', '=', id).execute()
  await keepPassword(turn, id, made)
  await turn
    .updateTable('manager')
    .set({ twoFactorEnabled: dialect.truth === 'boolean' ? false : 0, updatedAt: made.madeAt.toISOString() })
    .where('id', '=', id)
    .execute()
}

async function keepPassword(
  turn: Transaction<ManagementTables>,
  account: string,
  { passwordId, password, madeAt }: NewAccount,
): Promise<void> {
  const dated = { createdAt: madeAt.toISOString(), updatedAt: madeAt.toISOString() }
  await turn
    .insertInto('manager_password')
    .values({
      id: passwordId,
      userId: account,
      accountId: account,
      providerId: WITH_PASSWORD,
      password,
      ...dated,
    })
    .execute()
}
