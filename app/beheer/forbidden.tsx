import { accountTexts } from './account-texts.ts'
import { languageNow } from './guard.ts'
import { OutsideFrame } from './outside-frame.tsx'

/** What a reader sees of something that only a manager may do. */
export default async function Forbidden() {
  const t = accountTexts(await languageNow())
  return (
    <OutsideFrame title={t('refused.title')}>
      <p>{t('refused.text')}</p>
      <p className="mt-6">
        <a href="/beheer">{t('refused.back')}</a>
      </p>
    </OutsideFrame>
  )
}
