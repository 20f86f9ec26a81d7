'use server'

import { revalidatePath } from 'next/cache'
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { APIError } from 'better-auth/api'
import QRCode from 'qrcode'
import type { FormState } from '#components/manage/form.tsx'
import { management } from '#server/management/management.ts'
import { mayTry } from '#server/management/tries.ts'
import { accountTexts } from './account-texts.ts'
import { typedIn } from './form-words.ts'
import { halfSignedIn, signedIn, today } from './guard.ts'
import { onceApart } from './once.ts'

/** Makes the secret of a second factor, and shows it once: as a picture to scan, and with the codes to keep. */
export const beginSecondFactor = onceApart('codes', async (_before: FormState, data: FormData): Promise<FormState> => {
  const manager = await halfSignedIn()
  if (!manager) redirect('/beheer/aanmelden')
  if (manager.hasSecondFactor) redirect('/beheer')
  const t = accountTexts(manager.language)
  const { password = '' } = typedIn(data, 'password')
  if (!(await mayTry('second-factor', manager.id))) return { errors: { form: t('signIn.wait') } }
  const { signIn } = await management()
  try {
    const made = await signIn.api.enableTwoFactor({ body: { password, method: 'totp' }, headers: await headers() })
    if (made.method !== 'totp') throw new Error('The library made another kind of second factor than was asked.')
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
    return { errors: { password: t('secondFactor.refused') } }
  }
})

/** Proves that the app shows the right codes. From then on the account cannot do without. */
export const finishSecondFactor = onceApart('plain', async (_before: FormState, data: FormData): Promise<FormState> => {
  const manager = await halfSignedIn()
  if (!manager) redirect('/beheer/aanmelden')
  const t = accountTexts(manager.language)
  const code = (typedIn(data, 'code').code ?? '').replace(/\s/g, '')
  if (!(await mayTry('second-factor-code', manager.id))) return { errors: { code: t('signIn.wait') } }
  const { signIn, store } = await management()
  try {
    await signIn.api.verifyTOTP({ body: { code }, headers: await headers() })
  } catch (error) {
    if (!(error instanceof APIError)) throw error
    return { errors: { code: t('secondFactor.wrong') } }
  }
  await store.record({ day: await today(), manager: manager.name, action: 'second-factor-set', subject: '' })
  redirect('/beheer')
})

/** Makes new codes to keep; the old ones end. */
export const makeBackupCodes = onceApart('codes', async (_before: FormState, data: FormData): Promise<FormState> => {
  const manager = await signedIn()
  const t = accountTexts(manager.language)
  const { password = '' } = typedIn(data, 'password')
  if (!(await mayTry('backup-codes', manager.id))) return { errors: { form: t('signIn.wait') } }
  const { signIn, store } = await management()
  try {
    const { backupCodes } = await signIn.api.generateBackupCodes({ body: { password }, headers: await headers() })
    await store.record({ day: await today(), manager: manager.name, action: 'backup-codes-made', subject: '' })
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
    return { errors: { password: t('secondFactor.refused') } }
  }
})
