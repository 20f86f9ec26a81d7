import type { CalendarDay } from '#campaign/day.ts'
import type { Run, SiteId } from '#campaign/run.ts'
import { byShown, isSaturated, shownAs, sumOf, visitorsOver, type Estimate, type Shown } from '#counting/estimate.ts'
import { SHOWN_FROM, SIZES, TALLY_EPSILON } from '#counting/parameters.ts'
import { noiseVariance } from '#counting/randomness.ts'
import type { TallySeries } from '#store/count-store.ts'
import type { PublishedPeriod, PublishedTally, PublishedTotals, Strike } from '#store/published-totals.ts'

/** A closed day or week of a run, as it is shown. */
export interface ShownPeriod {
  readonly period: string
  readonly firstDay: CalendarDay
  readonly lastDay: CalendarDay
  readonly visitors: Shown
  /** Why it is left out of the total; absent when it is part of it. */
  readonly struck?: string
}

/** What to tell with a total. */
export type TotalNote =
  /** Counting began after the first day, or began again, from this day. */
  | { readonly kind: 'counted-from'; readonly day: CalendarDay }
  /** The size of the count is too small for so many visitors; the number is too uncertain. */
  | { readonly kind: 'saturated' }

/** The visitors of a run of a site, as far as its days are closed. */
export interface RunTotal {
  readonly run: string
  readonly site: SiteId
  readonly estimate: Estimate
  readonly visitors: Shown
  readonly periods: readonly ShownPeriod[]
  readonly notes: readonly TotalNote[]
}

/**
 * The total of every run of every site of which something was published, made of published numbers alone.
 * @param only read these runs and no others; absent: all
 */
export async function runTotals(
  published: PublishedTotals,
  runs: readonly Run[],
  only?: readonly string[],
): Promise<RunTotal[]> {
  const [periods, strikes] = [await published.periods(only), await published.strikes()]
  const groups = new Map<string, PublishedPeriod[]>()
  for (const period of periods) {
    const key = `${period.run} ${period.site}`
    groups.set(key, [...(groups.get(key) ?? []), period])
  }
  return [...groups.values()].map((ofRun) => runTotal(ofRun, strikes, runs))
}

function runTotal(periods: readonly PublishedPeriod[], strikes: readonly Strike[], runs: readonly Run[]): RunTotal {
  const [{ run, site }] = periods as readonly [PublishedPeriod, ...PublishedPeriod[]]
  const struck = new Map(
    strikes
      .filter((strike) => strike.run === run && strike.site === site)
      .map(({ period, reason }) => [period, reason]),
  )
  const numbers = [...new Set(periods.map(({ number }) => number))].sort((a, b) => a - b)
  const sketches = numbers.map((number) =>
    periods.filter((period) => period.number === number).sort((a, b) => (a.firstDay < b.firstDay ? -1 : 1)),
  )
  const over = (wanted: (period: string) => boolean) =>
    sumOf(sketches.map((sketch) => visitorsOver(bucketsOf(sketch), sketch, ({ period }) => wanted(period))))
  const estimate = over((period) => !struck.has(period))

  // A day on which counting began again was published by two sketches, and is one row.
  const days = [...new Map(periods.map((period) => [period.period, period])).values()].sort((a, b) =>
    a.firstDay < b.firstDay ? -1 : 1,
  )
  return {
    run,
    site,
    estimate,
    visitors: shownAs(estimate, SHOWN_FROM.visitors),
    periods: days.map(({ period, firstDay, lastDay }) => {
      const reason = struck.get(period)
      return {
        period,
        firstDay,
        lastDay,
        visitors: shownAs(
          over((other) => other === period),
          SHOWN_FROM.visitors,
        ),
        ...(reason === undefined ? {} : { struck: reason }),
      }
    }),
    notes: [
      ...sketches
        .map(([first]) => (first as PublishedPeriod).firstDay)
        .filter((day) => day > (runs.find(({ id }) => id === run)?.firstDay ?? day))
        .map((day): TotalNote => ({ kind: 'counted-from', day })),
      ...(sketches.some((sketch) => isSaturated(bucketsOf(sketch), sketch.at(-1)?.zerosAfter ?? 0))
        ? [{ kind: 'saturated' } as const]
        : []),
    ],
  }
}

function bucketsOf(sketch: readonly PublishedPeriod[]): number {
  return SIZES[(sketch[0] as PublishedPeriod).size].buckets
}

/** A total of one counter without identity. */
export interface TallyTotal {
  readonly site: SiteId
  readonly series: TallySeries
  readonly label: string
  readonly estimate: Estimate
  readonly shown: Shown
}

/** The counters without identity over the periods that lie between two days, inclusive; the largest that is shown first. */
export async function tallyTotals(
  published: PublishedTotals,
  from: CalendarDay,
  to: CalendarDay,
): Promise<TallyTotal[]> {
  return sumsOf(await published.tallies(from, to))
}

/** Closed periods of the counters without identity, added up by site, series and label; the largest that is shown first. */
export function sumsOf(tallies: readonly PublishedTally[]): TallyTotal[] {
  const sums = new Map<string, { site: SiteId; series: TallySeries; label: string; value: number; periods: number }>()
  for (const { site, series, label, value } of tallies) {
    const key = `${site} ${series} ${label}`
    const sum = sums.get(key) ?? { site, series, label, value: 0, periods: 0 }
    sums.set(key, { ...sum, value: sum.value + value, periods: sum.periods + 1 })
  }
  return [...sums.values()]
    .map(({ site, series, label, value, periods }) => {
      const estimate = { value, error: Math.sqrt(periods * noiseVariance(TALLY_EPSILON[series])) }
      return { site, series, label, estimate, shown: shownAs(estimate, SHOWN_FROM[series]) }
    })
    .sort((a, b) =>
      byShown({ ...a, name: `${a.series} ${a.site} ${a.label}` }, { ...b, name: `${b.series} ${b.site} ${b.label}` }),
    )
}

const WORDS = {
  nl: { about: 'ongeveer', atMost: 'hooguit', nothing: 'niet te onderscheiden van geen', few: 'te weinig om te tonen' },
  en: { about: 'about', atMost: 'at most', nothing: 'cannot be told from nothing', few: 'too few to show' },
} as const

/** Why a number is not shown, in words. */
export function whyHidden(kind: Exclude<Shown['kind'], 'about'>, language: 'nl' | 'en'): string {
  return WORDS[language][kind]
}

/** A number as people write it in a language: "about 3,030 (2,870–3,190)", or "cannot be told from nothing, at most 60". */
export function writtenAs(shown: Shown, language: 'nl' | 'en'): string {
  const { format } = new Intl.NumberFormat(language)
  const words = WORDS[language]
  return shown.kind === 'about'
    ? `${words.about} ${format(shown.about)} (${format(shown.low)}–${format(shown.high)})`
    : `${whyHidden(shown.kind, language)}, ${words.atMost} ${format(shown.atMost)}`
}
