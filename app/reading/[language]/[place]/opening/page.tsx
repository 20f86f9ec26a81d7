import type { Metadata } from 'next'
import type { SiteId } from '#campaign/run.ts'
import { Opening } from '#components/opening.tsx'
import { content } from '#server/content/content.ts'
import type { Language } from '#server/content/read.ts'
import { OPENING_LINK } from '#server/route.ts'
import { pageMetadata } from '../../page-metadata.ts'
import { readingOf } from '../../reading-page.tsx'

interface Props {
  readonly params: Promise<{ language: Language; place: SiteId }>
}

export function generateStaticParams() {
  return [{ place: 'help' }, { place: 'diary' }]
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return pageMetadata(await params)
}

/** The first screen of a discreet link. */
export default async function OpeningPage({ params }: Props) {
  const { language, place } = await params
  const { t, exit } = readingOf(language, place)
  return <Opening t={t} words={content().languages[language].share.opening} read={OPENING_LINK} exit={exit.href} />
}
