import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parseDay } from '#campaign/day.ts'
import { frontOn } from '#campaign/front.ts'
import { runsOfTheMoment } from '#campaign/plan.ts'
import { openManagementStore, type ManagementStore } from '#store/management-store.ts'
import type { PlannedRun } from '#store/run-plans.ts'
import {
  changeRun,
  endRun,
  planRun,
  putBackRun,
  removeRun,
  typedOf,
  type Desk,
  type Outcome,
  type TypedRun,
} from './planning.ts'

/** Every code unit of a text, halves of signs too. The unit `binary` takes two seconds to prepare. */
const anyUnit = fc.nat({ max: 0xffff }).map((code) => String.fromCharCode(code))

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

let folder = ''
let store: ManagementStore
let desk: Desk
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'planning-'))
  store = await openManagementStore({ file: join(folder, 'management.sqlite') })
  desk = on('2027-04-01')
})
afterEach(async () => {
  await store.close()
  rmSync(folder, { recursive: true })
})

function on(day: string): Desk {
  return { plans: store.runPlans, written: [SPRING], today: parseDay(day) }
}

const runs = async () => runsOfTheMoment([SPRING], await store.runPlans.all())
const rules = (outcome: Outcome) => outcome.problems?.map(({ field, rule }) => `${field} ${rule}`)

/** The run as it stands now, as a page shows it. */
async function shown(id: string): Promise<TypedRun> {
  const run = (await runs()).find((candidate) => candidate.id === id)
  return run ? typedOf(run) : { ...TYPED, name: 'nothing' }
}
const change = async (at: Desk, id: string, typed: TypedRun) => changeRun(at, id, typed, await shown(id))
const end = async (at: Desk, id: string) => endRun(at, id, await shown(id))
const remove = async (at: Desk, id: string) => removeRun(at, id, await shown(id))

/** Plans a run that must be allowed, and gives its id. */
async function planned(typed: Partial<TypedRun> = {}): Promise<string> {
  const outcome = await planRun(desk, { ...TYPED, ...typed }, [])
  if (outcome.problems) throw new Error(JSON.stringify(outcome.problems))
  return outcome.run.id
}

