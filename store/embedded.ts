import { Kysely } from 'kysely'
import Database from 'libsql'
import type { RandomBytes } from '#counting/randomness.ts'
import { COUNT_TABLES } from './count-migrations.ts'
import { fileDialect, IN_A_FILE } from './file-dialect.ts'
import { migrate } from './migrations.ts'
import { SqlStore } from './sql-store.ts'
import type { Tables } from './tables.ts'

/**
 * The store of the counts in one file beside the site.
 * @param file its path; the folder is made when it is not there
 */
export async function openEmbeddedStore(file: string, random: RandomBytes): Promise<SqlStore> {
  const database = new Kysely<Tables>({ dialect: fileDialect(file) })
  await migrate(database, IN_A_FILE, COUNT_TABLES)
  return new SqlStore({ database, dialect: IN_A_FILE, scrub: async () => {} }, random)
}

/**
 * Whether a file holds made-up numbers, found out without writing to it: opening a store brings its tables up to date, and a
 * file that may be real is not to be touched.
 */
export function holdsMadeUpNumbers(file: string): boolean {
  const connection = new Database(file, { readonly: true })
  try {
    if (!connection.prepare("select name from sqlite_master where type = 'table' and name = 'demonstration'").get())
      return false
    return connection.prepare('select day from demonstration').get() !== undefined
  } finally {
    connection.close()
  }
}
