import type { Metadata } from 'next'
import { HelpFront } from '#components/help-front.tsx'
import { content } from '#server/content/content.ts'
import type { Language } from '#server/content/read.ts'
import { pathOfFront } from '#server/route.ts'
import { pageMetadata } from '../../page-metadata.ts'
import { doorsOf, ReadingPage, readingOf } from '../../reading-page.tsx'

interface Props {
  readonly params: Promise<{ language: Language }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { language } = await params
  return pageMetadata({ language, place: 'entrance', pathIn: (of) => pathOfFront('help', of) })
}

/** The front of the window on another site: the doors and numbers of the help site, whatever the campaign does. */
export default async function EntranceFrontPage({ params }: Props) {
  const { language } = await params
  const reading = readingOf(language, 'entrance')
  const { t, link, picture } = reading
  return (
    <ReadingPage reading={reading} file="fronts.yaml">
      <HelpFront
        t={t}
        front={content().languages[language].fronts.quiet.help}
        picture={picture('door-open')}
        doors={doorsOf(language, 'entrance')}
        guide={link('guide')}
        safety={link('safety')}
        walletCard={link('wallet-card')}
        diary={undefined}
      />
    </ReadingPage>
  )
}
