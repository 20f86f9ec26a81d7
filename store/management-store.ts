import { Kysely } from 'kysely'
import type { CalendarDay } from '#campaign/day.ts'
import { Accounts, type ManagerRow } from './accounts.ts'
import { AuditLog, type AuditLine } from './audit-log.ts'
import { fileDialect, IN_A_FILE } from './file-dialect.ts'
import { KeptForms } from './kept-forms.ts'
import { KnownPlaces } from './known-places.ts'
import { MANAGEMENT_TABLES, type ManagementTables } from './management-tables.ts'
import { migrate, type Dialect } from './migrations.ts'
import { IN_POSTGRES, postgresDialect } from './postgres.ts'
import { RunPlans } from './run-plans.ts'
import { SentForms } from './sent-forms.ts'
import { ShareLinks } from './share-links.ts'
import { SharedLetters } from './shared-letters.ts'
import { SignInTries } from './sign-in-tries.ts'
import { SignIns } from './sign-ins.ts'
import { inTurn } from './turn.ts'

/** What the management keeps: accounts, invitations, planned runs and who did what. Nothing in it tells of a visitor. */
export class ManagementStore {
  /** For the library that signs people in, which writes the tables `manager…` itself. */
  readonly database: Kysely<ManagementTables>
  /** Who has an account, and who is invited to one. */
  readonly accounts: Accounts
  /** Who is signed in, or half so. */
  readonly signIns: SignIns
  /** The tries to sign in. */
  readonly tries: SignInTries
  /** From where accounts signed in before. */
  readonly knownPlaces: KnownPlaces
  /** What was typed into forms whose sign-in had ended. */
  readonly keptForms: KeptForms
  /** Who did what. */
  readonly auditLog: AuditLog
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
    this.accounts = new Accounts(database, dialect)
    this.signIns = new SignIns(database, dialect)
    this.tries = new SignInTries(database, dialect)
    this.knownPlaces = new KnownPlaces(database)
    this.keptForms = new KeptForms(database)
    this.auditLog = new AuditLog(database, dialect)
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
    return inTurn(this.database, this.#dialect, (turn) => act(new ManagementStore(turn, this.#dialect)))
  }

  /**
   * Sends somebody the weekly mail, or no longer.
   * @returns whether that is a change
   */
  async setMail(manager: string, wanted: boolean): Promise<boolean> {
    if (wanted) {
      const { numInsertedOrUpdatedRows } = await this.database
        .insertInto('mail_reader')
        .values({ manager })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirstOrThrow()
      return numInsertedOrUpdatedRows === 1n
    }
    const { numDeletedRows } = await this.database
      .deleteFrom('mail_reader')
      .where('manager', '=', manager)
      .executeTakeFirst()
    return numDeletedRows === 1n
  }

  /** The accounts that asked for the weekly mail. */
  async mailReaders(): Promise<ManagerRow[]> {
    const wanted = new Set(
      (await this.database.selectFrom('mail_reader').selectAll().execute()).map(({ manager }) => manager),
    )
    return (await this.accounts.all()).filter(({ id }) => wanted.has(id))
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

  /** Writes down who did what. */
  record(line: AuditLine): Promise<void> {
    return this.auditLog.record(line)
  }

  close(): Promise<void> {
    return this.database.destroy()
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
