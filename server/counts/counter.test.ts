import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { addDays, parseDay } from '#campaign/day.ts'
import { openEmbeddedStore } from '#store/embedded.ts'
import { randomTape } from '#counting/random-tape.ts'
import type { ShareLink } from '#store/share-links.ts'
import type { SqlStore } from '#store/sql-store.ts'
import { content } from '../content/content.ts'
import type { ContentRun } from '../content/read.ts'
import { VisitorCounter, type Request } from './counter.ts'
import { KeyFiles } from './key-files.ts'
import { linkTotals } from './link-totals.ts'
import { runTotals } from './totals.ts'

const FIRST = parseDay('2027-04-05')
const LAST = parseDay('2027-04-08')
const RUN = {
  id: 'run',
  name: 'run',
  firstDay: FIRST,
  lastDay: LAST,
  sites: ['help' as const],
  visitors: 'standard' as const,
}
const DAY_BEFORE = new Date('2027-04-04T12:00:00+02:00')
const NOON = new Date('2027-04-05T12:00:00+02:00')
const NEXT_NOON = new Date('2027-04-06T12:00:00+02:00')
const AFTER = new Date('2027-04-09T00:01:00+02:00')
/** Visitors of a test: enough to be told from the noise. */
const MANY = 600

let folder = ''
let stores: SqlStore[] = []
let said: string[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'counter-'))
  said = []
})
afterEach(async () => {
  for (const store of stores) await store.close()
  stores = []
  rmSync(folder, { recursive: true })
})

let processes = 0
async function process(
  runs: readonly ContentRun[] | (() => readonly ContentRun[] | undefined) = [RUN],
  keyFolder = 'keys',
  links: () => readonly ShareLink[] = () => [],
) {
  processes += 1
  const tape = randomTape(`process ${processes}`)
  const store = await openEmbeddedStore(join(folder, 'counts.sqlite'), tape)
  stores.push(store)
  const counter = new VisitorCounter({
    store,
    keys: new KeyFiles(join(folder, keyFolder), tape),
    content: { ...content(), runs: [RUN] },
    runs: typeof runs === 'function' ? runs : () => runs,
    links,
    random: tape,
    report: (sentence) => said.push(sentence),
  })
  return { store, counter }
}

function visit(
  person: number,
  moment: Date,
  changes: Partial<Request> & { extra?: Record<string, string> } = {},
): Request {
  const { extra, ...rest } = changes
  return {
    method: 'GET',
    status: 200,
    headers: {
      'user-agent': `Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${100 + (person % 40)}.0.0.0 Mobile Safari/537.36`,
      'accept-language': 'nl',
      'sec-fetch-site': 'none',
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
      ...extra,
    },
    address: `10.${person % 200}.${Math.floor(person / 200)}.7`,
    page: { site: 'help', label: 'front', language: 'nl' },
    moment,
    ...rest,
  }
}

async function visitorsIn(store: SqlStore): Promise<number> {
  return (await runTotals(store, [RUN]))[0]?.estimate.value ?? Number.NaN
}

