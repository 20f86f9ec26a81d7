import { languageNow } from '../../guard.ts'
import { linksTexts } from '../../links-texts.ts'
import { OutsideFrame } from '../../outside-frame.tsx'

/** What a kit shows whose address was changed, that was taken back, or that never was: all the same. */
export default async function NoKit() {
  const t = linksTexts(await languageNow())
  return (
    <OutsideFrame title={t('kitGone.title')}>
      <p>{t('kitGone.text')}</p>
    </OutsideFrame>
  )
}
