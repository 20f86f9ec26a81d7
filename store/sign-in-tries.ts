import type { Kysely } from 'kysely'
import type { ManagementTables } from './management-tables.ts'
import type { Dialect } from './migrations.ts'
import type { Minute } from './minute.ts'
import { inTurn } from './turn.ts'

/** How often something may be tried, and until when tries are remembered. */
export interface Allowance {
  /** Keyed, so that the store tells nobody who tried what from where. */
  readonly hash: string
  readonly most: number
  readonly ends: Minute
}

/** The tries to sign in that were taken, for all processes together. */
export class SignInTries {
  readonly #database: Kysely<ManagementTables>
  readonly #dialect: Dialect

  constructor(database: Kysely<ManagementTables>, dialect: Dialect) {
    this.#database = database
    this.#dialect = dialect
  }

  /**
   * Takes a try from both allowances, or from neither. A window ends where its first try said; a ceiling as its last one says. What has
   * ended is deleted.
   * @param account a keyed hash, by which everything of an account is forgotten
   * @returns whether there was one left: `wait` when the window is used up, `closed` when the ceiling is
   */
  take(
    account: string,
    { window, ceiling }: { readonly window: Allowance; readonly ceiling?: Allowance },
    minute: Minute,
  ): Promise<'may' | 'wait' | 'closed'> {
    const kinds = [
      { kind: 'window' as const, ...window },
      ...(ceiling ? [{ kind: 'ceiling' as const, ...ceiling }] : []),
    ]
    return inTurn(this.#database, this.#dialect, async (turn) => {
      await turn.deleteFrom('sign_in_try').where('ends', '<=', minute).execute()
      const rows = await turn
        .selectFrom('sign_in_try')
        .select(['hash', 'count'])
        .where(
          'hash',
          'in',
          kinds.map(({ hash }) => hash),
        )
        .execute()
      const usedUp = kinds
        .filter(({ hash, most }) => (rows.find((row) => row.hash === hash)?.count ?? 0) >= most)
        .map(({ kind }) => kind)
      if (usedUp.length > 0) return usedUp.includes('ceiling') ? 'closed' : 'wait'
      await turn
        .insertInto('sign_in_try')
        .values(kinds.map(({ hash, kind, ends }) => ({ hash, account, kind, count: 1, ends })))
        .onConflict((conflict) =>
          conflict.column('hash').doUpdateSet(({ eb, ref, case: when }) => ({
            count: eb('sign_in_try.count', '+', 1),
            ends: when()
              .when('sign_in_try.kind', '=', 'window')
              .then(ref('sign_in_try.ends'))
              .else(ref('excluded.ends'))
              .end(),
          })),
        )
        .execute()
      return 'may'
    })
  }

  /** Gives tries back to somebody who got it right. */
  async forget(hashes: readonly string[]): Promise<void> {
    await this.#database.deleteFrom('sign_in_try').where('hash', 'in', hashes).execute()
  }

  /** Ends what counts as tries in a row, wherever they were made: its owner has signed in. */
  async endRow(account: string): Promise<void> {
    await this.#database
      .deleteFrom('sign_in_try')
      .where('account', '=', account)
      .where('kind', '=', 'ceiling')
      .execute()
  }
}
