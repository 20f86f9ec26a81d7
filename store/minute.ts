/** A minute in UTC, such as `2027-03-25T22:59`. As texts, minutes are in the order of time. */
export type Minute = string & { readonly minute: true }

const MILLISECONDS = 60_000

/** The minute in which a moment lies. */
export function minuteOf(moment: Date): Minute {
  return moment.toISOString().slice(0, 'yyyy-mm-ddThh:mm'.length) as Minute
}

/** The minute that has begun once so many minutes have passed since a moment: never too early, and at most a minute too late. */
export function minutesAfter(moment: Date, minutes: number): Minute {
  return minuteOf(new Date(Math.ceil(moment.getTime() / MILLISECONDS + minutes) * MILLISECONDS))
}