describe('a run', () => {
  it('has each visitor once, however often she comes, on however many days', async () => {
    const { store, counter } = await process()
    await counter.beat(DAY_BEFORE)
    for (const moment of [NOON, NEXT_NOON]) {
      for (let person = 0; person < MANY; person += 1)
        for (let time = 0; time < 3; time += 1) counter.count(visit(person, moment))
      await counter.beat(moment)
    }
    await counter.beat(AFTER)
    // Within four standard errors; those who come twice would make it twice as many.
    expect(Math.abs((await visitorsIn(store)) - MANY)).toBeLessThan(4 * 45)
  })

  it('is counted by two processes as by one', async () => {
    const one = await process()
    const two = await process()
    await Promise.all([one.counter.beat(DAY_BEFORE), two.counter.beat(DAY_BEFORE)])
    expect(readdirSync(join(folder, 'keys'))).toHaveLength(1)
    for (let person = 0; person < MANY; person += 1) {
      one.counter.count(visit(person, NOON))
      if (person % 2 === 0) two.counter.count(visit(person, NOON))
    }
    await Promise.all([one.counter.beat(NOON), two.counter.beat(NOON)])
    await Promise.all([one.counter.beat(AFTER), two.counter.beat(AFTER)])
    expect((await one.store.periods()).map(({ period }) => period)).toEqual([FIRST, '2027-04-06', '2027-04-07', LAST])
    expect(Math.abs((await visitorsIn(one.store)) - MANY)).toBeLessThan(4 * 45)
    expect(readdirSync(join(folder, 'keys'))).toEqual([])
  })

  it('goes on after a restart, and counts nobody twice', async () => {
    const before = await process()
    await before.counter.beat(DAY_BEFORE)
    for (let person = 0; person < MANY; person += 1) before.counter.count(visit(person, NOON))
    await before.counter.write()
    const after = await process()
    await after.counter.beat(NOON)
    for (let person = 0; person < MANY; person += 1) after.counter.count(visit(person, NOON))
    await after.counter.beat(AFTER)
    expect(Math.abs((await visitorsIn(after.store)) - MANY)).toBeLessThan(4 * 45)
  })

  it('loses what was not written when the process dies, and nothing else', async () => {
    const dying = await process()
    await dying.counter.beat(DAY_BEFORE)
    for (let person = 0; person < MANY; person += 1) dying.counter.count(visit(person, NOON))
    await dying.counter.write()
    for (let person = MANY; person < 2 * MANY; person += 1) dying.counter.count(visit(person, NOON))
    const next = await process()
    await next.counter.beat(AFTER)
    expect(Math.abs((await visitorsIn(next.store)) - MANY)).toBeLessThan(4 * 45)
  })

  it('publishes a day once when the clock is set back over midnight', async () => {
    const { store, counter } = await process()
    await counter.beat(DAY_BEFORE)
    for (let person = 0; person < MANY; person += 1) counter.count(visit(person, NOON))
    await counter.beat(new Date('2027-04-06T00:00:40+02:00'))
    const published = await store.periods()
    for (let person = MANY; person < 2 * MANY; person += 1) counter.count(visit(person, NOON))
    await counter.beat(NOON)
    expect(await store.periods()).toEqual(published)
    await counter.beat(AFTER)
    expect((await store.periods()).map(({ period }) => period)).toEqual([FIRST, '2027-04-06', '2027-04-07', LAST])
    // Those who came by the clock that was wrong are part of the next day.
    expect(Math.abs((await visitorsIn(store)) - 2 * MANY)).toBeLessThan(4 * 70)
  })

  it('goes on with the days that were added to it', async () => {
    const { store, counter } = await process()
    await counter.beat(NOON)
    const longer = await process([{ ...RUN, lastDay: addDays(LAST, 2) }])
    await longer.counter.beat(NEXT_NOON)
    await longer.counter.beat(new Date('2027-04-11T01:00:00+02:00'))
    expect((await store.periods()).map(({ period }) => period)).toEqual([
      FIRST,
      '2027-04-06',
      '2027-04-07',
      LAST,
      '2027-04-09',
      '2027-04-10',
    ])
    await counter.beat(AFTER)
  })

  it('that is small is published by the week, and one without a count not at all', async () => {
    const small = await process([{ ...RUN, visitors: 'small' }])
    await small.counter.beat(NOON)
    await small.counter.beat(AFTER)
    expect((await small.store.periods()).map(({ period, firstDay, lastDay }) => [period, firstDay, lastDay])).toEqual([
      ['2027-W14', FIRST, LAST],
    ])

    const none = await process([{ ...RUN, id: 'none', visitors: 'none' }])
    await none.counter.beat(NOON)
    expect((await none.store.sketches()).map(({ run }) => run)).toEqual(['run'])
  })

  it('that began before the server did is counted from that day', async () => {
    const { store, counter } = await process()
    await counter.beat(NEXT_NOON)
    await counter.beat(AFTER)
    expect((await runTotals(store, [RUN]))[0]?.notes).toEqual([{ kind: 'counted-from', day: '2027-04-06' }])
  })
})

