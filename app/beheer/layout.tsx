import '#components/manage.css'
import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'
import { NoAnswerWords } from '#components/manage/no-answer.tsx'
import { management } from '#server/management/management.ts'
import { failureWords } from './failure-words.ts'
import { languageNow } from './guard.ts'
import { totalsTexts } from './totals-texts.ts'

// Every page depends on who looks at it, and carries the chance of its request (proxy.ts).
export const dynamic = 'force-dynamic'

export const metadata: Metadata = {
  title: 'Beheer',
  icons: { icon: 'data:,' },
  referrer: 'no-referrer',
  robots: { index: false, follow: false },
  formatDetection: { telephone: false },
}

export const viewport: Viewport = { width: 'device-width', initialScale: 1, colorScheme: 'light dark' }

/** The management: pages of the framework, with its scripts, for people who signed in. */
export default async function ManagementLayout({ children }: { children: ReactNode }) {
  const language = await languageNow()
  const t = totalsTexts(language)
  const { totals } = await management()
  return (
    <html lang={language} dir="ltr">
      <body>
        {(await totals.isDemonstration()) ? (
          <aside aria-label={t('demonstration')} className="banner">
            {t('demonstration')}
          </aside>
        ) : null}
        <NoAnswerWords words={failureWords(language)}>{children}</NoAnswerWords>
      </body>
    </html>
  )
}
