import { languageNow } from '#app/beheer/guard.ts'
import { OutsideFrame } from '#app/beheer/outside-frame.tsx'
import { totalsTexts } from '#app/beheer/totals-texts.ts'

/** What a link shows that ended, was taken back or never was: all the same. */
export default async function NothingShared() {
  const t = totalsTexts(await languageNow())
  return (
    <OutsideFrame title={t('share.goneTitle')}>
      <p>{t('share.gone')}</p>
    </OutsideFrame>
  )
}