describe('a run that is planned on the screen', () => {
  const AUTUMN: ContentRun = { ...RUN, id: 'autumn', texts: 'planned' }
  const END_OF_FIRST_DAY = new Date('2027-04-05T23:59:58+02:00')
  /** Half a minute after midnight, when every process has written. */
  const SECOND_DAY = new Date('2027-04-06T00:00:40+02:00')
  const autumn = async (store: SqlStore) => (await runTotals(store, [AUTUMN])).find(({ run }) => run === 'autumn')
  const keys = () => readdirSync(join(folder, 'keys'))

  /** A process whose runs change while it goes on. */
  async function following(first: readonly ContentRun[] | undefined) {
    let runs = first
    const { store, counter } = await process(() => runs)
    return { store, counter, plan: (next: readonly ContentRun[]) => (runs = next) }
  }

  async function visits(counter: VisitorCounter, from: number, to: number, moment: Date) {
    await counter.beat(moment)
    for (let person = from; person < to; person += 1) counter.count(visit(person, moment))
    await counter.beat(moment)
  }

  it('while the server goes on gets its count the day before, and every visitor once', async () => {
    const { store, counter, plan } = await following([])
    await counter.beat(new Date('2027-04-03T12:00:00+02:00'))
    plan([AUTUMN])
    await counter.beat(new Date('2027-04-03T12:00:10+02:00'))
    expect(await store.sketches()).toEqual([])
    await visits(counter, 0, MANY, DAY_BEFORE)
    await visits(counter, 0, MANY, NOON)
    await visits(counter, 0, MANY, NEXT_NOON)
    await counter.beat(AFTER)
    expect((await autumn(store))?.notes).toEqual([])
    expect((await store.periods()).map(({ period }) => period)).toEqual([FIRST, '2027-04-06', '2027-04-07', LAST])
    expect(Math.abs(((await autumn(store))?.estimate.value ?? 0) - MANY)).toBeLessThan(4 * 45)
  })

  it('and made longer while it goes on is counted to its new end, and destroyed then', async () => {
    const { store, counter, plan } = await following([{ ...AUTUMN, lastDay: FIRST }])
    await visits(counter, 0, MANY, NOON)
    plan([AUTUMN])
    await counter.beat(END_OF_FIRST_DAY)
    await visits(counter, MANY, 2 * MANY, NEXT_NOON)
    expect((await store.sketches()).map(({ state }) => state)).toEqual(['open'])
    await counter.beat(AFTER)
    expect(keys()).toEqual([])
    expect((await store.sketches()).map(({ state }) => state)).toEqual(['ended'])
    expect((await store.periods()).map(({ period }) => period)).toEqual([FIRST, '2027-04-06', '2027-04-07', LAST])
    expect(Math.abs(((await autumn(store))?.estimate.value ?? 0) - 2 * MANY)).toBeLessThan(4 * 70)
  })

  it('and ended early is destroyed after that midnight, and its total has the days that came', async () => {
    const { store, counter, plan } = await following([AUTUMN])
    await visits(counter, 0, MANY, NOON)
    plan([{ ...AUTUMN, lastDay: FIRST }])
    await counter.beat(END_OF_FIRST_DAY)
    expect((await store.sketches()).map(({ state }) => state)).toEqual(['open'])
    await visits(counter, MANY, 2 * MANY, SECOND_DAY)
    expect((await store.sketches()).map(({ state }) => state)).toEqual(['ended'])
    expect(keys()).toEqual([])
    expect((await store.periods()).map(({ period }) => period)).toEqual([FIRST])
    expect(Math.abs(((await autumn(store))?.estimate.value ?? 0) - MANY)).toBeLessThan(4 * 45)
  })

  it('and ended in the last second is ended by a process that hears of it after midnight', async () => {
    const { store, counter, plan } = await following([AUTUMN])
    await visits(counter, 0, MANY, NOON)
    await counter.beat(END_OF_FIRST_DAY)
    plan([{ ...AUTUMN, lastDay: FIRST }])
    await counter.beat(new Date('2027-04-06T00:00:08+02:00'))
    await counter.beat(SECOND_DAY)
    expect((await store.sketches()).map(({ state }) => state)).toEqual(['ended'])
    expect(keys()).toEqual([])
    expect((await store.periods()).map(({ period }) => period)).toEqual([FIRST])
  })

  it('and taken away on the day before leaves no count and no key, and can be put back', async () => {
    const { store, counter, plan } = await following([AUTUMN])
    await counter.beat(DAY_BEFORE)
    expect(keys()).toEqual(['autumn.help.1.key'])
    plan([])
    await counter.beat(DAY_BEFORE)
    expect(keys()).toEqual([])
    plan([AUTUMN])
    await counter.beat(DAY_BEFORE)
    await visits(counter, 0, MANY, NOON)
    await counter.beat(AFTER)
    expect((await autumn(store))?.notes).toEqual([])
    expect(Math.abs(((await autumn(store))?.estimate.value ?? 0) - MANY)).toBeLessThan(4 * 45)
  })

  it('and given another size on the day before is counted in that size', async () => {
    const { store, counter, plan } = await following([AUTUMN])
    await counter.beat(DAY_BEFORE)
    plan([{ ...AUTUMN, visitors: 'small' }])
    await counter.beat(DAY_BEFORE)
    await counter.beat(NOON)
    expect((await store.sketches()).map(({ number, size, state }) => [number, size, state])).toEqual([
      [1, 'standard', 'lost'],
      [2, 'small', 'open'],
    ])
  })

  it('and moved on the day before is counted on its new days alone', async () => {
    const { store, counter, plan } = await following([AUTUMN])
    await counter.beat(DAY_BEFORE)
    plan([{ ...AUTUMN, firstDay: parseDay('2027-04-07'), lastDay: parseDay('2027-04-09') }])
    await counter.beat(DAY_BEFORE)
    await visits(counter, 0, MANY, NOON)
    await counter.beat(new Date('2027-04-10T00:01:00+02:00'))
    expect((await store.periods()).map(({ period }) => period)).toEqual(['2027-04-07', LAST, '2027-04-09'])
    expect((await autumn(store))?.visitors).toMatchObject({ kind: 'nothing' })
  })

  it('is neither begun nor ended while it is not known what was planned', async () => {
    const before = await following([AUTUMN])
    await visits(before.counter, 0, MANY, NOON)
    const { store, counter, plan } = await following(undefined)
    await counter.beat(NOON)
    expect((await store.sketches()).map(({ run, state }) => [run, state])).toEqual([['autumn', 'open']])
    plan([AUTUMN])
    await visits(counter, MANY, 2 * MANY, NEXT_NOON)
    await counter.beat(AFTER)
    expect(Math.abs(((await autumn(store))?.estimate.value ?? 0) - 2 * MANY)).toBeLessThan(4 * 70)
  })
})

