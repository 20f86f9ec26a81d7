import { NARROW, WIDE } from '#components/manage/chart.ts'
import { ChartFigure } from '#components/manage/chart-figure.tsx'
import { ScrollTable } from '#components/manage/scroll-table.tsx'
import type { Letter } from '#server/counts/letter.ts'
import { writtenAs, type RunTotal } from '#server/counts/totals.ts'
import { chartOfLetter, methodOf, nameOfRun, notesOfLetter, sentenceOf } from './letter-words.ts'
import { totalsTexts } from './totals-texts.ts'
import { dayInWords, dayOfYearInWords, lengthOf, nameOfPeriod, siteOf, type ManagerLanguage } from './totals-words.ts'

/** Lines of days and remarks that fit on the printed sheet beside everything else. */
const FITTING = 30
const LINES_OF_REMARK = 2

/** The sheet of a letter: sentence, method, table and chart. Printed it is one page. */
export function LetterSheet({ letter, language }: { readonly letter: Letter; readonly language: ManagerLanguage }) {
  const t = totalsTexts(language)
  const notes = notesOfLetter(letter, language)
  return (
    <div className="sheet-of-letter">
      <div className="print-only">
        <h1>{t('letter.sheetTitle')}</h1>
        <p>{sentenceOf(letter, 'nl')}</p>
        <p lang="en">{sentenceOf(letter, 'en')}</p>
      </div>
      <h2>{t('letter.methodTitle')}</h2>
      <p>{methodOf(letter, language)}</p>
      {notes.length > 0 ? (
        <>
          <h2>{t('letter.notesTitle')}</h2>
          <ul>
            {notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </>
      ) : null}
      <h2>{t('letter.tableTitle')}</h2>
      <ScrollTable
        label={t('letter.table')}
        head={[t('letter.siteName'), t('letter.run'), t('letter.days'), t('letter.visitors')]}
        rows={letter.sites.flatMap(({ site, visitors, runs }) => [
          ...runs.map((total) => ({
            key: `${site} ${total.run}`,
            cells: [siteOf(site).hosts[0] ?? site, nameOfRun(letter.runs, total.run), closedDays(total, language), writtenAs(total.visitors, language)],
          })),
          ...(runs.length > 1 ? [{ key: site, cells: [siteOf(site).hosts[0] ?? site, t('letter.total'), '', writtenAs(visitors, language)] }] : []),
        ])}
      />
      <h2>{t('letter.chartTitle')}</h2>
      <div className="charts-of-letter">
        {letter.sites.map((site) => (
          <section key={site.site}>
            <h3>{siteOf(site.site).hosts[0]}</h3>
            <ChartFigure wide={chartOfLetter(letter, site, language, { width: WIDE })} narrow={chartOfLetter(letter, site, language, { width: NARROW })} />
          </section>
        ))}
      </div>
      {letter.choice.kind === 'run' ? <PeriodsBesideEachOther letter={letter} language={language} remarks={notes.length} /> : null}
      <p className="text-soft mt-4">{t('letter.made', { day: dayInWords(letter.day, language) })}</p>
    </div>
  )
}

/** The days or weeks of a run, with the sites beside each other. */
function PeriodsBesideEachOther({ letter, language, remarks }: { readonly letter: Letter; readonly language: ManagerLanguage; readonly remarks: number }) {
  const t = totalsTexts(language)
  const totals = letter.sites.flatMap(({ runs }) => runs)
  const periods = [...new Map(totals.flatMap((total) => total.periods).map((period) => [period.period, period])).values()].sort((a, b) => (a.firstDay < b.firstDay ? -1 : 1))
  const length = lengthOf(periods)
  return (
    <div className={periods.length + remarks * LINES_OF_REMARK > FITTING ? 'no-print' : undefined}>
      <h2>{t('periods.title', { length })}</h2>
      <ScrollTable
        label={t('periods.title', { length })}
        head={[t('periods.period', { length }), ...totals.map(({ site }) => siteOf(site).hosts[0] ?? site)]}
        rows={periods.map((row) => ({ key: row.period, cells: [nameOfPeriod(t, language, row), ...totals.map((total) => numberOn(total, row.period, language))] }))}
      />
    </div>
  )

  function numberOn({ periods: own }: RunTotal, period: string, written: ManagerLanguage): string {
    const found = own.find((candidate) => candidate.period === period)
    if (!found) return ''
    return `${writtenAs(found.visitors, written)}${found.struck === undefined ? '' : ` – ${t('periods.struck', { reason: found.struck })}`}`
  }
}

function closedDays({ periods }: RunTotal, language: ManagerLanguage): string {
  const [first, last] = [periods[0], periods.at(-1)]
  return first && last ? `${dayOfYearInWords(first.firstDay, language)} – ${dayInWords(last.lastDay, language)}` : ''
}
