'use server'

import { notFound, redirect } from 'next/navigation'
import { z } from 'zod'
import { addDays } from '#campaign/day.ts'
import { formatDay } from '#components/format.ts'
import type { FormState } from '#components/manage/form.tsx'
import { management } from '#server/management/management.ts'
import { INVITATION_DAYS, invite, LastManager, removePerson } from '#server/management/people.ts'
import { accountTexts } from '../../account-texts.ts'
import { addressHere } from '../../address-here.ts'
import { typedIn } from '../../form-words.ts'
import { asManager, today } from '../../guard.ts'
import { onceApart } from '../../once.ts'

/** Makes an invitation, and shows its address once. */
export const inviteSomebody = onceApart(
  'invitation',
  async (_before: FormState, data: FormData): Promise<FormState> => {
    const manager = await asManager()
    const t = accountTexts(manager.language)
    const typed = typedIn(data, 'name', 'email', 'role')
    const name = z.string().trim().min(1).max(80).safeParse(typed.name)
    const email = z.email().max(200).safeParse(typed.email?.trim())
    const errors = {
      ...(name.success ? {} : { name: t('people.badName') }),
      ...(email.success ? {} : { email: t('people.badEmail') }),
    }
    if (!name.success || !email.success) return { values: typed, errors }
    const here = await management()
    const day = await today()
    const path = await invite(
      here,
      {
        name: name.data,
        email: email.data,
        role: typed.role === 'manager' ? 'manager' : 'reader',
        language: manager.language,
      },
      day,
    )
    await here.store.record({ day, manager: manager.name, action: 'person-invited', subject: email.data })
    return {
      done: {
        kind: 'made',
        lines: [
          t('people.invited', { email: email.data, date: formatDay(addDays(day, INVITATION_DAYS), manager.language) }),
        ],
        copies: [
          {
            label: t('people.address'),
            text: await addressHere(path),
            copy: t('people.copy'),
            copied: t('people.copied'),
          },
        ],
      },
    }
  },
)

/** Takes back an invitation that nobody used. */
export async function withdrawInvitation(data: FormData): Promise<void> {
  const manager = await asManager()
  const { email = '' } = typedIn(data, 'email')
  const { store } = await management()
  await store.withdraw(email)
  await store.record({ day: await today(), manager: manager.name, action: 'invitation-withdrawn', subject: email })
  redirect('/beheer/mensen')
}

/** Takes away an account, after a page that asked once more. */
export const removeSomebody = onceApart('plain', async (_before: FormState, data: FormData): Promise<FormState> => {
  const manager = await asManager()
  const t = accountTexts(manager.language)
  const { id = '' } = typedIn(data, 'id')
  if (id === manager.id) return { errors: { form: t('people.self') } }
  const here = await management()
  try {
    const removed = await removePerson(here, id)
    if (!removed) notFound()
    await here.store.record({
      day: await today(),
      manager: manager.name,
      action: 'person-removed',
      subject: removed.email,
    })
  } catch (error) {
    if (!(error instanceof LastManager)) throw error
    return { errors: { form: t('people.last') } }
  }
  redirect('/beheer/mensen')
})
