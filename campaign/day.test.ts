import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, dayOf, daysBetween, momentAt, parseDay, readDay, startOf } from './day.ts'

const MILLISECONDS_PER_DAY = 86_400_000

/** Moments between the year in which Europe agreed on one clock change and the end of the century. */
const moments = fc.date({
  min: new Date('1997-01-01T00:00:00Z'),
  max: new Date('2099-12-31T23:59:59Z'),
  noInvalidDate: true,
})
const days = moments.map((moment) => parseDay(moment.toISOString().slice(0, 10)))
const counts = fc.integer({ min: -40_000, max: 40_000 })

describe('dayOf', () => {
  it.each([
    // The first day of the spring run of 2014, still in winter time.
    ['2014-03-24T23:59:59+01:00', '2014-03-24'],
    ['2014-03-24T23:59:59.999+01:00', '2014-03-24'],
    ['2014-03-25T00:00:00+01:00', '2014-03-25'],
    ['2014-03-25T00:00:00+02:00', '2014-03-24'],
    // The clock goes forward on 30 March 2014: that day has 23 hours.
    ['2014-03-29T23:59:59+01:00', '2014-03-29'],
    ['2014-03-30T00:00:00+01:00', '2014-03-30'],
    ['2014-03-30T01:59:59+01:00', '2014-03-30'],
    ['2014-03-30T03:00:00+02:00', '2014-03-30'],
    ['2014-03-30T23:59:59+02:00', '2014-03-30'],
    ['2014-03-30T23:59:59+01:00', '2014-03-31'],
    ['2014-03-31T00:00:00+02:00', '2014-03-31'],
    // Its last day, in summer time.
    ['2014-04-25T23:59:59+02:00', '2014-04-25'],
    ['2014-04-25T23:59:59+01:00', '2014-04-26'],
    ['2014-04-26T00:00:00+02:00', '2014-04-26'],
    // The clock goes forward on 28 March 2027.
    ['2027-03-27T23:59:59+01:00', '2027-03-27'],
    ['2027-03-28T00:00:00+01:00', '2027-03-28'],
    ['2027-03-28T01:59:59+01:00', '2027-03-28'],
    ['2027-03-28T03:00:00+02:00', '2027-03-28'],
    ['2027-03-28T23:59:59+02:00', '2027-03-28'],
    ['2027-03-29T00:00:00+02:00', '2027-03-29'],
    // The clock goes back on 26 October 2014 and on 31 October 2027: those days have 25 hours.
    ['2014-10-25T23:59:59+02:00', '2014-10-25'],
    ['2014-10-26T00:00:00+02:00', '2014-10-26'],
    ['2014-10-26T02:59:59+02:00', '2014-10-26'],
    ['2014-10-26T02:00:00+01:00', '2014-10-26'],
    ['2014-10-26T23:59:59+01:00', '2014-10-26'],
    ['2014-10-27T00:00:00+01:00', '2014-10-27'],
    ['2027-10-30T23:59:59+02:00', '2027-10-30'],
    ['2027-10-31T00:00:00+02:00', '2027-10-31'],
    ['2027-10-31T23:59:59+01:00', '2027-10-31'],
    ['2027-11-01T00:00:00+01:00', '2027-11-01'],
    // Leap days, and the turn of a year.
    ['2028-02-28T23:59:59+01:00', '2028-02-28'],
    ['2028-02-29T00:00:00+01:00', '2028-02-29'],
    ['2028-02-29T23:59:59+01:00', '2028-02-29'],
    ['2028-03-01T00:00:00+01:00', '2028-03-01'],
    ['2027-02-28T23:59:59+01:00', '2027-02-28'],
    ['2027-03-01T00:00:00+01:00', '2027-03-01'],
    ['2026-12-31T22:59:59Z', '2026-12-31'],
    ['2026-12-31T23:00:00Z', '2027-01-01'],
  ])('%s falls on %s', (moment, day) => {
    expect(dayOf(new Date(moment))).toBe(day)
  })

  it('follows the European rule: summer time from the last Sunday of March to the last Sunday of October, 01:00 UTC', () => {
    fc.assert(
      fc.property(moments, (moment) => {
        const year = moment.getUTCFullYear()
        const summer = moment.getTime() >= lastSunday(year, 2) && moment.getTime() < lastSunday(year, 9)
        const local = new Date(moment.getTime() + (summer ? 2 : 1) * 3_600_000)
        expect(dayOf(moment)).toBe(local.toISOString().slice(0, 10))
      }),
      { numRuns: 1000 },
    )
  })
})

/** 01:00 UTC on the last Sunday of a month of 31 days; January is month 0. */
function lastSunday(year: number, month: number): number {
  const last = Date.UTC(year, month, 31, 1)
  return last - new Date(last).getUTCDay() * MILLISECONDS_PER_DAY
}

