import type { Metadata } from 'next'
import { allFronts, frontKey, parseFrontKey } from '#campaign/front.ts'
import { HelpFront } from '#components/help-front.tsx'
import { content } from '#server/content/content.ts'
import { frontText } from '#server/content/front-text.ts'
import type { Language } from '#server/content/read.ts'
import { pathOfPage } from '#server/route.ts'
import { ReadingPage, readingOf, tabTitle } from '../../../reading-page.tsx'

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
  const { fronts, pages } = content().languages[language]
  const doors = pages
    .filter((page) => page.door !== undefined)
    .toSorted((a, b) => a.order - b.order)
    .map((page) => ({ href: pathOfPage(page, 'help'), title: page.door ?? page.title }))
  return (
    <ReadingPage reading={reading}>
      <HelpFront
        t={t}
        front={frontText(fronts, parseFrontKey(decodeURIComponent(front)), 'help')}
        picture={picture('door-open')}
        doors={doors}
        guide={link('guide')}
        safety={link('safety')}
        walletCard={link('wallet-card')}
        diary={{ href: '/naar/diary', title: t('front.diaryTitle') }}
      />
    </ReadingPage>
  )
}
