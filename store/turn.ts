import type { Kysely, Transaction } from 'kysely'
import type { Dialect } from './migrations.ts'

/**
 * Changes a database while no other process does, so that what was read in the turn is still right when it is written. All of it is done, or
 * nothing. Within a turn that was taken already it is part of that turn.
 */
export function inTurn<Tables, Result>(
  database: Kysely<Tables>,
  dialect: Dialect,
  act: (turn: Transaction<Tables>) => Promise<Result>,
): Promise<Result> {
  if (database.isTransaction) return act(database as Transaction<Tables>)
  return database.transaction().execute(async (turn) => {
    await dialect.takeTurn(turn)
    return act(turn)
  })
}
