import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, daysBetween, parseDay } from './day.ts'
import { allFronts, frontOn } from './front.ts'
import { brokenRulesOfPlan, canBeRemoved, FARTHEST, LONGEST_RUN, runsOfTheMoment, type CountedRun } from './plan.ts'
import { phaseOn, type SiteId } from './run.ts'
import { brokenRules } from './run-rules.ts'

const TODAY = parseDay('2027-04-01')

function run(id: string, firstDay: string, lastDay: string, more: Partial<CountedRun> = {}): CountedRun {
  return {
    id,
    name: id,
    firstDay: parseDay(firstDay),
    lastDay: parseDay(lastDay),
    sites: ['help', 'diary'],
    visitors: 'standard',
    ...more,
  }
}

const ENDED = run('ended', '2027-01-01', '2027-01-31')
const GOING_ON = run('spring', '2027-03-25', '2027-04-25', { announcedFrom: parseDay('2027-03-11') })
const TO_COME = run('june', '2027-06-01', '2027-06-30')
const RUNS = [ENDED, GOING_ON, TO_COME]

const plan = (planned: CountedRun, removed = false) => ({ run: planned, removed })
const rulesOf = (before: CountedRun | undefined, after: CountedRun) =>
  brokenRulesOfPlan(RUNS, before, after, TODAY).map(({ rule, field }) => `${rule} ${field}`)

const days = fc.integer({ min: -60, max: 400 }).map((count) => addDays(TODAY, count))
const anyRun = fc
  .record({
    id: fc.constantFrom('ended', 'spring', 'june', 'new'),
    firstDay: days,
    length: fc.integer({ min: -3, max: 400 }),
    announced: fc.option(fc.integer({ min: -3, max: 40 })),
    remembered: fc.option(fc.integer({ min: -3, max: 40 })),
    sites: fc.subarray<SiteId>(['help', 'diary'], { minLength: 1 }),
  })
  .map(({ id, firstDay, length, announced, remembered, sites }): CountedRun => {
    const lastDay = addDays(firstDay, length)
    return {
      id,
      name: id,
      firstDay,
      lastDay,
      sites,
      visitors: 'standard',
      announcedFrom: announced === null ? undefined : addDays(firstDay, -announced),
      rememberedUntil: remembered === null ? undefined : addDays(lastDay, remembered),
    }
  })

describe('the runs of the moment', () => {
  it('are the written ones while nothing is planned', () => {
    expect(runsOfTheMoment(RUNS, [])).toEqual(RUNS)
  })

  it('have a plan in the place of the written run with its id, and the other plans after them', () => {
    const longer = { ...GOING_ON, lastDay: parseDay('2027-04-30') }
    const added = run('autumn', '2027-09-01', '2027-09-30')
    expect(runsOfTheMoment(RUNS, [plan(added), plan(longer)])).toEqual([
      ENDED,
      { ...longer, texts: 'planned' },
      TO_COME,
      { ...added, texts: 'planned' },
    ])
  })

  it('lack a run that was taken away', () => {
    expect(runsOfTheMoment(RUNS, [plan(TO_COME, true), plan(run('autumn', '2027-09-01', '2027-09-30'), true)])).toEqual(
      [ENDED, GOING_ON],
    )
  })

  it.each([
    ['the same days', {}, undefined],
    ['another memory', { rememberedUntil: parseDay('2027-08-31') }, undefined],
    ['another announcement', { announcedFrom: parseDay('2027-05-20') }, undefined],
    ['fewer sites', { sites: ['help'] as SiteId[] }, undefined],
    ['another first day', { firstDay: parseDay('2027-06-02') }, 'planned'],
    ['another last day', { lastDay: parseDay('2027-06-29') }, 'planned'],
  ])('speak of a run that was written, planned with %s, in the texts that fit it', (_, change, texts) => {
    expect(runsOfTheMoment([TO_COME], [plan({ ...TO_COME, ...change })])[0]?.texts).toBe(texts)
  })

  it('speak in the texts for any run on a site that the written run did not have', () => {
    const helpOnly = { ...TO_COME, sites: ['help'] as SiteId[] }
    expect(runsOfTheMoment([helpOnly], [plan(TO_COME)])[0]?.texts).toBe('planned')
  })

  it('show on any day a front that was built from the written runs alone', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ run: anyRun, removed: fc.boolean() }), { maxLength: 4 }),
        days,
        fc.constantFrom<SiteId>('help', 'diary'),
        (plans, day, site) => {
          expect(allFronts(RUNS, site)).toContainEqual(frontOn(runsOfTheMoment(RUNS, plans), site, day))
        },
      ),
    )
  })
})

