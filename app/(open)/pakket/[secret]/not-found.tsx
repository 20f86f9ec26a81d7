import { languageNow } from '#app/beheer/guard.ts'
import { linksTexts } from '#app/beheer/links-texts.ts'
import { OutsideFrame } from '#app/beheer/outside-frame.tsx'

/** What a kit shows whose address was changed, that was taken back, or that never was: all the same. */
export default async function NoKit() {
  const t = linksTexts(await languageNow())
  return (
    <OutsideFrame title={t('kitGone.title')}>
      <p>{t('kitGone.text')}</p>
    </OutsideFrame>
  )
}
