import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, inject, it } from 'vitest'
import { parseDay } from '#campaign/day.ts'
import { dayAsPeriod, periodsBetween, weekOf } from '#campaign/period.ts'
import { isTouched, untouched } from '#counting/sketch.ts'
import type { Flip, NewSketch, TallyCell } from './count-store.ts'
import { openEmbeddedStore } from './embedded.ts'
import { newDatabase } from './postgres-for-tests.ts'
import { openPostgresStore } from './postgres.ts'
import { ContradictoryTotal, UnknownPeriod } from './published-totals.ts'
import { randomTape } from '#counting/random-tape.ts'
import type { SqlStore } from './sql-store.ts'

const FIRST = parseDay('2027-03-25')
const SECOND = parseDay('2027-03-26')
const THIRD = parseDay('2027-03-27')
const LAST = parseDay('2027-03-28')
const AFTER = parseDay('2027-03-29')

const NAME = { run: '2027-spring', site: 'help', number: 1 } as const
const NEW: NewSketch = { ...NAME, size: 'small', keyCheck: 'a'.repeat(16), periods: periodsBetween(FIRST, LAST, 'day') }

let leftovers: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const clean of leftovers.reverse()) await clean()
  leftovers = []
})

/** Opens the same database again and again, as several processes do. */
type Opener = (tape?: string) => Promise<SqlStore>

async function embedded(): Promise<Opener> {
  const folder = mkdtempSync(join(tmpdir(), 'counts-'))
  leftovers.push(() => rmSync(folder, { recursive: true }))
  return opener((random) => openEmbeddedStore(join(folder, 'counts.sqlite'), random))
}

async function postgres(): Promise<Opener> {
  const url = await newDatabase(inject('postgres'))
  return opener((random) => openPostgresStore(url, random))
}

function opener(open: (random: ReturnType<typeof randomTape>) => Promise<SqlStore>): Opener {
  return async (tape) => {
    const store = await open(tape === undefined ? (count) => randomBytes(count) : randomTape(tape))
    leftovers.push(() => store.close())
    return store
  }
}

let batches = 0
function batch(flips: readonly Flip[], tallies: readonly { period: string; by: number }[] = [], writer = 'one') {
  batches += 1
  return {
    writer,
    number: batches,
    flips,
    tallies: tallies.map((tally) => ({ site: 'help' as const, series: 'opens' as const, label: 'travel', ...tally })),
  }
}

const flip = (bucket: number, day = FIRST, link?: string): Flip => ({ sketch: NAME, bucket, day, link })

