import { daysBetween, type CalendarDay } from './day.ts'

export type SiteId = 'help' | 'diary'

/** A dated stretch of the campaign: first and last day inclusive, in Europe/Amsterdam. */
export interface Run {
  readonly id: string
  readonly name: string
  readonly firstDay: CalendarDay
  readonly lastDay: CalendarDay
  readonly sites: readonly SiteId[]
  /** From this day the front pages speak of the run that is coming. Absent: they keep silent until the first day. */
  readonly announcedFrom?: CalendarDay | undefined
  /** Until this day, inclusive, the front pages still speak of the run that ended. Absent: until another run comes. */
  readonly rememberedUntil?: CalendarDay | undefined
  /** `planned`: its front pages show the texts that fit any run. Absent: those that were written for it. */
  readonly texts?: typeof PLANNED | undefined
}

/** The name of the front texts that fit any run; so no run may be called so. */
export const PLANNED = 'planned'

export const PHASES = ['before', 'during', 'after'] as const
export type Phase = (typeof PHASES)[number]

/** Where a day lies with respect to a run. */
export function phaseOn(run: Run, day: CalendarDay): Phase {
  if (day < run.firstDay) return 'before'
  return day > run.lastDay ? 'after' : 'during'
}

/** The number of a day within its run: 1 on the first day. Meaningful only during the run. Unit: calendar days. */
export function dayOfRun(run: Run, day: CalendarDay): number {
  return daysBetween(run.firstDay, day) + 1
}

/** The run that is going on for a site on a day, if there is one. Runs of one site never overlap (`problemsOfRuns`). */
export function currentRun(runs: readonly Run[], site: SiteId, day: CalendarDay): Run | undefined {
  return runs.find((run) => run.sites.includes(site) && phaseOn(run, day) === 'during')
}
