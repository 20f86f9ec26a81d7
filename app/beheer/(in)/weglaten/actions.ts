'use server'

import { redirect } from 'next/navigation'
import type { FormState } from '#components/manage/form.tsx'
import { strikablePeriod, type StrikablePeriod } from '#server/counts/strike.ts'
import { management } from '#server/management/management.ts'
import { inOneLine } from '#server/management/one-line.ts'
import { contentNow } from '#server/planned-runs.ts'
import { typedIn } from '../../form-words.ts'
import { asManager, today } from '../../guard.ts'
import { onceApart } from '../../once.ts'
import { totalsTexts } from '../../totals-texts.ts'
import { nameOfPeriod, siteOf } from '../../totals-words.ts'

/** The longest reason: it stands beside every number. Unit: characters. */
const LONGEST_REASON = 200

/** Leaves a flooded day out of the totals, with the reason. */
export const strikePeriod = onceApart('plain', async (_before: FormState, data: FormData): Promise<FormState> => {
  const manager = await asManager(data)
  const t = totalsTexts(manager.language)
  const typed = typedIn(data, 'run', 'site', 'period', 'reason', 'seen')
  // One line, so that it fits beside a number and in a file.
  const reason = inOneLine(typed.reason ?? '')
  if (reason === '') return { values: typed, errors: { reason: t('strike.noReason') } }
  if (reason.length > LONGEST_REASON) return { values: typed, errors: { reason: t('strike.tooLong') } }
  const found = await periodIn(typed)
  if (!found) return { values: typed, errors: { form: t('strike.gone') } }
  const { store, totals } = await management()
  const day = await today()
  const other = await totals.strike(
    { run: found.total.run, site: found.total.site, period: found.period.period, reason, day },
    typed.seen ?? '',
  )
  if (other)
    return {
      values: { ...typed, seen: other.reason },
      errors: { form: t('strike.other') },
      table: {
        label: t('strike.versions'),
        head: ['', t('strike.theirs'), t('strike.yours')],
        rows: [[t('strike.reason'), other.reason, reason]],
      },
    }
  await store.record({ day, by: manager, action: 'period-struck', subject: `${describe(found)}. ${reason}` })
  redirect(`/beheer?toon=${found.total.run}`)
})

/** Takes a day in again that was left out. */
export const restorePeriod = onceApart('plain', async (_before: FormState, data: FormData): Promise<FormState> => {
  const manager = await asManager(data)
  const t = totalsTexts(manager.language)
  const found = await periodIn(typedIn(data, 'run', 'site', 'period'))
  if (!found) return { errors: { form: t('strike.gone') } }
  const { store, totals } = await management()
  const was = await totals.restore({ run: found.total.run, site: found.total.site, period: found.period.period })
  if (!was) return { errors: { form: t('strike.restored') } }
  await store.record({ day: await today(), by: manager, action: 'period-restored', subject: describe(found) })
  redirect(`/beheer?toon=${found.total.run}`)
})

async function periodIn({
  run = '',
  site = '',
  period = '',
}: Record<string, string>): Promise<StrikablePeriod | undefined> {
  const { totals } = await management()
  return strikablePeriod(totals, contentNow().runs, { run, site, period })
}

function describe({ total, period }: StrikablePeriod): string {
  return `${nameOfPeriod(totalsTexts('nl'), 'nl', period)}, ${siteOf(total.site).name}, ${total.run}`
}
