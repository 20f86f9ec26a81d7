import { PLANNED, type Run } from './run.ts'

/** The rules of a list of runs, each as one word. */
export type RunRule =
  'reserved-id' | 'id-twice' | 'reversed' | 'announced-late' | 'forgotten-early' | 'overlap' | 'announced-during'

/** A rule that a list of runs breaks: which rule, which run, in which field, and against which other run. */
export interface BrokenRule {
  readonly rule: RunRule
  readonly run: Run
  readonly field: keyof Run
  readonly other?: Run
}

/** A broken rule in words: which run, which field, what is wrong and what to do. */
export interface RunProblem {
  readonly run: string
  readonly field: keyof Run
  readonly problem: string
  readonly remedy: string
}

/**
 * Every rule that the runs break: an id that is used twice or for something else, a run that ends before it begins, an
 * announcement that comes too late or while an earlier run is still going on, a memory that ends too soon, and two runs that
 * overlap on a site.
 */
export function brokenRules(runs: readonly Run[]): BrokenRule[] {
  const broken: BrokenRule[] = []
  runs.forEach((run, index) => {
    const report = (rule: RunRule, field: keyof Run, other?: Run) =>
      broken.push({ rule, run, field, ...(other ? { other } : {}) })
    if (run.id === PLANNED) report('reserved-id', 'id')
    if (runs.findIndex(({ id }) => id === run.id) !== index) report('id-twice', 'id')
    if (run.lastDay < run.firstDay) report('reversed', 'lastDay')
    if (run.announcedFrom !== undefined && run.announcedFrom >= run.firstDay) report('announced-late', 'announcedFrom')
    if (run.rememberedUntil !== undefined && run.rememberedUntil <= run.lastDay)
      report('forgotten-early', 'rememberedUntil')
    for (const [place, other] of runs.entries()) {
      if (sharedSites(run, other).length === 0 || other.id === run.id) continue
      if (run.firstDay <= other.lastDay && other.firstDay <= run.lastDay) {
        if (place < index) report('overlap', 'firstDay', other)
      } else if (
        run.announcedFrom !== undefined &&
        run.announcedFrom <= other.lastDay &&
        other.lastDay < run.firstDay
      ) {
        report('announced-during', 'announcedFrom', other)
      }
    }
  })
  return broken
}

/** Every rule that the runs break, in words. */
export function problemsOfRuns(runs: readonly Run[]): RunProblem[] {
  return brokenRules(runs).map((broken) => ({ run: broken.run.id, field: broken.field, ...inWords(broken) }))
}

/** The sites that two runs have in common. */
export function sharedSites(one: Run, two: Run): Run['sites'] {
  return one.sites.filter((site) => two.sites.includes(site))
}

function inWords({ rule, run, other }: BrokenRule): Pick<RunProblem, 'problem' | 'remedy'> {
  switch (rule) {
    case 'reserved-id':
      return { problem: `the id "${run.id}" is the name of the texts that fit any run`, remedy: 'choose another id' }
    case 'id-twice':
      return { problem: `the id "${run.id}" is used twice`, remedy: 'give each run an id of its own' }
    case 'reversed':
      return {
        problem: `the run ends on ${run.lastDay}, before it begins on ${run.firstDay}`,
        remedy: 'swap the two days or correct one of them',
      }
    case 'announced-late':
      return {
        problem: `the run is announced on ${run.announcedFrom}, not before its first day ${run.firstDay}`,
        remedy: 'choose an earlier day or leave the field out',
      }
    case 'forgotten-early':
      return {
        problem: `the run is remembered until ${run.rememberedUntil}, not after its last day ${run.lastDay}`,
        remedy: 'choose a later day or leave the field out',
      }
    case 'overlap':
      return {
        problem: `the run overlaps with "${other?.id}" (${other?.firstDay} to ${other?.lastDay}) on ${(other ? sharedSites(run, other) : []).join(' and ')}`,
        remedy: 'move one of the two, or take the site out of one of them',
      }
    case 'announced-during':
      return {
        problem: `the run is announced on ${run.announcedFrom}, while "${other?.id}" runs until ${other?.lastDay}`,
        remedy: `choose a day after ${other?.lastDay}`,
      }
  }
}
