import type { Metadata } from 'next'
import { MessagePage } from '#components/message-page.tsx'
import type { Language } from '#server/content/read.ts'
import { pageMetadata } from '../../page-metadata.ts'
import { ReadingPage, readingOf } from '../../reading-page.tsx'

interface Props {
  readonly params: Promise<{ language: Language }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { language } = await params
  return pageMetadata({ language, place: 'diary' })
}

/** A diary entry that is not published yet. */
export default async function EarlyPage({ params }: Props) {
  const { language } = await params
  const reading = readingOf(language, 'diary')
  const { t, front, link, picture } = reading
  return (
    <ReadingPage reading={reading}>
      <MessagePage
        answer={404}
        title={t('diary.earlyTitle')}
        text={t('diary.earlyText')}
        picture={picture('clock')}
        links={[{ href: front, title: t('diary.allPages') }, link('helplines')]}
      />
    </ReadingPage>
  )
}
