import type { Kysely } from 'kysely'
import { addDays, type CalendarDay } from '#campaign/day.ts'
import type { ManagementTables } from './management-tables.ts'
import type { Dialect } from './migrations.ts'
import { inTurn } from './turn.ts'

/** What is known of a form that was sent. Nothing of what was typed into it, and no secret that it made, is kept. */
export interface SentForm {
  /** The hash of what was typed, to tell a second sending from another form with the same token. */
  readonly answers: string
  /** `begun`: its work began, and nobody wrote down that it ended. */
  readonly state: 'begun' | 'done'
  /** The path of the page that told what came of it; empty where the form itself did. */
  readonly place: string
}

/** The forms of the last days that did their work, by the hash of their one-time token. */
export class SentForms {
  readonly #database: Kysely<ManagementTables>
  readonly #dialect: Dialect

  constructor(database: Kysely<ManagementTables>, dialect: Dialect) {
    this.#database = database
    this.#dialect = dialect
  }

  /** What was sent with this token before. */
  find(hash: string): Promise<SentForm | undefined> {
    return inTurn(this.#database, this.#dialect, (turn) =>
      turn.selectFrom('sent_form').select(['answers', 'state', 'place']).where('hash', '=', hash).executeTakeFirst(),
    )
  }

  /**
   * Takes a token, once, whichever process it is given to. Those of the day before yesterday and earlier are forgotten.
   * @returns what was sent with it before; undefined when it is taken now
   */
  take(hash: string, day: CalendarDay, form: Pick<SentForm, 'answers' | 'state'>): Promise<SentForm | undefined> {
    return inTurn(this.#database, this.#dialect, async (turn) => {
      const before = await new SentForms(turn, this.#dialect).find(hash)
      if (before) return before
      await turn.deleteFrom('sent_form').where('day', '<', addDays(day, -1)).execute()
      await turn
        .insertInto('sent_form')
        .values({ hash, day, ...form, place: '' })
        .execute()
      return undefined
    })
  }

  /** Writes down that the work of a form ended, and where it was told. */
  finish(hash: string, place: string): Promise<unknown> {
    return inTurn(this.#database, this.#dialect, (turn) =>
      turn.updateTable('sent_form').set({ state: 'done', place }).where('hash', '=', hash).execute(),
    )
  }

  /** Gives a token back with which nothing was done, so that the form can be sent again. */
  giveBack(hash: string): Promise<unknown> {
    return inTurn(this.#database, this.#dialect, (turn) =>
      turn.deleteFrom('sent_form').where('hash', '=', hash).execute(),
    )
  }
}
