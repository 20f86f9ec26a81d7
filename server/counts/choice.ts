import type { CalendarDay } from '#campaign/day.ts'
import type { EarlierTotal, PublishedRun } from '#store/published-totals.ts'
import type { ContentRun } from '../content/read.ts'

/** What the totals are of: one run, or the runs that began in one year. */
export type Choice =
  { readonly kind: 'run'; readonly run: ContentRun } | { readonly kind: 'year'; readonly year: string }

/** What stands before a year in an address. The id of a run has no colon. */
const YEAR = 'jaar:'

/** A choice as one word of an address: the id of a run, or `jaar:2027`. */
export function wordOf(choice: Choice): string {
  return choice.kind === 'run' ? choice.run.id : `${YEAR}${choice.year}`
}

/**
 * Everything that can be chosen on a day: the runs that began, the last one first, and the years of these runs and of totals that
 * others published before.
 * @param published the runs of which the store has numbers; one that the runs do not name any more is there by its id
 */
export function choicesOn(
  today: CalendarDay,
  runs: readonly ContentRun[],
  published: readonly PublishedRun[],
  earlier: readonly EarlierTotal[],
): Choice[] {
  const unnamed = published
    .filter(({ run }) => !runs.some(({ id }) => id === run))
    .map(({ run, firstDay, lastDay }): ContentRun => ({
      id: run,
      name: run,
      firstDay,
      lastDay,
      sites: ['help', 'diary'],
      visitors: 'standard',
    }))
  const begun = [...runs, ...unnamed]
    .filter(({ firstDay }) => firstDay <= today)
    .sort((a, b) => (a.firstDay < b.firstDay ? 1 : -1))
  const years = new Set([...begun, ...earlier].map(({ firstDay }) => firstDay.slice(0, 4)))
  return [
    ...begun.map((run): Choice => ({ kind: 'run', run })),
    ...[...years]
      .sort()
      .reverse()
      .map((year): Choice => ({ kind: 'year', year })),
  ]
}

/** The choice that an address names; without a name the run that goes on, or the last one that began. Absent: there is none like that. */
export function chosen(choices: readonly Choice[], word: string | undefined): Choice | undefined {
  return word === undefined || word === '' ? choices[0] : choices.find((choice) => wordOf(choice) === word)
}

/** The runs that a choice is about. */
export function runsOf(choice: Choice, choices: readonly Choice[]): ContentRun[] {
  if (choice.kind === 'run') return [choice.run]
  return choices.flatMap((other) =>
    other.kind === 'run' && other.run.firstDay.startsWith(choice.year) ? [other.run] : [],
  )
}
