// The bundles of the framework each have their own copy of this file; the process has one clock.
const AHEAD = Symbol.for('jouw-ja.clock')
const held = globalThis as { [AHEAD]?: number }

/** The present moment. The only place that reads the clock: everything else is given the moment. */
export function now(): Date {
  return new Date(Date.now() + (held[AHEAD] ?? 0))
}

/** Lets the clock go on from another moment, as CLOCK_STARTS_AT asks. */
export function startClockAt(moment: Date): void {
  held[AHEAD] = moment.getTime() - Date.now()
}
