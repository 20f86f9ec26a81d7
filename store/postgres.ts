import { Kysely, PostgresDialect, sql } from 'kysely'
import type { RandomBytes } from '#counting/randomness.ts'
import { COUNT_TABLES } from './count-migrations.ts'
import { migrate, type Dialect } from './migrations.ts'
import { SqlStore } from './sql-store.ts'
import type { Tables } from './tables.ts'

/** The name of the turn to write, in the numbers that PostgreSQL gives to locks. */
const TURN = 7_046_029

/** How tables are made in PostgreSQL. */
export const IN_POSTGRES: Dialect = {
  bytes: 'bytea',
  moment: 'timestamptz',
  truth: 'boolean',
  unlogged: true,
  takeTurn: (turn) => sql`select pg_advisory_xact_lock(${sql.lit(TURN)})`.execute(turn),
}

/**
 * A database in PostgreSQL, through at most two connections.
 * @param url postgres://user@host/database
 * @param name what the connections are called in the list of the database server
 */
export function postgresDialect(url: string, name: string): PostgresDialect {
  return new PostgresDialect({
    pool: async () => {
      const { openPool } = await import('./postgres-pool.ts')
      return openPool(url, name)
    },
  })
}

/**
 * The store in PostgreSQL, for several processes that count the same run. Raw tables are UNLOGGED: they are in no log that
 * the database writes ahead, in no base backup and in no replica, and empty after a crash.
 * @param url postgres://user@host/database
 * @throws the driver's error when the database cannot be reached
 */
export async function openPostgresStore(url: string, random: RandomBytes): Promise<SqlStore> {
  const database = new Kysely<Tables>({ dialect: postgresDialect(url, 'counts') })
  try {
    await migrate(database, IN_POSTGRES, COUNT_TABLES)
  } catch (error) {
    await database.destroy()
    throw error
  }
  // A full vacuum writes the table anew, so that rows that were deleted are on the disk no more.
  const scrub = async () => {
    for (const table of ['sketch_bits', 'sketch_cell'] as const)
      await sql`vacuum full ${sql.table(table)}`.execute(database)
  }
  return new SqlStore({ database, dialect: IN_POSTGRES, scrub }, random)
}
