import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, inject, it } from 'vitest'
import { parseDay } from '#campaign/day.ts'
import type { Plan } from '#campaign/plan.ts'
import { openManagementStore, type ManagementStore } from './management-store.ts'
import { newDatabase } from './postgres-for-tests.ts'
import type { PlannedRun } from './run-plans.ts'

const AUTUMN: PlannedRun = {
  id: 'autumn',
  name: 'Najaar 2027: “samen”',
  firstDay: parseDay('2027-09-01'),
  lastDay: parseDay('2027-09-30'),
  sites: ['help', 'diary'],
  visitors: 'standard',
}
const SUMMER: PlannedRun = {
  id: 'summer',
  name: 'Zomer',
  firstDay: parseDay('2027-06-01'),
  lastDay: parseDay('2027-06-30'),
  announcedFrom: parseDay('2027-05-20'),
  rememberedUntil: parseDay('2027-08-01'),
  sites: ['diary'],
  visitors: 'none',
}
const planned = (run: PlannedRun): Plan<PlannedRun> => ({ run, removed: false })

let leftovers: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const clean of leftovers.reverse()) await clean()
  leftovers = []
})

/** Opens the same database again and again, as several processes do. */
type Opener = () => Promise<ManagementStore>

function opener(place: Parameters<typeof openManagementStore>[0]): Opener {
  return async () => {
    const store = await openManagementStore(place)
    leftovers.push(() => store.close())
    return store
  }
}

async function inFile(): Promise<Opener> {
  const folder = mkdtempSync(join(tmpdir(), 'plans-'))
  leftovers.push(() => rmSync(folder, { recursive: true }))
  return opener({ file: join(folder, 'management.sqlite') })
}

async function inPostgres(): Promise<Opener> {
  return opener({ url: await newDatabase(inject('postgres')) })
}

describe.each([
  ['a file', inFile],
  ['PostgreSQL', inPostgres],
])('the plans of the screen in %s', (_, prepare) => {
  it('are none at first', async () => {
    const open = await prepare()
    expect(await (await open()).runPlans.all()).toEqual([])
  })

  it('are kept as they were given, by the first day, and read by another process', async () => {
    const open = await prepare()
    const { runPlans } = await open()
    await runPlans.change(() => ({ keep: planned(AUTUMN) }))
    await runPlans.change(() => ({ keep: planned(SUMMER) }))
    expect(await runPlans.all()).toEqual([planned(SUMMER), planned(AUTUMN)])
    expect(await (await open()).runPlans.all()).toEqual([planned(SUMMER), planned(AUTUMN)])
  })

  it('hold one plan for a run: a new one takes the place of the old one, and one that was taken away can be put back', async () => {
    const { runPlans } = await (await prepare())()
    await runPlans.change(() => ({ keep: planned(SUMMER) }))
    await runPlans.change(([plan]) => ({ keep: plan && { ...plan, removed: true } }))
    expect(await runPlans.all()).toEqual([{ run: SUMMER, removed: true }])
    const unannounced = { ...AUTUMN, id: SUMMER.id }
    await runPlans.change(() => ({ keep: planned(unannounced) }))
    expect(await runPlans.all()).toEqual([planned(unannounced)])
  })

  it('stay as they are when nothing is kept, or when deciding fails', async () => {
    const { runPlans } = await (await prepare())()
    await runPlans.change(() => ({ keep: planned(SUMMER) }))
    expect(await runPlans.change((plans) => ({ keep: undefined, seen: plans.length }))).toEqual({ seen: 1 })
    await expect(
      runPlans.change(() => {
        throw new Error('not now')
      }),
    ).rejects.toThrow('not now')
    expect(await runPlans.all()).toEqual([planned(SUMMER)])
  })

  it('are changed by one at a time: of five processes that take the same free place, one gets it', async () => {
    const open = await prepare()
    const stores = await Promise.all(Array.from({ length: 5 }, open))
    const decisions = await Promise.all(
      stores.map(({ runPlans }, index) =>
        runPlans.change((plans) =>
          plans.length === 0 ? { keep: planned({ ...SUMMER, id: `summer-${index}` }) } : { keep: undefined },
        ),
      ),
    )
    expect(decisions.filter(({ keep }) => keep)).toHaveLength(1)
    expect(await stores[0]?.runPlans.all()).toHaveLength(1)
  })
})
