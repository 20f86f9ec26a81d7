import { mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'libsql'
import pg from 'pg'
import { systemRandom } from '#server/counts/system-random.ts'
import { openEmbeddedStore } from '#store/embedded.ts'
import { openPostgresStore } from '#store/postgres.ts'
import { newDatabase } from '#store/postgres-for-tests.ts'
import type { SqlStore } from '#store/sql-store.ts'

/** A place where the count is kept, and beside it, in the same kind of database, the table that others keep. */
export interface Book {
  /** The settings with which a server counts in it. */
  readonly settings: Readonly<Record<string, string>>
  store(): Promise<SqlStore>
  /** Makes room of what was deleted, as the database does by itself in time. */
  cleanUp(): Promise<void>
  /** Visits in the cells that are open. */
  visitsCounted(): Promise<number>
  bytesOfCount(): Promise<number>
  /** Makes the table of others: for each page view a row with a salted hash of its visitor. */
  writeHashes(views: number): Promise<void>
  bytesOfHashes(): Promise<number>
  /** Asks the table of others what the totals of a run say. */
  countDistinct(): Promise<unknown>
  close(): Promise<void>
}

const VISITS = "select sum(count) as visits from tally_cell where series = 'visits'"
/** Others look for the visitors of a site over some days, and for the visits of one visitor: two indexes. */
const INDEXES = [
  'create index page_view_at on page_view (site, at)',
  'create index page_view_visitor on page_view (site, visitor)',
]
const DISTINCT = "select count(distinct visitor) from page_view where site = 'help' and at >= 0 and at < 2764800"
const SECONDS_OF_RUN = 2_764_800

/** In one file, with the hashes in another one beside it. */
export function embeddedBook(folder: string): Book {
  mkdirSync(folder, { recursive: true })
  const file = join(folder, 'counts.sqlite')
  const besides = join(folder, 'hashes.sqlite')
  let store: Promise<SqlStore> | undefined
  const ask = (path: string, question: (database: Database.Database) => unknown) => {
    const database = new Database(path)
    try {
      return question(database)
    } finally {
      database.close()
    }
  }
  return {
    settings: { DATA_FOLDER: folder },
    store: () => (store ??= openEmbeddedStore(file, systemRandom())),
    cleanUp: async () => {},
    visitsCounted: async () =>
      Number((ask(file, (database) => database.prepare(VISITS).get()) as { visits: unknown }).visits),
    bytesOfCount: async () => statSync(file).size,
    writeHashes: async (views) => {
      ask(besides, (database) => {
        database.exec('pragma synchronous = off')
        database.exec(
          'create table page_view (site text not null, visitor blob not null, path text not null, at integer not null)',
        )
        database.exec(
          `insert into page_view with recursive view (n) as (select 0 union all select n + 1 from view where n < ${views - 1}) select 'help', randomblob(32), '/reis', n * ${SECONDS_OF_RUN} / ${views} from view`,
        )
        for (const index of INDEXES) database.exec(index)
      })
    },
    bytesOfHashes: async () => statSync(besides).size,
    countDistinct: async () => ask(besides, (database) => database.prepare(DISTINCT).get()),
    close: async () => (await store)?.close(),
  }
}

/** In a database of its own. @param folder of the keys */
export async function postgresBook(server: string, folder: string): Promise<Book> {
  const url = await newDatabase(server)
  const client = new pg.Client(url)
  await client.connect()
  let store: Promise<SqlStore> | undefined
  const number = async (question: string) => Number((await client.query<{ number: unknown }>(question)).rows[0]?.number)
  return {
    settings: { DATABASE_URL: url, DATA_FOLDER: folder },
    store: () => (store ??= openPostgresStore(url, systemRandom())),
    cleanUp: async () => {
      await client.query('vacuum')
    },
    visitsCounted: () => number(VISITS.replace('as visits', 'as number')),
    bytesOfCount: () =>
      number(
        "select sum(pg_total_relation_size(oid)) as number from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace and relname <> 'page_view'",
      ),
    writeHashes: async (views) => {
      await client.query(
        'create table page_view (site text not null, visitor bytea not null, path text not null, at integer not null)',
      )
      await client.query(
        `insert into page_view select 'help', sha256(n::text::bytea), '/reis', n::bigint * ${SECONDS_OF_RUN} / ${views} from generate_series(0, ${views - 1}) as n`,
      )
      for (const index of INDEXES) await client.query(index)
      await client.query('vacuum analyze page_view')
    },
    bytesOfHashes: () => number("select pg_total_relation_size('page_view') as number"),
    countDistinct: () => client.query(DISTINCT),
    close: async () => {
      await (await store)?.close()
      await client.end()
    },
  }
}
