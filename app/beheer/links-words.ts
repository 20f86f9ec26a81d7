import type { CalendarDay } from '#campaign/day.ts'
import { countsLinks } from '#counting/parameters.ts'
import { content } from '#server/content/content.ts'
import { linkTotals } from '#server/counts/link-totals.ts'
import { writtenAs } from '#server/counts/totals.ts'
import type { MadeLink } from '#server/management/links.ts'
import { management } from '#server/management/management.ts'
import { contentNow } from '#server/planned-runs.ts'
import { FRONT, labelOfEntry } from '#server/route.ts'
import { hasOwnCount, isActive } from '#sharing/share-link.ts'
import type { LinksTexts } from './links-texts.ts'
import { dayInWords, siteOf, type ManagerLanguage } from './totals-words.ts'

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

/** What is known of the visitors of a link in one run, in words. */
export interface CountOfLink {
  readonly run: string
  readonly visitors: string
}

/**
 * What can be said of the visitors of a link, for each run: of a run that is over the number, and of one that goes on until when it
 * must wait, or that the run is too small. Nothing is said of runs that are not there.
 */
export async function countsOfLinks(
  t: LinksTexts,
  language: ManagerLanguage,
  today: CalendarDay,
): Promise<(link: Link) => readonly CountOfLink[]> {
  const { totals } = await management()
  const runs = contentNow().runs
  const published = linkTotals(await totals.links(), runs, today)
  return (link) => {
    const goingOn = runs.filter(
      ({ sites, firstDay, lastDay }) => sites.includes(link.target.site) && firstDay <= today && lastDay >= today,
    )
    return [
      ...goingOn.map(({ name, visitors, lastDay }) => ({
        run: name,
        visitors: countsLinks(visitors) ? t('waits', { day: dayInWords(lastDay, language) }) : t('smallRun'),
      })),
      ...published
        .filter(({ label }) => label === link.code)
        .map(({ run, visitors }) => ({
          run: runs.find(({ id }) => id === run)?.name ?? run,
          visitors: writtenAs(visitors, language),
        })),
    ]
  }
}

/** The count of a link in words, whether it has one or not. */
export function countInWords(t: LinksTexts, link: Link, counts: readonly CountOfLink[]): string {
  if (!hasOwnCount(link)) return t('notCounted')
  return counts.length > 0 ? counts.map(({ run, visitors }) => `${run}: ${visitors}`).join('; ') : t('noneYet')
}
