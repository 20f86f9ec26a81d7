import { chmodSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import {
  SqliteDialect,
  SqliteDriver,
  type CompiledQuery,
  type DatabaseConnection,
  type QueryResult,
  type SqliteDatabase,
} from 'kysely'
import Database from 'libsql'
import type { Dialect } from './migrations.ts'

/** How long a writer waits for its turn. Unit: milliseconds. */
const PATIENCE = 10_000
/** How long opening waits for a writer of another process, inside SQLite; a write takes a few milliseconds. Unit: milliseconds. */
const OPENING = 2_000
/** Between two tries. Unit: milliseconds. */
const PAUSE = 20

/** How tables are made in a file. */
export const IN_A_FILE: Dialect = {
  bytes: 'blob',
  moment: 'text',
  truth: 'integer',
  unlogged: false,
  // Every transaction begins as the only writer (`FileDriver`).
  takeTurn: async () => {},
}

/**
 * A database in one file, SQLite without old versions: deleted content is overwritten (`secure_delete`), and there is no
 * write-ahead log; the rollback journal is gone when a write is done.
 * @param file its path; the folder is made when it is not there. Only the user of the server may read it.
 */
export function fileDialect(file: string): SqliteDialect {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const connection = new Database(file)
  chmodSync(file, 0o600)
  // These read the file, which somebody may be writing at this moment.
  connection.exec(`pragma busy_timeout = ${OPENING}`)
  connection.exec('pragma secure_delete = on')
  connection.exec('pragma synchronous = full')
  // Waiting inside SQLite would hold up the thread, and with it every reader of the site; from here on the driver waits outside.
  connection.exec('pragma busy_timeout = 0')
  return new FileDialect(connection)
}

class FileDialect extends SqliteDialect {
  readonly #connection: Database.Database

  constructor(connection: Database.Database) {
    // libsql speaks the interface of better-sqlite3, with wider types.
    super({ database: connection as unknown as SqliteDatabase })
    this.#connection = connection
  }

  override createDriver(): FileDriver {
    return new FileDriver(this.#connection)
  }
}

/** Begins every transaction as the only writer, so that no statement in it can find the file locked. */
class FileDriver extends SqliteDriver {
  readonly #connection: Database.Database

  constructor(connection: Database.Database) {
    super({ database: connection as unknown as SqliteDatabase })
    this.#connection = connection
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    return new PatientConnection(this.#connection, await super.acquireConnection())
  }

  override beginTransaction(): Promise<void> {
    return patiently(this.#connection, 'begin immediate')
  }

  // Another program that reads the file, such as a backup, can hold up the end of a write.
  override commitTransaction(): Promise<void> {
    return patiently(this.#connection, 'commit')
  }

  override async rollbackTransaction(): Promise<void> {
    if (this.#connection.inTransaction) this.#connection.exec('rollback')
  }
}

/**
 * A connection on which a statement that stands alone is a transaction too, as the only writer: it waits for a writer of another process
 * before it begins. A statement that found the file locked halfway would go on holding a part of it (libsql).
 */
class PatientConnection implements DatabaseConnection {
  readonly #database: Database.Database
  readonly #connection: DatabaseConnection

  constructor(database: Database.Database, connection: DatabaseConnection) {
    this.#database = database
    this.#connection = connection
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    if (this.#database.inTransaction) return this.#connection.executeQuery<Row>(query)
    await patiently(this.#database, 'begin immediate')
    try {
      const result = await this.#connection.executeQuery<Row>(query)
      await patiently(this.#database, 'commit')
      return result
    } catch (error) {
      if (this.#database.inTransaction) this.#database.exec('rollback')
      throw error
    }
  }

  streamQuery<Row>(query: CompiledQuery, chunkSize: number): AsyncIterableIterator<QueryResult<Row>> {
    return this.#connection.streamQuery<Row>(query, chunkSize)
  }
}

/**
 * Carries out a statement, and tries again while another process has the file.
 * @throws the driver's error when that takes too long, and any other at once
 */
async function patiently(database: Database.Database, statement: string): Promise<void> {
  for (let waited = 0; ; waited += PAUSE) {
    try {
      database.exec(statement)
      return
    } catch (error) {
      if ((error as { code?: unknown }).code !== 'SQLITE_BUSY' || waited >= PATIENCE) throw error
      await wait(PAUSE)
    }
  }
}
