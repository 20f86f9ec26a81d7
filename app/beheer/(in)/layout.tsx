import type { ReactNode } from 'react'
import { dayOf } from '#campaign/day.ts'
import { ManageFrame } from '#components/manage/manage-frame.tsx'
import { GiveBackTyped } from '#components/manage/typed-before.tsx'
import { now } from '#server/clock.ts'
import { management } from '#server/management/management.ts'
import { accountTexts } from '../account-texts.ts'
import { signedIn } from '../guard.ts'
import { signOut } from '../sign-in-actions.ts'

/** The frame around pages for people who signed in. Every page and action asks for itself who that is. */
export default async function SignedInLayout({ children }: { children: ReactNode }) {
  const manager = await signedIn()
  const t = accountTexts(manager.language)
  const kept = await (await management()).store.keptForms.find(manager.id, dayOf(now()))
  const links = [
    { href: '/beheer', text: t('frame.totals') },
    { href: '/beheer/runs', text: t('frame.runs') },
    { href: '/beheer/links', text: t('frame.links') },
    { href: '/beheer/teksten', text: t('frame.texts') },
    ...(manager.role === 'manager' ? [{ href: '/beheer/mensen', text: t('frame.people') }] : []),
    { href: '/beheer/logboek', text: t('frame.audit') },
  ]
  const aside = (
    <>
      <a href="/beheer/account" className="flex min-h-11 items-center">
        {manager.name}
      </a>
      <form action={signOut}>
        <button className="min-h-11 font-bold">{t('frame.signOut')}</button>
      </form>
    </>
  )
  return (
    <ManageFrame name={t('frame.name')} skip={t('frame.skip')} menu={{ label: t('frame.menu'), links }} aside={aside}>
      <GiveBackTyped typed={kept && { ...kept, words: t('frame.typedBefore') }}>{children}</GiveBackTyped>
    </ManageFrame>
  )
}
