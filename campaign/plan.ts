import { addDays, daysBetween, type CalendarDay } from './day.ts'
import { phaseOn, PLANNED, type Run } from './run.ts'
import { brokenRules, type BrokenRule, type RunRule } from './run-rules.ts'

/** A run as it was planned on the screen; one that was taken away is kept, so that it can be put back. */
export interface Plan<R extends Run = Run> {
  readonly run: R
  readonly removed: boolean
}

/** A run whose visitors are counted in a size, or not at all. */
export interface CountedRun extends Run {
  readonly visitors: string
}

/** The longest run that can be planned. Unit: calendar days. */
export const LONGEST_RUN = 366

/** How far ahead a run can be planned, so that a year with a typing error is noticed. Unit: calendar days. */
export const FARTHEST = 3660

/** The rules of a change: those of the list of runs, and that what has passed stays as it was. */
export type PlanRule = RunRule | 'ended' | 'fixed' | 'begun-already' | 'over-already' | 'too-long' | 'too-far'

/** A rule that a change breaks, and in which field. */
export interface BrokenPlanRule<R extends Run = Run> extends Omit<BrokenRule, 'rule' | 'field' | 'run'> {
  readonly rule: PlanRule
  readonly field: keyof R
  /** The run that breaks it: the changed one, or one that is announced while the changed one goes on. */
  readonly run: Run
}

/**
 * The runs of the moment: those that were written, each replaced by the plan with its id, and the other plans. A run whose
 * days or sites are not those that its texts were written for shows the texts that fit any run.
 */
export function runsOfTheMoment<R extends Run>(written: readonly R[], plans: readonly Plan<R>[]): R[] {
  const planOf = (id: string) => plans.find(({ run }) => run.id === id)
  const changed = written.flatMap((run) => {
    const plan = planOf(run.id)
    if (!plan) return [run]
    return plan.removed ? [] : [textsFit(run, plan.run) ? plan.run : { ...plan.run, texts: PLANNED }]
  })
  const added = plans.filter(({ run, removed }) => !removed && !written.some(({ id }) => id === run.id))
  return [...changed, ...added.map(({ run }) => ({ ...run, texts: PLANNED }))]
}

/**
 * Every rule that a change of the runs breaks; none when it may be made.
 * @param runs the runs of the moment
 * @param before the run as it is, absent for a new one
 * @param after the run as it would be
 */
export function brokenRulesOfPlan<R extends CountedRun>(
  runs: readonly R[],
  before: R | undefined,
  after: R,
  today: CalendarDay,
): BrokenPlanRule<R>[] {
  const broken: BrokenPlanRule<R>[] = []
  const report = (rule: PlanRule, field: keyof R) => broken.push({ rule, field, run: after })
  if (before && phaseOn(before, today) === 'after') return [{ rule: 'ended', field: 'lastDay', run: before }]
  if (before && phaseOn(before, today) === 'during') {
    for (const field of ['name', 'firstDay', 'sites', 'announcedFrom', 'visitors'] as const) {
      if (asText(before[field]) !== asText(after[field])) report('fixed', field)
    }
    if (after.lastDay < today) report('over-already', 'lastDay')
  } else if (after.firstDay <= today) {
    report('begun-already', 'firstDay')
  }
  if (daysBetween(after.firstDay, after.lastDay) >= LONGEST_RUN) report('too-long', 'lastDay')
  if (after.firstDay > addDays(today, FARTHEST)) report('too-far', 'firstDay')
  const others = runs.filter(({ id }) => id !== before?.id)
  return [...broken, ...brokenRules([...others, after]).filter(({ run, other }) => run === after || other === after)]
}

/** Whether a run can be taken away on a day: as long as it is to come. */
export function canBeRemoved(run: Run, today: CalendarDay): boolean {
  return phaseOn(run, today) === 'before'
}

function textsFit(written: Run, planned: Run): boolean {
  return (
    written.firstDay === planned.firstDay &&
    written.lastDay === planned.lastDay &&
    planned.sites.every((site) => written.sites.includes(site))
  )
}

function asText(value: string | readonly string[] | undefined): string {
  return typeof value === 'object' ? value.toSorted().join() : (value ?? '')
}