describe('a share link', () => {
  const LINK: ShareLink = {
    code: 'school',
    kind: 'open',
    target: { site: 'help', label: 'front' },
    language: 'nl',
    community: 'School',
    readers: 150,
    madeBy: 'Anna',
    madeOn: FIRST,
    lastDay: parseDay('2027-12-31'),
    revoked: false,
  }
  const linksOf = async (store: SqlStore) =>
    (await store.links()).map(({ label, period, value }) => ({ label, period, value }))

  // Two weeks of the calendar, for the run goes on into the next one.
  const LONG = { ...RUN, lastDay: parseDay('2027-04-14') }

  it('has each visitor who came by it once in the whole run, and nobody else; nothing is published before its end', async () => {
    const { store, counter } = await process([LONG], 'keys', () => [LINK, { ...LINK, code: 'library' }])
    await counter.beat(DAY_BEFORE)
    await counter.beat(NOON)
    // By the link came the first half, on two days; the others by themselves.
    for (const moment of [NOON, NEXT_NOON]) {
      for (let person = 0; person < MANY; person += 1)
        counter.count(visit(person, moment, person < MANY / 2 ? { link: 'school' } : {}))
      await counter.beat(moment)
    }
    await counter.beat(new Date('2027-04-14T12:00:00+02:00'))
    expect(await store.links()).toEqual([])
    await counter.beat(new Date('2027-04-15T00:01:00+02:00'))
    const published = await store.links()
    expect(published.map(({ label, period, firstDay }) => [label, period, firstDay])).toEqual([
      ['library', 'run', FIRST],
      ['school', 'run', FIRST],
    ])
    const [library, school] = published
    // Four standard errors, as they are published: those of a single cell, and of the days on which they may have come.
    expect(Math.abs((school?.value ?? Number.NaN) - MANY / 2)).toBeLessThan(4 * ((school?.milliError ?? 0) / 1000))
    expect(school?.milliError).toBeLessThan(40_000)
    expect(Math.abs(library?.value ?? Number.NaN)).toBeLessThan(60)
    expect(library?.milliError).toBeLessThan(16_000)
    expect(linkTotals(published, [LONG], parseDay('2027-04-15'))).toMatchObject([
      { label: 'school', visitors: { kind: 'about' } },
      { label: 'library', visitors: { kind: 'nothing' } },
    ])
    expect(linkTotals(published, [LONG], parseDay('2027-04-14'))).toEqual([])
  })

  it('for which many readers are expected is counted week by week', async () => {
    const { store, counter } = await process([LONG], 'keys', () => [{ ...LINK, readers: 200 }])
    for (const moment of [DAY_BEFORE, NOON, new Date('2027-04-15T00:01:00+02:00')]) await counter.beat(moment)
    expect((await store.links()).map(({ period }) => period)).toEqual(['2027-W14', '2027-W15'])
  })

  it('has no count of its own for few readers, on the other site, when it was taken back, or in a run without room for it', async () => {
    const none: ShareLink[] = [
      { ...LINK, code: 'few', readers: 19 },
      { ...LINK, code: 'other', target: { site: 'diary', label: 'front' } },
      { ...LINK, code: 'revoked', revoked: true },
      { ...LINK, code: 'ended', lastDay: parseDay('2027-04-03') },
    ]
    const { store, counter } = await process([RUN], 'keys', () => none)
    for (const moment of [DAY_BEFORE, NOON]) await counter.beat(moment)
    for (const { code } of none) counter.count(visit(none.length, NOON, { link: code }))
    await counter.beat(AFTER)
    expect(await linksOf(store)).toEqual([])

    const small = { ...RUN, id: 'small', visitors: 'small' as const }
    const other = await process([small], 'other keys', () => [LINK])
    for (const moment of [DAY_BEFORE, NOON, AFTER]) await other.counter.beat(moment)
    expect(await linksOf(other.store)).toEqual([])
  })

  it('that is made while a run goes on, and a run that is made longer, are counted from then', async () => {
    const made: ShareLink[] = []
    let run = RUN
    const { store, counter } = await process(
      () => [run],
      'keys',
      () => made,
    )
    for (const moment of [DAY_BEFORE, NOON]) await counter.beat(moment)
    made.push(LINK)
    await counter.beat(NOON)
    run = { ...RUN, lastDay: parseDay('2027-04-14') }
    await counter.beat(NOON)
    await counter.beat(new Date('2027-04-15T00:01:00+02:00'))
    expect((await store.links()).map(({ period, firstDay }) => [period, firstDay])).toEqual([['run', FIRST]])
  })
})

