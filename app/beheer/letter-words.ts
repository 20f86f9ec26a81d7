import { drawBars, drawRows, WIDE } from '#components/manage/chart.ts'
import type { ChartRow } from '#components/manage/chart.ts'
import type { Letter } from '#server/counts/letter.ts'
import { writtenAs } from '#server/counts/totals.ts'
import { totalsTexts } from './totals-texts.ts'
import { rowsOfPeriods, titleOfPeriods } from './totals-charts.ts'
import { dayInWords, dayOfYearInWords, daysOf, notesOfRuns, siteOf, type ManagerLanguage } from './totals-words.ts'

/** The sentence of a letter, in the form of note 8 of the letter to parliament of 29 September 2014. */
export function sentenceOf(letter: Letter, language: ManagerLanguage): string {
  const t = totalsTexts(language)
  const { choice, closings, lastDay } = letter
  const isFinal = closings.every(({ closing }) => closing.kind !== 'going-on')
  return t('letter.sentence', {
    of:
      choice.kind === 'year'
        ? t('letter.ofYear', { year: choice.year })
        : t('letter.ofRun', daysOf(language, choice.run)),
    until: isFinal ? '' : t('letter.until', { day: dayInWords(lastDay, language) }),
    sites: letter.sites
      .map(({ site, visitors }) =>
        t('letter.site', { host: siteOf(site).hosts[0] ?? site, visitors: writtenAs(visitors, language) }),
      )
      .join(', '),
  })
}

/** How the numbers came about, in a few sentences. */
export function methodOf(letter: Letter, language: ManagerLanguage): string {
  const t = totalsTexts(language)
  const { firstDay, lastDay } = letter
  const method = t('letter.method', {
    firstDay: dayOfYearInWords(firstDay, language),
    lastDay: dayInWords(lastDay, language),
  })
  return letter.runs.length > 1 ? `${method} ${t('letter.addedUp', { count: letter.runs.length })}` : method
}

/** Everything that must be told with the numbers of a letter. */
export function notesOfLetter({ sites, runs }: Letter, language: ManagerLanguage): string[] {
  const t = totalsTexts(language)
  return sites.flatMap(({ site, runs: totals }) =>
    notesOfRuns(t, language, totals, (id) => nameOfRun(runs, id)).map((note) =>
      t('letter.noteOf', { site: siteOf(site).name, note }),
    ),
  )
}

/** What a run is called. */
export function nameOfRun(runs: Letter['runs'], id: string): string {
  return runs.find((run) => run.id === id)?.name ?? id
}

/** The chart of one site of a letter: the days or weeks of a run, or the runs of a year. */
export function chartOfLetter(
  letter: Letter,
  site: Letter['sites'][number],
  language: ManagerLanguage,
  drawing: { readonly width: number; readonly file?: boolean } = { width: WIDE },
): string {
  const t = totalsTexts(language)
  const [only, ...others] = site.runs
  const drawn = { ...drawing, language, mark: letter.isDemonstration ? t('demonstration') : undefined }
  if (only && others.length === 0)
    return drawBars(rowsOfPeriods(only, language), {
      title: titleOfPeriods(t, only, nameOfRun(letter.runs, only.run)),
      ...drawn,
    })
  const rows: ChartRow[] = site.runs.map(({ run, visitors }) => ({
    key: run,
    label: nameOfRun(letter.runs, run),
    value: visitors,
  }))
  return drawRows(rows, { title: t('compared.chart', { site: siteOf(site.site).name }), ...drawn })
}
