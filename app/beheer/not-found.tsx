import { accountTexts } from './account-texts.ts'
import { languageNow } from './guard.ts'
import { OutsideFrame } from './outside-frame.tsx'

/** An address of the management that leads nowhere. */
export default async function NotFound() {
  const t = accountTexts(await languageNow())
  return (
    <OutsideFrame title={t('missing.title')}>
      <p>{t('missing.text')}</p>
      <p className="mt-6">
        <a href="/beheer">{t('refused.back')}</a>
      </p>
    </OutsideFrame>
  )
}
