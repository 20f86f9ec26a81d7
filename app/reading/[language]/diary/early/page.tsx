import type { Metadata } from 'next'
import { MessagePage } from '#components/message-page.tsx'
import type { Language } from '#server/content/read.ts'
import { ReadingPage, readingOf, tabTitle } from '../../reading-page.tsx'

export const metadata: Metadata = { title: tabTitle('diary') }

/** A diary entry that is not published yet. */
export default async function EarlyPage({ params }: { params: Promise<{ language: Language }> }) {
  const { language } = await params
  const reading = readingOf(language, 'diary')
  const { t, link, picture } = reading
  return (
    <ReadingPage reading={reading}>
      <MessagePage answer={404} title={t('diary.earlyTitle')} text={t('diary.earlyText')} picture={picture('clock')} links={[{ href: '/', title: t('diary.allPages') }, link('helplines')]} />
    </ReadingPage>
  )
}
