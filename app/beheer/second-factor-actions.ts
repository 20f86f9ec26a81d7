'use server'

import { revalidatePath } from 'next/cache'
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { APIError } from 'better-auth/api'
import QRCode from 'qrcode'
import { dayOf } from '#campaign/day.ts'
import type { FormState } from '#components/manage/form.tsx'
import { now } from '#server/clock.ts'
import { management } from '#server/management/management.ts'
import { codeOfApp } from '#server/management/step-up.ts'
import { forgetTries, isFirstUse, knowPlace, mayTry } from '#server/management/tries.ts'
import { accountTexts } from './account-texts.ts'
import { typedIn } from './form-words.ts'
import { halfSignedIn, signedIn, today } from './guard.ts'
import { keepDevice, placeOfRequest } from './place-of-request.ts'
import { onceApart } from './once.ts'

/** Makes the secret of a second factor, and shows it once: as a picture to scan, and with the codes to keep. */
export const beginSecondFactor = onceApart('codes', async (_before: FormState, data: FormData): Promise<FormState> => {
  const manager = await halfSignedIn()
  if (!manager) redirect('/beheer/aanmelden')
  if (manager.hasSecondFactor) redirect('/beheer')
  const t = accountTexts(manager.language)
  const { password = '' } = typedIn(data, 'password')
  const here = await management()
  const [place, moment] = [await placeOfRequest(), now()]
  const tries = await mayTry(here, 'own password', manager.email, place, moment)
  if (tries !== 'may') return { errors: { form: t(`signIn.${tries}`) } }
  const { signIn } = here
  try {
    const made = await signIn.api.enableTwoFactor({ body: { password, method: 'totp' }, headers: await headers() })
    if (made.method !== 'totp') throw new Error('The library made another kind of second factor than was asked.')
    await forgetTries(here, 'own password', manager.email, place, moment)
    const picture = await QRCode.toString(made.totpURI, { type: 'svg', margin: 1 })
    // So that the page asks for the code of the app.
    revalidatePath('/beheer/tweede-stap')
    return {
      done: {
        kind: 'second-factor',
        scan: t('secondFactor.scan'),
        picture: {
          alt: t('secondFactor.picture'),
          src: `data:image/svg+xml;base64,${Buffer.from(picture).toString('base64')}`,
        },
        type: t('secondFactor.type'),
        key: new URL(made.totpURI).searchParams.get('secret') ?? '',
        codes: { title: t('secondFactor.backupTitle'), text: t('secondFactor.backup'), codes: made.backupCodes },
      },
    }
  } catch (error) {
    if (!(error instanceof APIError)) throw error
    await here.store.auditLog.countFailure(dayOf(moment), manager.id, 'wrong-confirmation')
    return { errors: { password: t('secondFactor.refused') } }
  }
})

/** Proves that the app shows the right codes. From then on the account cannot do without. */
export const finishSecondFactor = onceApart('plain', async (_before: FormState, data: FormData): Promise<FormState> => {
  const manager = await halfSignedIn()
  if (!manager) redirect('/beheer/aanmelden')
  const t = accountTexts(manager.language)
  if (manager.hasSecondFactor) redirect('/beheer')
  const code = codeOfApp(typedIn(data, 'code').code ?? '')
  const here = await management()
  const { signIn, store } = here
  const [place, moment] = [await placeOfRequest(), now()]
  const tries = await mayTry(here, 'code', manager.email, place, moment)
  if (tries !== 'may') return { errors: { code: t(`signIn.${tries}`) } }
  if (code === undefined) return { errors: { code: t('secondFactor.wrong') } }
  try {
    await signIn.api.verifyTOTP({ body: { code }, headers: await headers() })
  } catch (error) {
    if (!(error instanceof APIError)) throw error
    await store.auditLog.countFailure(dayOf(moment), manager.id, 'wrong-code')
    return { errors: { code: t('secondFactor.wrong') } }
  }
  const day = await today()
  // The code has done its work: it signs nobody in any more.
  await isFirstUse(store, manager.id, code, day)
  await forgetTries(here, 'code', manager.email, place, moment)
  await store.record({ day, by: manager, action: 'second-factor-set', subject: '' })
  await keepDevice(await knowPlace(here, manager, place, moment))
  redirect('/beheer')
})

/** Makes new codes to keep; the old ones end. */
export const makeBackupCodes = onceApart('codes', async (_before: FormState, data: FormData): Promise<FormState> => {
  const manager = await signedIn(data)
  const t = accountTexts(manager.language)
  const { password = '' } = typedIn(data, 'password')
  const here = await management()
  const { signIn, store } = here
  const [place, moment] = [await placeOfRequest(), now()]
  const tries = await mayTry(here, 'own password', manager.email, place, moment)
  if (tries !== 'may') return { errors: { form: t(`signIn.${tries}`) } }
  try {
    const { backupCodes } = await signIn.api.generateBackupCodes({ body: { password }, headers: await headers() })
    await forgetTries(here, 'own password', manager.email, place, moment)
    await store.record({ day: await today(), by: manager, action: 'backup-codes-made', subject: '' })
    return {
      done: {
        kind: 'backup-codes',
        title: t('secondFactor.backupTitle'),
        text: t('secondFactor.backup'),
        codes: backupCodes,
      },
    }
  } catch (error) {
    if (!(error instanceof APIError)) throw error
    await here.store.auditLog.countFailure(dayOf(moment), manager.id, 'wrong-confirmation')
    return { errors: { password: t('secondFactor.refused') } }
  }
})
