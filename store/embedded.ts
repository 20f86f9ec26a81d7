import { Kysely } from 'kysely'
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
