import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { parseDay } from '#campaign/day.ts'
import { runsOfTheMoment } from '#campaign/plan.ts'
import { openManagementStore, type ManagementStore } from '#store/management-store.ts'
import { newDatabase } from '#store/postgres-for-tests.ts'
import type { PlannedRun } from '#store/run-plans.ts'
import { changeRun, endRun, planRun, removeRun, typedOf, type Desk, type Outcome, type TypedRun } from './planning.ts'

const SPRING: PlannedRun = {
  id: '2027-spring',
  name: 'Voorjaar 2027',
  firstDay: parseDay('2027-03-25'),
  lastDay: parseDay('2027-04-25'),
  rememberedUntil: parseDay('2027-06-30'),
  sites: ['help', 'diary'],
  visitors: 'standard',
}
const TYPED: TypedRun = {
  name: 'Najaar',
  firstDay: '2027-09-01',
  lastDay: '2027-09-30',
  sites: 'both',
  announcedFrom: '',
  rememberedUntil: '2027-12-31',
  visitors: 'small',
}

const rules = (outcome: Outcome) => outcome.problems?.map(({ field, rule }) => `${field} ${rule}`)

describe.each(['a file', 'PostgreSQL'])('two people with the same run, kept in %s', (kind) => {
  let folder = ''
  let stores: readonly ManagementStore[] = []
  let desk: Desk
  let theirs: Desk
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'planning-'))
    const place =
      kind === 'a file' ? { file: join(folder, 'management.sqlite') } : { url: await newDatabase(inject('postgres')) }
    stores = [await openManagementStore(place), await openManagementStore(place)]
    const [first, second] = stores.map(({ runPlans }) => runPlans)
    desk = { plans: first as Desk['plans'], written: [SPRING], today: parseDay('2027-04-01') }
    theirs = { ...desk, plans: second as Desk['plans'] }
  })
  afterEach(async () => {
    for (const store of stores) await store.close()
    rmSync(folder, { recursive: true })
  })

  /** The run as it stands now, as a page shows it. */
  async function shown(id: string): Promise<TypedRun> {
    const run = runsOfTheMoment([SPRING], await (stores[0] as ManagementStore).runPlans.all()).find(
      (candidate) => candidate.id === id,
    )
    return run ? typedOf(run) : { ...TYPED, name: 'nothing' }
  }
  const end = async (at: Desk, id: string) => endRun(at, id, await shown(id))
  const remove = async (at: Desk, id: string) => removeRun(at, id, await shown(id))

  /** Plans a run, and gives its id. */
  async function planned(): Promise<string> {
    const outcome = await planRun(desk, TYPED, [])
    if (outcome.problems) throw new Error(JSON.stringify(outcome.problems))
    return outcome.run.id
  }

  it('are told of each other: the second gets what the first left, and may then choose', async () => {
    const id = await planned()
    const seen = await shown(id)
    const [mine, yours] = [
      { ...seen, lastDay: '2027-10-15' },
      { ...seen, name: 'Herfst' },
    ]
    const outcomes = await Promise.all([changeRun(desk, id, mine, seen), changeRun(theirs, id, yours, seen)])
    const refused = outcomes.filter(({ problems }) => problems !== undefined)
    expect(refused.map(rules)).toEqual([['name changed']])
    const kept = await shown(id)
    expect([mine, yours]).toContainEqual(kept)
    expect(refused[0]?.problems && refused[0].now && typedOf(refused[0].now)).toEqual(kept)
    // Whoever has seen both goes on, and overwrites what is there on purpose.
    expect(rules(await changeRun(desk, id, mine, kept))).toBeUndefined()
    expect(await shown(id)).toEqual(mine)
  })

  it('are not in each other’s way when they want the same', async () => {
    const id = await planned()
    const seen = await shown(id)
    const same = { ...seen, name: 'Herfst' }
    for (const at of [desk, theirs]) expect(rules(await changeRun(at, id, same, seen))).toBeUndefined()
  })

  it('end or take away a run once, and not another one than they saw', async () => {
    const spring = typedOf(SPRING)
    await changeRun(theirs, SPRING.id, { ...spring, lastDay: '2027-04-20' }, spring)
    expect(await endRun(desk, SPRING.id, spring)).toMatchObject({
      problems: [{ rule: 'changed' }],
      now: { lastDay: '2027-04-20' },
    })
    const ends = await Promise.all([desk, theirs].map((at) => end(at, SPRING.id)))
    expect(ends.filter(({ problems }) => problems === undefined)).toHaveLength(1)
    expect(ends.map(rules)).toContainEqual(['lastDay ends-already'])

    const id = await planned()
    const seen = await shown(id)
    await changeRun(theirs, id, { ...seen, name: 'Herfst' }, seen)
    expect(rules(await removeRun(desk, id, seen))).toEqual(['name changed'])
    const taken = await Promise.all([desk, theirs].map((at) => remove(at, id)))
    expect(taken.filter(({ problems }) => problems === undefined)).toHaveLength(1)
    expect(taken.map(rules)).toContainEqual(['name gone'])
  })
})
