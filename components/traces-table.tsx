import type { Traces } from '#server/content/read.ts'
import { formatDay } from './format.ts'
import type { Translator } from './translator.ts'

/** What was found in a browser's own files after a visit, with the browser and the day, and no more than that. */
export function TracesTable({ t, language, traces }: { t: Translator; language: string; traces: Traces }) {
  return (
    <div className="grid gap-4">
      {traces.browsers.map(({ name, version, cases }) => (
        <section key={name} className="rounded-2xl border-2 border-line bg-sheet p-5">
          <h3 className="!mt-0 text-[1.25rem]">{t('traces.browser', { name, version })}</h3>
          <p className="mt-1 text-[0.9375rem] text-soft">
            {t('traces.recorded', { date: formatDay(traces.recorded, language) })}
          </p>
          <dl className="mt-2">
            <Finding
              term={t('traces.left')}
              text={[
                rowsOf(t, cases.left),
                cases.left.backShowsNothing && t('traces.backFound'),
                ...filesOf(t, cases.left),
              ]}
            />
            {cases.closed && (
              <Finding term={t('traces.closed')} text={[rowsOf(t, cases.closed), ...filesOf(t, cases.closed)]} />
            )}
            {cases.withoutScript && (
              <Finding
                term={t('traces.withoutScript')}
                text={[rowsOf(t, cases.withoutScript), ...filesOf(t, cases.withoutScript)]}
              />
            )}
            {cases.entrance && (
              <Finding term={t('traces.entrance')} text={[rowsOf(t, cases.entrance), ...filesOf(t, cases.entrance)]} />
            )}
            {cases.passedOn && (
              <Finding term={t('traces.passedOn')} text={[rowsOf(t, cases.passedOn), ...filesOf(t, cases.passedOn)]} />
            )}
          </dl>
        </section>
      ))}
      {traces.visits && <ByArrival t={t} language={language} visits={traces.visits} />}
      <p>{t('traces.notMeasured')}</p>
    </div>
  )
}

type Visits = NonNullable<Traces['visits']>
type Visit = Visits['measured'][number]

/**
 * What can be seen afterwards, by the way a reader came. It tells of a browser that is told 200: who runs the site may have fewer traces
 * left (HIDE_VISITS), but a page of the build does not know.
 */
function ByArrival({ t, language, visits }: { t: Translator; language: string; visits: Visits }) {
  const { browser, version, recorded, measured } = visits
  const shown = (arrival: Visit['arrival'], ending: Visit['ending']) =>
    measured.find(
      (visit) => visit.arrival === arrival && visit.ending === ending && visit.hideVisits === 'off' && visit.script,
    )
  return (
    <section className="rounded-2xl border-2 border-line bg-sheet p-5">
      <h3 className="!mt-0 text-[1.25rem]">{t('traces.byArrival', { name: browser, version })}</h3>
      <p className="mt-1 text-[0.9375rem] text-soft">{t('traces.recorded', { date: formatDay(recorded, language) })}</p>
      <dl className="mt-2">
        {[...new Set(measured.map(({ arrival }) => arrival))].map((arrival) => {
          const [exit, close] = [shown(arrival, 'exit'), shown(arrival, 'close')]
          return (
            exit &&
            close && (
              <Finding
                key={arrival}
                term={t(`traces.arrivals.${arrival}`)}
                text={[
                  t('traces.afterExit', { seen: seenOf(t, exit) }),
                  t('traces.afterClose', { seen: seenOf(t, close) }),
                ]}
              />
            )
          )
        })}
      </dl>
    </section>
  )
}

/** What somebody sees who opens the browser afterwards. */
function seenOf(t: Translator, { lines, tile, suggestedFor }: Visit): string {
  const seen = [
    lines > 0 && t('traces.line'),
    tile && t('traces.tile'),
    suggestedFor.length > 0 && t('traces.suggestion'),
  ].filter((text) => text !== false)
  return seen.length === 0 ? t('traces.nothing') : seen.join(t('traces.and'))
}

type Case = Traces['browsers'][number]['cases']['left']

function rowsOf(t: Translator, { visibleRows }: Case): string {
  return t('traces.rowsFound', { rows: visibleRows })
}

function filesOf(t: Translator, { wordsOnDisk, hostIn }: Case): string[] {
  return [
    ...(wordsOnDisk === undefined ? [] : [t('traces.wordsFound', { words: wordsOnDisk })]),
    ...(hostIn === undefined ? [] : [t('traces.hostFound', { files: hostIn.length })]),
  ]
}

function Finding({ term, text }: { term: string; text: readonly (string | false | undefined)[] }) {
  return (
    <div className="mt-3">
      <dt className="font-bold">{term}</dt>
      <dd>{text.filter(Boolean).join(' ')}</dd>
    </div>
  )
}
