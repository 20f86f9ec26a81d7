import { strikablePeriod } from '#server/counts/strike.ts'
import { writtenAs } from '#server/counts/totals.ts'
import { management } from '#server/management/management.ts'
import { contentNow } from '#server/planned-runs.ts'
import { Form } from '../../form.tsx'
import { asManager } from '../../guard.ts'
import { totalsTexts } from '../../totals-texts.ts'
import { dayInWords, nameOfPeriod, siteOf } from '../../totals-words.ts'
import { restorePeriod, strikePeriod } from './actions.ts'

interface Props {
  readonly searchParams: Promise<Record<'run' | 'site' | 'periode', string | string[] | undefined>>
}

/** Asks why a day is left out of a total, or whether it is taken in again. */
export default async function StrikePage({ searchParams }: Props) {
  const { language } = await asManager()
  const t = totalsTexts(language)
  const { run, site, periode } = await searchParams
  const { totals } = await management()
  const found = await strikablePeriod(totals, contentNow().runs, {
    run: String(run),
    site: String(site),
    period: String(periode),
  })
  if (!found) {
    return (
      <>
        <h1>{t('strike.gone')}</h1>
        <p>
          <a href="/beheer">{t('strike.back')}</a>
        </p>
      </>
    )
  }

  const { total, period, strike } = found
  const name = nameOfPeriod(t, language, period)
  const hidden = [
    { name: 'run', label: '', type: 'hidden' as const, value: total.run },
    { name: 'site', label: '', type: 'hidden' as const, value: total.site },
    { name: 'period', label: '', type: 'hidden' as const, value: period.period },
  ]
  const nameOfRun = contentNow().runs.find(({ id }) => id === total.run)?.name ?? total.run
  return (
    <>
      <h1>{t(strike ? 'strike.restoreTitle' : 'strike.title', { period: name })}</h1>
      <p>
        {t('strike.lead', {
          site: siteOf(total.site).name,
          run: nameOfRun,
          visitors: writtenAs(period.visitors, language),
        })}
      </p>
      <p>{t('strike.before', { total: writtenAs(total.visitors, language) })}</p>
      {strike ? (
        <p className="note mb-6">
          {t('strike.isStruck', { day: dayInWords(strike.day, language), reason: strike.reason })}
        </p>
      ) : (
        <p className="mb-6">{t('strike.what')}</p>
      )}
      {strike ? <Form action={restorePeriod} fields={hidden} send={t('strike.restore')} /> : null}
      {strike ? <h2>{t('strike.again')}</h2> : null}
      {/* In its place also when somebody else was first: what was typed comes back into this form. */}
      <Form
        action={strikePeriod}
        fields={[
          ...hidden,
          { name: 'seen', label: '', type: 'hidden', version: true, value: strike?.reason ?? '' },
          { name: 'reason', label: t('strike.reason'), hint: t('strike.hint') },
        ]}
        send={t(strike ? 'strike.sendAgain' : 'strike.send')}
        quiet={strike !== undefined}
      />
      <p className="mt-6">
        <a href={`/beheer?toon=${total.run}`}>{t('strike.back')}</a>
      </p>
    </>
  )
}