describe('a key', () => {
  it('that is not there stops the count of its run, and the sentence says what to do', async () => {
    const first = await process()
    await first.counter.beat(NOON)
    const elsewhere = await process([RUN], 'other-keys')
    await elsewhere.counter.beat(NOON)
    await elsewhere.counter.beat(NOON)
    expect(said).toEqual([
      'Visitors of run run, help site are not counted here: its key is not in the folder of keys. Put the right key file there; if it is lost, begin again with "npm run counts -- begin-again run help".',
    ])
    expect(elsewhere.counter.count(visit(1, NOON))).toEqual({ kind: 'visit' })
    await elsewhere.counter.beat(NOON)
    expect(await first.store.sketches()).toHaveLength(1)
  })

  it('that is given up makes place for a new one, and both counts are added up', async () => {
    const { store, counter } = await process()
    await counter.beat(DAY_BEFORE)
    for (let person = 0; person < MANY; person += 1) counter.count(visit(person, NOON))
    await counter.beat(new Date('2027-04-06T00:01:00+02:00'))
    await store.giveUp({ run: 'run', site: 'help', number: 1 })
    await counter.beat(NEXT_NOON)
    expect(readdirSync(join(folder, 'keys'))).toEqual(['run.help.2.key'])
    for (let person = MANY; person < 2 * MANY; person += 1) counter.count(visit(person, NEXT_NOON))
    await counter.beat(AFTER)
    expect(Math.abs((await visitorsIn(store)) - 2 * MANY)).toBeLessThan(4 * 70)
    expect((await runTotals(store, [RUN]))[0]?.notes).toEqual([{ kind: 'counted-from', day: '2027-04-06' }])
  })
})

