import { sql, type Transaction } from 'kysely'
import type { CalendarDay } from '#campaign/day.ts'
import type { SiteId } from '#campaign/run.ts'
import type { ShareKind } from '#sharing/share-link.ts'
import type { PlannedRun } from './run-plans.ts'
import { addIntegers, addKey, addTexts, type Dialect, type History } from './migrations.ts'
import type { Minute } from './minute.ts'

/** What a person may do in the management: a reader reads totals, a manager changes things too. */
export type Role = 'manager' | 'reader'

/**
 * The tables of the management. Those of sign-in (`manager…`) have the columns that better-auth writes; the moments in
 * them are rounded (server/management/whole-days.ts).
 */
export interface ManagementTables {
  manager: {
    id: string
    name: string
    email: string
    role: Role
    language: 'nl' | 'en'
    twoFactorEnabled: number | boolean | null
    emailVerified: number | boolean
    createdAt: string
    updatedAt: string
  }
  manager_password: {
    id: string
    userId: string
    accountId: string
    providerId: string
    password: string | null
    createdAt: string
    updatedAt: string
  }
  /** `seen` is the minute of the last request; null in a session that an older version began. */
  manager_session: { id: string; userId: string; token: string; seen: Minute | null; expiresAt: string | Date }
  /** Half a sign-in: `value` is the account that gave its password, in the row whose identifier begins with `2fa-`. */
  manager_challenge: { id: string; identifier: string; value: string }
  manager_second_factor: { id: string; userId: string }
  /**
   * An invitation that nobody used yet. Only the hash of its secret is kept. `made_by` is an account, or `COMMAND_LINE`; null where an older
   * version made it. `renews` is the account that begins anew with it.
   */
  invitation: {
    hash: string
    email: string
    name: string
    role: Role
    language: 'nl' | 'en'
    last_day: CalendarDay
    made_by: string | null
    renews: string | null
  }
  /** Who did what on which day; never the time. `account` and `address` are null in lines of an older version. */
  audit: {
    number: number
    day: CalendarDay
    manager: string
    account: string | null
    address: string | null
    action: string
    subject: string
  }
  /** What went wrong at the door, counted by day. `account` is empty where nobody has the address that was typed. */
  sign_in_failure: { day: CalendarDay; account: string; kind: FailureKind; count: number }
  /** Tries that were taken, under keyed hashes. The row is deleted once `ends` has come. */
  sign_in_try: { hash: string; account: string; kind: 'window' | 'ceiling'; count: number; ends: Minute }
  /** A device or a network from which an account signed in, under a keyed hash. */
  known_place: { hash: string; account: string; last_day: CalendarDay }
  /** What somebody typed into a form whose sign-in had ended, as JSON by field; `place` is the page of the form. Deleted with its day. */
  kept_form: { account: string; place: string; answers: string; day: CalendarDay }
  /** A run that was planned on the screen; `sites` with commas between them, `state` is planned or removed. */
  planned_run: {
    id: string
    name: string
    first_day: CalendarDay
    last_day: CalendarDay
    sites: string
    announced_from: CalendarDay | null
    remembered_until: CalendarDay | null
    visitors: PlannedRun['visitors']
    state: 'planned' | 'removed'
  }
  /** A code of an app that was used on a day, as a hash, so that no process takes it again. */
  used_code: { hash: string; day: CalendarDay }
  /** Who asked for the weekly mail. */
  mail_reader: { manager: string }
  /** A week whose mail a process is sending or has sent. */
  mail_week: { week: string }
  /** A letter that a colleague without an account may read. Of its secret and its password only hashes are kept. */
  shared_letter: {
    hash: string
    choice: string
    password: string
    made_by: string
    made_on: CalendarDay
    last_day: CalendarDay
  }
  /** A link for a changemaker or a community. `kit` is the hash of the secret in the address of its kit. */
  share_link: {
    code: string
    kind: ShareKind
    site: SiteId
    label: string
    language: string
    community: string
    readers: number
    made_by: string
    made_on: CalendarDay
    last_day: CalendarDay
    kit: string
    state: 'active' | 'revoked'
  }
  /** A form that did its work: hashes of its one-time token and of what was typed. Swept after a day. */
  sent_form: { hash: string; day: CalendarDay; answers: string; state: 'begun' | 'done'; place: string }
}

/** What goes wrong at the door and is counted. */
export type FailureKind = 'wrong-password' | 'wrong-code' | 'wrong-confirmation' | 'closed' | 'refused'

/** The tables of the management. A step that was once released is never changed: a change is a further step. */
export const MANAGEMENT_TABLES: History<ManagementTables> = {
  name: 'accounts',
  versions: 'management_version',
  steps: [accounts, plannedRuns, weeklyMail, sharedLetters, shareLinks, usedCodes, accountability, sentForms],
}