describe('planning a run', () => {
  it('takes a run or says what is wrong, whatever is typed, and no run breaks the calendar', async () => {
    const days = fc.oneof(
      fc.constantFrom(
        '',
        ' 2027-09-01 ',
        '1-9-2027',
        '2027-09-30',
        '0001-01-01',
        '9999-12-31',
        '2037-04-01',
        '2027-02-30',
        '٢٠٢٧-٠٩-٠١',
        '2027-09-01T00:00Z',
      ),
      fc.string(),
    )
    const typed = fc.record({
      name: fc.oneof(
        fc.string({ unit: anyUnit }),
        fc.constantFrom('planned', '__proto__', '2027-spring', 'a\0b', '-'.repeat(60)),
      ),
      firstDay: days,
      lastDay: days,
      sites: fc.oneof(fc.constantFrom('help', 'diary', 'both'), fc.string()),
      announcedFrom: days,
      rememberedUntil: days,
      visitors: fc.oneof(fc.constantFrom('none', 'large', 'constructor'), fc.string()),
    })
    const easy = typed.map((run): TypedRun => ({
      ...TYPED,
      name: run.name,
      rememberedUntil: run.rememberedUntil,
      announcedFrom: run.announcedFrom,
    }))
    await fc.assert(
      fc.asyncProperty(fc.oneof(typed, easy), async (run) => {
        const outcome = await planRun(desk, run, [])
        if (outcome.problems) return void expect(outcome.problems).not.toEqual([])
        expect(outcome.run.id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
        expect(outcome.run.name).toMatch(/^[^\p{Cc}]+$/u)
        for (const day of ['2027-04-01', '2027-09-01', '2027-12-31'])
          for (const site of ['help', 'diary'] as const) frontOn(await runs(), site, parseDay(day))
        await remove(desk, outcome.run.id)
      }),
      { numRuns: 20 },
    )
  })

  it('adds it to the runs of the moment, with a name of its own', async () => {
    expect(await planned()).toBe('najaar-2027')
    expect((await runs())[1]).toEqual({
      id: 'najaar-2027',
      name: 'Najaar',
      firstDay: '2027-09-01',
      lastDay: '2027-09-30',
      sites: ['help', 'diary'],
      rememberedUntil: '2027-12-31',
      visitors: 'small',
      texts: 'planned',
    })
  })

  it.each([
    ['Été 2028!', '2028-07-01', 'ete-2028'],
    ['  Zomer \t en   meer ', '2028-07-01', 'zomer-en-meer-2028'],
    ['لا', '2028-07-01', 'run-2028'],
    ['2027 spring', '2028-07-01', '2027-spring-2028'],
  ])('makes of the name %j a word for files and addresses', async (name, firstDay, id) => {
    expect(await planned({ name, firstDay, lastDay: firstDay, rememberedUntil: '' })).toBe(id)
  })

  it('never takes the id of another run, of one that was taken away, or of one that something was published of', async () => {
    const id = await planned()
    await remove(desk, id)
    expect(await planned()).toBe('najaar-2027-2')
    const outcome = await planRun(
      desk,
      { ...TYPED, firstDay: '2028-09-01', lastDay: '2028-09-02', rememberedUntil: '' },
      ['najaar-2028', 'najaar-2028-2'],
    )
    expect(outcome).toMatchObject({ run: { id: 'najaar-2028-3' } })
  })

  it('tells everything that is wrong with what was typed at once, and keeps nothing of it', async () => {
    const nonsense = {
      name: ' ',
      firstDay: '2027-02-30',
      lastDay: '',
      sites: 'all',
      announcedFrom: 'soon',
      rememberedUntil: '1',
      visitors: 'many',
    }
    expect(rules(await planRun(desk, nonsense, []))).toEqual([
      'name no-name',
      'firstDay no-day',
      'lastDay no-day',
      'sites no-choice',
      'announcedFrom no-day',
      'rememberedUntil no-day',
      'visitors no-choice',
    ])
    expect(
      rules(
        await planRun(
          desk,
          { ...TYPED, name: 'x'.repeat(61), firstDay: '2027-04-10', lastDay: '2027-04-12', sites: '' },
          [],
        ),
      ),
    ).toEqual(['name long-name', 'sites no-choice'])
    expect(
      rules(
        await planRun(
          desk,
          { ...TYPED, name: '', firstDay: '2027-07-10', lastDay: '2027-07-08', rememberedUntil: '2027-04-01' },
          [],
        ),
      ),
    ).toEqual(['name no-name', 'lastDay reversed', 'rememberedUntil forgotten-early'])
    expect(rules(await planRun(desk, { ...TYPED, firstDay: '2027-04-10' }, []))).toEqual(['firstDay overlap'])
    expect(await store.runPlans.all()).toEqual([])
  })

  it('names the other run that stands in the way', async () => {
    await planned({ announcedFrom: '2027-08-10' })
    const outcome = await planRun(
      desk,
      { ...TYPED, firstDay: '2027-08-01', lastDay: '2027-08-12', announcedFrom: '2027-04-20', rememberedUntil: '' },
      [],
    )
    expect(outcome.problems?.map(({ field, rule, other }) => [field, rule, other?.id])).toEqual([
      ['lastDay', 'announces-during', 'najaar-2027'],
      ['announcedFrom', 'announced-during', SPRING.id],
    ])
  })

  it('gives the same free days to one of two managers who ask at the same time', async () => {
    const outcomes = await Promise.all([planRun(desk, TYPED, []), planRun(desk, { ...TYPED, name: 'Ook najaar' }, [])])
    expect(outcomes.filter(({ problems }) => problems === undefined)).toHaveLength(1)
    expect(outcomes.map(rules)).toContainEqual(['firstDay overlap'])
  })
})

describe('changing a run', () => {
  it('moves one to come, and one of the content too', async () => {
    const id = await planned()
    await change(desk, id, { ...TYPED, name: 'Herfst', firstDay: '2027-10-01', lastDay: '2027-10-05' })
    await change(on('2027-03-01'), SPRING.id, { ...typedOf(SPRING), firstDay: '2027-03-20' })
    expect((await runs()).map((run) => [run.id, run.name, run.firstDay, run.texts])).toEqual([
      [SPRING.id, 'Voorjaar 2027', '2027-03-20', 'planned'],
      ['najaar-2027', 'Herfst', '2027-10-01', 'planned'],
    ])
  })

  it('moves the end of one that goes on, and nothing else of it', async () => {
    expect(
      rules(
        await change(desk, SPRING.id, {
          ...typedOf(SPRING),
          name: 'Lente',
          firstDay: '2027-03-24',
          visitors: 'large',
        }),
      ),
    ).toEqual(['name fixed', 'firstDay fixed', 'visitors fixed'])
    expect(rules(await change(desk, SPRING.id, { ...typedOf(SPRING), lastDay: '2027-05-09' }))).toBeUndefined()
    expect((await runs())[0]?.lastDay).toBe('2027-05-09')
  })

  it('is refused for one that ended, and for one that is not there', async () => {
    expect(rules(await change(on('2027-04-26'), SPRING.id, typedOf(SPRING)))).toEqual(['lastDay ended'])
    expect(rules(await change(desk, 'nothing', TYPED))).toEqual(['name gone'])
  })
})

describe('ending a run', () => {
  it('makes today its last day, and leaves its memory', async () => {
    expect(rules(await end(desk, SPRING.id))).toBeUndefined()
    expect((await runs())[0]).toEqual({ ...SPRING, lastDay: '2027-04-01', texts: 'planned' })
  })

  it('is refused for one that has not begun, and for one that ended', async () => {
    expect(rules(await end(on('2027-03-24'), SPRING.id))).toEqual(['name gone'])
    expect(rules(await end(on('2027-04-26'), SPRING.id))).toEqual(['name gone'])
  })
})

describe('taking a run away', () => {
  it('leaves the others, and can be undone', async () => {
    const id = await planned()
    expect(rules(await remove(desk, id))).toBeUndefined()
    expect(await runs()).toEqual([SPRING])
    expect(rules(await putBackRun(desk, id))).toBeUndefined()
    expect((await runs()).map((run) => run.id)).toEqual([SPRING.id, id])
  })

  it('is possible for a run of the content, which comes back in its own texts', async () => {
    const early = on('2027-03-01')
    await remove(early, SPRING.id)
    expect(await runs()).toEqual([])
    await putBackRun(early, SPRING.id)
    expect(await runs()).toEqual([SPRING])
  })

  it('is refused once it began', async () => {
    expect(rules(await remove(desk, SPRING.id))).toEqual(['name gone'])
  })

  it('is not undone when its days were given to another run, or have come', async () => {
    const id = await planned()
    await remove(desk, id)
    expect(rules(await putBackRun(on('2027-09-01'), id))).toEqual(['firstDay begun-already'])
    await planned({ name: 'Ander' })
    expect(rules(await putBackRun(desk, id))).toEqual(['firstDay overlap'])
    expect(rules(await putBackRun(desk, 'nothing'))).toEqual(['name gone'])
  })
})
