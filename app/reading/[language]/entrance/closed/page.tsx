import type { Metadata } from 'next'
import type { Language } from '#server/content/read.ts'
import { readingOf, tabTitle } from '../../reading-page.tsx'

export const metadata: Metadata = { title: tabTitle('entrance') }

/** What the window shows when it was closed without a script: nothing to look at. */
export default async function ClosedPage({ params }: { params: Promise<{ language: Language }> }) {
  const { language } = await params
  return (
    <main>
      <h1 className="sr-only">{readingOf(language, 'entrance').t('exit.closed')}</h1>
    </main>
  )
}
