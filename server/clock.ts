let ahead = 0

/** The present moment. The only place that reads the clock: everything else is given the moment. */
export function now(): Date {
  return new Date(Date.now() + ahead)
}

/** Lets the clock go on from another moment, as CLOCK_STARTS_AT asks. */
export function startClockAt(moment: Date): void {
  ahead = moment.getTime() - Date.now()
}
