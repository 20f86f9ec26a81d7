import { addDays, daysBetween, type CalendarDay } from '#campaign/day.ts'
import { monthOf, weekOf } from '#campaign/period.ts'
import { PHASES, type Phase, type SiteId } from '#campaign/run.ts'
import { shownAs, sumOf, type Estimate, type Shown } from '#counting/estimate.ts'
import { SHOWN_FROM } from '#counting/parameters.ts'
import type { EarlierTotal, PublishedTally, PublishedTotals } from '#store/published-totals.ts'
import { LANGUAGES, type ContentRun, type Language } from '../content/read.ts'
import { choicesOn, chosen, runsOf, type Choice } from './choice.ts'
import { closingOf, type Closing } from './closing.ts'
import { linkTotals, type LinkTotal } from './link-totals.ts'
import { runTotals, sumsOf, type RunTotal, type TallyTotal } from './totals.ts'

/** How many runs stand beside each other at most, the chosen one among them. */
const COMPARED = 6
/** How long before and after a run its visits are looked at. Unit: days. */
const AROUND = 28
const MOST_PAGES = 12

/** The visitors of one site in everything that was chosen. */
export interface SiteTotal {
  readonly site: SiteId
  /** Absent while nothing is closed. */
  readonly visitors: Shown | undefined
  readonly runs: readonly RunTotal[]
}

/** A run in a row of runs. */
export interface ComparedRun {
  readonly run: ContentRun
  readonly totals: readonly RunTotal[]
  readonly isChosen: boolean
}

/** Visits from elsewhere in a stretch of days, with the same per week. */
export interface PhaseVisits {
  readonly phase: Phase
  readonly days: number
  readonly visits: Shown
  readonly perWeek: Shown
}

/** What the overview shows of a choice. Every number in it was published. */
export interface Overview {
  readonly choice: Choice
  readonly choices: readonly Choice[]
  readonly sites: readonly SiteTotal[]
  /** How far the numbers are final; for each run of a year. */
  readonly closings: readonly { readonly run: ContentRun; readonly closing: Closing }[]
  readonly compared: readonly ComparedRun[]
  /** Totals that others published before this site counted. */
  readonly earlier: readonly EarlierTotal[]
  /** Of a run: visits before, during and after it, for each site; empty for a year. */
  readonly around: readonly { readonly site: SiteId; readonly phases: readonly PhaseVisits[] }[]
  /** Page opens in the closed months that the choice touches. */
  readonly pages: readonly { readonly site: SiteId; readonly most: readonly TallyTotal[] }[]
  readonly entries: readonly { readonly day: number; readonly opens: Shown }[]
  /** Visits in the same months by the language that they began in, as the languages of the site are ordered; none while no month is closed. */
  readonly languages: readonly {
    readonly language: Language
    readonly visits: readonly { readonly site: SiteId; readonly shown: Shown }[]
  }[]
  readonly months: { readonly firstDay: CalendarDay; readonly lastDay: CalendarDay }
  /** Of a run that is over. */
  readonly links: readonly LinkTotal[]
  /** Nothing was ever closed here. */
  readonly isNew: boolean
  /** The run that begins next. */
  readonly coming: ContentRun | undefined
}

/**
 * Reads what the overview shows of a choice, and nothing else: the time it takes does not grow with the years.
 * @param word the choice as an address names it
 * @returns undefined when there is no such choice
 */
export async function overviewOf(
  published: PublishedTotals,
  runs: readonly ContentRun[],
  word: string | undefined,
  today: CalendarDay,
): Promise<Overview | undefined> {
  const earlier = await published.earlierTotals()
  const publishedRuns = await published.runs()
  const choices = choicesOn(today, runs, publishedRuns, earlier)
  const choice = chosen(choices, word)
  if (!choice) return undefined
  const chosenRuns = runsOf(choice, choices)
  const compared = comparedWith(chosenRuns, choices)
  const totals = await runTotals(published, runs, [...new Set([...chosenRuns, ...compared].map(({ id }) => id))])
  const of = (run: ContentRun) => totals.filter((total) => total.run === run.id)

  const [firstDay, lastDay] = daysOf(choice, chosenRuns)
  const [from, to] =
    choice.kind === 'run' ? [addDays(firstDay, -AROUND), addDays(lastDay, AROUND)] : [firstDay, lastDay]
  const months = { firstDay: monthOf(firstDay).firstDay, lastDay: monthOf(lastDay).lastDay }
  const tallies = await published.tallies(
    least(weekOf(from).firstDay, months.firstDay),
    most(weekOf(to).lastDay, months.lastDay),
  )
  const inMonths = sumsOf(
    tallies.filter((tally) => tally.firstDay >= months.firstDay && tally.lastDay <= months.lastDay),
  )
  const sums = inMonths.filter(({ series }) => series === 'opens')
  const sites = sitesOf(choice, chosenRuns)
  return {
    choice,
    choices,
    sites: sites.map((site) =>
      siteTotal(
        site,
        chosenRuns.flatMap(of).filter((total) => total.site === site),
      ),
    ),
    closings: chosenRuns.map((run) => ({ run, closing: closingOf(run, of(run), today) })),
    compared: compared.map((run) => ({ run, totals: of(run), isChosen: chosenRuns.includes(run) })),
    earlier,
    around:
      choice.kind === 'run'
        ? sites.map((site) => ({
            site,
            phases: visitsAround(
              choice.run,
              tallies.filter((tally) => tally.site === site && tally.series === 'visits'),
            ),
          }))
        : [],
    pages: sites
      .map((site) => ({
        site,
        most: sums.filter((total) => total.site === site && entryOf(total) === undefined).slice(0, MOST_PAGES),
      }))
      .filter(({ most }) => most.length > 0),
    entries: sums.flatMap((total) => entryOf(total) ?? []).sort((a, b) => a.day - b.day),
    languages: languagesOf(inMonths, sites),
    months,
    links: linkTotals(choice.kind === 'run' ? await published.links(choice.run.id) : [], chosenRuns, today),
    isNew: publishedRuns.length === 0,
    coming: runs.filter((run) => run.firstDay > today).sort((a, b) => (a.firstDay < b.firstDay ? -1 : 1))[0],
  }
}

