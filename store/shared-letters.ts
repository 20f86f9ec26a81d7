import type { Kysely } from 'kysely'
import type { CalendarDay } from '#campaign/day.ts'
import type { ManagementTables } from './management-tables.ts'

/** A letter that a colleague without an account may read until a day. */
export interface SharedLetter {
  /** Of the secret in its address. */
  readonly hash: string
  /** What its numbers are of, as in the address of the overview. */
  readonly choice: string
  readonly madeBy: string
  readonly madeOn: CalendarDay
  readonly lastDay: CalendarDay
}

/** The letters that can be read with a secret address and a password. */
export class SharedLetters {
  readonly #database: Kysely<ManagementTables>

  constructor(database: Kysely<ManagementTables>) {
    this.#database = database
  }

  /** Those that can still be read on a day, the one that ends first before the others. */
  async open(today: CalendarDay): Promise<SharedLetter[]> {
    const rows = await this.#database
      .selectFrom('shared_letter')
      .selectAll()
      .where('last_day', '>=', today)
      .orderBy('last_day')
      .orderBy('hash')
      .execute()
    return rows.map(letterOf)
  }

  /** The letter with this hash and the hash of its password, if it can still be read on a day. */
  async find(hash: string, today: CalendarDay): Promise<(SharedLetter & { readonly password: string }) | undefined> {
    const row = await this.#database
      .selectFrom('shared_letter')
      .selectAll()
      .where('hash', '=', hash)
      .where('last_day', '>=', today)
      .executeTakeFirst()
    return row && { ...letterOf(row), password: row.password }
  }

  /** @param password its hash */
  async add({ hash, choice, madeBy, madeOn, lastDay }: SharedLetter, password: string): Promise<void> {
    await this.#database
      .insertInto('shared_letter')
      .values({ hash, choice, password, made_by: madeBy, made_on: madeOn, last_day: lastDay })
      .execute()
  }

  /** @returns what was taken back; undefined when it was not there */
  async takeBack(hash: string): Promise<SharedLetter | undefined> {
    const row = await this.#database
      .deleteFrom('shared_letter')
      .where('hash', '=', hash)
      .returningAll()
      .executeTakeFirst()
    return row && letterOf(row)
  }
}

function letterOf({ hash, choice, made_by, made_on, last_day }: ManagementTables['shared_letter']): SharedLetter {
  return { hash, choice, madeBy: made_by, madeOn: made_on, lastDay: last_day }
}
