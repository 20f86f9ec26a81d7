import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, dayOf, parseDay } from './day.ts'
import { currentRun, dayOfRun, PHASES, phaseOn, type Run, type SiteId } from './run.ts'

const at = (moment: string) => dayOf(new Date(moment))

/** A run from one day to another, on both sites unless said otherwise. */
function run(id: string, firstDay: string, lastDay: string, more: { sites?: SiteId[]; announcedFrom?: string; rememberedUntil?: string } = {}): Run {
  return {
    id,
    name: id,
    firstDay: parseDay(firstDay),
    lastDay: parseDay(lastDay),
    sites: more.sites ?? ['help', 'diary'],
    announcedFrom: more.announcedFrom === undefined ? undefined : parseDay(more.announcedFrom),
    rememberedUntil: more.rememberedUntil === undefined ? undefined : parseDay(more.rememberedUntil),
  }
}

const SPRING_2014 = run('2014-spring', '2014-03-25', '2014-04-25')
const JUNE_2014 = run('2014-june', '2014-06-01', '2014-06-30')
const SPRING_2027 = run('2027-spring', '2027-03-25', '2027-04-25')
const RUNS = [SPRING_2014, JUNE_2014, SPRING_2027]

const days = fc.integer({ min: 0, max: 400 }).map((count) => addDays(parseDay('2027-01-01'), count))
const anyRuns = fc.tuple(days, fc.integer({ min: 0, max: 60 })).map(([firstDay, length]) => run('any', firstDay, addDays(firstDay, length)))

describe('phaseOn', () => {
  it.each([
    [SPRING_2014, '2014-03-24T23:59:59+01:00', 'before'],
    [SPRING_2014, '2014-03-25T00:00:00+01:00', 'during'],
    [SPRING_2014, '2014-03-30T01:59:59+01:00', 'during'],
    [SPRING_2014, '2014-03-30T03:00:00+02:00', 'during'],
    [SPRING_2014, '2014-04-25T23:59:59+02:00', 'during'],
    [SPRING_2014, '2014-04-26T00:00:00+02:00', 'after'],
    [JUNE_2014, '2014-05-31T23:59:59+02:00', 'before'],
    [JUNE_2014, '2014-06-01T00:00:00+02:00', 'during'],
    [JUNE_2014, '2014-06-30T23:59:59+02:00', 'during'],
    [JUNE_2014, '2014-07-01T00:00:00+02:00', 'after'],
    [SPRING_2027, '2027-03-24T23:59:59+01:00', 'before'],
    [SPRING_2027, '2027-03-25T00:00:00+01:00', 'during'],
    [SPRING_2027, '2027-04-25T23:59:59+02:00', 'during'],
    [SPRING_2027, '2027-04-26T00:00:00+02:00', 'after'],
  ] as const)('$id at %s is %s', (someRun, moment, phase) => {
    expect(phaseOn(someRun, at(moment))).toBe(phase)
  })

  it('flips at midnight when a run begins or ends with the clock change', () => {
    const winter = run('winter', '2027-10-31', '2028-03-26')
    expect(phaseOn(winter, at('2027-10-30T23:59:59+02:00'))).toBe('before')
    expect(phaseOn(winter, at('2027-10-31T00:00:00+02:00'))).toBe('during')
    expect(phaseOn(winter, at('2028-03-26T23:59:59+02:00'))).toBe('during')
    expect(phaseOn(winter, at('2028-03-27T00:00:00+02:00'))).toBe('after')
  })

  it('goes on a leap day as on any other', () => {
    const leapDay = run('leap-day', '2028-02-29', '2028-02-29')
    expect(phaseOn(leapDay, at('2028-02-28T23:59:59+01:00'))).toBe('before')
    expect(phaseOn(leapDay, at('2028-02-29T00:00:00+01:00'))).toBe('during')
    expect(phaseOn(leapDay, at('2028-03-01T00:00:00+01:00'))).toBe('after')
  })

  it('never goes back', () => {
    const moments = fc.date({ min: new Date('2026-12-01T00:00:00Z'), max: new Date('2028-06-01T00:00:00Z'), noInvalidDate: true })
    fc.assert(
      fc.property(anyRuns, moments, moments, (someRun, one, other) => {
        const [earlier, later] = one <= other ? [one, other] : [other, one]
        expect(PHASES.indexOf(phaseOn(someRun, dayOf(earlier)))).toBeLessThanOrEqual(PHASES.indexOf(phaseOn(someRun, dayOf(later))))
      }),
    )
  })
})

describe('dayOfRun', () => {
  it.each([
    [SPRING_2014, '2014-03-25T00:00:00+01:00', 1],
    [SPRING_2014, '2014-03-25T23:59:59+01:00', 1],
    [SPRING_2014, '2014-03-26T00:00:00+01:00', 2],
    [SPRING_2014, '2014-03-30T23:59:59+02:00', 6],
    [SPRING_2014, '2014-03-31T00:00:00+02:00', 7],
    [SPRING_2014, '2014-04-25T23:59:59+02:00', 32],
    [JUNE_2014, '2014-06-30T23:59:59+02:00', 30],
    [SPRING_2027, '2027-03-28T00:00:00+01:00', 4],
    [SPRING_2027, '2027-03-29T00:00:00+02:00', 5],
    [SPRING_2027, '2027-04-25T23:59:59+02:00', 32],
  ] as const)('$id at %s is day %i', (someRun, moment, day) => {
    expect(dayOfRun(someRun, at(moment))).toBe(day)
  })
})

describe('currentRun', () => {
  it.each([
    ['2014-03-24', undefined],
    ['2014-03-25', SPRING_2014],
    ['2014-04-25', SPRING_2014],
    ['2014-04-26', undefined],
    ['2014-05-31', undefined],
    ['2014-06-01', JUNE_2014],
    ['2014-06-30', JUNE_2014],
    ['2014-07-01', undefined],
    ['2027-03-25', SPRING_2027],
  ])('on %s', (day, expected) => {
    expect(currentRun(RUNS, 'diary', parseDay(day))).toBe(expected)
  })

  it('looks only at the runs of the site', () => {
    const helpOnly = run('help-only', '2027-01-01', '2027-01-31', { sites: ['help'] })
    expect(currentRun([helpOnly], 'help', parseDay('2027-01-15'))).toBe(helpOnly)
    expect(currentRun([helpOnly], 'diary', parseDay('2027-01-15'))).toBeUndefined()
  })
})