/** The chosen runs beside the ones before them, the newest first. */
function comparedWith(chosenRuns: readonly ContentRun[], choices: readonly Choice[]): ContentRun[] {
  const newest = chosenRuns[0]
  if (!newest) return []
  const before = choices.flatMap((choice) =>
    choice.kind === 'run' && choice.run.firstDay <= newest.firstDay ? [choice.run] : [],
  )
  return before.slice(0, Math.max(COMPARED, chosenRuns.length))
}

/** The sites that a choice is about. */
export function sitesOf(choice: Choice, runs: readonly ContentRun[]): SiteId[] {
  const sites = (['help', 'diary'] as const).filter((site) => runs.some((run) => run.sites.includes(site)))
  return sites.length > 0 || choice.kind === 'run' ? sites : ['help', 'diary']
}

function daysOf(choice: Choice, runs: readonly ContentRun[]): [CalendarDay, CalendarDay] {
  if (choice.kind === 'year') return [`${choice.year}-01-01` as CalendarDay, `${choice.year}-12-31` as CalendarDay]
  const { firstDay, lastDay } = runs[0] ?? choice.run
  return [firstDay, lastDay]
}

/** The visitors of a site in some runs, added up. */
export function siteTotal(site: SiteId, runs: readonly RunTotal[]): SiteTotal {
  const only = runs.length === 1 ? runs[0] : undefined
  const visitors = only
    ? only.visitors
    : runs.length === 0
      ? undefined
      : shownAs(sumOf(runs.map(({ estimate }) => estimate)), SHOWN_FROM.visitors)
  return { site, visitors, runs }
}

function languagesOf(sums: readonly TallyTotal[], sites: readonly SiteId[]): Overview['languages'] {
  const visits = (language: Language) =>
    sites.flatMap((site) => {
      const sum = sums.find((total) => total.series === 'languages' && total.label === language && total.site === site)
      return sum ? [{ site, shown: sum.shown }] : []
    })
  return LANGUAGES.map((language) => ({ language, visits: visits(language) })).filter((row) => row.visits.length > 0)
}

function entryOf({ site, label, shown }: TallyTotal): { day: number; opens: Shown } | undefined {
  const day = site === 'diary' ? /^entry-(\d+)$/.exec(label)?.[1] : undefined
  return day === undefined ? undefined : { day: Number(day), opens: shown }
}

/**
 * Visits of one site before, during and after a run. During a run they are published by day, outside by week; a week that
 * touches a run has the days outside it only.
 */
function visitsAround(run: ContentRun, visits: readonly PublishedTally[]): PhaseVisits[] {
  const phaseOf = ({ period, firstDay, lastDay }: PublishedTally): Phase | undefined => {
    if (!period.includes('W')) return firstDay >= run.firstDay && lastDay <= run.lastDay ? 'during' : undefined
    if (firstDay < run.firstDay && lastDay > run.lastDay) return undefined
    return firstDay < run.firstDay ? 'before' : lastDay > run.lastDay ? 'after' : undefined
  }
  const daysIn = ({ firstDay, lastDay }: PublishedTally, phase: Phase): number => {
    const [first, last] =
      phase === 'before'
        ? [firstDay, least(lastDay, addDays(run.firstDay, -1))]
        : phase === 'after'
          ? [most(firstDay, addDays(run.lastDay, 1)), lastDay]
          : [firstDay, lastDay]
    return daysBetween(first, last) + 1
  }
  return PHASES.flatMap((phase) => {
    const ofPhase = visits.filter((tally) => phaseOf(tally) === phase)
    const [sum] = sumsOf(ofPhase)
    if (!sum) return []
    const days = ofPhase.reduce((all, tally) => all + daysIn(tally, phase), 0)
    return [
      {
        phase,
        days,
        visits: sum.shown,
        perWeek: perWeekOf(sum, days),
      },
    ]
  })
}

/** What is hidden stays so: a stretch of a few days would else show by the week what it must not show by itself. */
function perWeekOf({ estimate, shown }: TallyTotal, days: number): Shown {
  if (shown.kind !== 'about') return { ...shown, atMost: Math.ceil((shown.atMost * 7) / days / 10) * 10 }
  return shownAs(times(estimate, 7 / days), SHOWN_FROM.visits)
}

function times({ value, error }: Estimate, factor: number): Estimate {
  return { value: value * factor, error: error * factor }
}

function least(one: CalendarDay, other: CalendarDay): CalendarDay {
  return one < other ? one : other
}

function most(one: CalendarDay, other: CalendarDay): CalendarDay {
  return one > other ? one : other
}
