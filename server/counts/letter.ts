import type { CalendarDay } from '#campaign/day.ts'
import type { PublishedTotals } from '#store/published-totals.ts'
import type { ContentRun } from '../content/read.ts'
import { choicesOn, chosen, runsOf, type Choice } from './choice.ts'
import { closingOf, type Closing } from './closing.ts'
import { siteTotal, sitesOf, type SiteTotal } from './overview.ts'
import { runTotals } from './totals.ts'

/** What a letter or a file tells of a choice: the visitors, and everything that must be told with them. */
export interface Letter {
  readonly choice: Choice
  readonly runs: readonly ContentRun[]
  /** The sites of which something is closed. */
  readonly sites: readonly (SiteTotal & { readonly visitors: NonNullable<SiteTotal['visitors']> })[]
  readonly closings: readonly { readonly run: ContentRun; readonly closing: Closing }[]
  /** The first day that is counted, and the last one that is closed. */
  readonly firstDay: CalendarDay
  readonly lastDay: CalendarDay
  /** The day on which it was made. */
  readonly day: CalendarDay
  readonly isDemonstration: boolean
}

/**
 * The letter of a choice.
 * @returns undefined when there is no such choice, or nothing of it is closed
 */
export async function letterOf(
  published: PublishedTotals,
  runs: readonly ContentRun[],
  word: string | undefined,
  today: CalendarDay,
): Promise<Letter | undefined> {
  const choices = choicesOn(today, runs, await published.runs(), await published.earlierTotals())
  const choice = chosen(choices, word)
  if (!choice) return undefined
  const chosenRuns = runsOf(choice, choices)
  const totals = await runTotals(
    published,
    runs,
    chosenRuns.map(({ id }) => id),
  )
  const sites = sitesOf(choice, chosenRuns)
    .map((site) =>
      siteTotal(
        site,
        totals.filter((total) => total.site === site),
      ),
    )
    .flatMap(({ visitors, ...site }) => (visitors ? [{ ...site, visitors }] : []))
  const periods = totals.flatMap((total) => total.periods)
  const [firstDay] = periods.map((period) => period.firstDay).sort()
  const lastDay = periods
    .map((period) => period.lastDay)
    .sort()
    .at(-1)
  if (firstDay === undefined || lastDay === undefined) return undefined
  const closings = chosenRuns.map((run) => ({
    run,
    closing: closingOf(
      run,
      totals.filter((total) => total.run === run.id),
      today,
    ),
  }))
  return {
    choice,
    runs: chosenRuns,
    sites,
    closings,
    firstDay,
    lastDay,
    day: today,
    isDemonstration: await published.isDemonstration(),
  }
}
