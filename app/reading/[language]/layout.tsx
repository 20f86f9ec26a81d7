import '#components/reading.css'
import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'
import { LANGUAGE_NAMES } from '#server/content/language.ts'
import { LANGUAGES, type Language } from '#server/content/read.ts'
import { readEnvironment } from '#server/environment.ts'

export const dynamic = 'error'
export const dynamicParams = false

export function generateStaticParams() {
  return LANGUAGES.map((language) => ({ language }))
}

// An empty icon: nothing of the site comes to stand in the browser's list of icons.
export const metadata: Metadata = {
  icons: { icon: 'data:,' },
  referrer: 'no-referrer',
  formatDetection: { telephone: false },
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  colorScheme: 'light dark',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fbf5ec' },
    { media: '(prefers-color-scheme: dark)', color: '#1b1715' },
  ],
}

/**
 * `data-reading` marks the pages that the adapter delivers without scripts of the framework. Its value tells the server how
 * visitors are counted by what these pages tell.
 */
export default async function ReadingLayout({
  children,
  params,
}: {
  children: ReactNode
  params: Promise<{ language: string }>
}) {
  const { language } = await params
  return (
    <html
      lang={language}
      dir={LANGUAGE_NAMES[language as Language].direction}
      data-reading={readEnvironment().VISITOR_COUNTS}
    >
      <body>{children}</body>
    </html>
  )
}
