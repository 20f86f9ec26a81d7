import type { Metadata } from 'next'
import { allFronts, frontKey, parseFrontKey } from '#campaign/front.ts'
import { HelpFront } from '#components/help-front.tsx'
import { content } from '#server/content/content.ts'
import { frontText } from '#server/content/front-text.ts'
import type { Language } from '#server/content/read.ts'
import { pathOfFront, pathToOtherSite } from '#server/route.ts'
import { pageMetadata } from '../../../page-metadata.ts'
import { doorsOf, ReadingPage, readingOf } from '../../../reading-page.tsx'

interface Props {
  readonly params: Promise<{ language: Language; front: string }>
}

const pathIn = (language: Language) => pathOfFront('help', language)

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { language } = await params
  return pageMetadata({ language, place: 'help', pathIn })
}

export function generateStaticParams() {
  return allFronts(content().runs, 'help').map((front) => ({ front: frontKey(front) }))
}

export default async function HelpFrontPage({ params }: Props) {
  const { language, front } = await params
  const reading = readingOf(language, 'help')
  const { t, link, picture } = reading
  const { fronts } = content().languages[language]
  return (
    <ReadingPage reading={reading} pathIn={pathIn} file="fronts.yaml" counted="front">
      <HelpFront
        t={t}
        front={frontText(fronts, parseFrontKey(decodeURIComponent(front)), 'help')}
        picture={picture('door-open')}
        doors={doorsOf(language, 'help')}
        guide={link('guide')}
        safety={link('safety')}
        walletCard={link('wallet-card')}
        diary={{ href: pathToOtherSite('diary', language), title: t('front.diaryTitle') }}
      />
    </ReadingPage>
  )
}
