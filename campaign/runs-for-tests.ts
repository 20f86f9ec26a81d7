import fc from 'fast-check'
import { addDays, parseDay } from './day.ts'
import type { Run, SiteId } from './run.ts'

/** A run from one day to another, on both sites unless said otherwise. */
export function run(
  id: string,
  firstDay: string,
  lastDay: string,
  more: { sites?: SiteId[]; announcedFrom?: string; rememberedUntil?: string } = {},
): Run {
  return {
    id,
    name: id,
    firstDay: parseDay(firstDay),
    lastDay: parseDay(lastDay),
    sites: more.sites ?? ['help', 'diary'],
    announcedFrom: more.announcedFrom === undefined ? undefined : parseDay(more.announcedFrom),
    rememberedUntil: more.rememberedUntil === undefined ? undefined : parseDay(more.rememberedUntil),
  }
}

export const SPRING_2014 = run('2014-spring', '2014-03-25', '2014-04-25')
export const JUNE_2014 = run('2014-june', '2014-06-01', '2014-06-30')
export const SPRING_2027 = run('2027-spring', '2027-03-25', '2027-04-25')
export const RUNS = [SPRING_2014, JUNE_2014, SPRING_2027]

const days = fc.integer({ min: 0, max: 400 }).map((count) => addDays(parseDay('2027-01-01'), count))
/** Runs of one to sixty-one days in 2027 and after. */
export const anyRuns = fc
  .tuple(days, fc.integer({ min: 0, max: 60 }))
  .map(([firstDay, length]) => run('any', firstDay, addDays(firstDay, length)))
