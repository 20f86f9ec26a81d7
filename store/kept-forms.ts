import type { Kysely } from 'kysely'
import type { CalendarDay } from '#campaign/day.ts'
import type { ManagementTables } from './management-tables.ts'

/** What somebody typed into a form, and on which page it stands. */
export interface KeptForm {
  readonly place: string
  readonly answers: Readonly<Record<string, string>>
}

/** What was typed into forms whose sign-in had ended: the last one of each account, until it is sent or its day is over. */
export class KeptForms {
  readonly #database: Kysely<ManagementTables>

  constructor(database: Kysely<ManagementTables>) {
    this.#database = database
  }

  async keep(account: string, { place, answers }: KeptForm, today: CalendarDay): Promise<void> {
    const row = { place, answers: JSON.stringify(answers), day: today }
    await this.#database
      .insertInto('kept_form')
      .values({ account, ...row })
      .onConflict((conflict) => conflict.column('account').doUpdateSet(row))
      .execute()
  }

  async find(account: string, today: CalendarDay): Promise<KeptForm | undefined> {
    const row = await this.#database
      .selectFrom('kept_form')
      .selectAll()
      .where('account', '=', account)
      .where('day', '=', today)
      .executeTakeFirst()
    return row && { place: row.place, answers: JSON.parse(row.answers) as Record<string, string> }
  }

  /** Deletes what was typed on a day before. */
  async sweep(today: CalendarDay): Promise<void> {
    await this.#database.deleteFrom('kept_form').where('day', '<', today).execute()
  }

  async forget(account: string): Promise<void> {
    await this.#database.deleteFrom('kept_form').where('account', '=', account).execute()
  }
}
