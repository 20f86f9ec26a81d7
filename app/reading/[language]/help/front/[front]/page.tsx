import type { Metadata } from 'next'
import { allFronts, frontKey, parseFrontKey } from '#campaign/front.ts'
import { HelpFront } from '#components/help-front.tsx'
import { content } from '#server/content/content.ts'
import { frontText } from '#server/content/front-text.ts'
import type { Language } from '#server/content/read.ts'
import { doorsOf, ReadingPage, readingOf, tabTitle } from '../../../reading-page.tsx'

interface Props {
  readonly params: Promise<{ language: Language; front: string }>
}

export const metadata: Metadata = { title: tabTitle('help') }

export function generateStaticParams() {
  return allFronts(content().runs, 'help').map((front) => ({ front: frontKey(front) }))
}

export default async function HelpFrontPage({ params }: Props) {
  const { language, front } = await params
  const reading = readingOf(language, 'help')
  const { t, link, picture } = reading
  const { fronts } = content().languages[language]
  return (
    <ReadingPage reading={reading} counted="front">
      <HelpFront
        t={t}
        front={frontText(fronts, parseFrontKey(decodeURIComponent(front)), 'help')}
        picture={picture('door-open')}
        doors={doorsOf(language, 'help')}
        guide={link('guide')}
        safety={link('safety')}
        walletCard={link('wallet-card')}
        diary={{ href: '/naar/diary', title: t('front.diaryTitle') }}
      />
    </ReadingPage>
  )
}
