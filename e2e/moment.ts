/** The header with which a request chooses its moment, on a server that allows it. Written out: it is part of what is tested. */
export const MOMENT_HEADER = 'x-moment'

/** A moment with no run near it: the diary is complete. */
export const QUIET_MOMENT = '2026-11-24T12:00:00+01:00'

/** The fourth day of the run of 2027: entries 1 to 4 can be read, 4 is the newest. */
export const DAY_FOUR = '2027-03-28T12:00:00+02:00'
