import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'libsql'
import pg from 'pg'
import { afterEach, describe, expect, inject, it } from 'vitest'
import { addDays, parseDay, type CalendarDay } from '#campaign/day.ts'
import type { RandomBytes } from '#counting/randomness.ts'
import { isTouched } from '#counting/sketch.ts'
import { bucketOf, visitorOf } from '#counting/visitor.ts'
import type { CountStore, TallyCell } from '#store/count-store.ts'
import { openEmbeddedStore } from '#store/embedded.ts'
import { newDatabase, PostgresForTests } from '#store/postgres-for-tests.ts'
import { openPostgresStore } from '#store/postgres.ts'
import { randomTape } from '#counting/random-tape.ts'
import type { SqlStore } from '#store/sql-store.ts'
import { content } from '../content/content.ts'
import type { Content } from '../content/read.ts'
import { VisitorCounter, type Request } from './counter.ts'
import { KeyFiles } from './key-files.ts'

// One run of both sites, of four days. Everything that chance decides is on a tape, so that the same days can be lived
// through twice: with somebody, and without her.
const FIRST = parseDay('2027-03-25')
const LAST = parseDay('2027-03-28')
const RUN = {
  id: 'run',
  name: 'run',
  firstDay: FIRST,
  lastDay: LAST,
  sites: ['help', 'diary'],
  visitors: 'standard',
} as const
const CONTENT: Content = { ...content(), runs: [{ ...RUN, sites: [...RUN.sites] }] }
const SITES = ['help', 'diary'] as const
const OTHERS = 120

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

const at = (day: CalendarDay, time: string) => new Date(`${day}T${time}+01:00`)
const userAgent = (version: number) =>
  `Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${version}.0.0.0 Mobile Safari/537.36`

interface Person {
  readonly address: string
  readonly version: number
}

function request(
  { address, version }: Person,
  site: 'help' | 'diary',
  label: string,
  moment: Date,
  how: 'visit' | 'read' | 'reload',
): Request {
  const headers = {
    'user-agent': userAgent(version),
    'accept-language': 'nl-NL,nl;q=0.9',
    ...(how === 'read'
      ? { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty', 'x-first-read': '1' }
      : {
          'sec-fetch-site': 'none',
          'sec-fetch-mode': 'navigate',
          'sec-fetch-dest': 'document',
          ...(how === 'reload' ? { 'cache-control': 'max-age=0' } : {}),
        }),
  }
  return { method: 'GET', status: 200, headers, address, page: { site, label, language: 'nl' }, moment }
}

/** Chance on a tape; the noise of the tallies is written on it in advance. */
class Tape {
  readonly #tape = randomTape('coupling')
  #words: number[] = []
  readonly read: RandomBytes = (count) => {
    const word = count === 4 ? this.#words.shift() : undefined
    if (word === undefined) return this.#tape(count)
    return Uint8Array.from([word >>> 24, (word >>> 16) & 0xff, (word >>> 8) & 0xff, word & 0xff])
  }

  /** Lets the next draws of noise be these, none of them below zero. */
  decide(noise: readonly number[]): void {
    for (const value of noise) this.#words.push(...Array<number>(value).fill(0), 0xffffffff, 0xffffffff)
  }
}

const keyOfCell = ({ site, series, label }: Omit<TallyCell, 'period'>, period: string) =>
  `${site} ${series} ${label} ${period}`

/** The store, with the noise of every tally cell decided when it is born. */
function withDecidedNoise(store: CountStore, tape: Tape, noiseOf: (key: string) => number): CountStore {
  const born = new Set<string>()
  return new Proxy(store, {
    get(target, name) {
      if (name === 'openTallies') {
        return (cells: readonly TallyCell[]) => {
          const fresh = [...new Set(cells.map((cell) => keyOfCell(cell, cell.period.id)))].filter(
            (key) => !born.has(key),
          )
          for (const key of fresh) born.add(key)
          tape.decide(fresh.map(noiseOf))
          return target.openTallies(cells)
        }
      }
      const value: unknown = Reflect.get(target, name)
      return typeof value === 'function' ? (value.bind(target) as unknown) : value
    },
  })
}

interface Life {
  /** Who comes beside the others; nobody when absent. */
  readonly victim?: Person
  /** How much less noise each tally had at birth: what the victim added to it in the other life. */
  readonly addedToTallies?: ReadonlyMap<string, number>
  /** The evening on which we look. */
  readonly until: CalendarDay
}

interface Remains {
  readonly said: string[]
  readonly keys: Map<string, string>
  readonly added: Map<string, number>
}

/** Lives through the run up to a day, beat by beat. */
async function live(
  store: SqlStore,
  tape: Tape,
  folder: string,
  { victim, addedToTallies = new Map(), until }: Life,
): Promise<Remains> {
  const said: string[] = []
  const added = new Map<string, number>()
  const decided = withDecidedNoise(store, tape, (key) => 300 + (key.length % 7) + (addedToTallies.get(key) ?? 0))
  const counter = new VisitorCounter({
    store: decided,
    keys: new KeyFiles(join(folder, 'keys'), randomTape('keys')),
    content: CONTENT,
    runs: () => CONTENT.runs,
    random: randomTape('process'),
    report: (sentence) => said.push(sentence),
  })
  const remember = (asked: Request, day: CalendarDay) => {
    const judgement = counter.count(asked)
    const { site, label, language } = asked.page
    const keys =
      judgement.kind === 'ignored'
        ? [`${site} ignored ${judgement.reason} 2027-W12`]
        : [
            `${site} opens ${label} 2027-03`,
            ...(judgement.kind === 'visit' ? [`${site} visits  ${day}`, `${site} languages ${language} 2027-03`] : []),
          ]
    for (const key of keys) added.set(key, (added.get(key) ?? 0) + 1)
  }
  await counter.beat(at(addDays(FIRST, -1), '23:00:00'))
  for (let day = FIRST; day <= until; day = addDays(day, 1)) {
    await counter.beat(at(day, '00:01:00'))
    for (const hour of [9, 12, 16, 21]) {
      const moment = at(day, `${String(hour).padStart(2, '0')}:10:00`)
      for (let other = hour; other < OTHERS; other += 2) {
        const person = { address: `198.51.${other}.7`, version: 100 + (other % 50) }
        for (const site of SITES) counter.count(request(person, site, 'front', moment, 'visit'))
        counter.count(request(person, 'help', 'travel', moment, 'read'))
      }
      if (victim && day <= LAST) {
        for (const site of SITES) remember(request(victim, site, 'front', moment, 'visit'), day)
        for (const label of ['travel', 'rights', 'friends', 'abroad'])
          remember(request(victim, 'help', label, moment, 'read'), day)
        for (const label of ['entry-1', 'entry-2']) remember(request(victim, 'diary', label, moment, 'read'), day)
        remember(request(victim, 'help', 'front', moment, 'reload'), day)
      }
      await counter.beat(new Date(moment.getTime() + 10_000))
    }
  }
  await counter.write()
  await store.close()
  const keyFolder = join(folder, 'keys')
  return {
    said,
    added,
    keys: new Map(readdirSync(keyFolder).map((name) => [name, readFileSync(join(keyFolder, name)).toString('hex')])),
  }
}

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'coupling-'))
  folders.push(folder)
  return folder
}

