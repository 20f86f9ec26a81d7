import { Kysely, type Transaction } from 'kysely'
import type { CalendarDay } from '#campaign/day.ts'
import { fileDialect, IN_A_FILE } from './file-dialect.ts'
import { MANAGEMENT_TABLES, type ManagementTables, type Role } from './management-tables.ts'
import { migrate, type Dialect } from './migrations.ts'
import { IN_POSTGRES, postgresDialect } from './postgres.ts'
import { RunPlans } from './run-plans.ts'
import { SentForms } from './sent-forms.ts'
import { ShareLinks } from './share-links.ts'
import { SharedLetters } from './shared-letters.ts'
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
}

/** Something that somebody did. */
export interface AuditLine {
  readonly day: CalendarDay
  readonly manager: string
  readonly action: string
  readonly subject: string
}

/** What the management keeps: accounts, invitations, planned runs and who did what. Nothing in it tells of a visitor. */
export class ManagementStore {
  /** For the library that signs people in, which writes the tables `manager…` itself. */
  readonly database: Kysely<ManagementTables>
  /** The runs that were planned on the screen. */
  readonly runPlans: RunPlans
  /** The letters that colleagues without an account may read. */
  readonly sharedLetters: SharedLetters
  /** The links that changemakers share. */
  readonly shareLinks: ShareLinks
  /** The forms that were sent, so that none does its work twice. */
  readonly sentForms: SentForms
  readonly #dialect: Dialect

  constructor(database: Kysely<ManagementTables>, dialect: Dialect) {
    this.database = database
    this.runPlans = new RunPlans(database, dialect)
    this.sharedLetters = new SharedLetters(database)
    this.shareLinks = new ShareLinks(database, dialect)
    this.sentForms = new SentForms(database, dialect)
    this.#dialect = dialect
  }

  /** Which kind of database it is, in the words of better-auth. */
  get kind(): 'sqlite' | 'postgres' {
    return this.#dialect === IN_A_FILE ? 'sqlite' : 'postgres'
  }

  /**
   * Does several things as one: all of them, or none when one of them fails.
   * @param act works with a store whose every change is part of it. It may wait for nothing else: the file has one connection, which it holds
   */
  together<Result>(act: (store: ManagementStore) => Promise<Result>): Promise<Result> {
    return this.#inTurn((turn) => act(new ManagementStore(turn, this.#dialect)))
  }

  /** Everybody with an account, by name. */
  async managers(): Promise<ManagerRow[]> {
    const rows = await this.database
      .selectFrom('manager')
      .select(['id', 'name', 'email', 'role', 'language', 'twoFactorEnabled'])
      .orderBy('name')
      .execute()
    return rows.map(({ twoFactorEnabled, ...row }) => ({ ...row, hasSecondFactor: Boolean(twoFactorEnabled) }))
  }

  /** Changes the language in which somebody reads the management. */
  async setLanguage(manager: string, language: 'nl' | 'en'): Promise<void> {
    await this.database.updateTable('manager').set({ language }).where('id', '=', manager).execute()
  }

  /** Sends somebody the weekly mail, or no longer. */
  async setMail(manager: string, wanted: boolean): Promise<void> {
    if (wanted)
      await this.database
        .insertInto('mail_reader')
        .values({ manager })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    else await this.database.deleteFrom('mail_reader').where('manager', '=', manager).execute()
  }

  /** The accounts that asked for the weekly mail. */
  async mailReaders(): Promise<ManagerRow[]> {
    const wanted = new Set(
      (await this.database.selectFrom('mail_reader').selectAll().execute()).map(({ manager }) => manager),
    )
    return (await this.managers()).filter(({ id }) => wanted.has(id))
  }

  /**
   * Takes the mail of a week upon this process. Of several that try, one gets it.
   * @returns whether it was free
   */
  async takeMailWeek(week: string): Promise<boolean> {
    const { numInsertedOrUpdatedRows } = await this.database
      .insertInto('mail_week')
      .values({ week })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow()
    return numInsertedOrUpdatedRows === 1n
  }

  /** Gives the mail of a week back when none of it could be sent. */
  async returnMailWeek(week: string): Promise<void> {
    await this.database.deleteFrom('mail_week').where('week', '=', week).execute()
  }

