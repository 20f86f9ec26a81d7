import type { Metadata } from 'next'
import { MessagePage } from '#components/message-page.tsx'
import type { Language } from '#server/content/read.ts'
import type { Place } from '#server/route.ts'
import { pageMetadata } from '../../page-metadata.ts'
import { ReadingPage, readingOf } from '../../reading-page.tsx'

interface Props {
  readonly params: Promise<{ language: Language; place: Place }>
}

export function generateStaticParams() {
  return [{ place: 'help' }, { place: 'diary' }, { place: 'entrance' }]
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return pageMetadata(await params)
}

/** An address that does not exist: never an error without help. */
export default async function MissingPage({ params }: Props) {
  const { language, place } = await params
  const reading = readingOf(language, place)
  const { t, front, link, picture } = reading
  return (
    <ReadingPage reading={reading}>
      <MessagePage
        answer={404}
        title={t('missing.title')}
        text={t('missing.text')}
        picture={picture('not-found')}
        links={[{ href: front, title: t('missing.home') }, link('helplines'), link('abroad')]}
      />
    </ReadingPage>
  )
}
