import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, dayOf, daysBetween, parseDay } from './day.ts'
import { allFronts, entriesPublishedOn, frontKey, frontOn, parseFrontKey, shownOn, spansBetween } from './front.ts'
import type { Run, SiteId } from './run.ts'
import { problemsOfRuns } from './run-rules.ts'

const ENTRIES = 32
const at = (moment: string) => dayOf(new Date(moment))

const SPRING: Run = {
  id: '2014-spring',
  name: 'Voorjaar 2014',
  firstDay: parseDay('2014-03-25'),
  lastDay: parseDay('2014-04-25'),
  announcedFrom: parseDay('2014-03-11'),
  rememberedUntil: parseDay('2014-05-24'),
  sites: ['help', 'diary'],
}
const JUNE: Run = {
  id: '2014-june',
  name: 'Juni 2014',
  firstDay: parseDay('2014-06-01'),
  lastDay: parseDay('2014-06-30'),
  sites: ['help', 'diary'],
}
const RUNS = [SPRING, JUNE]

/** Runs one after the other, some touching, some announced, some remembered, some on one site only: none breaks a rule. */
const orderlyRuns: fc.Arbitrary<Run[]> = fc
  .array(
    fc.record({
      gap: fc.integer({ min: 0, max: 40 }),
      length: fc.integer({ min: 1, max: 45 }),
      announced: fc.integer({ min: 0, max: 20 }),
      remembered: fc.integer({ min: 0, max: 20 }),
      sites: fc.subarray<SiteId>(['help', 'diary'], { minLength: 1 }),
      texts: fc.constantFrom('planned' as const, undefined),
    }),
    { maxLength: 5 },
  )
  .map((plans) => {
    let free = parseDay('2027-01-01')
    return plans.map(({ gap, length, announced, remembered, sites, texts }, index) => {
      const firstDay = addDays(free, gap)
      const lastDay = addDays(firstDay, length - 1)
      const lead = Math.min(announced, gap)
      free = addDays(lastDay, 1)
      return {
        id: `run-${index}`,
        name: `Run ${index}`,
        firstDay,
        lastDay,
        sites,
        texts,
        announcedFrom: lead > 0 ? addDays(firstDay, -lead) : undefined,
        rememberedUntil: remembered > 0 ? addDays(lastDay, remembered) : undefined,
      }
    })
  })

const days = fc.integer({ min: -30, max: 500 }).map((count) => addDays(parseDay('2027-01-01'), count))

describe('frontOn', () => {
  it.each([
    ['2014-03-10T23:59:59+01:00', 'quiet'],
    ['2014-03-11T00:00:00+01:00', '2014-spring.before'],
    ['2014-03-24T23:59:59+01:00', '2014-spring.before'],
    ['2014-03-25T00:00:00+01:00', '2014-spring.during'],
    ['2014-03-30T01:59:59+01:00', '2014-spring.during'],
    ['2014-03-30T03:00:00+02:00', '2014-spring.during'],
    ['2014-04-25T23:59:59+02:00', '2014-spring.during'],
    ['2014-04-26T00:00:00+02:00', '2014-spring.after'],
    ['2014-05-24T23:59:59+02:00', '2014-spring.after'],
    ['2014-05-25T00:00:00+02:00', 'quiet'],
    // The June run is not announced: silence until its first day, and memory without end.
    ['2014-05-31T23:59:59+02:00', 'quiet'],
    ['2014-06-01T00:00:00+02:00', '2014-june.during'],
    ['2014-06-30T23:59:59+02:00', '2014-june.during'],
    ['2014-07-01T00:00:00+02:00', '2014-june.after'],
    ['2026-10-25T02:30:00+01:00', '2014-june.after'],
  ])('at %s is %s', (moment, key) => {
    expect(frontKey(frontOn(RUNS, 'help', at(moment)))).toBe(key)
  })

  it('goes from one run to the next at midnight when they touch', () => {
    const touching = [
      { ...SPRING, rememberedUntil: undefined },
      { ...JUNE, firstDay: parseDay('2014-04-26') },
    ]
    expect(frontKey(frontOn(touching, 'diary', at('2014-04-25T23:59:59+02:00')))).toBe('2014-spring.during')
    expect(frontKey(frontOn(touching, 'diary', at('2014-04-26T00:00:00+02:00')))).toBe('2014-june.during')
  })

  it('speaks of the coming run while the last one is still remembered', () => {
    const runs = [SPRING, { ...JUNE, announcedFrom: parseDay('2014-05-01') }]
    expect(frontKey(frontOn(runs, 'help', parseDay('2014-04-30')))).toBe('2014-spring.after')
    expect(frontKey(frontOn(runs, 'help', parseDay('2014-05-01')))).toBe('2014-june.before')
  })

  it('does not go back to an older run when the memory of the last one is over', () => {
    const runs = [
      { ...SPRING, rememberedUntil: undefined },
      { ...JUNE, rememberedUntil: parseDay('2014-07-31') },
    ]
    expect(frontOn(runs, 'help', parseDay('2014-08-01'))).toBe('quiet')
  })

  it('remembers the run that ended last, in whatever order the runs are listed', () => {
    expect(frontKey(frontOn([JUNE, SPRING], 'help', parseDay('2014-08-01')))).toBe('2014-june.after')
  })

  it('looks only at the runs of the site', () => {
    const runs: Run[] = [{ ...SPRING, sites: ['diary'] }]
    expect(frontOn(runs, 'help', parseDay('2014-04-01'))).toBe('quiet')
    expect(frontKey(frontOn(runs, 'diary', parseDay('2014-04-01')))).toBe('2014-spring.during')
  })

  it('shows the texts that fit any run for a run without texts of its own', () => {
    const runs: Run[] = [SPRING, { ...JUNE, announcedFrom: parseDay('2014-05-25'), texts: 'planned' }]
    const keys = ['2014-05-24', '2014-05-25', '2014-06-01', '2014-07-01'].map((day) =>
      frontKey(frontOn(runs, 'help', parseDay(day))),
    )
    expect(keys).toEqual(['2014-spring.after', 'planned.before', 'planned.during', 'planned.after'])
  })

  it('is quiet when there are no runs', () => {
    expect(frontOn([], 'help', parseDay('2027-03-25'))).toBe('quiet')
  })

  it('is always one of the fronts that are built beforehand', () => {
    fc.assert(
      fc.property(orderlyRuns, days, fc.constantFrom<SiteId>('help', 'diary'), (runs, day, site) => {
        expect(problemsOfRuns(runs)).toEqual([])
        expect(allFronts(runs, site)).toContainEqual(frontOn(runs, site, day))
      }),
    )
  })
})