describe('a change of the runs', () => {
  it('may plan a run from tomorrow on, and none that begins today', () => {
    expect(brokenRulesOfPlan([], undefined, run('new', '2027-04-02', '2027-04-02'), TODAY)).toEqual([])
    expect(brokenRulesOfPlan([], undefined, run('new', '2027-04-01', '2027-04-02'), TODAY)).toMatchObject([
      { rule: 'begun-already', field: 'firstDay' },
    ])
  })

  it('may move a run to come, give it another size, and nothing else may be wrong with it', () => {
    expect(
      rulesOf(TO_COME, {
        ...TO_COME,
        name: 'Juni',
        firstDay: parseDay('2027-07-01'),
        lastDay: parseDay('2027-07-31'),
        sites: ['help'],
        visitors: 'small',
      }),
    ).toEqual([])
    expect(rulesOf(TO_COME, { ...TO_COME, firstDay: TODAY })).toEqual(['begun-already firstDay', 'overlap firstDay'])
  })

  it('may move the last day of a run that goes on to any day from today, and its memory', () => {
    expect(rulesOf(GOING_ON, { ...GOING_ON, lastDay: TODAY, rememberedUntil: parseDay('2027-05-01') })).toEqual([])
    expect(rulesOf(GOING_ON, { ...GOING_ON, lastDay: parseDay('2027-05-31'), sites: ['diary', 'help'] })).toEqual([])
    expect(rulesOf(GOING_ON, { ...GOING_ON, lastDay: parseDay('2027-03-31') })).toEqual(['over-already lastDay'])
  })

  it.each([
    ['name', { name: 'another' }],
    ['firstDay', { firstDay: parseDay('2027-03-26') }],
    ['sites', { sites: ['help'] as SiteId[] }],
    ['announcedFrom', { announcedFrom: undefined }],
    ['visitors', { visitors: 'large' }],
  ])('leaves the %s of a run that goes on as it is', (field, change) => {
    expect(rulesOf(GOING_ON, { ...GOING_ON, ...change })).toEqual([`fixed ${field}`])
  })

  it('leaves a run that ended as it is, whatever is asked', () => {
    fc.assert(
      fc.property(anyRun, (after) => {
        expect(rulesOf(ENDED, { ...after, id: 'ended' })).toEqual(['ended lastDay'])
      }),
    )
  })

  it('is told everything that is wrong with it at once', () => {
    expect(
      rulesOf(
        undefined,
        run('new', '2027-03-20', '2027-03-10', {
          announcedFrom: parseDay('2027-03-21'),
          rememberedUntil: parseDay('2027-03-09'),
        }),
      ),
    ).toEqual([
      'begun-already firstDay',
      'reversed lastDay',
      'announced-late announcedFrom',
      'forgotten-early rememberedUntil',
    ])
  })

  it('is told of another run that is announced while it goes on', () => {
    const announced = { ...TO_COME, announcedFrom: parseDay('2027-05-20') }
    expect(brokenRulesOfPlan([announced], undefined, run('new', '2027-05-01', '2027-05-25'), TODAY)).toMatchObject([
      { rule: 'announced-during', run: { id: 'june' }, other: { id: 'new' } },
    ])
  })

  it('is refused when the run is too long or too far away, as by a typing error', () => {
    expect(rulesOf(undefined, run('new', '2027-07-01', addDays(parseDay('2027-07-01'), LONGEST_RUN - 1)))).toEqual([])
    expect(rulesOf(undefined, run('new', '2027-07-01', addDays(parseDay('2027-07-01'), LONGEST_RUN)))).toEqual([
      'too-long lastDay',
    ])
    const far = addDays(TODAY, FARTHEST + 1)
    expect(rulesOf(undefined, run('new', far, far))).toEqual(['too-far firstDay'])
  })

  it('that is allowed keeps every rule of the list, and rewrites no day that has passed', () => {
    let allowed = 0
    fc.assert(
      fc.property(anyRun, (after) => {
        const before = RUNS.find(({ id }) => id === after.id)
        if (brokenRulesOfPlan(RUNS, before, after, TODAY).length > 0) return
        allowed += 1
        const runs = runsOfTheMoment(RUNS, [plan(after)])
        expect(brokenRules(runs)).toEqual([])
        for (let day = parseDay('2026-12-01'); day <= TODAY; day = addDays(day, 1)) {
          for (const { id } of RUNS) {
            const [was, is] = [RUNS, runs].map((list) => list.find((each) => each.id === id))
            expect(is && phaseOn(is, day)).toBe(was && phaseOn(was, day))
          }
          if (!before) expect(phaseOn(after, day)).toBe('before')
        }
        expect(daysBetween(after.firstDay, after.lastDay)).toBeLessThan(LONGEST_RUN)
      }),
      { numRuns: 2000 },
    )
    expect(allowed).toBeGreaterThan(50)
  })
})

it('a run can be taken away until the day before it begins', () => {
  expect(canBeRemoved(TO_COME, parseDay('2027-05-31'))).toBe(true)
  expect(canBeRemoved(TO_COME, parseDay('2027-06-01'))).toBe(false)
  expect(canBeRemoved(ENDED, TODAY)).toBe(false)
})
