import type { CalendarDay } from './day.ts'
import { currentRun, dayOfRun, phaseOn, PHASES, PLANNED, type Phase, type Run, type SiteId } from './run.ts'

/**
 * What the front page of a site tells of the campaign: a run in one of its phases, or nothing while no run is near. `run` is
 * the id of the run whose texts are shown, or `planned` for the texts that fit any run.
 */
export type Front = { readonly run: string; readonly phase: Phase } | 'quiet'

/**
 * The front of a site on a day. A run that is going on comes first; then a coming run, from the day it is announced;
 * then the last run that ended, as long as it is remembered; else nothing.
 */
export function frontOn(runs: readonly Run[], site: SiteId, day: CalendarDay): Front {
  const ofSite = runs.filter((run) => run.sites.includes(site))
  const current = currentRun(ofSite, site, day)
  if (current) return { run: textsOf(current), phase: 'during' }
  const announced = ofSite.find((run) => run.announcedFrom !== undefined && run.announcedFrom <= day && phaseOn(run, day) === 'before')
  if (announced) return { run: textsOf(announced), phase: 'before' }
  const ended = ofSite.filter((run) => phaseOn(run, day) === 'after').sort((a, b) => (a.lastDay < b.lastDay ? 1 : -1))[0]
  const remembered = ended !== undefined && (ended.rememberedUntil === undefined || day <= ended.rememberedUntil)
  return remembered ? { run: textsOf(ended), phase: 'after' } : 'quiet'
}

/**
 * How many of the diary's entries can be read on a day: during a run of the diary entry n appears on day n; outside
 * runs the diary is complete.
 */
export function entriesPublishedOn(runs: readonly Run[], day: CalendarDay, total: number): number {
  const run = currentRun(runs, 'diary', day)
  return run ? Math.min(dayOfRun(run, day), total) : total
}

/**
 * Every front that a site can ever show, also for runs that are planned later, so that all of them can be built beforehand.
 */
export function allFronts(runs: readonly Run[], site: SiteId): Front[] {
  const ofSite = runs.filter((run) => run.sites.includes(site)).map(({ id }) => id)
  return ['quiet', ...[PLANNED, ...ofSite].flatMap((run) => PHASES.map((phase) => ({ run, phase })))]
}

/** A front as one word of a path, `quiet` or `2027-spring.during`. */
export function frontKey(front: Front): string {
  return front === 'quiet' ? front : `${front.run}.${front.phase}`
}

/**
 * Reads back what `frontKey` wrote.
 * @throws RangeError for any other word.
 */
export function parseFrontKey(key: string): Front {
  if (key === 'quiet') return key
  const dot = key.lastIndexOf('.')
  const phase = PHASES.find((known) => known === key.slice(dot + 1))
  if (dot < 1 || !phase) throw new RangeError(`"${key}" is not the key of a front`)
  return { run: key.slice(0, dot), phase }
}

function textsOf(run: Run): string {
  return run.texts ?? run.id
}
