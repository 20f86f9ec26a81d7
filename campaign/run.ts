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
}

export const PHASES = ['before', 'during', 'after'] as const
export type Phase = (typeof PHASES)[number]

/** A rule that a list of runs breaks: which run, which field, what is wrong and what to do. */
export interface RunProblem {
  readonly run: string
  readonly field: keyof Run
  readonly problem: string
  readonly remedy: string
}

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

/**
 * Every rule that the runs break: an id used twice, a run that ends before it begins, an announcement that comes too
 * late or while an earlier run is still going on, a memory that ends too soon, and two runs that overlap on a site.
 */
export function problemsOfRuns(runs: readonly Run[]): RunProblem[] {
  const problems: RunProblem[] = []
  runs.forEach((run, index) => {
    const report = (field: keyof Run, problem: string, remedy: string) => problems.push({ run: run.id, field, problem, remedy })
    if (runs.findIndex(({ id }) => id === run.id) !== index) {
      report('id', `the id "${run.id}" is used twice`, 'give each run an id of its own')
    }
    if (run.lastDay < run.firstDay) {
      report('lastDay', `the run ends on ${run.lastDay}, before it begins on ${run.firstDay}`, 'swap the two days or correct one of them')
    }
    if (run.announcedFrom !== undefined && run.announcedFrom >= run.firstDay) {
      report('announcedFrom', `the run is announced on ${run.announcedFrom}, not before its first day ${run.firstDay}`, 'choose an earlier day or leave the field out')
    }
    if (run.rememberedUntil !== undefined && run.rememberedUntil <= run.lastDay) {
      report('rememberedUntil', `the run is remembered until ${run.rememberedUntil}, not after its last day ${run.lastDay}`, 'choose a later day or leave the field out')
    }
    for (const [place, other] of runs.entries()) {
      const shared = run.sites.filter((site) => other.sites.includes(site))
      if (shared.length === 0 || other.id === run.id) continue
      if (run.firstDay <= other.lastDay && other.firstDay <= run.lastDay) {
        if (place < index) report('firstDay', `the run overlaps with "${other.id}" (${other.firstDay} to ${other.lastDay}) on ${shared.join(' and ')}`, 'move one of the two, or take the site out of one of them')
      } else if (run.announcedFrom !== undefined && run.announcedFrom <= other.lastDay && other.lastDay < run.firstDay) {
        report('announcedFrom', `the run is announced on ${run.announcedFrom}, while "${other.id}" runs until ${other.lastDay}`, `choose a day after ${other.lastDay}`)
      }
    }
  })
  return problems
}