/** A life in the embedded file: what is left in the folder, byte for byte. */
async function inFile(life: Life): Promise<Remains & { files: Map<string, Buffer>; rows: Rows }> {
  const folder = newFolder()
  const tape = new Tape()
  const remains = await live(await openEmbeddedStore(join(folder, 'counts.sqlite'), tape.read), tape, folder, life)
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const database = new Database(join(folder, 'counts.sqlite'))
  const tables = (
    database.prepare("select name from sqlite_master where type = 'table' order by name").all() as { name: string }[]
  ).map(({ name }) => name)
  const rows = rowsOf(
    await Promise.all(
      tables.map(async (table) => [table, database.prepare(`select * from ${table}`).raw().all() as unknown[][]]),
    ),
  )
  database.close()
  return {
    ...remains,
    rows,
    files: new Map(
      files.map((entry) => [
        join(entry.parentPath, entry.name).slice(folder.length),
        readFileSync(join(entry.parentPath, entry.name)),
      ]),
    ),
  }
}

/** A life in PostgreSQL: every row of every table. */
async function inPostgres(life: Life): Promise<Remains & { rows: Rows }> {
  const url = await newDatabase(inject('postgres'))
  const tape = new Tape()
  const remains = await live(await openPostgresStore(url, tape.read), tape, newFolder(), life)
  const client = new pg.Client(url)
  await client.connect()
  const { rows: tables } = await client.query<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = 'public' order by 1",
  )
  const contents: [string, unknown[][]][] = []
  for (const { name } of tables)
    contents.push([name, (await client.query<unknown[]>({ text: `select * from ${name}`, rowMode: 'array' })).rows])
  await client.end()
  return { ...remains, rows: rowsOf(contents) }
}