describe.each([
  ['the embedded file', embedded],
  ['PostgreSQL', postgres],
])('the store of counts in %s', (_, prepare) => {
  async function begun(): Promise<{ store: SqlStore; free: number[]; open: Opener }> {
    const open = await prepare()
    const store = await open('seed')
    const sketch = await store.begin(NEW)
    const bits = await store.bitsOf(sketch)
    const free = Array.from({ length: 4096 }, (_unused, bucket) => bucket).filter(
      (bucket) => bits && !isTouched(bits, bucket),
    )
    return { store, free, open }
  }

  it('is empty at first, and stays so when it is opened again', async () => {
    const open = await prepare()
    const store = await open()
    expect(await store.sketches()).toEqual([])
    expect(await store.periods()).toEqual([])
    expect(await (await open()).periods()).toEqual([])
  })

  it('begins a sketch once, with half of its bits touched by chance', async () => {
    const { store, free, open } = await begun()
    expect(Math.abs(free.length - 2048)).toBeLessThan(5 * 32)
    const again = await (await open('another seed')).begin({ ...NEW, keyCheck: 'b'.repeat(16) })
    expect(again).toEqual({ ...NAME, size: 'small', keyCheck: 'a'.repeat(16), state: 'open' })
    const bits = await store.bitsOf(again)
    expect(bits && untouched(bits)).toBe(free.length)
  })

  it('touches a free bucket once, whoever comes again and in whichever process', async () => {
    const { store, free, open } = await begun()
    const [bucket = 0] = free
    await store.write(batch([flip(bucket), flip(bucket)]))
    await (await open()).write(batch([flip(bucket, SECOND)], [], 'two'))
    await store.closeBefore(AFTER)
    const quiet = await quietRun(prepare)
    expect(await flipsPublished(store)).toEqual([(quiet[0] ?? 0) + 1, quiet[1], quiet[2], quiet[3]])
  })

  it('changes nothing for a bucket that the seed had touched', async () => {
    const { store, free } = await begun()
    const seeded = Array.from({ length: 4096 }, (_unused, bucket) => bucket).filter((bucket) => !free.includes(bucket))
    await store.write(batch(seeded.map((bucket) => flip(bucket))))
    await store.closeBefore(AFTER)
    expect(await flipsPublished(store)).toEqual(await quietRun(prepare))
  })

  it('counts a flip that comes after its day was closed in the next day that is open', async () => {
    const { store, free } = await begun()
    await store.closeBefore(SECOND)
    const sketch = (await store.sketches())[0]
    const bits = sketch && (await store.bitsOf(sketch))
    const stillFree = free.filter((bucket) => bits && !isTouched(bits, bucket)).slice(0, 7)
    await store.write(batch(stillFree.map((bucket) => flip(bucket, FIRST))))
    await store.closeBefore(AFTER)
    const quiet = await quietRun(prepare)
    expect(await flipsPublished(store)).toEqual([quiet[0], (quiet[1] ?? 0) + 7, quiet[2], quiet[3]])
  })

  it('applies a batch once, also when it is sent again', async () => {
    const { store } = await begun()
    await store.openTallies([{ site: 'help', series: 'opens', label: 'travel', period: dayAsPeriod(FIRST) }])
    const sent = batch([], [{ period: FIRST, by: 5 }])
    await store.write(sent)
    await store.write(sent)
    await store.closeBefore(SECOND)
    const [withFive] = await store.tallies(FIRST, FIRST)

    const { store: other } = await begun()
    await other.openTallies([{ site: 'help', series: 'opens', label: 'travel', period: dayAsPeriod(FIRST) }])
    await other.closeBefore(SECOND)
    const [quiet] = await other.tallies(FIRST, FIRST)
    expect(withFive?.value).toBe((quiet?.value ?? 0) + 5)
  })

  it('makes a tally cell once, never by a visit, and not again when its period was published', async () => {
    const { store } = await begun()
    const cell: TallyCell = { site: 'help', series: 'visits', label: '', period: dayAsPeriod(FIRST) }
    await store.write({
      writer: 'one',
      number: 90_001,
      flips: [],
      tallies: [{ site: 'help', series: 'visits', label: '', period: FIRST, by: 3 }],
    })
    await store.closeBefore(SECOND)
    expect(await store.tallies(FIRST, FIRST)).toEqual([])
    await store.openTallies([cell, cell])
    await store.openTallies([cell])
    await store.closeBefore(SECOND)
    const published = await store.tallies(FIRST, FIRST)
    expect(published).toHaveLength(1)
    await store.openTallies([cell])
    await store.closeBefore(SECOND)
    expect(await store.tallies(FIRST, FIRST)).toEqual(published)
  })

  it('publishes a day once, though two processes close it at the same moment', async () => {
    const { store, free, open } = await begun()
    await store.write(batch(free.slice(0, 100).map((bucket) => flip(bucket))))
    const others = await Promise.all([open(), open(), open()])
    await Promise.all([store, ...others].map((each) => each.closeBefore(THIRD)))
    const published = await store.periods()
    expect(published.map(({ period }) => period)).toEqual([FIRST, SECOND])
    for (const each of others) expect(await each.periods()).toEqual(published)
    await store.closeBefore(FIRST)
    await store.closeBefore(THIRD)
    expect(await store.periods()).toEqual(published)
  })

  it('adds cover at the end of a day, and takes it from the zeros of the next', async () => {
    const { store, free } = await begun()
    await store.closeBefore(AFTER)
    const periods = await store.periods()
    expect(periods).toHaveLength(4)
    for (const [index, { zerosBefore, zerosAfter, flips }] of periods.entries()) {
      expect(zerosAfter).toBe(zerosBefore - flips)
      const next = periods[index + 1]
      if (!next) continue
      const covered = zerosAfter - next.zerosBefore
      // One in a hundred of about 2,000 zeros: 20, within five standard deviations.
      expect(Math.abs(covered - free.length / 100)).toBeLessThan(5 * Math.sqrt(free.length / 100))
    }
  })

  it('destroys the bits and cells of a sketch with its last day, and keeps what was published', async () => {
    const { store, open } = await begun()
    await store.closeBefore(LAST)
    const [running] = await store.sketches()
    expect(running?.state).toBe('open')
    await store.closeBefore(AFTER)
    await store.scrub()
    const [ended] = await store.sketches()
    expect(ended?.state).toBe('ended')
    expect(ended && (await store.bitsOf(ended))).toBeUndefined()
    expect(await store.periods()).toHaveLength(4)
    await store.begin(NEW)
    expect((await (await open()).sketches()).map(({ state }) => state)).toEqual(['ended'])
  })

  it('catches up on days that nobody closed while the server was down', async () => {
    const { store, free } = await begun()
    await store.write(batch(free.slice(0, 50).map((bucket) => flip(bucket))))
    await store.closeBefore(parseDay('2028-01-01'))
    expect((await store.periods()).map(({ period }) => period)).toEqual([FIRST, SECOND, THIRD, LAST])
  })

  it('adds the days of a run that was made longer, and no day twice', async () => {
    const { store } = await begun()
    await store.closeBefore(SECOND)
    const longer = periodsBetween(FIRST, parseDay('2027-03-30'), 'day')
    await store.fit(NAME, longer, SECOND)
    await store.fit(NAME, longer, SECOND)
    await store.closeBefore(parseDay('2027-04-01'))
    expect((await store.periods()).map(({ period }) => period)).toEqual([
      FIRST,
      SECOND,
      THIRD,
      LAST,
      '2027-03-29',
      '2027-03-30',
    ])
  })

  it('takes away the days that will not come of a run that was ended early, and keeps what the others counted', async () => {
    const { store, free } = await begun()
    await store.write(batch(free.slice(0, 40).map((bucket) => flip(bucket))))
    await store.fit(NAME, periodsBetween(FIRST, SECOND, 'day'), FIRST)
    await store.closeBefore(THIRD)
    await store.scrub()
    const [ended] = await store.sketches()
    expect(ended?.state).toBe('ended')
    expect(ended && (await store.bitsOf(ended))).toBeUndefined()
    const quiet = await quietRun(prepare)
    expect(await flipsPublished(store)).toEqual([(quiet[0] ?? 0) + 40, quiet[1]])
  })

  it('takes up a day again that was taken away, with other noise, when the run is made longer after all', async () => {
    const { store } = await begun()
    await store.fit(NAME, periodsBetween(FIRST, FIRST, 'day'), FIRST)
    await store.fit(NAME, NEW.periods, FIRST)
    await store.closeBefore(AFTER)
    expect((await store.periods()).map(({ period }) => period)).toEqual([FIRST, SECOND, THIRD, LAST])
  })

  it('ends a sketch at once when every day that is left was taken away', async () => {
    const { store } = await begun()
    await store.closeBefore(THIRD)
    await store.fit(NAME, periodsBetween(FIRST, SECOND, 'day'), THIRD)
    const [ended] = await store.sketches()
    expect(ended?.state).toBe('ended')
    expect(ended && (await store.bitsOf(ended))).toBeUndefined()
    expect((await store.periods()).map(({ period }) => period)).toEqual([FIRST, SECOND])
    await store.fit(NAME, NEW.periods, THIRD)
    expect((await store.sketches()).map(({ state }) => state)).toEqual(['ended'])
  })

  it('keeps a day that has begun, whatever the run has become', async () => {
    const { store } = await begun()
    await store.fit(NAME, periodsBetween(parseDay('2027-05-01'), parseDay('2027-05-02'), 'day'), SECOND)
    await store.closeBefore(parseDay('2027-06-01'))
    expect((await store.periods()).map(({ period }) => period)).toEqual([FIRST, SECOND, '2027-05-01', '2027-05-02'])
  })

  it('moves the end of a week that is cut to its run, with the links of that week', async () => {
    const { store } = await begun()
    const weekly = { ...NAME, site: 'diary' as const }
    await store.begin({ ...NEW, ...weekly, periods: periodsBetween(FIRST, LAST, 'week') })
    await store.addLink(weekly, { label: 'school', periods: periodsBetween(FIRST, LAST, 'week') })
    await store.fit(weekly, periodsBetween(FIRST, SECOND, 'week'), FIRST)
    await store.fit(weekly, periodsBetween(FIRST, THIRD, 'week'), FIRST)
    await store.closeBefore(THIRD)
    expect((await store.periods()).filter(({ site }) => site === 'diary')).toEqual([])
    await store.closeBefore(LAST)
    expect(
      (await store.periods())
        .filter(({ site }) => site === 'diary')
        .map(({ period, firstDay, lastDay }) => [period, firstDay, lastDay]),
    ).toEqual([['2027-W12', FIRST, THIRD]])
    expect((await store.links()).map(({ period }) => period)).toEqual(['2027-W12'])
  })

  it('gives up a sketch whose run was taken back before it began, and no other', async () => {
    const { store } = await begun()
    await store.withdraw(NAME, FIRST)
    const [running] = await store.sketches()
    expect(running?.state).toBe('open')
    await store.withdraw(NAME, parseDay('2027-03-24'))
    const [withdrawn] = await store.sketches()
    expect(withdrawn?.state).toBe('lost')
    expect(withdrawn && (await store.bitsOf(withdrawn))).toBeUndefined()
    await store.closeBefore(AFTER)
    expect(await store.periods()).toEqual([])
  })

  it('counts a share link by the week, and publishes it weighed like the visitors of that week', async () => {
    const { store, free } = await begun()
    await store.addLink(NAME, { label: 'school', periods: [{ ...weekOf(FIRST), firstDay: FIRST }] })
    await store.addLink(NAME, { label: 'school', periods: [{ ...weekOf(FIRST), firstDay: FIRST }] })
    await store.write(
      batch([
        ...free.slice(0, 300).map((bucket) => flip(bucket, SECOND, 'school')),
        ...free.slice(300, 500).map((bucket) => flip(bucket, SECOND, 'unknown')),
      ]),
    )
    await store.closeBefore(AFTER)
    const links = await store.links()
    expect(links.map(({ label, period }) => [label, period])).toEqual([['school', '2027-W12']])
    // 300 flips, each for about 2.3 visitors while a quarter of the zeros went; the noise is a few flips.
    expect(links[0]?.value).toBeGreaterThan(550)
    expect(links[0]?.value).toBeLessThan(800)
    expect(links[0]?.milliError).toBeGreaterThan(10_000)
  })

  it('gives up a sketch and lets another go on, beside what was published of the first', async () => {
    const { store } = await begun()
    await store.closeBefore(SECOND)
    await store.giveUp(NAME)
    await store.begin({ ...NEW, number: 2, periods: periodsBetween(SECOND, LAST, 'day') })
    expect((await store.sketches()).map(({ number, state }) => [number, state])).toEqual([
      [1, 'lost'],
      [2, 'open'],
    ])
    await store.closeBefore(AFTER)
    expect((await store.periods()).map(({ number, period }) => [number, period])).toEqual([
      [1, FIRST],
      [2, SECOND],
      [2, THIRD],
      [2, LAST],
    ])
  })

  it('strikes a published day out and takes it back, and knows no other day', async () => {
    const { store } = await begun()
    await store.closeBefore(SECOND)
    const strike = { run: NAME.run, site: NAME.site, period: FIRST, reason: 'a flood from one network', day: SECOND }
    await store.strike(strike)
    await store.strike({ ...strike, reason: 'a flood from two networks' })
    expect(await store.strikes()).toEqual([{ ...strike, reason: 'a flood from two networks' }])
    await expect(store.strike({ ...strike, period: SECOND })).rejects.toThrow(UnknownPeriod)
    // Whoever saw another reason is told of this one, and nothing is lost.
    for (const seen of ['', strike.reason])
      expect(await store.strike({ ...strike, reason: 'mine' }, seen)).toMatchObject({
        reason: 'a flood from two networks',
      })
    expect(await store.strike(strike, 'a flood from two networks')).toBeUndefined()
    expect(await store.strikes()).toEqual([strike])
    await store.strike({ ...strike, reason: 'a flood from two networks' })
    expect([await store.restore(strike), await store.restore(strike)]).toEqual([true, false])
    expect(await store.strikes()).toEqual([])
  })

  it('takes over totals of before, once, and none when one contradicts', async () => {
    const { store } = await begun()
    const total = {
      site: 'help' as const,
      period: '2014',
      firstDay: parseDay('2014-03-25'),
      lastDay: parseDay('2014-09-29'),
      value: 3034,
      source: 'a letter',
    }
    await store.takeOver([total])
    await store.takeOver([total])
    expect(await store.earlierTotals()).toEqual([total])
    await expect(
      store.takeOver([
        { ...total, period: '2013', value: 1 },
        { ...total, value: 3035 },
      ]),
    ).rejects.toThrow(ContradictoryTotal)
    expect(await store.earlierTotals()).toEqual([total])
  })

  it('gives eight writers at once the same bits and the same sum as one after the other', async () => {
    const { store, open } = await begun()
    const visitors = Array.from({ length: 10_000 }, (_unused, index) => (index * 2_654_435_761) % 4096)
    const writers = await Promise.all(Array.from({ length: 8 }, () => open()))
    await Promise.all(
      writers.map(async (each, index) => {
        // Each writer sees every visitor, in an order of its own, in ten batches.
        const mine = visitors
          .map((bucket, place) => ({ bucket, order: (place * (2 * index + 3)) % 10_007 }))
          .sort((a, b) => a.order - b.order)
        for (let part = 0; part < 10; part += 1) {
          await each.write({
            writer: `writer ${index}`,
            number: part + 1,
            flips: mine.slice(part * 1000, (part + 1) * 1000).map(({ bucket }) => flip(bucket)),
            tallies: [],
          })
        }
      }),
    )
    const { store: alone } = await begun()
    await alone.write(batch(visitors.map((bucket) => flip(bucket))))

    const [together, oneByOne] = await Promise.all(
      [store, alone].map(async (each) => each.bitsOf((await each.sketches())[0] as never)),
    )
    expect(together).toEqual(oneByOne)
    await store.closeBefore(SECOND)
    await alone.closeBefore(SECOND)
    expect(await flipsPublished(store)).toEqual(await flipsPublished(alone))
  }, 60_000)

  it('reads the same published totals twice, from two processes and after a restart', async () => {
    const { store, free, open } = await begun()
    await store.write(batch(free.slice(0, 400).map((bucket) => flip(bucket))))
    await store.closeBefore(THIRD)
    const read = async (from: SqlStore) =>
      JSON.stringify([await from.periods(), await from.tallies(FIRST, LAST), await from.links()])
    const first = await read(store)
    expect(await read(store)).toBe(first)
    expect(await read(await open())).toBe(first)
  })
})

async function flipsPublished(store: SqlStore): Promise<number[]> {
  return (await store.periods()).map(({ flips }) => flips)
}

/** What the same tape publishes when nobody comes: the noise alone. */
async function quietRun(prepare: () => Promise<Opener>): Promise<number[]> {
  const store = await (await prepare())('seed')
  await store.begin(NEW)
  await store.closeBefore(AFTER)
  return flipsPublished(store)
}
