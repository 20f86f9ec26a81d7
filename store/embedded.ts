import { chmodSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { Kysely, sql, SqliteDialect, type SqliteDatabase } from 'kysely'
import Database from 'libsql'
import type { RandomBytes } from '#counting/randomness.ts'
import { migrate, type Dialect } from './migrations.ts'
import { SqlStore } from './sql-store.ts'
import type { Tables } from './tables.ts'

/** How long a write waits for another process. Unit: milliseconds. */
const PATIENCE = 2000

const DIALECT: Dialect = {
  bytes: 'blob',
  unlogged: false,
  // Deletes nothing, but a statement that could write makes this connection the writer.
  takeTurn: (turn) => sql`delete from schema_version where version < 0`.execute(turn),
}

/**
 * The store in one file beside the site: an SQLite database that keeps no old versions. Deleted content is overwritten
 * (`secure_delete`), and there is no write-ahead log; the rollback journal is gone when a write is done.
 * @param file its path; the folder is made when it is not there. Only the user of the server may read it.
 */
export async function openEmbeddedStore(file: string, random: RandomBytes): Promise<SqlStore> {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const connection = new Database(file)
  chmodSync(file, 0o600)
  connection.exec(`pragma busy_timeout = ${PATIENCE}`)
  connection.exec('pragma journal_mode = delete')
  connection.exec('pragma secure_delete = on')
  connection.exec('pragma synchronous = full')
  // The turn to write is taken on this table, so it must be there before the first migration.
  connection.exec('create table if not exists schema_version (version integer primary key)')
  // libsql speaks the interface of better-sqlite3, with wider types.
  const database = new Kysely<Tables>({ dialect: new SqliteDialect({ database: connection as unknown as SqliteDatabase }) })
  await migrate(database, DIALECT)
  return new SqlStore({ database, dialect: DIALECT, scrub: async () => {} }, random)
}
