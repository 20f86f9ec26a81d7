import type { SiteId } from '#campaign/run.ts'
import { shownAs, sumOf, type Shown } from '#counting/estimate.ts'
import { SHOWN_FROM } from '#counting/parameters.ts'
import type { PublishedLink } from '#store/published-totals.ts'

/** Visitors by one share link in a run, in the weeks that are closed. */
export interface LinkTotal {
  readonly run: string
  readonly site: SiteId
  /** The code of the link. */
  readonly label: string
  readonly visitors: Shown
}

/** The weeks of links added up for each run, the link that brought most first. */
export function linkTotals(links: readonly PublishedLink[]): LinkTotal[] {
  const groups = new Map<string, [PublishedLink, ...PublishedLink[]]>()
  for (const link of links) {
    const name = `${link.run} ${link.site} ${link.label}`
    groups.set(name, [link, ...(groups.get(name) ?? [])])
  }
  return [...groups.values()]
    .map((weeks) => ({
      of: weeks[0],
      estimate: sumOf(weeks.map(({ value, milliError }) => ({ value, error: milliError / 1000 }))),
    }))
    .sort((a, b) => b.estimate.value - a.estimate.value)
    .map(({ of: { run, site, label }, estimate }) => ({
      run,
      site,
      label,
      visitors: shownAs(estimate, SHOWN_FROM.link),
    }))
}
