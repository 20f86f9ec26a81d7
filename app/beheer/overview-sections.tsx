import { ChartFigure } from '#components/manage/chart-figure.tsx'
import { ScrollTable } from '#components/manage/scroll-table.tsx'
import type { TotalsTexts } from '#components/manage/totals-translator.ts'
import { countsLinks } from '#counting/parameters.ts'
import type { ContentRun } from '#server/content/read.ts'
import type { Overview } from '#server/counts/overview.ts'
import { writtenAs, type RunTotal } from '#server/counts/totals.ts'
import { knownLinks } from '#server/known-links.ts'
import { printedCode } from '#sharing/code.ts'
import { barsOnScreen, rowsOfPeriods, rowsOnScreen, titleOfPeriods } from './totals-charts.ts'
import {
  dayInWords,
  dayOfYearInWords,
  daysOf,
  lengthOf,
  nameOfPage,
  nameOfPeriod,
  siteOf,
  type ManagerLanguage,
} from './totals-words.ts'

interface Section {
  readonly t: TotalsTexts
  readonly language: ManagerLanguage
  readonly overview: Overview
}

/** The days or weeks of a run, for each site as a chart and the same numbers as a table. */
export function PeriodByPeriod({
  t,
  language,
  overview,
  run,
  mayStrike,
}: Section & { readonly run: ContentRun; readonly mayStrike: boolean }) {
  const totals = overview.sites.flatMap(({ runs }) => runs)
  const [first] = totals
  if (!first) return null
  const length = lengthOf(first.periods)
  return (
    <section>
      <h2>{t('periods.title', { length })}</h2>
      <p>{t('periods.what', { length })}</p>
      {totals.map((total) => (
        <div key={total.site}>
          <h3>{siteOf(total.site).name}</h3>
          <ChartFigure
            {...barsOnScreen(rowsOfPeriods(total, language), titleOfPeriods(t, total, run.name), language)}
          />
          <details>
            <summary>{t('periods.table', { site: siteOf(total.site).name })}</summary>
            <PeriodTable t={t} language={language} total={total} mayStrike={mayStrike} />
          </details>
        </div>
      ))}
    </section>
  )
}

function PeriodTable({
  t,
  language,
  total,
  mayStrike,
}: {
  readonly t: TotalsTexts
  readonly language: ManagerLanguage
  readonly total: RunTotal
  readonly mayStrike: boolean
}) {
  const site = siteOf(total.site).name
  return (
    <ScrollTable
      label={t('periods.table', { site })}
      head={[t('periods.period', { length: lengthOf(total.periods) }), t('periods.visitors'), t('periods.remark')]}
      rows={total.periods.map((row) => {
        const period = nameOfPeriod(t, language, row)
        const struck = row.struck !== undefined
        const way = `/beheer/weglaten?run=${total.run}&site=${total.site}&periode=${row.period}`
        return {
          key: row.period,
          cells: [
            period,
            writtenAs(row.visitors, language),
            <>
              {struck ? `${t('periods.struck', { reason: row.struck ?? '' })} ` : ''}
              {mayStrike ? (
                <a href={way} aria-label={t(struck ? 'periods.restoreLabel' : 'periods.strikeLabel', { period, site })}>
                  {t(struck ? 'periods.restore' : 'periods.strike')}
                </a>
              ) : null}
            </>,
          ],
        }
      })}
    />
  )
}

/** Visits before, during and after a run. */
export function AroundRun({ t, language, overview }: Section) {
  const rows = overview.around.flatMap(({ site, phases }) => phases.map((phase) => ({ site, ...phase })))
  return (
    <section>
      <h2>{t('around.title')}</h2>
      {rows.length === 0 ? (
        <p>{t('around.empty')}</p>
      ) : (
        <>
          <p>{t('around.what')}</p>
          <ScrollTable
            label={t('around.title')}
            head={[t('around.site'), t('around.phase'), t('around.days'), t('around.visits'), t('around.perWeek')]}
            rows={rows.map(({ site, phase, days, visits, perWeek }) => ({
              key: `${site} ${phase}`,
              cells: [
                siteOf(site).name,
                t('around.phaseOf', { phase }),
                days,
                writtenAs(visits, language),
                writtenAs(perWeek, language),
              ],
            }))}
          />
        </>
      )}
    </section>
  )
}

/** The run beside earlier ones, and beside what others published before, for each site. */
export function ComparedRuns({ t, language, overview }: Section) {
  const number = new Intl.NumberFormat(language)
  return (
    <section>
      <h2>{t('compared.title')}</h2>
      {overview.sites.map(({ site }) => {
        const name = siteOf(site).name
        const runs = overview.compared.flatMap(({ run, totals, isChosen }) => {
          const total = totals.find((candidate) => candidate.site === site)
          return total ? [{ run, total, isChosen }] : []
        })
        const earlier = overview.earlier.filter((total) => total.site === site)
        if (runs.length + earlier.length === 0) return null
        const chart = rowsOnScreen(
          [
            ...runs.map(({ run, total }) => ({ key: run.id, label: run.name, value: total.visitors })),
            ...earlier.map(({ period, value }) => ({
              key: `earlier ${period}`,
              label: t('compared.earlierName', { period }),
              value: { kind: 'about' as const, about: value, low: value, high: value },
              ring: true,
            })),
          ],
          t('compared.chart', { site: name }),
          language,
        )
        return (
          <div key={site}>
            <h3>{name}</h3>
            <ChartFigure {...chart} />
            <ScrollTable
              label={t('compared.chart', { site: name })}
              head={[t('compared.run'), t('compared.days'), t('compared.visitors')]}
              rows={[
                ...runs.map(({ run, total, isChosen }) => {
                  const days = daysOf(language, run)
                  return {
                    key: run.id,
                    cells: [
                      isChosen ? t('compared.this', { name: run.name }) : run.name,
                      `${days.firstDay} – ${days.lastDay}`,
                      writtenAs(total.visitors, language),
                    ],
                  }
                }),
                ...earlier.map(({ period, value, firstDay, lastDay }) => ({
                  key: `earlier ${period}`,
                  cells: [
                    t('compared.earlierRow', { period }),
                    `${dayOfYearInWords(firstDay, language)} – ${dayInWords(lastDay, language)}`,
                    number.format(value),
                  ],
                })),
              ]}
            />
          </div>
        )
      })}
      {overview.earlier.length > 0 ? (
        <>
          <p className="mt-4">{t('compared.earlier')}</p>
          <ul className="mt-2 text-soft">
            {overview.earlier.map(({ site, period, source }) => (
              <li key={`${site} ${period}`}>{t('compared.source', { period, source })}</li>
            ))}
          </ul>
        </>
      ) : null}
    </section>
  )
}

