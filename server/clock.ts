import { ofProcess } from './of-process.ts'

/** How far this process is ahead of the clock, in milliseconds. */
const ahead = ofProcess<number>('clock')

/** The present moment. The only place that reads the clock: everything else is given the moment. */
export function now(): Date {
  return new Date(Date.now() + (ahead.value ?? 0))
}

/** Lets the clock go on from another moment, as CLOCK_STARTS_AT asks. */
export function startClockAt(moment: Date): void {
  ahead.value = moment.getTime() - Date.now()
}
