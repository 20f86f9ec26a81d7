import type { ReactNode } from 'react'
import { ManageFrame } from '#components/manage/manage-frame.tsx'
import { accountTexts } from './account-texts.ts'
import { languageNow } from './guard.ts'

/** The frame around pages for people who are not signed in yet. */
export async function OutsideFrame({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const t = accountTexts(await languageNow())
  return (
    <ManageFrame name={t('frame.name')} skip={t('frame.skip')}>
      <h1>{title}</h1>
      {children}
    </ManageFrame>
  )
}
