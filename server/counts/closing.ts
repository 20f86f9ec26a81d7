import { addDays, type CalendarDay } from '#campaign/day.ts'
import { periodsBetween, type Period } from '#campaign/period.ts'
import { SIZES } from '#counting/parameters.ts'
import type { ContentRun } from '../content/read.ts'
import type { RunTotal } from './totals.ts'

/** How far the numbers of a run are final. A number is published once, when its day or week is over. */
export type Closing =
  /** The run counts visits only. */
  | { readonly kind: 'no-visitors' }
  /** It is over, and nothing was counted. */
  | { readonly kind: 'not-counted' }
  /** It goes on: closed up to a day, if any is; the next day or week closes in the night after its last day. */
  | {
      readonly kind: 'going-on'
      readonly closedTo: CalendarDay | undefined
      readonly next: Period
      readonly length: 'day' | 'week'
      readonly when: 'tonight' | 'later' | 'now' | 'late'
    }
  /** Everything is closed. */
  | { readonly kind: 'closed'; readonly lastDay: CalendarDay }

/** @param totals of this run, one for each site that has any */
export function closingOf(run: ContentRun, totals: readonly RunTotal[], today: CalendarDay): Closing {
  if (run.visitors === 'none') return { kind: 'no-visitors' }
  const length = SIZES[run.visitors].period
  const lastDays = totals.flatMap(({ periods }) => periods.at(-1)?.lastDay ?? []).sort()
  const closedTo = lastDays[0]
  if (closedTo === undefined && run.lastDay < today) return { kind: 'not-counted' }
  const next = periodsBetween(run.firstDay, run.lastDay, length).find(({ lastDay }) =>
    closedTo === undefined ? lastDay >= today : lastDay > closedTo,
  )
  if (!next) return { kind: 'closed', lastDay: run.lastDay }
  const when =
    next.lastDay === today
      ? 'tonight'
      : next.lastDay > today
        ? 'later'
        : addDays(next.lastDay, 1) === today
          ? 'now'
          : 'late'
  return { kind: 'going-on', closedTo, next, length, when }
}
