import type { Metadata } from 'next'
import { HelpFront } from '#components/help-front.tsx'
import { content } from '#server/content/content.ts'
import type { Language } from '#server/content/read.ts'
import { doorsOf, ReadingPage, readingOf, tabTitle } from '../../reading-page.tsx'

export const metadata: Metadata = { title: tabTitle('entrance') }

/** The front of the window on another site: the doors and numbers of the help site, whatever the campaign does. */
export default async function EntranceFrontPage({ params }: { params: Promise<{ language: Language }> }) {
  const { language } = await params
  const reading = readingOf(language, 'entrance')
  const { t, link, picture } = reading
  return (
    <ReadingPage reading={reading}>
      <HelpFront t={t} front={content().languages[language].fronts.quiet.help} picture={picture('door-open')} doors={doorsOf(language, 'entrance')} guide={link('guide')} safety={link('safety')} walletCard={link('wallet-card')} diary={undefined} />
    </ReadingPage>
  )
}
