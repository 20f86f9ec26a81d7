import type { CalendarDay } from '#campaign/day.ts'
import { canBeRemoved } from '#campaign/plan.ts'
import { phaseOn, PHASES, PLANNED, type Run } from '#campaign/run.ts'
import { formatDay } from '#components/format.ts'
import { RunsCalendar } from '#components/manage/runs-calendar.tsx'
import type { ContentRun } from '#server/content/read.ts'
import { Form } from '../../form.tsx'
import { signedIn, today as todayOf, type Manager } from '../../guard.ts'
import { runsTexts, type RunsTexts } from '../../runs-texts.ts'
import { putBack } from './actions.ts'
import { FrontTexts } from './front-texts.tsx'
import {
  calendarYear,
  daysInWords,
  isContradictory,
  originOf,
  runsByPhase,
  runsFromStore,
  sitesInWords,
} from './runs-page.ts'

interface Props {
  readonly searchParams: Promise<{ vanaf?: string; gepland?: string; eindigt?: string; weg?: string }>
}

const PHASES_AS_LISTED = ['during', 'before', 'after'] as const

export default async function RunsPage({ searchParams }: Props) {
  const manager = await signedIn()
  const { language } = manager
  const t = runsTexts(language)
  const today = await todayOf()
  const asked = await searchParams
  const { runs, removed } = await runsFromStore()
  const phases = runsByPhase(runs, today)
  const calendar = calendarYear(runs, asked.vanaf, today, language)
  const shown = { first: formatDay(calendar.firstDay, language), last: formatDay(calendar.lastDay, language) }
  return (
    <>
      <h1>{t('title')}</h1>
      <Told t={t} asked={asked} runs={runs} removed={removed} manager={manager} today={today} />
      <p>{t('lead')}</p>
      <p>{manager.role === 'manager' ? t('soon') : t('reader')}</p>
      <p className="mt-6 flex flex-wrap gap-3">
        {manager.role === 'manager' ? (
          <a className="button" href="/beheer/runs/nieuw">
            {t('plan')}
          </a>
        ) : null}
        <a className="button quiet" href="/beheer/runs/voorbeeld">
          {t('preview.link')}
        </a>
      </p>

      <h2 id="calendar">{t('calendar.title')}</h2>
      <p>{t('calendar.from', shown)}</p>
      <div className="wide mt-4" tabIndex={0} role="region" aria-labelledby="calendar">
        <RunsCalendar
          title={t('calendar.picture', shown)}
          {...calendar}
          today={{ day: today, text: t('calendar.today') }}
        />
      </div>
      <ul className="mt-3 flex flex-wrap gap-x-6 gap-y-1" aria-hidden="true">
        {(['before', 'during', 'after'] as const).map((phase) => (
          <li key={phase} className="flex items-center gap-2">
            <svg viewBox="0 0 28 16" className="h-4 w-7">
              <rect
                className={`phase ${phase}`}
                x="1"
                width="26"
                y={phase === 'during' ? 1 : 3}
                height={phase === 'during' ? 14 : 10}
                rx="3"
              />
            </svg>
            {t(
              phase === 'before'
                ? 'calendar.legendBefore'
                : phase === 'during'
                  ? 'calendar.legendDuring'
                  : 'calendar.legendAfter',
            )}
          </li>
        ))}
      </ul>
      <p className="mt-3 flex flex-wrap gap-x-6">
        <a className="inline-flex min-h-11 items-center" href={`/beheer/runs?vanaf=${calendar.earlier}`}>
          {t('calendar.earlier')}
        </a>
        <a className="inline-flex min-h-11 items-center" href={`/beheer/runs?vanaf=${calendar.later}`}>
          {t('calendar.later')}
        </a>
      </p>

      {PHASES_AS_LISTED.filter((phase) => phases[phase].length > 0 || phase === 'before').map((phase) => (
        <section key={phase}>
          <h2>{t(`list.${phase}`)}</h2>
          {phases[phase].length === 0 ? <p>{t(runs.length === 0 ? 'list.none' : 'list.noneComing')}</p> : null}
          {phase === 'after' ? <p className="mb-4">{t('list.ended')}</p> : null}
          <div className="grid gap-4">
            {phases[phase].map((run) => (
              <RunCard key={run.id} t={t} run={run} manager={manager} today={today} />
            ))}
          </div>
        </section>
      ))}
    </>
  )
}

