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
      <p>{t('traces.notMeasured')}</p>
    </div>
  )
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
