import { addDays, parseDay } from '#campaign/day.ts'
import { formatDayOfYear } from '#components/format.ts'

// The diary runs from 25 March. No leap day falls after that date, so any year gives the same days.
const DAY_ONE = parseDay('2014-03-25')

/** The date that stands above a diary entry, in words and without a year: 25 maart. */
export function diaryDate(day: number, language: string): string {
  return formatDayOfYear(addDays(DAY_ONE, day - 1), language)
}