/** What was just done, and how to undo it. */
function Told({
  t,
  asked,
  runs,
  removed,
  manager,
  today,
}: {
  readonly t: RunsTexts
  readonly asked: Awaited<Props['searchParams']>
  readonly runs: readonly ContentRun[]
  readonly removed: readonly Run[]
  readonly manager: Manager
  readonly today: CalendarDay
}) {
  const named = (id: string | undefined) => runs.find((run) => run.id === id)
  const [planned, ends] = [named(asked.gepland), named(asked.eindigt)]
  const gone = removed.filter((run) => canBeRemoved(run, today))
  return (
    <div className="mb-6 grid gap-4 empty:hidden">
      {planned ? (
        <div className="note" role="status">
          <p>{t('told.planned', { name: planned.name })}</p>
          <p>
            <a href={`/beheer/runs/voorbeeld?dag=${planned.firstDay}`}>{t('told.see')}</a>
          </p>
        </div>
      ) : null}
      {ends && ends.lastDay === today ? (
        <p className="note" role="status">
          {t('told.ends', { name: ends.name })}
        </p>
      ) : null}
      {isContradictory(runs) ? <p className="note font-bold">{t('told.contradiction')}</p> : null}
      {gone.length > 0 && manager.role === 'manager' ? (
        <section className="note">
          <h2 className="!mt-0">{t('removed.title')}</h2>
          {gone.some(({ id }) => id === asked.weg) ? (
            <p role="status" className="font-bold">
              {t('removed.now', { name: gone.find(({ id }) => id === asked.weg)?.name ?? '' })}
            </p>
          ) : null}
          <p>{t('removed.lead')}</p>
          <ul className="mt-3 grid gap-4">
            {gone.map((run) => (
              <li key={run.id} className="grid gap-2">
                <span>{t('removed.days', { name: run.name, ...daysInWords(run, manager.language) })}</span>
                <Form
                  quiet
                  action={putBack}
                  fields={[{ name: 'run', label: '', type: 'hidden', value: run.id }]}
                  send={t('removed.putBack', { name: run.name })}
                />
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </div>
  )
}

function RunCard({
  t,
  run,
  manager,
  today,
}: {
  readonly t: RunsTexts
  readonly run: ContentRun
  readonly manager: Manager
  readonly today: CalendarDay
}) {
  const { language } = manager
  const phase = phaseOn(run, today)
  const origin = originOf(run)
  const facts = [
    [t('list.days'), t('list.fromTo', daysInWords(run, language))],
    [t('list.sites'), sitesInWords(run.sites, language)],
    [
      t('list.announced'),
      run.announcedFrom
        ? t('list.announcedFrom', { day: formatDay(run.announcedFrom, language) })
        : t('list.notAnnounced'),
    ],
    [
      t('list.remembered'),
      run.rememberedUntil
        ? t('list.rememberedUntil', { day: formatDay(run.rememberedUntil, language) })
        : t('list.alwaysRemembered'),
    ],
    [t('list.texts'), t(run.texts === PLANNED ? 'list.plannedTexts' : 'list.ownTexts')],
    [t('list.count'), t('list.countOf', { visitors: run.visitors })],
    [
      t('list.origin'),
      origin.kind === 'changedOnScreen'
        ? t('list.changedOnScreen', {
            first: formatDay(origin.first, language),
            last: formatDay(origin.last, language),
          })
        : t(`list.${origin.kind}`),
    ],
  ]
  const link = (href: string, text: string) => (
    <a className="inline-flex min-h-11 items-center" href={href}>
      {text}
    </a>
  )
  return (
    <article className="run">
      <h3>{run.name}</h3>
      <dl className="facts">
        {facts.map(([name, value]) => [<dt key={name}>{name}</dt>, <dd key={`${name}:`}>{value}</dd>])}
      </dl>
      <FrontTexts
        t={t}
        language={language}
        texts={run.texts ?? run.id}
        sites={run.sites}
        phases={PHASES.filter((when) => when !== 'before' || run.announcedFrom)}
      />
      <p className="mt-3 flex flex-wrap gap-x-6">
        {manager.role === 'manager' && phase !== 'after'
          ? link(`/beheer/runs/wijzigen/${run.id}`, t('list.change', { name: run.name }))
          : null}
        {manager.role === 'manager' && phase === 'during' && run.lastDay > today
          ? link(`/beheer/runs/beeindigen/${run.id}`, t('list.end', { name: run.name }))
          : null}
        {link(`/beheer/runs/voorbeeld?dag=${run.firstDay}`, t('list.see', { name: run.name }))}
      </p>
    </article>
  )
}
