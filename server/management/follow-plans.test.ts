import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { parseDay } from '#campaign/day.ts'
import { openManagementStore, type ManagementStore } from '#store/management-store.ts'
import type { PlannedRun } from '#store/run-plans.ts'
import { content } from '../content/content.ts'
import { holdPlans, RunsOfTheMoment } from '../held-plans.ts'
import { PlanFollower } from './follow-plans.ts'

const AUTUMN: PlannedRun = {
  id: 'autumn',
  name: 'Najaar',
  firstDay: parseDay('2027-09-01'),
  lastDay: parseDay('2027-09-30'),
  sites: ['help', 'diary'],
  visitors: 'small',
}
const ofTheMoment = new RunsOfTheMoment(content)
const WRITTEN = content().runs.map(({ id }) => id)

let folder = ''
let store: ManagementStore
let said: string[] = []
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'follow-plans-'))
  store = await openManagementStore({ file: join(folder, 'management.sqlite') })
  said = []
})
afterEach(async () => {
  await store.close()
  holdPlans([])
  rmSync(folder, { recursive: true })
})

const follower = () =>
  new PlanFollower(
    () => store.runPlans.all(),
    ofTheMoment,
    (sentence) => said.push(sentence),
  )
const plan = (run: PlannedRun, removed = false) => store.runPlans.change(() => ({ keep: { run, removed } }))

it('shows what was planned as soon as it was read, in the texts for any run, and nothing before', async () => {
  expect([ofTheMoment.content, ofTheMoment.runs]).toEqual([content(), undefined])
  const following = follower()
  await following.read()
  expect(ofTheMoment.runs).toEqual(content().runs)
  await plan(AUTUMN)
  expect(ofTheMoment.runs?.map(({ id }) => id)).toEqual(WRITTEN)
  await following.read()
  expect(ofTheMoment.content.runs).toEqual([...content().runs, { ...AUTUMN, texts: 'planned' }])
  expect({ ...ofTheMoment.content, runs: [] }).toEqual({ ...content(), runs: [] })
  await plan(AUTUMN, true)
  await following.read()
  expect(ofTheMoment.runs?.map(({ id }) => id)).toEqual(WRITTEN)
})

it('keeps what was last known when the plans cannot be read, says so once, and says when they can again', async () => {
  await plan(AUTUMN)
  const following = follower()
  await following.read()
  await store.close()
  await following.read()
  await following.read()
  expect(ofTheMoment.runs?.map(({ id }) => id)).toEqual([...WRITTEN, 'autumn'])
  expect(said).toEqual([
    'The runs and links that were made on the screen cannot be read; those that were last known stay in force. driver has already been destroyed. It is tried again every 10 seconds.',
  ])
  store = await openManagementStore({ file: join(folder, 'management.sqlite') })
  await following.read()
  expect(said.slice(1)).toEqual(['The runs and links that were made on the screen can be read again.'])
})

it('says once when the file and the screen contradict each other', async () => {
  const [first] = content().runs
  if (!first) throw new Error('The content has no run.')
  await plan({ ...AUTUMN, firstDay: first.firstDay, lastDay: first.lastDay })
  const following = follower()
  await following.read()
  await following.read()
  expect(said).toHaveLength(1)
  expect(said[0]).toContain(`autumn: the run overlaps with "${first.id}"`)
})
