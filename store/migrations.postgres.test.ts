import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'libsql'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { randomTape } from '#counting/random-tape.ts'
import { COUNT_TABLES } from './count-migrations.ts'
import { openEmbeddedStore } from './embedded.ts'
import { newDatabase } from './postgres-for-tests.ts'
import { openPostgresStore } from './postgres.ts'
import type { SqlStore } from './sql-store.ts'
import { RAW_TABLES } from './tables.ts'

let folder = ''
let url = ''
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'migrations-'))
  url = await newDatabase(inject('postgres'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const openFile = () => openEmbeddedStore(join(folder, 'counts.sqlite'), randomTape('open'))
const openPostgres = () => openPostgresStore(url, randomTape('open'))

function inFile(statement: string): unknown[] {
  const database = new Database(join(folder, 'counts.sqlite'))
  const rows = /^select/.test(statement)
    ? (database.prepare(statement).raw().all() as unknown[])
    : (database.exec(statement), [])
  database.close()
  return rows
}

async function inPostgres(statement: string): Promise<unknown[]> {
  const client = new pg.Client(url)
  await client.connect()
  const { rows } = await client.query<unknown[]>({ text: statement, rowMode: 'array' })
  await client.end()
  return rows
}

describe.each([
  ['the embedded file', openFile, async (statement: string) => inFile(statement)],
  ['PostgreSQL', openPostgres, inPostgres],
] as const)('the tables in %s', (_, open: () => Promise<SqlStore>, ask) => {
  it('are made once by five processes that start together', async () => {
    const stores = await Promise.all(Array.from({ length: 5 }, open))
    for (const store of stores) await store.close()
    expect(await ask('select version from schema_version order by version')).toEqual(
      COUNT_TABLES.steps.map((_step, index) => [index + 1]),
    )
  })

  it('of a newer version are left alone, and the sentence says what to start', async () => {
    await (await open()).close()
    await ask('insert into schema_version (version) values (99)')
    await expect(open()).rejects.toThrow(
      `The counts were written by a newer version of this program (99; this one knows ${COUNT_TABLES.steps.length}). Start the newer version.`,
    )
    expect(await ask('select max(version) from schema_version')).toEqual([[99]])
  })
})

it('in PostgreSQL are in no write-ahead log where they are raw, and safe after a crash where they are published', async () => {
  await (await openPostgres()).close()
  const rows = await inPostgres(
    "select relname, relpersistence from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by relname",
  )
  const unlogged = rows.filter((row) => (row as string[])[1] === 'u').map((row) => (row as string[])[0])
  expect(unlogged).toEqual([...RAW_TABLES].sort())
  expect(rows.length).toBe(unlogged.length + 8)
})
