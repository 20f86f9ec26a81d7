import type { CalendarDay } from '#campaign/day.ts'
import { content } from '#server/content/content.ts'
import { linkTotals } from '#server/counts/link-totals.ts'
import { writtenAs } from '#server/counts/totals.ts'
import type { MadeLink } from '#server/management/links.ts'
import { management } from '#server/management/management.ts'
import { contentNow } from '#server/planned-runs.ts'
import { FRONT, labelOfEntry } from '#server/route.ts'
import { hasOwnCount, isActive } from '#sharing/share-link.ts'
import type { LinksTexts } from './links-texts.ts'
import { siteOf, type ManagerLanguage } from './totals-words.ts'

type Link = MadeLink['link']

/** What a link leads to, in words. */
export function targetInWords(t: LinksTexts, { site, label }: Link['target']): string {
  const { name } = siteOf(site)
  if (label === FRONT) return t('front', { site: name })
  const { pages, entries } = content().languages.nl
  const entry = entries.find(({ day }) => label === labelOfEntry(day))
  if (entry) return t('entry', { site: name, day: entry.day })
  return t('page', { site: name, title: pages.find(({ id }) => id === label)?.title ?? label })
}

/** How a link stands on a day. */
export function stateOf(link: Link, today: CalendarDay): 'active' | 'ended' | 'revoked' {
  return link.revoked ? 'revoked' : isActive(link, today) ? 'active' : 'ended'
}

/** What was published of links, for each run: the runs by their names. */
export async function countsOfLinks(
  language: ManagerLanguage,
): Promise<ReadonlyMap<string, readonly { readonly run: string; readonly visitors: string }[]>> {
  const { totals } = await management()
  const runs = contentNow().runs
  const counts = new Map<string, { run: string; visitors: string }[]>()
  for (const { run, label, visitors } of linkTotals(await totals.links())) {
    counts.set(label, [
      ...(counts.get(label) ?? []),
      { run: runs.find(({ id }) => id === run)?.name ?? run, visitors: writtenAs(visitors, language) },
    ])
  }
  return counts
}

/** The count of a link in words, whether it has one or not. */
export function countInWords(
  t: LinksTexts,
  link: Link,
  counts: readonly { readonly run: string; readonly visitors: string }[] | undefined,
): string {
  if (!hasOwnCount(link)) return t('notCounted')
  return counts ? counts.map(({ run, visitors }) => `${run}: ${visitors}`).join('; ') : t('noneYet')
}