type Rows = Map<string, string[]>
const rowsOf = (tables: readonly [string, unknown[][]][] | readonly (readonly [string, unknown[][]])[]): Rows =>
  new Map(
    tables.map(([table, rows]) => [
      table,
      rows
        .map((row) =>
          JSON.stringify(row, (_key, value: unknown) =>
            value instanceof ArrayBuffer ? Buffer.from(value).toJSON() : value,
          ),
        )
        .sort(),
    ]),
  )

/** Somebody whose buckets the seeds of both sites have touched, or have not. Found with the key, as a thief would. */
async function somebody(touched: boolean): Promise<Person> {
  const folder = newFolder()
  const tape = new Tape()
  const store = await openEmbeddedStore(join(folder, 'counts.sqlite'), tape.read)
  const keys = new KeyFiles(join(folder, 'keys'), randomTape('keys'))
  const counter = new VisitorCounter({
    store: withDecidedNoise(store, tape, (key) => 300 + (key.length % 7)),
    keys,
    content: CONTENT,
    runs: () => CONTENT.runs,
    random: randomTape('process'),
    report: () => {},
  })
  await counter.beat(at(addDays(FIRST, -1), '23:00:00'))
  const sketches = await store.sketches()
  const seeds = await Promise.all(
    sketches.map(async (sketch) => ({ key: keys.read(sketch), bits: await store.bitsOf(sketch) })),
  )
  await store.close()
  for (let version = 100; version < 200; version += 1) {
    const person = { address: '203.0.113.9', version }
    const visitor = visitorOf({ address: person.address, userAgent: userAgent(version), acceptLanguage: 'nl' })
    if (
      seeds.every(
        ({ key, bits }) =>
          key && bits && visitor !== undefined && isTouched(bits, bucketOf(key, visitor, 2 ** 14)) === touched,
      )
    )
      return person
  }
  throw new Error('nobody was found')
}

describe.each([
  ['in the middle of the run', addDays(FIRST, 1)],
  ['on the last evening', LAST],
  ['after the run', addDays(LAST, 2)],
])('somebody whose bit the seed had set, %s', (_, until) => {
  it('leaves the data folder byte for byte, and every sentence said, as if she had not come', async () => {
    const victim = await somebody(true)
    const present = await inFile({ victim, until })
    expect(present.added.get('help opens front 2027-03')).toBeGreaterThan(0)
    const absent = await inFile({ until, addedToTallies: present.added })
    expect([...present.files.keys()]).toEqual([...absent.files.keys()])
    for (const [name, bytes] of present.files)
      expect(bytes.equals(absent.files.get(name) ?? Buffer.alloc(0)), name).toBe(true)
    expect(present.said).toEqual(absent.said)
  }, 60_000)

  it('leaves every row in PostgreSQL as if she had not come', async () => {
    const victim = await somebody(true)
    const present = await inPostgres({ victim, until })
    const absent = await inPostgres({ until, addedToTallies: present.added })
    expect(present.rows).toEqual(absent.rows)
    expect(present.keys).toEqual(absent.keys)
    expect(present.said).toEqual(absent.said)
  }, 60_000)
})

describe.each([
  ['the embedded file', inFile],
  ['PostgreSQL', inPostgres],
] as const)('in %s', (_, lifeIn) => {
  it('her visits change the tallies without identity by their number, and nothing else', async () => {
    const victim = await somebody(true)
    const present = await lifeIn({ victim, until: FIRST })
    const absent = await lifeIn({ until: FIRST })
    for (const [table, rows] of present.rows)
      if (table !== 'tally_cell') expect(rows, table).toEqual(absent.rows.get(table))
    const numbers = (rows: Rows) =>
      new Map(
        (rows.get('tally_cell') ?? [])
          .map((row) => JSON.parse(row) as unknown[])
          .map((row) => [
            row.filter((value) => typeof value === 'string').join(' '),
            row.find((value) => typeof value === 'number') as number,
          ]),
      )
    const before = numbers(absent.rows)
    const difference = [...numbers(present.rows)]
      .map(([key, value]) => value - (before.get(key) ?? 0))
      .filter((value) => value !== 0)
    expect(difference.sort()).toEqual([...present.added.values()].sort())
  }, 60_000)

  it('somebody whose bit was free changes one bit and one cell of each site', async () => {
    const victim = await somebody(false)
    const present = await lifeIn({ victim, until: FIRST })
    const absent = await lifeIn({ until: FIRST, addedToTallies: present.added })
    for (const [table, rows] of present.rows)
      if (!['sketch_bits', 'sketch_cell'].includes(table)) expect(rows, table).toEqual(absent.rows.get(table))
    const changed = (table: string) => {
      const before = new Set(absent.rows.get(table))
      const after = new Set(present.rows.get(table))
      return [[...before].filter((row) => !after.has(row)), [...after].filter((row) => !before.has(row))].map((rows) =>
        rows.map((row) => JSON.parse(row) as unknown[]),
      )
    }
    const [cellsBefore = [], cellsAfter = []] = changed('sketch_cell')
    const flipsIn = (rows: unknown[][]) =>
      rows
        .map((row) => row.find((value) => typeof value === 'number' && value !== 1))
        .reduce<number>((sum, value) => sum + Number(value), 0)
    expect([cellsBefore.length, cellsAfter.length]).toEqual([2, 2])
    expect(flipsIn(cellsAfter) - flipsIn(cellsBefore)).toBe(2)

    const [chunksBefore = [], chunksAfter = []] = changed('sketch_bits')
    expect([chunksBefore.length, chunksAfter.length]).toEqual([2, 2])
    const ones = (rows: unknown[][]) =>
      rows
        .flatMap((row) => (row.find((value) => typeof value === 'object') as { data: number[] }).data)
        .reduce((sum, byte) => sum + byte.toString(2).replaceAll('0', '').length, 0)
    expect(ones(chunksAfter) - ones(chunksBefore)).toBe(2)
  }, 60_000)
})

