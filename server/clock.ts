import { ofProcess } from './of-process.ts'

/** How far this process is ahead of the clock, in milliseconds. */
const ahead = ofProcess<number>('clock')

/** The present moment. This file alone reads the clock: everything else is given the moment. */
export function now(): Date {
  return new Date(Date.now() + (ahead.value ?? 0))
}

/**
 * The moment of the machine itself, also where this process goes by another one. The library that signs people in knows no other, so a session
 * begins and ends by it.
 */
export function systemNow(): Date {
  return new Date()
}

/** Lets the clock go on from another moment, as CLOCK_STARTS_AT asks. */
export function startClockAt(moment: Date): void {
  ahead.value = moment.getTime() - Date.now()
}