describe('a store that fails', () => {
  it('loses nothing that was counted meanwhile, and applies nothing twice', async () => {
    const { store, counter } = await process()
    await counter.beat(DAY_BEFORE)
    const write = store.write.bind(store)
    // The first answer is lost after the write was done, the second write is refused.
    store.write = async (batch) => {
      await write(batch)
      throw new Error('the answer was lost')
    }
    for (let person = 0; person < MANY; person += 1) counter.count(visit(person, NOON))
    await expect(counter.beat(NOON)).rejects.toThrow('the answer was lost')
    store.write = () => Promise.reject(new Error('the disk is full'))
    for (let person = MANY; person < 2 * MANY; person += 1) counter.count(visit(person, NOON))
    await expect(counter.beat(NOON)).rejects.toThrow('the disk is full')
    store.write = write
    await counter.beat(NOON)
    await counter.beat(AFTER)
    expect(Math.abs((await visitorsIn(store)) - 2 * MANY)).toBeLessThan(4 * 70)
    const visits = (await store.tallies(FIRST, FIRST)).find(({ series }) => series === 'visits')
    // Five standard deviations of the noise: a batch that was applied twice would add 600.
    expect(Math.abs((visits?.value ?? 0) - 2 * MANY)).toBeLessThan(5 * 15)
  })
})

