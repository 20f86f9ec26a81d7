import type { PublishedTotals, Strike } from '#store/published-totals.ts'
import type { ContentRun } from '../content/read.ts'
import { runTotals, type RunTotal, type ShownPeriod } from './totals.ts'

/** A closed day or week of a run of a site, with the total it is or is not part of. */
export interface StrikablePeriod {
  readonly total: RunTotal
  readonly period: ShownPeriod
  /** When and why it was left out. */
  readonly strike: Strike | undefined
}

/** A closed day or week by its name; undefined when nothing was published under that name. */
export async function strikablePeriod(
  published: PublishedTotals,
  runs: readonly ContentRun[],
  { run, site, period }: Readonly<Record<'run' | 'site' | 'period', string>>,
): Promise<StrikablePeriod | undefined> {
  const total = (await runTotals(published, runs, [run])).find(
    (candidate) => candidate.run === run && candidate.site === site,
  )
  const found = total?.periods.find((candidate) => candidate.period === period)
  if (!total || !found) return undefined
  const strike = (await published.strikes()).find(
    (candidate) => candidate.run === run && candidate.site === site && candidate.period === period,
  )
  return { total, period: found, strike }
}