describe('readDay', () => {
  it.each([
    ['2027-12-31', '2027-12-31'],
    [' 2027-12-31 ', '2027-12-31'],
    ['31-12-2027', '2027-12-31'],
    ['1-2-2027', '2027-02-01'],
    ['2027-02-30', undefined],
    ['30-02-2027', undefined],
    ['12/31/2027', undefined],
    ['', undefined],
  ])('%j is %j', (typed, day) => {
    expect(readDay(typed)).toBe(day)
  })
})

describe('parseDay', () => {
  it.each(['2014-03-25', '2027-12-31', '2000-02-29', '2024-02-29', '2028-02-29'])('reads %s', (text) => {
    expect(parseDay(text)).toBe(text)
  })

  it.each([
    '2027-02-30',
    '2027-02-29',
    '1900-02-29',
    '2027-04-31',
    '2027-13-01',
    '2027-00-10',
    '2027-01-00',
    '2027-3-25',
    '27-03-25',
    '25-03-2027',
    '2027/03/25',
    '2027-03-25T00:00',
    ' 2027-03-25',
    '2027-03-25\n',
    '+012027-03-25',
    'morgen',
    '',
  ])('refuses "%s" and says how to write a day', (text) => {
    expect(() => parseDay(text)).toThrow(
      new RangeError(`"${text}" is not a day of the calendar; write it as YYYY-MM-DD, for example 2027-03-25`),
    )
  })
})

describe('daysBetween and addDays', () => {
  it.each([
    ['2014-03-25', '2014-03-25', 0],
    ['2014-03-25', '2014-04-25', 31],
    ['2014-04-25', '2014-03-25', -31],
    ['2014-03-29', '2014-03-31', 2],
    ['2027-03-27', '2027-03-29', 2],
    ['2027-10-30', '2027-11-01', 2],
    ['2027-02-28', '2027-03-01', 1],
    ['2028-02-28', '2028-03-01', 2],
    ['2026-12-31', '2027-01-01', 1],
    ['2000-01-01', '2001-01-01', 366],
  ] as const)('from %s to %s is %i', (earlier, later, count) => {
    expect(daysBetween(parseDay(earlier), parseDay(later))).toBe(count)
    expect(addDays(parseDay(earlier), count)).toBe(later)
  })

  it('undo each other', () => {
    fc.assert(
      fc.property(days, counts, (day, count) => {
        expect(daysBetween(day, addDays(day, count))).toBe(count)
        expect(addDays(addDays(day, count), -count)).toBe(day)
      }),
    )
  })

  it('lead from any day to any other, and a later day is a greater string', () => {
    fc.assert(
      fc.property(days, days, (one, other) => {
        expect(addDays(one, daysBetween(one, other))).toBe(other)
        expect(Math.sign(daysBetween(one, other))).toBe(one < other ? 1 : one > other ? -1 : 0)
      }),
    )
  })

  it('count real days: addDays gives a day of the calendar', () => {
    fc.assert(
      fc.property(days, counts, (day, count) => {
        expect(parseDay(addDays(day, count))).toBe(addDays(day, count))
      }),
    )
  })
})

describe('startOf', () => {
  it.each([
    ['2027-03-25', '2027-03-24T23:00:00.000Z'],
    ['2027-03-28', '2027-03-27T23:00:00.000Z'],
    ['2027-03-29', '2027-03-28T22:00:00.000Z'],
    ['2027-06-01', '2027-05-31T22:00:00.000Z'],
    ['2027-10-31', '2027-10-30T22:00:00.000Z'],
    ['2027-11-01', '2027-10-31T23:00:00.000Z'],
  ])('%s begins at %s', (day, moment) => {
    expect(startOf(parseDay(day)).toISOString()).toBe(moment)
  })

  it('is the first moment of its day, whatever the day', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 30_000 }), (count) => {
        const day = addDays(parseDay('1950-01-01'), count)
        expect(dayOf(startOf(day))).toBe(day)
        expect(dayOf(new Date(startOf(day).getTime() - 1))).toBe(addDays(day, -1))
      }),
    )
  })
})

describe('momentAt', () => {
  it.each([
    ['2027-06-01', 0, '2027-05-31T22:00:00.000Z'],
    ['2027-03-25', 23 * 60 + 59, '2027-03-25T22:59:00.000Z'],
    // The clock goes on from 2 to 3 o'clock, and in autumn back from 3 to 2.
    ['2027-03-28', 60, '2027-03-28T00:00:00.000Z'],
    ['2027-03-28', 3 * 60, '2027-03-28T01:00:00.000Z'],
    ['2027-03-28', 2 * 60 + 30, '2027-03-28T01:30:00.000Z'],
    ['2027-10-31', 2 * 60 + 30, '2027-10-31T00:30:00.000Z'],
    ['2027-10-31', 3 * 60, '2027-10-31T02:00:00.000Z'],
  ])('on %s after %i minutes is %s', (day, minutes, moment) => {
    expect(momentAt(parseDay(day), minutes).toISOString()).toBe(moment)
  })

  it('begins a day at midnight', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 30_000 }), (count) => {
        const day = addDays(parseDay('1950-01-01'), count)
        expect(momentAt(day, 0)).toEqual(startOf(day))
      }),
    )
  })
})
