import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, parseDay, type CalendarDay } from './day.ts'
import { dayAsPeriod, daysIn, periodsBetween, monthOf, weekOf } from './period.ts'

const days = fc
  .date({ min: new Date('1997-01-01T00:00:00Z'), max: new Date('2099-12-31T00:00:00Z'), noInvalidDate: true })
  .map((moment) => parseDay(moment.toISOString().slice(0, 10)))
const lengths = fc.constantFrom('day' as const, 'week' as const)

const weekday = (day: CalendarDay) => new Date(`${day}T00:00:00Z`).getUTCDay()

describe('dayAsPeriod', () => {
  it('is that day and no other', () => {
    const day = parseDay('2027-03-25')
    expect(dayAsPeriod(day)).toEqual({ id: '2027-03-25', firstDay: day, lastDay: day })
    expect(daysIn(dayAsPeriod(day))).toBe(1)
  })
})

describe('weekOf', () => {
  it.each([
    ['2027-03-25', '2027-W12', '2027-03-22', '2027-03-28'],
    ['2027-03-28', '2027-W12', '2027-03-22', '2027-03-28'],
    ['2027-03-29', '2027-W13', '2027-03-29', '2027-04-04'],
    // 1 January belongs to the year in which the Thursday of its week lies.
    ['2024-12-29', '2024-W52', '2024-12-23', '2024-12-29'],
    ['2024-12-30', '2025-W01', '2024-12-30', '2025-01-05'],
    ['2025-12-31', '2026-W01', '2025-12-29', '2026-01-04'],
    ['2026-12-31', '2026-W53', '2026-12-28', '2027-01-03'],
    ['2027-01-01', '2026-W53', '2026-12-28', '2027-01-03'],
    ['2027-01-03', '2026-W53', '2026-12-28', '2027-01-03'],
    ['2027-01-04', '2027-W01', '2027-01-04', '2027-01-10'],
    // An example of the standard itself, and a week of which five days lie in the old year.
    ['1985-04-12', '1985-W15', '1985-04-08', '1985-04-14'],
    ['2000-01-02', '1999-W52', '1999-12-27', '2000-01-02'],
    // A year of 53 weeks begins on a Thursday, or on a Wednesday when it is a leap year.
    ['2020-12-31', '2020-W53', '2020-12-28', '2021-01-03'],
    ['2015-12-31', '2015-W53', '2015-12-28', '2016-01-03'],
    // The clock changes on 28 March and 31 October 2027.
    ['2027-10-31', '2027-W43', '2027-10-25', '2027-10-31'],
  ])('of %s is %s, from %s to %s', (day, id, firstDay, lastDay) => {
    expect(weekOf(parseDay(day))).toEqual({ id, firstDay, lastDay })
  })

  it('holds its day, has seven days from Monday to Sunday, and is the week of each of them', () => {
    fc.assert(
      fc.property(days, fc.nat({ max: 6 }), (day, offset) => {
        const week = weekOf(day)
        expect(week.firstDay <= day && day <= week.lastDay).toBe(true)
        expect(daysIn(week)).toBe(7)
        expect(weekday(week.firstDay)).toBe(1)
        expect(weekOf(addDays(week.firstDay, offset))).toEqual(week)
      }),
    )
  })

  it('counts on from week to week, and begins again with the week of 4 January', () => {
    fc.assert(
      fc.property(days, (day) => {
        const [year = '', number = ''] = weekOf(day).id.split('-W')
        const next = weekOf(addDays(day, 7)).id
        const later = `${year}-W${String(Number(number) + 1).padStart(2, '0')}`
        expect([later, `${Number(year) + 1}-W01`]).toContain(next)
        expect(next === later).toBe(
          weekOf(parseDay(`${Number(year) + 1}-01-04`)).firstDay !== weekOf(addDays(day, 7)).firstDay,
        )
      }),
    )
  })
})

describe('periodsBetween', () => {
  it('cuts the first and the last week to the days of a run', () => {
    expect(periodsBetween(parseDay('2027-03-25'), parseDay('2027-04-06'), 'week')).toEqual([
      { id: '2027-W12', firstDay: '2027-03-25', lastDay: '2027-03-28' },
      { id: '2027-W13', firstDay: '2027-03-29', lastDay: '2027-04-04' },
      { id: '2027-W14', firstDay: '2027-04-05', lastDay: '2027-04-06' },
    ])
  })

  it('gives one week, cut at both ends, to a run within a week', () => {
    expect(periodsBetween(parseDay('2027-03-23'), parseDay('2027-03-24'), 'week')).toEqual([
      { id: '2027-W12', firstDay: '2027-03-23', lastDay: '2027-03-24' },
    ])
  })

  it('is empty when the last day comes before the first', () => {
    for (const length of ['day', 'week'] as const)
      expect(periodsBetween(parseDay('2027-03-25'), parseDay('2027-03-24'), length)).toEqual([])
  })

  it('holds every day exactly once, in order, in a period that bears its name', () => {
    fc.assert(
      fc.property(days, fc.nat({ max: 400 }), lengths, (firstDay, count, length) => {
        const lastDay = addDays(firstDay, count)
        const periods = periodsBetween(firstDay, lastDay, length)
        const held = periods.flatMap((period) =>
          Array.from({ length: daysIn(period) }, (_, index) => addDays(period.firstDay, index)),
        )
        expect(held).toEqual(Array.from({ length: count + 1 }, (_, index) => addDays(firstDay, index)))
        for (const { id, firstDay: first, lastDay: last } of periods) {
          expect(first <= last).toBe(true)
          for (const day of [first, last]) expect(id).toBe(length === 'day' ? day : weekOf(day).id)
        }
        expect(new Set(periods.map(({ id }) => id)).size).toBe(periods.length)
      }),
    )
  })
})

describe('daysIn', () => {
  it('counts both ends', () => {
    fc.assert(
      fc.property(days, fc.nat({ max: 400 }), (firstDay, count) => {
        expect(daysIn({ id: '', firstDay, lastDay: addDays(firstDay, count) })).toBe(count + 1)
      }),
    )
  })
})

describe('the month of a day', () => {
  it.each([
    ['2027-02-14', '2027-02-01', '2027-02-28'],
    ['2028-02-29', '2028-02-01', '2028-02-29'],
    ['2027-12-31', '2027-12-01', '2027-12-31'],
    ['2027-01-01', '2027-01-01', '2027-01-31'],
    ['2027-04-30', '2027-04-01', '2027-04-30'],
  ])('of %s goes from %s to %s', (day, firstDay, lastDay) => {
    expect(monthOf(parseDay(day))).toEqual({ id: day.slice(0, 7), firstDay, lastDay })
  })
})
