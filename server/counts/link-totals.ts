import type { CalendarDay } from '#campaign/day.ts'
import type { Run, SiteId } from '#campaign/run.ts'
import { byShown, shownAs, sumOf, type Shown } from '#counting/estimate.ts'
import { SHOWN_FROM } from '#counting/parameters.ts'
import type { PublishedLink } from '#store/published-totals.ts'

/** Visitors by one share link in a run that is over. */
export interface LinkTotal {
  readonly run: string
  readonly site: SiteId
  /** The code of the link. */
  readonly label: string
  /** The day from which it was counted: later than the run began when the link was made later, or its count began anew. */
  readonly firstDay: CalendarDay
  readonly visitors: Shown
}

/**
 * The visitors of each link in each run that is over, the link that brought most first. While a run goes on nothing of its links
 * is shown: a number that still grows is no result.
 */
export function linkTotals(links: readonly PublishedLink[], runs: readonly Run[], today: CalendarDay): LinkTotal[] {
  const goingOn = new Set(runs.filter(({ lastDay }) => lastDay >= today).map(({ id }) => id))
  const groups = new Map<string, [PublishedLink, ...PublishedLink[]]>()
  for (const link of links) {
    if (goingOn.has(link.run)) continue
    const name = `${link.run} ${link.site} ${link.label}`
    groups.set(name, [link, ...(groups.get(name) ?? [])])
  }
  return [...groups]
    .map(([name, cells]) => ({
      name,
      of: cells[0],
      firstDay: cells.map((cell) => cell.firstDay).sort()[0] ?? cells[0].firstDay,
      shown: shownAs(
        sumOf(cells.map(({ value, milliError }) => ({ value, error: milliError / 1000 }))),
        SHOWN_FROM.link,
      ),
    }))
    .sort(byShown)
    .map(({ of: { run, site, label }, firstDay, shown }) => ({ run, site, label, firstDay, visitors: shown }))
}