  /**
   * Takes a code of an app, once, whichever process it is given to. Those of days before are forgotten.
   * @param hash of the account and the code
   * @returns whether it was not used before on this day
   */
  async takeCode(hash: string, day: CalendarDay): Promise<boolean> {
    await this.database.deleteFrom('used_code').where('day', '<', day).execute()
    const { numInsertedOrUpdatedRows } = await this.database
      .insertInto('used_code')
      .values({ hash, day })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow()
    return numInsertedOrUpdatedRows === 1n
  }

  /** Whether an account has the secret of a second factor, proven or not yet. */
  async hasSecondFactor(manager: string): Promise<boolean> {
    return (
      (await this.database
        .selectFrom('manager_second_factor')
        .select('id')
        .where('userId', '=', manager)
        .executeTakeFirst()) !== undefined
    )
  }

  /** Takes away the second factor of an account, so that another one can be set up. */
  async removeSecondFactor(manager: string): Promise<void> {
    await this.database.deleteFrom('manager_second_factor').where('userId', '=', manager).execute()
  }

  /** Keeps an invitation, instead of an earlier one to the same address. */
  invite(hash: string, { lastDay, ...invitation }: Invitation): Promise<void> {
    return this.#inTurn(async (turn) => {
      await turn.deleteFrom('invitation').where('email', '=', invitation.email).execute()
      await turn
        .insertInto('invitation')
        .values({ hash, ...invitation, last_day: lastDay })
        .execute()
    })
  }

  /** Every invitation that can still be used on a day. */
  async invitations(today: CalendarDay): Promise<Invitation[]> {
    const rows = await this.database
      .selectFrom('invitation')
      .selectAll()
      .where('last_day', '>=', today)
      .orderBy('email')
      .execute()
    return rows.map(({ email, name, role, language, last_day }) => ({ email, name, role, language, lastDay: last_day }))
  }

  /** The invitation with this hash, if it can still be used on a day. */
  async invitation(hash: string, today: CalendarDay): Promise<Invitation | undefined> {
    const row = await this.database
      .selectFrom('invitation')
      .selectAll()
      .where('hash', '=', hash)
      .where('last_day', '>=', today)
      .executeTakeFirst()
    return row && { email: row.email, name: row.name, role: row.role, language: row.language, lastDay: row.last_day }
  }

  /**
   * Takes an invitation, once: whoever comes second gets nothing.
   * @returns whether it was there
   */
  async takeInvitation(hash: string): Promise<boolean> {
    const { numDeletedRows } = await this.database.deleteFrom('invitation').where('hash', '=', hash).executeTakeFirst()
    return numDeletedRows === 1n
  }

  /** Takes back an invitation that nobody used. */
  async withdraw(email: string): Promise<void> {
    await this.database.deleteFrom('invitation').where('email', '=', email).execute()
  }

  /** Writes down who did what. */
  record(line: AuditLine): Promise<void> {
    return this.#inTurn(async (turn) => {
      const { last } = await turn
        .selectFrom('audit')
        .select(({ fn }) => fn.max('number').as('last'))
        .executeTakeFirstOrThrow()
      await turn
        .insertInto('audit')
        .values({ number: Number(last ?? 0) + 1, ...line })
        .execute()
    })
  }

  /** What was done, the last first. */
  async audit(most: number): Promise<AuditLine[]> {
    return this.database
      .selectFrom('audit')
      .select(['day', 'manager', 'action', 'subject'])
      .orderBy('number', 'desc')
      .limit(most)
      .execute()
  }

  close(): Promise<void> {
    return this.database.destroy()
  }

  #inTurn<Result>(act: (turn: Transaction<ManagementTables>) => Promise<Result>): Promise<Result> {
    return inTurn(this.database, this.#dialect, act)
  }
}

/**
 * Opens what the management keeps, in PostgreSQL or in a file.
 * @param place the address of the database, or the path of the file
 */
export async function openManagementStore(
  place: { readonly url: string } | { readonly file: string },
): Promise<ManagementStore> {
  const inFile = 'file' in place
  const database = new Kysely<ManagementTables>({
    dialect: inFile ? fileDialect(place.file) : postgresDialect(place.url, 'management'),
  })
  const dialect = inFile ? IN_A_FILE : IN_POSTGRES
  try {
    await migrate(database, dialect, MANAGEMENT_TABLES)
  } catch (error) {
    await database.destroy()
    throw error
  }
  return new ManagementStore(database, dialect)
}
