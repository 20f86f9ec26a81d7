import type { Kysely, Transaction } from 'kysely'
import type { CalendarDay } from '#campaign/day.ts'
import type { FailureKind, ManagementTables } from './management-tables.ts'
import type { Dialect } from './migrations.ts'
import { inTurn } from './turn.ts'

/** Who did something. Names repeat and change, so the account and its address stand beside them. */
export interface Actor {
  readonly id: string
  readonly name: string
  readonly email: string
}

/** Who looks after the server, with a command on it. */
export const COMMAND_LINE: Actor = { id: 'command-line', name: 'npm run manager:add', email: '' }

/** Something that somebody did. */
export interface AuditLine {
  readonly day: CalendarDay
  readonly by: Actor
  /** A code of content/nl/manage/audit.json. */
  readonly action: string
  readonly subject: string
}

/** A line as it was kept. Lines of older versions know the name alone. */
export interface KeptLine extends Omit<AuditLine, 'by'> {
  readonly number: number
  readonly manager: string
  readonly account: string | null
  readonly address: string | null
}

/** Which lines are wanted. */
export interface AuditChoice {
  /** The account that did it. */
  readonly account?: string | undefined
  readonly action?: string | undefined
  /** Only lines before this number. */
  readonly before?: number | undefined
}

/** How often something went wrong at the door on a day. */
export interface Failure {
  readonly day: CalendarDay
  /** Empty where nobody has the address that was typed. */
  readonly account: string
  readonly kind: FailureKind
  readonly count: number
}

/** Who did what, and what went wrong at the door. No line is ever changed or deleted. */
export class AuditLog {
  readonly #database: Kysely<ManagementTables>
  readonly #dialect: Dialect

  constructor(database: Kysely<ManagementTables>, dialect: Dialect) {
    this.#database = database
    this.#dialect = dialect
  }

  /** Writes down who did what. */
  record(line: AuditLine): Promise<void> {
    return inTurn(this.#database, this.#dialect, (turn) => recordIn(turn, line))
  }

  /** What was done, the last first. @param most how many lines */
  async lines({ account, action, before }: AuditChoice, most: number): Promise<KeptLine[]> {
    let query = this.#database
      .selectFrom('audit')
      .select(['number', 'day', 'manager', 'account', 'address', 'action', 'subject'])
      .orderBy('number', 'desc')
      .limit(most)
    if (account !== undefined) query = query.where('account', '=', account)
    if (action !== undefined) query = query.where('action', '=', action)
    if (before !== undefined) query = query.where('number', '<', before)
    return query.execute()
  }

  /** Everybody who did something, as they were called when they last did, also those who are gone. */
  async people(): Promise<Actor[]> {
    const rows = await this.#database
      .selectFrom('audit')
      .select(['account', 'manager', 'address'])
      .where('account', 'is not', null)
      .groupBy(['account', 'manager', 'address'])
      .orderBy(({ fn }) => fn.max('number'))
      .execute()
    const byAccount = new Map(
      rows.map(({ account, manager, address }) => [
        account,
        { id: account ?? '', name: manager, email: address ?? '' },
      ]),
    )
    return [...byAccount.values()].sort((one, other) => one.name.localeCompare(other.name))
  }

  /** Counts something that went wrong at the door. @param account empty where nobody has the address that was typed */
  async countFailure(day: CalendarDay, account: string, kind: FailureKind): Promise<void> {
    await this.#database
      .insertInto('sign_in_failure')
      .values({ day, account, kind, count: 1 })
      .onConflict((conflict) =>
        conflict
          .columns(['day', 'account', 'kind'])
          .doUpdateSet(({ eb }) => ({ count: eb('sign_in_failure.count', '+', 1) })),
      )
      .execute()
  }

  /** What went wrong at the door since a day, the last day first. */
  async failures(since: CalendarDay): Promise<Failure[]> {
    return this.#database
      .selectFrom('sign_in_failure')
      .selectAll()
      .where('day', '>=', since)
      .orderBy('day', 'desc')
      .orderBy('count', 'desc')
      .execute()
  }
}

/** Writes a line down in a turn that also does what the line says: both are kept, or neither. */
export async function recordIn(
  turn: Transaction<ManagementTables>,
  { day, by, action, subject }: AuditLine,
): Promise<void> {
  const { last } = await turn
    .selectFrom('audit')
    .select(({ fn }) => fn.max('number').as('last'))
    .executeTakeFirstOrThrow()
  await turn
    .insertInto('audit')
    .values({
      number: Number(last ?? 0) + 1,
      day,
      manager: by.name,
      account: by.id,
      address: by.email,
      action,
      subject,
    })
    .execute()
}
