'use server'

import { notFound, redirect } from 'next/navigation'
import { z } from 'zod'
import { addDays, type CalendarDay } from '#campaign/day.ts'
import { formatDay } from '#components/format.ts'
import type { FormState } from '#components/manage/form.tsx'
import { readEnvironment } from '#server/environment.ts'
import { tellByMail } from '#server/management/account-mail.ts'
import { management } from '#server/management/management.ts'
import { inOneLine } from '#server/management/one-line.ts'
import {
  changeRole,
  INVITATION_DAYS,
  invite,
  inviteAnew,
  LONGEST_NAME,
  removePerson,
  type Refusal,
} from '#server/management/people.ts'
import { accountTexts } from '../../account-texts.ts'
import { addressHere } from '../../address-here.ts'
import { refusalOfConfirmation } from '../../confirmation.ts'
import { typedIn } from '../../form-words.ts'
import { asManager, today, type Manager } from '../../guard.ts'
import { once } from '../../once.ts'

/** Invites somebody new, and shows the address of the invitation once. Of an address that has an account the next page says what would go. */
export const inviteSomebody = once('invitation', async (_before, data, carryOut): Promise<FormState> => {
  const manager = await asManager(data)
  const t = accountTexts(manager.language)
  const typed = typedIn(data, 'name', 'email', 'role')
  const name = z.string().transform(inOneLine).pipe(z.string().min(1).max(LONGEST_NAME)).safeParse(typed.name)
  const email = z.email().max(200).toLowerCase().safeParse(typed.email?.trim())
  const errors = {
    ...(name.success ? {} : { name: t('people.badName') }),
    ...(email.success ? {} : { email: t('people.badEmail') }),
  }
  if (!name.success || !email.success) return { values: typed, errors }
  const here = await management()
  const known = await here.store.accounts.withAddress(email.data)
  if (known) redirect(`/beheer/mensen/${known.id}/vernieuwen?bekend=ja`)
  const refused = await refusalOfConfirmation(manager, data)
  if (refused) return { values: typed, errors: refused }
  const day = await today()
  const person = {
    name: name.data,
    email: email.data,
    role: typed.role === 'manager' ? ('manager' as const) : ('reader' as const),
    language: manager.language,
  }
  const made = await carryOut((store) => invite({ ...here, store }, person, manager, day), isDone)
  if ('refusal' in made)
    return {
      values: typed,
      errors: { form: made.refusal === 'known' ? t('people.known', person) : refusal(manager, made.refusal) },
    }
  void tellByMail(here, readEnvironment(), 'invited', person, manager, day)
  return shown(manager, person.email, made.path, day)
})

/** Makes an invitation with which somebody begins anew, after a page that said what goes, and shows its address once. */
export const renewSomebody = once('invitation', async (_before, data, carryOut): Promise<FormState> => {
  const manager = await asManager(data)
  const refused = await refusalOfConfirmation(manager, data)
  if (refused) return { errors: refused }
  const here = await management()
  const day = await today()
  const made = await carryOut(
    (store) => inviteAnew({ ...here, store }, typedIn(data, 'id').id ?? '', manager, day),
    isDone,
  )
  if ('refusal' in made) return { errors: { form: refusal(manager, made.refusal) } }
  void tellByMail(here, readEnvironment(), 'renewal-offered', made.account, manager, day)
  return shown(manager, made.account.email, made.path, day)
})

/** Takes back an invitation that nobody used. */
export const withdrawInvitation = once('plain', async (_before, data, carryOut): Promise<FormState> => {
  const manager = await asManager(data)
  const day = await today()
  await carryOut((store) => store.accounts.withdraw(typedIn(data, 'email').email ?? '', manager, day))
  redirect('/beheer/mensen')
})

/** Takes away an account, after a page that said what goes with it. */
export const removeSomebody = once('plain', async (_before, data, carryOut): Promise<FormState> => {
  const manager = await asManager(data)
  const { id = '' } = typedIn(data, 'id')
  if (id === manager.id) return { errors: { form: accountTexts(manager.language)('people.self') } }
  const refused = await refusalOfConfirmation(manager, data)
  if (refused) return { errors: refused }
  const here = await management()
  const day = await today()
  const removed = await carryOut((store) => removePerson({ ...here, store }, id, manager, day), isDone)
  if ('refusal' in removed) {
    if (removed.refusal === 'gone') notFound()
    return { errors: { form: refusal(manager, removed.refusal) } }
  }
  void tellByMail(here, readEnvironment(), 'removed', removed.account, manager, day)
  redirect('/beheer/mensen')
})

/** Makes a reader a manager, or a manager a reader. */
export const giveRole = once('plain', async (_before, data, carryOut): Promise<FormState> => {
  const manager = await asManager(data)
  const { id = '', role: typed } = typedIn(data, 'id', 'role')
  const role = typed === 'manager' ? 'manager' : 'reader'
  const refused = await refusalOfConfirmation(manager, data)
  if (refused) return { errors: refused }
  const here = await management()
  const day = await today()
  const changed = await carryOut((store) => changeRole({ ...here, store }, id, role, manager, day), isDone)
  if ('refusal' in changed) return { errors: { form: refusal(manager, changed.refusal) } }
  const news = role === 'manager' ? 'role-raised' : 'role-lowered'
  void tellByMail(here, readEnvironment(), news, changed.account, manager, day)
  redirect('/beheer/mensen')
})

/** The address of an invitation, which is shown this once. */
async function shown({ language }: Manager, email: string, path: string, day: CalendarDay): Promise<FormState> {
  const t = accountTexts(language)
  return {
    done: {
      kind: 'made',
      lines: [t('people.invited', { email, date: formatDay(addDays(day, INVITATION_DAYS), language) })],
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
}

/** Whether an act was done, and not refused. */
function isDone(outcome: object): boolean {
  return !('refusal' in outcome)
}

function refusal({ language }: Manager, reason: Refusal): string {
  const t = accountTexts(language)
  return t({ 'not-allowed': 'people.notAllowed', last: 'people.last', gone: 'people.gone' }[reason] as 'people.last')
}
