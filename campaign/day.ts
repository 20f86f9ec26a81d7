/** The time zone in which every campaign day begins and ends. */
export const CAMPAIGN_TIME_ZONE = 'Europe/Amsterdam'

/** A calendar day in Europe/Amsterdam, written YYYY-MM-DD. Two days compare as strings: an earlier day is smaller. */
export type CalendarDay = string & { readonly brand: 'CalendarDay' }

const amsterdam = new Intl.DateTimeFormat('en-CA', {
  timeZone: CAMPAIGN_TIME_ZONE,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
})

const clock = new Intl.DateTimeFormat('en-GB', { timeZone: CAMPAIGN_TIME_ZONE, hour: '2-digit', minute: '2-digit' })

const MILLISECONDS_PER_MINUTE = 60_000
const MILLISECONDS_PER_HOUR = 60 * MILLISECONDS_PER_MINUTE
const MILLISECONDS_PER_DAY = 24 * MILLISECONDS_PER_HOUR

/** The calendar day that a moment falls on in Amsterdam, summer time included (IANA time zone data through Intl). */
export function dayOf(moment: Date): CalendarDay {
  return amsterdam.format(moment) as CalendarDay
}

/** The moment at which a day begins in Amsterdam. */
export function startOf(day: CalendarDay): Date {
  return momentAt(day, 0)
}

/**
 * The moment at which clocks in Amsterdam show a time of a day: the first of two where they go back, and an hour later where
 * they skip it. Since 1940 they are one or two hours ahead of UTC.
 * @param minutes since midnight, as the clock shows them
 */
export function momentAt(day: CalendarDay, minutes: number): Date {
  const asInUtc = utcMidnight(day) + minutes * MILLISECONDS_PER_MINUTE
  const inSummer = new Date(asInUtc - 2 * MILLISECONDS_PER_HOUR)
  return clock.format(inSummer) === clockOf(minutes) ? inSummer : new Date(asInUtc - MILLISECONDS_PER_HOUR)
}

/**
 * Reads YYYY-MM-DD as a calendar day.
 * @throws RangeError for another form or for a day that does not exist, such as 2027-02-30.
 */
export function parseDay(text: string): CalendarDay {
  const midday = new Date(`${text}T12:00:00Z`)
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(midday.getTime()) || !midday.toISOString().startsWith(text)) {
    throw new RangeError(`"${text}" is not a day of the calendar; write it as YYYY-MM-DD, for example 2027-03-25`)
  }
  return text as CalendarDay
}

/** A calendar day as somebody typed it: YYYY-MM-DD, or DD-MM-YYYY as people write it in the Netherlands; undefined when it is none. */
export function readDay(typed: string): CalendarDay | undefined {
  const [, day = '', month = '', year] = /^(\d{1,2})-(\d{1,2})-(\d{4})$/.exec(typed.trim()) ?? []
  try {
    return parseDay(year === undefined ? typed.trim() : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`)
  } catch {
    return undefined
  }
}

/** How many days `later` lies after `earlier`; negative when it lies before. Unit: calendar days. */
export function daysBetween(earlier: CalendarDay, later: CalendarDay): number {
  return (utcMidnight(later) - utcMidnight(earlier)) / MILLISECONDS_PER_DAY
}

/** The calendar day `count` days after `day`. */
export function addDays(day: CalendarDay, count: number): CalendarDay {
  return new Date(utcMidnight(day) + count * MILLISECONDS_PER_DAY).toISOString().slice(0, 10) as CalendarDay
}

// Days are counted in UTC, where each has 24 hours: the clock change must not make a day shorter or longer.
function utcMidnight(day: CalendarDay): number {
  return Date.parse(`${day}T00:00:00Z`)
}

function clockOf(minutes: number): string {
  return [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':')
}
