import type { Kysely } from 'kysely'
import type { CalendarDay } from '#campaign/day.ts'
import type { ManagementTables } from './management-tables.ts'

/** The devices and networks from which accounts signed in, as keyed hashes, with the last day on which they count. */
export class KnownPlaces {
  readonly #database: Kysely<ManagementTables>

  constructor(database: Kysely<ManagementTables>) {
    this.#database = database
  }

  async isKnown(hash: string, today: CalendarDay): Promise<boolean> {
    const row = await this.#database
      .selectFrom('known_place')
      .select('hash')
      .where('hash', '=', hash)
      .where('last_day', '>=', today)
      .executeTakeFirst()
    return row !== undefined
  }

  /** Knows a place from now on. Those whose last day is over are deleted. */
  async know(hash: string, account: string, today: CalendarDay, lastDay: CalendarDay): Promise<void> {
    await this.#database.deleteFrom('known_place').where('last_day', '<', today).execute()
    await this.#database
      .insertInto('known_place')
      .values({ hash, account, last_day: lastDay })
      .onConflict((conflict) => conflict.column('hash').doUpdateSet({ last_day: lastDay }))
      .execute()
  }

  async forget(hash: string): Promise<void> {
    await this.#database.deleteFrom('known_place').where('hash', '=', hash).execute()
  }

  /** Forgets every place of an account: its password is another one now. */
  async forgetAll(account: string): Promise<void> {
    await this.#database.deleteFrom('known_place').where('account', '=', account).execute()
  }
}
