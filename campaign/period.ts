import { addDays, daysBetween, type CalendarDay } from './day.ts'

/** A stretch of days whose numbers are published together when it is over. */
export interface Period {
  /** A day as YYYY-MM-DD, a week as YYYY-Www, a month as YYYY-MM (ISO 8601), or `run` for a whole run. */
  readonly id: string
  readonly firstDay: CalendarDay
  readonly lastDay: CalendarDay
}

/** A day by itself as a period. */
export function dayAsPeriod(day: CalendarDay): Period {
  return { id: day, firstDay: day, lastDay: day }
}

/** The week of a day, from Monday to Sunday, numbered by the year of its Thursday (ISO 8601). */
export function weekOf(day: CalendarDay): Period {
  const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7
  const firstDay = addDays(day, -weekday)
  const thursday = addDays(firstDay, 3)
  const year = thursday.slice(0, 4)
  const week = Math.floor(daysBetween(`${year}-01-01` as CalendarDay, thursday) / 7) + 1
  return { id: `${year}-W${String(week).padStart(2, '0')}`, firstDay, lastDay: addDays(firstDay, 6) }
}

/** The calendar month of a day. */
export function monthOf(day: CalendarDay): Period {
  const id = day.slice(0, 7)
  const firstDay = `${id}-01` as CalendarDay
  const next = addDays(firstDay, 31)
  return { id, firstDay, lastDay: addDays(`${next.slice(0, 7)}-01` as CalendarDay, -1) }
}

/** What the period of a whole run is called. */
export const WHOLE_RUN = 'run'

/** The days or weeks from one day to another, both inclusive, in order; the first and last week are cut to those days. */
export function periodsBetween(firstDay: CalendarDay, lastDay: CalendarDay, length: 'day' | 'week'): Period[] {
  const periods: Period[] = []
  for (let day = firstDay; day <= lastDay; day = addDays(day, 1)) {
    const period = length === 'day' ? dayAsPeriod(day) : weekOf(day)
    const end = period.lastDay < lastDay ? period.lastDay : lastDay
    periods.push({ id: period.id, firstDay: day, lastDay: end })
    day = end
  }
  return periods
}

/** How many days a period has. */
export function daysIn({ firstDay, lastDay }: Period): number {
  return daysBetween(firstDay, lastDay) + 1
}