/** The pages that were opened most. */
export function MostOpened({ t, language, overview }: Section) {
  const { firstDay, lastDay } = overview.months
  return (
    <section>
      <h2>{t('pages.title')}</h2>
      {overview.pages.length === 0 ? (
        <p>{t('pages.empty')}</p>
      ) : (
        <p>
          {t('pages.what', { firstDay: dayOfYearInWords(firstDay, language), lastDay: dayInWords(lastDay, language) })}
        </p>
      )}
      {overview.pages.map(({ site, most }) => (
        <ScrollTable
          key={site}
          label={t('pages.page', { site: siteOf(site).name })}
          head={[t('pages.page', { site: siteOf(site).name }), t('pages.opens')]}
          rows={most.map(({ label, shown }) => ({
            key: label,
            cells: [nameOfPage(t, label), writtenAs(shown, language)],
          }))}
        />
      ))}
    </section>
  )
}

/** In which languages visits began. */
export function Languages({ t, language, overview }: Section) {
  const names = new Intl.DisplayNames(language, { type: 'language' })
  const sites = overview.sites.map(({ site }) => site)
  return (
    <section>
      <h2>{t('languages.title')}</h2>
      {overview.languages.length === 0 ? (
        <p>{t('pages.empty')}</p>
      ) : (
        <>
          <p>{t('languages.what')}</p>
          <ScrollTable
            label={t('languages.title')}
            head={[t('languages.language'), ...sites.map((site) => siteOf(site).name)]}
            rows={overview.languages.map(({ language: read, visits }) => ({
              key: read,
              cells: [
                names.of(read) ?? read,
                ...sites.map((site) => {
                  const shown = visits.find((one) => one.site === site)?.shown
                  return shown ? writtenAs(shown, language) : t('languages.none')
                }),
              ],
            }))}
          />
        </>
      )}
    </section>
  )
}

/** How often each day of the diary was opened. */
export function DiaryReach({ t, language, overview }: Section) {
  const rows = overview.entries.map(({ day, opens }) => ({ key: String(day), label: String(day), value: opens }))
  return (
    <section>
      <h2>{t('entries.title')}</h2>
      <p>{t('entries.what')}</p>
      <ChartFigure {...barsOnScreen(rows, t('entries.chart'), language)} />
      <details>
        <summary>{t('periods.table', { site: siteOf('diary').name })}</summary>
        <ScrollTable
          label={t('entries.chart')}
          head={[t('entries.day'), t('pages.opens')]}
          rows={overview.entries.map(({ day, opens }) => ({
            key: String(day),
            cells: [t('entries.entry', { day }), writtenAs(opens, language)],
          }))}
        />
      </details>
    </section>
  )
}

/** Visitors by share link, each link by its group and code. */
export function ShareLinks({ t, language, overview }: Section) {
  const communities = new Map(knownLinks().map(({ code, community }) => [code, community]))
  const nameOfLink = (code: string) => [communities.get(code), printedCode(code)].filter(Boolean).join(', ')
  const { links, choice } = overview
  return (
    <section>
      <h2>{t('links.title')}</h2>
      {links.length === 0 ? (
        <p>{choice.kind === 'year' ? t('links.ofYear') : noLinks(t, language, choice.run, overview.closings)}</p>
      ) : (
        <>
          <p>{t('links.what')}</p>
          <ScrollTable
            label={t('links.title')}
            head={[t('links.link'), t('around.site'), t('links.visitors'), t('periods.remark')]}
            rows={links.map(({ site, label, visitors, firstDay }) => ({
              key: `${site} ${label}`,
              cells: [
                nameOfLink(label),
                siteOf(site).name,
                writtenAs(visitors, language),
                choice.kind === 'run' && firstDay > choice.run.firstDay
                  ? t('links.from', { day: dayInWords(firstDay, language) })
                  : '',
              ],
            }))}
          />
        </>
      )}
    </section>
  )
}

/** Why there is no number of share links: never that nobody came. */
function noLinks(
  t: TotalsTexts,
  language: ManagerLanguage,
  { visitors, lastDay }: ContentRun,
  closings: Section['overview']['closings'],
): string {
  if (!countsLinks(visitors)) return t('links.small')
  return closings.some(({ closing }) => closing.kind === 'going-on')
    ? t('links.waits', { day: dayInWords(lastDay, language) })
    : t('links.empty')
}
