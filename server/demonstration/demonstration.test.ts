import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'libsql'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { addDays, parseDay } from '#campaign/day.ts'
import { problemsOfRuns } from '#campaign/run-rules.ts'
import { randomTape } from '#counting/random-tape.ts'
import { readCode } from '#sharing/code.ts'
import { openEmbeddedStore } from '#store/embedded.ts'
import { HoldsNumbers } from '#store/published-totals.ts'
import { content } from '../content/content.ts'
import type { ContentRun } from '../content/read.ts'
import { KeyFiles } from '../counts/key-files.ts'
import { overviewOf } from '../counts/overview.ts'
import { clearFolder, linksOfDemonstration, NotADemonstration, runsOfDemonstration } from './demonstration.ts'
import { simulate } from './simulation.ts'

const TODAY = parseDay('2027-05-10')
const tape = () => randomTape('a demonstration')

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'demonstration-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function storeIn(place: string, mark: boolean): Promise<void> {
  const store = await openEmbeddedStore(join(place, 'counts.sqlite'), tape())
  if (mark) await store.markAsDemonstration(TODAY)
  else await store.takeOver(content().earlierTotals)
  await store.close()
}

describe('the folder of a demonstration', () => {
  it('may be absent or empty', () => {
    clearFolder(join(folder, 'absent'))
    clearFolder(folder)
    expect(readdirSync(folder)).toEqual([])
  })

  it('of an earlier demonstration is emptied', async () => {
    await storeIn(folder, true)
    mkdirSync(join(folder, 'keys'))
    writeFileSync(join(folder, 'keys', 'a.key'), 'x')
    writeFileSync(join(folder, 'management-secret'), 'x')
    clearFolder(folder)
    expect(readdirSync(folder)).toEqual([])
  })

  it('with numbers that may be real is refused and stays as it was, to the last byte', async () => {
    await storeIn(folder, false)
    const before = readFileSync(join(folder, 'counts.sqlite'))
    expect(() => clearFolder(folder)).toThrow(NotADemonstration)
    expect(readFileSync(join(folder, 'counts.sqlite')).equals(before)).toBe(true)
  })

  it('with numbers of an older version of this program is refused, and not even brought up to date', async () => {
    await storeIn(folder, false)
    const database = new Database(join(folder, 'counts.sqlite'))
    database.exec('drop table demonstration')
    database.close()
    const before = readFileSync(join(folder, 'counts.sqlite'))
    expect(() => clearFolder(folder)).toThrow(NotADemonstration)
    expect(readFileSync(join(folder, 'counts.sqlite')).equals(before)).toBe(true)
  })

  it('with anything that no demonstration made is refused, even beside one', async () => {
    await storeIn(folder, true)
    writeFileSync(join(folder, 'letter.odt'), 'dear parliament')
    expect(() => clearFolder(folder)).toThrow('holds "letter.odt", which no demonstration made. Name an empty folder.')
    expect(existsSync(join(folder, 'letter.odt'))).toBe(true)
    expect(existsSync(join(folder, 'counts.sqlite'))).toBe(true)
  })

  it('with a management but no counts is refused: it may be of a server that counts in PostgreSQL', () => {
    writeFileSync(join(folder, 'management.sqlite'), '')
    expect(() => clearFolder(folder)).toThrow(NotADemonstration)
  })
})

describe('the mark of made-up numbers', () => {
  it('is refused by a store that holds numbers, and stays in one that got it', async () => {
    const store = await openEmbeddedStore(join(folder, 'counts.sqlite'), tape())
    expect(await store.isDemonstration()).toBe(false)
    await store.markAsDemonstration(TODAY)
    await store.takeOver(content().earlierTotals)
    await store.markAsDemonstration(TODAY)
    expect(await store.isDemonstration()).toBe(true)
    await store.close()

    const real = await openEmbeddedStore(join(folder, 'real.sqlite'), tape())
    await real.takeOver(content().earlierTotals)
    await expect(real.markAsDemonstration(TODAY)).rejects.toThrow(HoldsNumbers)
    expect(await real.isDemonstration()).toBe(false)
    await real.close()
  })
})

describe('made-up people', () => {
  const RUN: ContentRun = {
    id: 'example',
    name: 'Example',
    firstDay: addDays(TODAY, -5),
    lastDay: addDays(TODAY, 5),
    sites: ['help', 'diary'],
    visitors: 'standard',
  }

  async function overviewIn(place: string) {
    const store = await openEmbeddedStore(join(folder, `${place}.sqlite`), tape())
    const random = tape()
    const crowds = { help: { run: 1500, quiet: 5 }, diary: { run: 3000, quiet: 5 } }
    await simulate(
      {
        store,
        keys: new KeyFiles(join(folder, place), random),
        content: content(),
        runs: [RUN],
        links: linksOfDemonstration(TODAY),
        crowds,
        flood: addDays(TODAY, -2),
        random,
        report: () => {},
      },
      addDays(TODAY, -16),
      TODAY,
    )
    const overview = await overviewOf(store, [RUN], undefined, TODAY)
    // The run is over, and so is its month.
    const over = parseDay('2027-06-01')
    await store.closeBefore(over)
    const afterwards = await overviewOf(store, [RUN], undefined, over)
    await store.close()
    return { overview, afterwards }
  }

  it('come through the real counting: what is closed has visitors, visits and pages, with a flood to be seen, and the same each time', async () => {
    const [made, other] = [await overviewIn('one'), await overviewIn('other')]
    expect(made).toEqual(other)
    const { overview: one, afterwards } = made
    expect(one?.closings[0]?.closing).toMatchObject({ kind: 'going-on', closedTo: addDays(TODAY, -1), when: 'tonight' })
    const [help, diary] = one?.sites ?? []
    expect(help?.visitors?.kind).toBe('about')
    const days = diary?.runs[0]?.periods.map(({ visitors }) => (visitors.kind === 'about' ? visitors.about : 0)) ?? []
    expect(days.indexOf(Math.max(...days))).toBe(3)
    expect(one?.around[0]?.phases.map(({ phase }) => phase)).toEqual(['before', 'during'])
    expect([one?.pages, one?.links]).toEqual([[], []])
    expect(afterwards?.pages.length).toBeGreaterThan(0)
    expect(afterwards?.links.map(({ label }) => label).sort()).toEqual(
      linksOfDemonstration(TODAY)
        .map(({ code }) => code)
        .sort(),
    )
    expect(afterwards?.links[0]?.visitors.kind).toBe('about')
  }, 60_000)

  it('come by links that are codes', () => {
    for (const { code } of linksOfDemonstration(TODAY)) expect(readCode(code)).toBe(code)
  })

  it('have two runs that break no rule, one that is over and one that goes on', () => {
    const { past, current } = runsOfDemonstration(TODAY)
    expect(problemsOfRuns([past, current])).toEqual([])
    expect(past.lastDay < TODAY).toBe(true)
    expect(current.firstDay < TODAY && TODAY < current.lastDay).toBe(true)
  })
})