describe('after the run', () => {
  async function runThrough(
    store: SqlStore,
    folder: string,
    bitsAreOnDisk: boolean,
    search: (secrets: Uint8Array[]) => Promise<number>,
  ): Promise<void> {
    const keys = new KeyFiles(join(folder, 'keys'), randomTape('keys'))
    const counter = new VisitorCounter({
      store,
      keys,
      content: CONTENT,
      runs: () => CONTENT.runs,
      random: randomTape('process'),
      report: () => {},
    })
    await counter.beat(at(FIRST, '12:00:00'))
    const pieces: Uint8Array[] = []
    for (const sketch of await store.sketches()) {
      const bits = await store.bitsOf(sketch)
      if (bits)
        pieces.push(...Array.from({ length: bits.length / 16 }, (_, index) => bits.slice(index * 16, index * 16 + 16)))
    }
    expect(pieces).toHaveLength((2 * 2048) / 16)
    // The search finds what is there: the mark of each key. PostgreSQL writes an unlogged table to disk when it stops.
    const marks = (await store.sketches()).map(({ keyCheck }) => Buffer.from(keyCheck))
    expect(await search(marks)).toBe(2)
    if (bitsAreOnDisk) expect(await search(pieces)).toBe(pieces.length)
    const secrets = SITES.map((site) => keys.read({ run: 'run', site, number: 1 }) ?? new Uint8Array())
    expect(await search(secrets)).toBe(0)

    // Summer time began in the night before, so midnight is two hours ahead of UTC.
    await counter.beat(new Date('2027-03-29T00:00:29+02:00'))
    expect(readdirSync(join(folder, 'keys'))).toHaveLength(2)
    await counter.beat(new Date('2027-03-29T00:00:31+02:00'))
    expect((await store.sketches()).map(({ state }) => state)).toEqual(['ended', 'ended'])
    expect(readdirSync(join(folder, 'keys'))).toEqual([])
    expect(await search([...pieces, ...secrets])).toBe(0)
  }

  const foundIn = (folder: string, secrets: readonly Uint8Array[]) => {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name)))
    return secrets.filter((secret) => files.some((file) => file.includes(Buffer.from(secret)))).length
  }

  it('nothing is left of the keys and the bits in the embedded file', async () => {
    const folder = newFolder()
    const store = await openEmbeddedStore(join(folder, 'db', 'counts.sqlite'), randomTape('end'))
    await runThrough(store, folder, true, async (secrets) => foundIn(join(folder, 'db'), secrets))
    await store.close()
  })

  it('nothing is left of the keys and the bits in the whole folder of PostgreSQL, its logs included', async () => {
    // A cluster of its own: in the one of the other tests there is more to read with every test that goes before.
    const server = await PostgresForTests.start()
    const url = await newDatabase(server.url())
    const client = new pg.Client(url)
    await client.connect()
    const { rows } = await client.query<{ data_directory: string }>('show data_directory')
    const data = rows[0]?.data_directory ?? ''
    const store = await openPostgresStore(url, randomTape('end'))
    await runThrough(store, newFolder(), false, async (secrets) => {
      await client.query('checkpoint')
      return foundIn(data, secrets)
    })
    await store.close()
    await client.end()
    await server.remove()
  }, 60_000)
})
