import type { Metadata } from 'next'
import { MessagePage } from '#components/message-page.tsx'
import type { Language } from '#server/content/read.ts'
import { ENTRANCE, type Place } from '#server/route.ts'
import { ReadingPage, readingOf, tabTitle } from '../../reading-page.tsx'

interface Props {
  readonly params: Promise<{ language: Language; place: Place }>
}

export function generateStaticParams() {
  return [{ place: 'help' }, { place: 'diary' }, { place: 'entrance' }]
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { place } = await params
  return { title: tabTitle(place) }
}

/** An address that does not exist: never an error without help. */
export default async function MissingPage({ params }: Props) {
  const { language, place } = await params
  const reading = readingOf(language, place)
  const { t, link, picture } = reading
  return (
    <ReadingPage reading={reading}>
      <MessagePage answer={404} title={t('missing.title')} text={t('missing.text')} picture={picture('not-found')} links={[{ href: place === 'entrance' ? ENTRANCE : '/', title: t('missing.home') }, link('helplines'), link('abroad')]} />
    </ReadingPage>
  )
}
