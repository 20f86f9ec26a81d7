import type { Metadata } from 'next'
import type { Language } from '#server/content/read.ts'
import { pageMetadata } from '../../page-metadata.ts'
import { readingOf } from '../../reading-page.tsx'

interface Props {
  readonly params: Promise<{ language: Language }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { language } = await params
  return pageMetadata({ language, place: 'entrance' })
}

/** What the window shows when it was closed without a script: nothing to look at. */
export default async function ClosedPage({ params }: Props) {
  const { language } = await params
  return (
    <main>
      <h1 className="sr-only">{readingOf(language, 'entrance').t('exit.closed')}</h1>
    </main>
  )
}
