import { addDays } from '#campaign/day.ts'
import { phaseOn } from '#campaign/run.ts'
import { formatDay } from '#components/format.ts'
import { content } from '#server/content/content.ts'
import { previewMoment, previewPath } from '#server/preview.ts'
import { signedIn, today as todayOf } from '../../../guard.ts'
import { runsTexts } from '../../../runs-texts.ts'
import { runsFromStore } from '../runs-page.ts'

interface Props {
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>
}

/** Both sites at a moment, as two telephones beside each other. */
export default async function PreviewPage({ searchParams }: Props) {
  const { language } = await signedIn()
  const t = runsTexts(language)
  const today = await todayOf()
  const asked = await searchParams
  const [dag, tijd] = [String(asked.dag ?? today), String(asked.tijd ?? '00:00')]
  const moment = `${dag}T${tijd.replace(':', '')}`
  const right = previewMoment(moment) !== undefined
  const { runs } = await runsFromStore()
  const at = right ? t('preview.at', { day: formatDay(dag, language), time: tijd }) : ''
  const jumps = runs
    .filter((run) => phaseOn(run, today) !== 'after')
    .flatMap(({ name, firstDay, lastDay }) => [
      { day: addDays(firstDay, -1), text: t('preview.before', { name }) },
      { day: firstDay, text: t('preview.first', { name }) },
      { day: addDays(lastDay, 1), text: t('preview.after', { name }) },
    ])
  return (
    <>
      <h1>{t('preview.title')}</h1>
      <p>{t('preview.lead')}</p>
      <form method="get" className="mt-6 flex flex-wrap items-end gap-4">
        <div className="grid gap-1">
          <label htmlFor="day" className="font-bold">
            {t('preview.day')}
          </label>
          <input
            id="day"
            name="dag"
            type="date"
            defaultValue={dag}
            aria-describedby={right ? undefined : 'wrong'}
            aria-invalid={right ? undefined : true}
          />
        </div>
        <div className="grid gap-1">
          <label htmlFor="time" className="font-bold">
            {t('preview.time')}
          </label>
          <input
            id="time"
            name="tijd"
            type="time"
            defaultValue={tijd}
            aria-describedby={right ? undefined : 'wrong'}
            aria-invalid={right ? undefined : true}
          />
        </div>
        <button className="button">{t('preview.show')}</button>
      </form>
      {jumps.length > 0 ? (
        <nav aria-label={t('preview.jumps')}>
          <ul className="mt-4 flex flex-wrap gap-x-6">
            {jumps.map(({ day, text }) => (
              <li key={text}>
                <a className="inline-flex min-h-11 items-center" href={`/beheer/runs/voorbeeld?dag=${day}&tijd=00:00`}>
                  {text}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      ) : null}
      {right ? (
        <>
          <h2>{at}</h2>
          <div className="mt-4 flex flex-wrap gap-8">
            {content().sites.map(({ id, name }) => (
              <div key={id} className="w-full max-w-[360px]">
                {/* No script, form or way out of the frame; the sign-in must go along with its links. */}
                <iframe
                  className="phone"
                  title={t('preview.frame', { site: name, moment: at })}
                  src={previewPath(id, moment, '/')}
                  sandbox="allow-same-origin allow-popups"
                />
                <p>
                  <a className="inline-flex min-h-11 items-center" href={previewPath(id, moment, '/')}>
                    {t('preview.alone', { site: name })}
                  </a>
                </p>
              </div>
            ))}
          </div>
        </>
      ) : (
        <p id="wrong" role="alert" className="note mt-6 font-bold">
          {t('preview.badMoment')}
        </p>
      )}
    </>
  )
}
