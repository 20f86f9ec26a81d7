import { addDays, type CalendarDay } from './day.ts'
import { currentRun, dayOfRun, phaseOn, PHASES, PLANNED, type Phase, type Run, type SiteId } from './run.ts'

/**
 * What the front page of a site tells of the campaign: a run in one of its phases, or nothing while no run is near. `run` is
 * the id of the run whose texts are shown, or `planned` for the texts that fit any run.
 */
export type Front = { readonly run: string; readonly phase: Phase } | 'quiet'

/** A run in one of its phases, as the front page of a site speaks of it. */
export interface Shown<R extends Run = Run> {
  readonly run: R
  readonly phase: Phase
}

/** Days on which the front page of a site speaks of the same run in the same phase, both ends inclusive. */
export interface Span<R extends Run = Run> extends Shown<R> {
  readonly firstDay: CalendarDay
  readonly lastDay: CalendarDay
}

/**
 * The run that the front of a site speaks of on a day. A run that is going on comes first; then a coming run, from the day it
 * is announced; then the last run that ended, as long as it is remembered; else none.
 */
export function shownOn<R extends Run>(runs: readonly R[], site: SiteId, day: CalendarDay): Shown<R> | undefined {
  const ofSite = runs.filter((run) => run.sites.includes(site))
  const current = ofSite.find((run) => phaseOn(run, day) === 'during')
  if (current) return { run: current, phase: 'during' }
  const announced = ofSite.find(
    (run) => run.announcedFrom !== undefined && run.announcedFrom <= day && phaseOn(run, day) === 'before',
  )
  if (announced) return { run: announced, phase: 'before' }
  const ended = ofSite
    .filter((run) => phaseOn(run, day) === 'after')
    .sort((a, b) => (a.lastDay < b.lastDay ? 1 : -1))[0]
  const remembered = ended !== undefined && (ended.rememberedUntil === undefined || day <= ended.rememberedUntil)
  return remembered ? { run: ended, phase: 'after' } : undefined
}

/** What the front of a site speaks of from one day to another, both inclusive, without the days on which it is quiet. */
export function spansBetween<R extends Run>(
  runs: readonly R[],
  site: SiteId,
  firstDay: CalendarDay,
  lastDay: CalendarDay,
): Span<R>[] {
  const spans: Span<R>[] = []
  for (let day = firstDay; day <= lastDay; day = addDays(day, 1)) {
    const shown = shownOn(runs, site, day)
    const last = spans.at(-1)
    if (!shown) continue
    if (last && last.run === shown.run && last.phase === shown.phase && last.lastDay === addDays(day, -1))
      spans[spans.length - 1] = { ...last, lastDay: day }
    else spans.push({ ...shown, firstDay: day, lastDay: day })
  }
  return spans
}

/** The front of a site on a day. */
export function frontOn(runs: readonly Run[], site: SiteId, day: CalendarDay): Front {
  const shown = shownOn(runs, site, day)
  return shown ? { run: shown.run.texts ?? shown.run.id, phase: shown.phase } : 'quiet'
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
