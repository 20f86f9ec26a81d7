import { NARROW, WIDE } from '#components/manage/chart.ts'
import type { Sheet } from '#components/manage/letter-sheet.tsx'
import type { Letter } from '#server/counts/letter.ts'
import { writtenAs, type RunTotal } from '#server/counts/totals.ts'
import { chartOfLetter, methodOf, nameOfRun, notesOfLetter, sentenceOf } from './letter-words.ts'
import { totalsTexts } from './totals-texts.ts'
import { dayInWords, dayOfYearInWords, lengthOf, nameOfPeriod, siteOf, type ManagerLanguage } from './totals-words.ts'

/** Lines of days and remarks that fit on the printed sheet beside everything else. */
const FITTING = 30
const LINES_OF_REMARK = 2

/** The sheet of a letter in one language; the sentence above the printed one is in both. */
export function sheetOf(letter: Letter, language: ManagerLanguage): Sheet {
  const t = totalsTexts(language)
  const notes = notesOfLetter(letter, language)
  return {
    printed: { title: t('letter.sheetTitle'), dutch: sentenceOf(letter, 'nl'), english: sentenceOf(letter, 'en') },
    method: { title: t('letter.methodTitle'), text: methodOf(letter, language) },
    notes: { title: t('letter.notesTitle'), lines: notes },
    totals: {
      title: t('letter.tableTitle'),
      label: t('letter.table'),
      head: [t('letter.siteName'), t('letter.run'), t('letter.days'), t('letter.visitors')],
      rows: letter.sites.flatMap(({ site, visitors, runs }) => [
        ...runs.map((total) => ({
          key: `${site} ${total.run}`,
          cells: [
            hostOf(site),
            nameOfRun(letter.runs, total.run),
            closedDays(total, language),
            writtenAs(total.visitors, language),
          ],
        })),
        ...(runs.length > 1
          ? [{ key: site, cells: [hostOf(site), t('letter.total'), '', writtenAs(visitors, language)] }]
          : []),
      ]),
    },
    charts: {
      title: t('letter.chartTitle'),
      sites: letter.sites.map((site) => ({
        site: hostOf(site.site),
        wide: chartOfLetter(letter, site, language, { width: WIDE }),
        narrow: chartOfLetter(letter, site, language, { width: NARROW }),
      })),
    },
    ...(letter.choice.kind === 'run' ? { periods: periodsBesideEachOther(letter, language, notes.length) } : {}),
    made: t('letter.made', { day: dayInWords(letter.day, language) }),
  }
}

/** The days or weeks of a run, with the sites beside each other. */
function periodsBesideEachOther(
  letter: Letter,
  language: ManagerLanguage,
  remarks: number,
): NonNullable<Sheet['periods']> {
  const t = totalsTexts(language)
  const totals = letter.sites.flatMap(({ runs }) => runs)
  const periods = [
    ...new Map(totals.flatMap((total) => total.periods).map((period) => [period.period, period])).values(),
  ].sort((a, b) => (a.firstDay < b.firstDay ? -1 : 1))
  const length = lengthOf(periods)
  const title = t('periods.title', { length })
  return {
    title,
    label: title,
    head: [t('periods.period', { length }), ...totals.map(({ site }) => hostOf(site))],
    rows: periods.map((row) => ({
      key: row.period,
      cells: [nameOfPeriod(t, language, row), ...totals.map((total) => numberOn(total, row.period))],
    })),
    fitsOnPaper: periods.length + remarks * LINES_OF_REMARK <= FITTING,
  }

  function numberOn({ periods: own }: RunTotal, period: string): string {
    const found = own.find((candidate) => candidate.period === period)
    if (!found) return ''
    return `${writtenAs(found.visitors, language)}${found.struck === undefined ? '' : ` – ${t('periods.struck', { reason: found.struck })}`}`
  }
}

function hostOf(site: RunTotal['site']): string {
  return siteOf(site).hosts[0] ?? site
}

function closedDays({ periods }: RunTotal, language: ManagerLanguage): string {
  const [first, last] = [periods[0], periods.at(-1)]
  return first && last ? `${dayOfYearInWords(first.firstDay, language)} – ${dayInWords(last.lastDay, language)}` : ''
}
