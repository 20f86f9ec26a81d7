import type { Kysely, Transaction } from 'kysely'
import type { ManagementTables } from './management-tables.ts'
import type { Dialect } from './migrations.ts'
import { minuteOf, type Minute } from './minute.ts'
import { inTurn } from './turn.ts'

/** What begins the identifier of the row that counts the wrong codes of a challenge (better-auth, two-factor). */
const ATTEMPTS = '2fa-attempts-'

/** The sign-ins of accounts, whole and half; the library of server/management/sign-in.ts makes their rows. */
export class SignIns {
  readonly #database: Kysely<ManagementTables>

  readonly #dialect: Dialect

  constructor(database: Kysely<ManagementTables>, dialect: Dialect) {
    this.#database = database
    this.#dialect = dialect
  }

  /**
   * Notes that a session is used, to the minute. One that is over stays until `sweep`, so that it is known whose it was.
   * @param idleSince a session that was last used before this minute is over
   * @returns whether it goes on
   */
  async use(token: string, moment: Date, idleSince: Minute): Promise<boolean> {
    const session = await this.#database
      .selectFrom('manager_session')
      .select(['seen', 'expiresAt'])
      .where('token', '=', token)
      .executeTakeFirst()
    if (!session || new Date(session.expiresAt) <= moment || isIdle(session.seen, idleSince)) return false
    const seen = minuteOf(moment)
    if (session.seen !== seen)
      await this.#database.updateTable('manager_session').set({ seen }).where('token', '=', token).execute()
    return true
  }

  /** The account of a session, also of one that is over. */
  async accountOf(token: string): Promise<string | undefined> {
    const row = await this.#database
      .selectFrom('manager_session')
      .select('userId')
      .where('token', '=', token)
      .executeTakeFirst()
    return row?.userId
  }

  /** The tokens of the sessions of an account that were used since a minute. */
  async used(account: string, idleSince: Minute): Promise<ReadonlySet<string>> {
    const rows = await this.#database
      .selectFrom('manager_session')
      .select(['token', 'seen'])
      .where('userId', '=', account)
      .execute()
    return new Set(rows.filter(({ seen }) => !isIdle(seen, idleSince)).map(({ token }) => token))
  }

  /** Deletes the sessions that were over at a moment. */
  async sweep(moment: Date): Promise<void> {
    await this.#database.deleteFrom('manager_session').where('expiresAt', '<=', moment.toISOString()).execute()
  }

  /** The account that gave its password to a challenge. */
  async accountOfChallenge(identifier: string): Promise<string | undefined> {
    if (identifier.startsWith(ATTEMPTS)) return undefined
    const row = await this.#database
      .selectFrom('manager_challenge')
      .select('value')
      .where('identifier', '=', identifier)
      .executeTakeFirst()
    return row?.value
  }

  /** Ends every half sign-in of an account. */
  endChallenges(account: string): Promise<void> {
    return inTurn(this.#database, this.#dialect, (turn) => endChallengesIn(turn, account))
  }
}

/** Ends every sign-in of an account, whole and half, in a turn that does more. */
export async function endSignInsIn(turn: Transaction<ManagementTables>, account: string): Promise<void> {
  await turn.deleteFrom('manager_session').where('userId', '=', account).execute()
  await endChallengesIn(turn, account)
}

async function endChallengesIn(turn: Transaction<ManagementTables>, account: string): Promise<void> {
  const challenges = await turn
    .selectFrom('manager_challenge')
    .select('identifier')
    .where('value', '=', account)
    .execute()
  for (const { identifier } of challenges)
    await turn
      .deleteFrom('manager_challenge')
      .where('identifier', 'in', [identifier, `${ATTEMPTS}${identifier}`])
      .execute()
}

/** A session that an older version began is noted when it is used next. */
function isIdle(seen: Minute | null, idleSince: Minute): boolean {
  return seen !== null && seen < idleSince
}
