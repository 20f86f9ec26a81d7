import type { CalendarDay } from '#campaign/day.ts'
import type { Run, SiteId } from '#campaign/run.ts'
import { formatDay, formatDayOfYear, localeOf } from '#components/format.ts'
import type { TotalsTexts } from '#components/manage/totals-translator.ts'
import { content } from '#server/content/content.ts'
import type { Site } from '#server/content/read.ts'
import type { Choice } from '#server/counts/choice.ts'
import type { Closing } from '#server/counts/closing.ts'
import { OPENING, WINDOW } from '#server/counts/counted-page.ts'
import type { RunTotal, ShownPeriod } from '#server/counts/totals.ts'
import { contentNow } from '#server/planned-runs.ts'
import { FRONT } from '#server/route.ts'

export type ManagerLanguage = 'nl' | 'en'

/** A day in words, with its year. */
export function dayInWords(day: CalendarDay, language: ManagerLanguage): string {
  return formatDay(day, language)
}

/** A day in words, without its year. */
export function dayOfYearInWords(day: CalendarDay, language: ManagerLanguage): string {
  return formatDayOfYear(day, language)
}

/** A site with its names. */
export function siteOf(id: SiteId): Site {
  const site = content().sites.find((candidate) => candidate.id === id)
  if (!site) throw new Error(`content/sites.yaml has no site "${id}"`)
  return site
}

/** What a choice is called. */
export function nameOfChoice(choice: Choice): string {
  return choice.kind === 'run' ? choice.run.name : choice.year
}

/** A choice as it stands in a list, with its days. */
export function lineOfChoice(t: TotalsTexts, language: ManagerLanguage, choice: Choice): string {
  return choice.kind === 'run'
    ? t('choose.run', { name: choice.run.name, ...daysOf(language, choice.run) })
    : t('choose.year', { year: choice.year })
}

/** The first and last day of a run in words. */
export function daysOf(
  language: ManagerLanguage,
  { firstDay, lastDay }: Pick<Run, 'firstDay' | 'lastDay'>,
): { firstDay: string; lastDay: string } {
  return { firstDay: dayOfYearInWords(firstDay, language), lastDay: dayInWords(lastDay, language) }
}

/** A day or week in words. */
export function nameOfPeriod(
  t: TotalsTexts,
  language: ManagerLanguage,
  { period, firstDay, lastDay }: { period: string; firstDay: CalendarDay; lastDay: CalendarDay },
): string {
  const week = /W(\d+)$/.exec(period)?.[1]
  return week === undefined
    ? dayInWords(firstDay, language)
    : t('period.week', { week: Number(week), ...daysOf(language, { firstDay, lastDay }) })
}

/** How far the numbers of a run are final, in one or two sentences. */
export function closingSentence(t: TotalsTexts, language: ManagerLanguage, closing: Closing): string {
  switch (closing.kind) {
    case 'no-visitors':
      return t('closing.noVisitors')
    case 'not-counted':
      return t('closing.notCounted')
    case 'closed':
      return t('closing.closed', { day: dayInWords(closing.lastDay, language) })
    case 'going-on': {
      const until =
        closing.closedTo === undefined
          ? t('closing.none')
          : t('closing.until', { day: dayOfYearInWords(closing.closedTo, language) })
      return `${until}; ${t(`closing.${closing.when}`, { length: closing.length, day: dayOfYearInWords(closing.next.lastDay, language) })} ${t('closing.notLive')}`
    }
  }
}

/** Everything that must be told with the total of a run: from when it counts, whether it is full, and what is left out and why. */
export function notesOf(t: TotalsTexts, language: ManagerLanguage, { notes, periods }: RunTotal): string[] {
  return [
    ...notes.map((note) =>
      note.kind === 'saturated' ? t('note.saturated') : t('note.countedFrom', { day: dayInWords(note.day, language) }),
    ),
    ...periods.flatMap((period) =>
      period.struck === undefined
        ? []
        : [t('note.struck', { period: nameOfPeriod(t, language, period), reason: period.struck })],
    ),
  ]
}

/** The notes of several runs, each with the name of its run. */
export function notesOfRuns(
  t: TotalsTexts,
  language: ManagerLanguage,
  totals: readonly RunTotal[],
  nameOf: (run: string) => string,
): string[] {
  if (totals.length === 1 && totals[0]) return notesOf(t, language, totals[0])
  return totals.flatMap((total) =>
    notesOf(t, language, total).map((note) => t('note.ofRun', { run: nameOf(total.run), note })),
  )
}

/** What a counted page is called. One that is not there any more keeps the name it was counted by. */
export function nameOfPage(t: TotalsTexts, label: string): string {
  if (label === FRONT) return t('pages.front')
  if (label === WINDOW) return t('pages.window')
  if (label === OPENING) return t('pages.opening')
  return content().languages.nl.pages.find(({ id }) => id === label)?.title ?? label
}

/** Whether the periods of a total are weeks or days. */
export function lengthOf(periods: readonly ShownPeriod[]): 'day' | 'week' {
  return periods[0]?.period.includes('W') ? 'week' : 'day'
}

/** A day or week as it fits under a chart. */
export function shortNameOf({ period, firstDay }: ShownPeriod, language: ManagerLanguage): string {
  const week = /W(\d+)$/.exec(period)?.[0]
  return (
    week ??
    new Intl.DateTimeFormat(localeOf(language), { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(
      new Date(`${firstDay}T00:00:00Z`),
    )
  )
}

/** What a choice is called that is known by its word only. */
export function nameOfWord(word: string): string {
  return contentNow().runs.find(({ id }) => id === word)?.name ?? word.replace(/^jaar:/, '')
}
