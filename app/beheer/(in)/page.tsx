import { ChoiceForm } from '#components/manage/choice-form.tsx'
import { SiteCard } from '#components/manage/site-card.tsx'
import { contentNow } from '#server/planned-runs.ts'
import { wordOf } from '#server/counts/choice.ts'
import { overviewOf, type Overview } from '#server/counts/overview.ts'
import { writtenAs } from '#server/counts/totals.ts'
import { management } from '#server/management/management.ts'
import type { TotalsTexts } from '#components/manage/totals-translator.ts'
import { signedIn, today } from '../guard.ts'
import {
  AroundRun,
  ComparedRuns,
  DiaryReach,
  Languages,
  MostOpened,
  PeriodByPeriod,
  ShareLinks,
} from '../overview-sections.tsx'
import { totalsTexts } from '../totals-texts.ts'
import {
  closingSentence,
  dayInWords,
  lineOfChoice,
  nameOfChoice,
  notesOfRuns,
  siteOf,
  type ManagerLanguage,
} from '../totals-words.ts'

interface Props {
  readonly searchParams: Promise<{ toon?: string | string[] }>
}

/** The numbers of a run or a year: what this site is for to a manager. */
export default async function OverviewPage({ searchParams }: Props) {
  const manager = await signedIn()
  const { language } = manager
  const { toon } = await searchParams
  const t = totalsTexts(language)
  const { totals } = await management()
  const overview = await overviewOf(
    totals,
    contentNow().runs,
    typeof toon === 'string' ? toon : undefined,
    await today(),
  )
  if (!overview) return <NothingChosen t={t} />

  const { choice, choices, sites, closings, earlier, isNew, coming } = overview
  const summed = Math.max(0, ...sites.map(({ runs }) => runs.length))
  const nothing = t(
    closings.every(({ closing }) => closing.kind === 'not-counted') ? 'empty.notCounted' : 'empty.nothing',
  )
  return (
    <>
      <h1>
        {t('title')}: {nameOfChoice(choice)}
      </h1>
      {isNew ? (
        <div className="note mb-6">
          <p>{t('empty.new')}</p>
          <p>
            {coming
              ? t('empty.coming', { name: coming.name, day: dayInWords(coming.firstDay, language) })
              : t('empty.noRun')}
          </p>
        </div>
      ) : null}
      <ChoiceForm
        label={t('choose.label')}
        send={t('choose.send')}
        options={choices.map((option) => ({ value: wordOf(option), text: lineOfChoice(t, language, option) }))}
        chosen={wordOf(choice)}
      />
      <ul className="mt-6 grid gap-1">
        {closings.map(({ run, closing }) => (
          <li key={run.id}>
            {choice.kind === 'year' ? `${run.name}: ` : ''}
            {closingSentence(t, language, closing)}
          </li>
        ))}
      </ul>

      <h2>{t('visitors.title')}</h2>
      <p>{t('visitors.what')}</p>
      {summed > 1 ? <p>{t('visitors.addedUp', { count: summed })}</p> : null}
      <div className="mt-4 grid gap-4 sm:grid-cols-2">
        {sites.map(({ site, visitors, runs }) => (
          <SiteCard
            key={site}
            name={siteOf(site).name}
            host={siteOf(site).hosts[0] ?? ''}
            visitors={visitors ? writtenAs(visitors, language) : nothing}
            notes={[
              ...notesOfRuns(t, language, runs, (id) => contentNow().runs.find((run) => run.id === id)?.name ?? id),
              ...(choice.kind === 'year' ? earlierOf(t, language, overview, site) : []),
            ]}
          />
        ))}
      </div>
      {sites.some(({ visitors }) => visitors) ? (
        <p className="mt-5">
          <a className="button" href={`/beheer/brief?toon=${encodeURIComponent(wordOf(choice))}`}>
            {t('visitors.letter')}
          </a>
        </p>
      ) : null}

      {choice.kind === 'run' ? (
        <PeriodByPeriod
          t={t}
          language={language}
          overview={overview}
          run={choice.run}
          mayStrike={manager.role === 'manager'}
        />
      ) : null}
      {choice.kind === 'run' ? <AroundRun t={t} language={language} overview={overview} /> : null}
      {overview.compared.some(({ totals: ofRun }) => ofRun.length > 0) || earlier.length > 0 ? (
        <ComparedRuns t={t} language={language} overview={overview} />
      ) : null}
      <MostOpened t={t} language={language} overview={overview} />
      {overview.entries.length > 0 ? <DiaryReach t={t} language={language} overview={overview} /> : null}
      <Languages t={t} language={language} overview={overview} />
      <ShareLinks t={t} language={language} overview={overview} />
    </>
  )
}

/** Totals of the chosen year that others published. */
function earlierOf(t: TotalsTexts, language: ManagerLanguage, { choice, earlier }: Overview, site: string): string[] {
  const number = new Intl.NumberFormat(language)
  return earlier
    .filter((total) => total.site === site && choice.kind === 'year' && total.firstDay.startsWith(choice.year))
    .map(({ value, source }) => `${t('visitors.earlier')}: ${number.format(value)}. ${source}`)
}

function NothingChosen({ t }: { readonly t: TotalsTexts }) {
  return (
    <>
      <h1>{t('unknown.title')}</h1>
      <p>{t('unknown.text')}</p>
      <p className="mt-6">
        <a href="/beheer">{t('unknown.back')}</a>
      </p>
    </>
  )
}
