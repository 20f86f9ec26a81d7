import type { Shown } from '#counting/estimate.ts'
import type { Site } from '../content/read.ts'
import { wordOf } from './choice.ts'
import { csvOf } from '../spreadsheet.ts'
import type { Letter } from './letter.ts'
import { whyHidden, type RunTotal, type TotalNote } from './totals.ts'

/** The columns of the file; every number is one of visitors, the ends are those of the 95 % interval. */
const COLUMNS = [
  'level',
  'site',
  'host',
  'run',
  'period',
  'first_day',
  'last_day',
  'visitors_about',
  'visitors_95_percent_low',
  'visitors_95_percent_high',
  'visitors_at_most',
  'visitors_not_shown_because',
  'left_out_because',
  'notes',
] as const

/** The numbers of a letter as a table for a spreadsheet: for each site its total, its runs, and their closed days or weeks. */
export function csvOfLetter(letter: Letter, sites: readonly Site[]): string {
  const rows = letter.sites.flatMap(({ site, visitors, runs }) => {
    const host = hostOf(sites, site)
    return [
      [
        'total',
        site,
        host,
        '',
        wordOf(letter.choice),
        letter.firstDay,
        letter.lastDay,
        ...columnsOf(visitors),
        '',
        letter.isDemonstration ? 'demonstration, made up' : '',
      ],
      ...runs.flatMap((total) => [
        [
          'run',
          site,
          host,
          total.run,
          '',
          total.periods[0]?.firstDay,
          total.periods.at(-1)?.lastDay,
          ...columnsOf(total.visitors),
          '',
          total.notes.map(noteOf).join('; '),
        ],
        ...total.periods.map((period) => [
          period.period.includes('W') ? 'week' : 'day',
          site,
          host,
          total.run,
          period.period,
          period.firstDay,
          period.lastDay,
          ...columnsOf(period.visitors),
          period.struck ?? '',
          '',
        ]),
      ]),
    ]
  })
  return csvOf([[...COLUMNS], ...rows])
}

/** The numbers of a letter as JSON; docs/management.md describes it. */
export function jsonOfLetter(letter: Letter, sites: readonly Site[]): string {
  const { choice, firstDay, lastDay, day, isDemonstration } = letter
  const document = {
    format: 2,
    demonstration: isDemonstration,
    of: wordOf(choice),
    first_day: firstDay,
    closed_to: lastDay,
    made_on: day,
    unit: 'visitors',
    interval_percent: 95,
    sites: letter.sites.map(({ site, visitors, runs }) => ({
      site,
      host: hostOf(sites, site),
      visitors: numberOf(visitors),
      runs: runs.map(runOf),
    })),
  }
  return `${JSON.stringify(document, null, 2)}\n`
}

function runOf({ run, visitors, notes, periods }: RunTotal) {
  return {
    run,
    visitors: numberOf(visitors),
    notes: notes.map(noteOf),
    periods: periods.map((period) => ({
      period: period.period,
      first_day: period.firstDay,
      last_day: period.lastDay,
      new_visitors: numberOf(period.visitors),
      ...(period.struck === undefined ? {} : { left_out_because: period.struck }),
    })),
  }
}

function numberOf(shown: Shown) {
  return shown.kind === 'about'
    ? { about: shown.about, low: shown.low, high: shown.high }
    : { at_most: shown.atMost, not_shown_because: whyHidden(shown.kind, 'en') }
}

function columnsOf(shown: Shown): (number | string | undefined)[] {
  return shown.kind === 'about'
    ? [shown.about, shown.low, shown.high, undefined, undefined]
    : [undefined, undefined, undefined, shown.atMost, whyHidden(shown.kind, 'en')]
}

function noteOf(note: TotalNote): string {
  return note.kind === 'saturated'
    ? 'more visitors than this count can hold: very uncertain'
    : `counted from ${note.day}`
}

function hostOf(sites: readonly Site[], site: string): string {
  return sites.find(({ id }) => id === site)?.hosts[0] ?? ''
}
