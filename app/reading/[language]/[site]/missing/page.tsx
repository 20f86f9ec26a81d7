import type { Metadata } from 'next'
import type { SiteId } from '#campaign/run.ts'
import { MessagePage } from '#components/message-page.tsx'
import type { Language } from '#server/content/read.ts'
import { ReadingPage, readingOf, tabTitle } from '../../reading-page.tsx'

interface Props {
  readonly params: Promise<{ language: Language; site: SiteId }>
}

export function generateStaticParams() {
  return [{ site: 'help' }, { site: 'diary' }]
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { site } = await params
  return { title: tabTitle(site) }
}

/** An address that does not exist: never an error without help. */
export default async function MissingPage({ params }: Props) {
  const { language, site } = await params
  const reading = readingOf(language, site)
  const { t, link, picture } = reading
  return (
    <ReadingPage reading={reading}>
      <MessagePage answer={404} title={t('missing.title')} text={t('missing.text')} picture={picture('not-found')} links={[{ href: '/', title: t('missing.home') }, link('helplines'), link('abroad')]} />
    </ReadingPage>
  )
}