describe('spansBetween', () => {
  it('tells from when to when the front speaks of a run, and leaves out the quiet days', () => {
    const runs = [SPRING, { ...JUNE, announcedFrom: parseDay('2014-05-25') }]
    const spans = spansBetween(runs, 'help', parseDay('2014-03-01'), parseDay('2014-06-10'))
    expect(spans.map(({ run, phase, firstDay, lastDay }) => [run.id, phase, firstDay, lastDay])).toEqual([
      ['2014-spring', 'before', '2014-03-11', '2014-03-24'],
      ['2014-spring', 'during', '2014-03-25', '2014-04-25'],
      ['2014-spring', 'after', '2014-04-26', '2014-05-24'],
      ['2014-june', 'before', '2014-05-25', '2014-05-31'],
      ['2014-june', 'during', '2014-06-01', '2014-06-10'],
    ])
  })

  it('says of each day what the front shows on it', () => {
    fc.assert(
      fc.property(orderlyRuns, fc.constantFrom<SiteId>('help', 'diary'), (runs, site) => {
        const [from, to] = [parseDay('2026-12-15'), parseDay('2027-06-30')]
        const spans = spansBetween(runs, site, from, to)
        for (let day = from; day <= to; day = addDays(day, 1)) {
          const [span, ...others] = spans.filter(({ firstDay, lastDay }) => firstDay <= day && day <= lastDay)
          expect(others).toEqual([])
          expect(span && { run: span.run, phase: span.phase }).toEqual(shownOn(runs, site, day))
        }
      }),
      { numRuns: 50 },
    )
  })
})

describe('entriesPublishedOn', () => {
  it.each([
    ['2014-03-24T23:59:59+01:00', 32],
    ['2014-03-25T00:00:00+01:00', 1],
    ['2014-03-25T23:59:59+01:00', 1],
    ['2014-03-26T00:00:00+01:00', 2],
    ['2014-03-30T00:00:00+01:00', 6],
    ['2014-03-30T23:59:59+02:00', 6],
    ['2014-03-31T00:00:00+02:00', 7],
    ['2014-04-24T23:59:59+02:00', 31],
    ['2014-04-25T00:00:00+02:00', 32],
    ['2014-04-26T00:00:00+02:00', 32],
    ['2014-06-01T00:00:00+02:00', 1],
    ['2014-06-30T23:59:59+02:00', 30],
    ['2014-07-01T00:00:00+02:00', 32],
  ])('at %s is %i', (moment, published) => {
    expect(entriesPublishedOn(RUNS, at(moment), ENTRIES)).toBe(published)
  })

  it('stops at the last entry in a run that is longer than the diary', () => {
    expect(entriesPublishedOn(RUNS, parseDay('2014-04-25'), 10)).toBe(10)
  })

  it('is not changed by a run of the help site alone', () => {
    expect(entriesPublishedOn([{ ...SPRING, sites: ['help'] }], parseDay('2014-03-25'), ENTRIES)).toBe(ENTRIES)
  })

  it('begins at one, never decreases within a run and is complete after it', () => {
    fc.assert(
      fc.property(orderlyRuns, fc.integer({ min: 1, max: 40 }), (runs, total) => {
        for (const run of runs.filter(({ sites }) => sites.includes('diary'))) {
          const counts = Array.from({ length: daysBetween(run.firstDay, run.lastDay) + 1 }, (_, count) =>
            entriesPublishedOn(runs, addDays(run.firstDay, count), total),
          )
          expect(counts[0]).toBe(1)
          expect(counts).toEqual(counts.toSorted((a, b) => a - b))
          expect(Math.max(...counts)).toBeLessThanOrEqual(total)
        }
        const last = runs.at(-1)
        if (last) expect(entriesPublishedOn(runs, addDays(last.lastDay, 1), total)).toBe(total)
      }),
    )
  })
})

describe('frontKey and parseFrontKey', () => {
  it('are each other’s inverse for every front of a site', () => {
    expect(allFronts(RUNS, 'help').map(frontKey)).toEqual([
      'quiet',
      'planned.before',
      'planned.during',
      'planned.after',
      '2014-spring.before',
      '2014-spring.during',
      '2014-spring.after',
      '2014-june.before',
      '2014-june.during',
      '2014-june.after',
    ])
    for (const front of allFronts(RUNS, 'help')) expect(parseFrontKey(frontKey(front))).toEqual(front)
  })

  it.each([
    '',
    '.',
    'during',
    '.during',
    '2014-spring',
    '2014-spring.',
    '2014-spring.never',
    '2014-spring.during.',
    'quiet.',
  ])('refuse "%s"', (key) => {
    expect(() => parseFrontKey(key)).toThrow(new RangeError(`"${key}" is not the key of a front`))
  })
})