async function accounts(transaction: Transaction<ManagementTables>, dialect: Dialect): Promise<void> {
  const moment = sql.raw(dialect.moment)
  const ofSignIn = (name: string) =>
    transaction.schema.createTable(name).addColumn('id', 'text', (column) => column.primaryKey())
  const bornAndChanged = ['createdAt', 'updatedAt']

  let manager = addTexts(ofSignIn('manager'), 'name', 'role', 'language')
    .addColumn('email', 'text', (column) => column.notNull().unique())
    .addColumn('emailVerified', dialect.truth, (column) => column.notNull())
    .addColumn('image', 'text')
    .addColumn('twoFactorEnabled', dialect.truth)
  let session = addTexts(ofSignIn('manager_session'), 'userId')
    .addColumn('token', 'text', (column) => column.notNull().unique())
    .addColumn('ipAddress', 'text')
    .addColumn('userAgent', 'text')
    .addColumn('expiresAt', moment, (column) => column.notNull())
  let password = addTexts(ofSignIn('manager_password'), 'userId', 'accountId', 'providerId')
  for (const unused of ['accessToken', 'refreshToken', 'idToken', 'scope', 'password'])
    password = password.addColumn(unused as never, 'text')
  for (const unused of ['accessTokenExpiresAt', 'refreshTokenExpiresAt'])
    password = password.addColumn(unused as never, moment)
  let challenge = addTexts(ofSignIn('manager_challenge'), 'identifier', 'value').addColumn(
    'expiresAt',
    moment,
    (column) => column.notNull(),
  )
  for (const name of bornAndChanged as never[]) {
    manager = manager.addColumn(name, moment, (column) => column.notNull())
    session = session.addColumn(name, moment, (column) => column.notNull())
    password = password.addColumn(name, moment, (column) => column.notNull())
    challenge = challenge.addColumn(name, moment, (column) => column.notNull())
  }
  const secondFactor = addTexts(ofSignIn('manager_second_factor'), 'userId', 'secret', 'backupCodes')
    .addColumn('verified', dialect.truth)
    .addColumn('failedVerificationCount', 'integer')
    .addColumn('lockedUntil', moment)
  for (const table of [manager, session, password, challenge, secondFactor]) await table.execute()

  await addKey(
    addTexts(transaction.schema.createTable('invitation'), 'hash', 'email', 'name', 'role', 'language', 'last_day'),
    'invitation',
    'hash',
  ).execute()
  await addKey(
    addTexts(addIntegers(transaction.schema.createTable('audit'), 'number'), 'day', 'manager', 'action', 'subject'),
    'audit',
    'number',
  ).execute()
}

async function plannedRuns(transaction: Transaction<ManagementTables>): Promise<void> {
  const table = addTexts(
    transaction.schema.createTable('planned_run'),
    'id',
    'name',
    'first_day',
    'last_day',
    'sites',
    'visitors',
    'state',
  )
  await addKey(
    table.addColumn('announced_from' as never, 'text').addColumn('remembered_until' as never, 'text'),
    'planned_run',
    'id',
  ).execute()
}

async function weeklyMail(transaction: Transaction<ManagementTables>): Promise<void> {
  await addKey(addTexts(transaction.schema.createTable('mail_reader'), 'manager'), 'mail_reader', 'manager').execute()
  await addKey(addTexts(transaction.schema.createTable('mail_week'), 'week'), 'mail_week', 'week').execute()
}

async function sharedLetters(transaction: Transaction<ManagementTables>): Promise<void> {
  await addKey(
    addTexts(
      transaction.schema.createTable('shared_letter'),
      'hash',
      'choice',
      'password',
      'made_by',
      'made_on',
      'last_day',
    ),
    'shared_letter',
    'hash',
  ).execute()
}

async function shareLinks(transaction: Transaction<ManagementTables>): Promise<void> {
  const table = addTexts(
    transaction.schema.createTable('share_link'),
    'code',
    'kind',
    'site',
    'label',
    'language',
    'community',
    'made_by',
    'made_on',
    'last_day',
    'kit',
    'state',
  )
  await addKey(addIntegers(table, 'readers'), 'share_link', 'code')
    .addUniqueConstraint('share_link_kit', ['kit' as never])
    .execute()
}

async function usedCodes(transaction: Transaction<ManagementTables>): Promise<void> {
  await addKey(
    addTexts(transaction.schema.createTable('used_code'), 'hash', 'day'),
    'used_code',
    'hash',
    'day',
  ).execute()
}

/** Who invited, who did it by address too, what went wrong at the door, and the tries that were taken. A version before leaves all of it empty. */
async function accountability({ schema }: Transaction<ManagementTables>): Promise<void> {
  for (const [table, columns] of Object.entries({
    invitation: ['made_by', 'renews'],
    audit: ['account', 'address'],
    manager_session: ['seen'],
  }))
    for (const column of columns) await schema.alterTable(table).addColumn(column, 'text').execute()
  await addKey(
    addIntegers(addTexts(schema.createTable('sign_in_failure'), 'day', 'account', 'kind'), 'count'),
    'sign_in_failure',
    'day',
    'account',
    'kind',
  ).execute()
  await addKey(
    addIntegers(addTexts(schema.createTable('sign_in_try'), 'hash', 'account', 'kind', 'ends'), 'count'),
    'sign_in_try',
    'hash',
  ).execute()
  await addKey(
    addTexts(schema.createTable('kept_form'), 'account', 'place', 'answers', 'day'),
    'kept_form',
    'account',
  ).execute()
  await addKey(
    addTexts(schema.createTable('known_place'), 'hash', 'account', 'last_day'),
    'known_place',
    'hash',
  ).execute()
}

async function sentForms(transaction: Transaction<ManagementTables>): Promise<void> {
  await addKey(
    addTexts(transaction.schema.createTable('sent_form'), 'hash', 'day', 'answers', 'state', 'place'),
    'sent_form',
    'hash',
  ).execute()
}
