import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayOf, parseDay } from './day.ts'
import { currentRun, dayOfRun, PHASES, phaseOn } from './run.ts'
import { anyRuns, JUNE_2014, run, RUNS, SPRING_2014, SPRING_2027 } from './runs-for-tests.ts'

const at = (moment: string) => dayOf(new Date(moment))

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
    const moments = fc.date({
      min: new Date('2026-12-01T00:00:00Z'),
      max: new Date('2028-06-01T00:00:00Z'),
      noInvalidDate: true,
    })
    fc.assert(
      fc.property(anyRuns, moments, moments, (someRun, one, other) => {
        const [earlier, later] = one <= other ? [one, other] : [other, one]
        expect(PHASES.indexOf(phaseOn(someRun, dayOf(earlier)))).toBeLessThanOrEqual(
          PHASES.indexOf(phaseOn(someRun, dayOf(later))),
        )
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