describe('a request', () => {
  async function counted(...requests: Request[]): Promise<Map<string, number>> {
    const { store, counter } = await process()
    await counter.beat(DAY_BEFORE)
    const write = store.write.bind(store)
    const added = new Map<string, number>()
    store.write = (batch) => {
      for (const { site, series, label, by } of batch.tallies) added.set(`${site} ${series} ${label}`.trim(), by)
      if (batch.flips.length > 0) added.set('flips', batch.flips.length)
      return write(batch)
    }
    for (const request of requests) counter.count(request)
    await counter.write()
    added.delete('flips')
    return added
  }

  it('from elsewhere is a visit and a page open; the next page is a page open', async () => {
    const read = {
      'sec-fetch-site': 'same-origin',
      'sec-fetch-mode': 'cors',
      'sec-fetch-dest': 'empty',
      'x-first-read': '1',
    }
    expect(
      await counted(
        visit(1, NOON),
        visit(1, NOON, { extra: read, page: { site: 'help', label: 'travel', language: 'nl' } }),
        visit(1, NOON, {
          extra: { 'sec-fetch-site': 'same-origin' },
          page: { site: 'help', label: 'rights', language: 'nl' },
        }),
      ),
    ).toEqual(
      new Map([
        ['help languages nl', 1],
        ['help opens front', 1],
        ['help opens rights', 1],
        ['help opens travel', 1],
        ['help visits', 1],
      ]),
    )
  })

  it('that must not be counted leaves its reason alone', async () => {
    expect(
      await counted(
        visit(1, NOON, { extra: { 'sec-gpc': '1' } }),
        visit(2, NOON, { extra: { 'sec-purpose': 'prefetch' } }),
        visit(3, NOON, { extra: { 'user-agent': 'WhatsApp/2.24.1 A' } }),
        visit(4, NOON, {
          extra: { 'user-agent': 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)' },
        }),
        visit(5, NOON, { address: undefined }),
        visit(6, NOON, { status: 404 }),
      ),
    ).toEqual(
      new Map(
        ['missing-page', 'no-address', 'opt-out', 'prefetch', 'preview', 'robot'].map((reason) => [
          `help ignored ${reason}`,
          1,
        ]),
      ),
    )
  })

  it('in the window on another site is an open of the window, whichever page, and no visitor', async () => {
    const { counter } = await process()
    await counter.beat(DAY_BEFORE)
    const window = { page: { site: 'help' as const, label: 'window', language: 'nl' as const } }
    for (let person = 0; person < 40; person += 1) {
      expect(
        counter.count(
          visit(person, NOON, { ...window, extra: { 'sec-fetch-dest': 'iframe', 'sec-fetch-site': 'cross-site' } }),
        ),
      ).toEqual({ kind: 'window' })
      expect(counter.count(visit(person, NOON, { ...window, address: undefined }))).toEqual({ kind: 'window' })
    }
    expect(
      counter.count(visit(1, NOON, { extra: { 'sec-fetch-dest': 'iframe', 'sec-fetch-site': 'cross-site' } })),
    ).toEqual({ kind: 'ignored', reason: 'not-reading' })
  })

  it('is one of too many when a hundred browsers come from one neighbourhood in an hour', async () => {
    const { counter } = await process()
    await counter.beat(DAY_BEFORE)
    const answers = Array.from({ length: 200 }, (_, index) =>
      counter.count(visit(index, NOON, { address: `203.0.113.${index}` })),
    )
    const refused = answers.filter((answer) => answer.kind === 'ignored')
    expect(new Set(refused.map((answer) => (answer.kind === 'ignored' ? answer.reason : '')))).toEqual(
      new Set(['network-limit']),
    )
    // Half of two hundred meet a bucket that was touched, thirty are believed.
    expect(refused.length).toBeGreaterThan(40)
    expect(refused.length).toBeLessThan(100)
  })

  it('outside a run is a visit of the week, and no visitor', async () => {
    const { store, counter } = await process()
    const moment = new Date('2027-05-12T12:00:00+02:00')
    await counter.beat(moment)
    for (let person = 0; person < MANY; person += 1) counter.count(visit(person, moment, { address: undefined }))
    await counter.beat(new Date('2027-05-17T00:01:00+02:00'))
    expect(await store.sketches()).toEqual([])
    const visits = (await store.tallies(parseDay('2027-05-10'), parseDay('2027-05-16'))).filter(
      ({ site, series }) => site === 'help' && series === 'visits',
    )
    expect(visits.map(({ period }) => period)).toEqual(['2027-W19'])
    expect(Math.abs((visits[0]?.value ?? 0) - MANY)).toBeLessThan(5 * 15)
  })
})
