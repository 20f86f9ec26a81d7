import { formatDay } from '#components/format.ts'
import { ScrollTable } from '#components/manage/scroll-table.tsx'
import { content } from '#server/content/content.ts'
import { contentState } from '#server/content/content-state.ts'
import { contentStateTexts } from '../../content-state-texts.ts'
import { signedIn, today } from '../../guard.ts'

export default async function ContentStatePage() {
  const { language } = await signedIn()
  const t = contentStateTexts(language)
  const { ownerNamed, traces, helplines, facts, languages } = contentState(content(), await today())
  const day = (value: string) => formatDay(value, language)
  const languageName = new Intl.DisplayNames(language, { type: 'language' })
  const open = languages.flatMap((state) => state.open)
  return (
    <>
      <h1>{t('title')}</h1>
      <p>{t('lead')}</p>
      <p className={ownerNamed ? undefined : 'note mt-4'}>{t(ownerNamed ? 'ownerNamed' : 'ownerMissing')}</p>
      <p className={traces.overdue ? 'note mt-4' : undefined}>
        {t(traces.overdue ? 'tracesOld' : 'tracesFresh', { date: day(traces.recorded) })}
      </p>

      <h2>{t('languagesTitle')}</h2>
      <ScrollTable
        label={t('languagesTitle')}
        head={[t('language'), t('files'), t('read'), t('open')]}
        rows={languages.map((state) => ({
          key: state.language,
          cells: [languageName.of(state.language) ?? state.language, state.files, state.read, state.open.length],
        }))}
      />
      {open.length === 0 ? (
        <p className="mt-4">{t('allGood')}</p>
      ) : (
        <ul className="mt-4">
          {open.map((file) => (
            <li key={`${file.language} ${file.file}`}>
              {languageName.of(file.language)}, <code>{file.file}</code>: {t('state', { state: file.state })}
            </li>
          ))}
        </ul>
      )}
      <p>{t('nobodyRead')}</p>

      <h2>{t('helplinesTitle')}</h2>
      <p className="mb-4">{t('overdueCount', { count: helplines.filter(({ overdue }) => overdue).length })}</p>
      <ScrollTable
        label={t('helplinesTitle')}
        head={[t('what'), t('checked'), t('reviewBy')]}
        rows={helplines.map((line) => ({
          key: line.text,
          cells: [
            line.text,
            day(line.checked),
            <>
              {line.reviewBy ? day(line.reviewBy) : ''}{' '}
              {line.overdue ? <strong className="text-accent">{t('overdue')}</strong> : null}
            </>,
          ],
        }))}
      />

      <h2>{t('factsTitle')}</h2>
      <p className="mb-4">{t('factsLead')}</p>
      <ScrollTable
        label={t('factsTitle')}
        head={[t('what'), t('page'), t('checked')]}
        rows={facts.map((fact) => ({
          key: `${fact.page} ${fact.text}`,
          cells: [fact.text, fact.page, day(fact.checked)],
        }))}
      />
    </>
  )
}
