import '#components/manage.css'
import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'
import { languageNow } from './guard.ts'

// Every page depends on who looks at it, and carries the chance of its request (proxy.ts).
export const dynamic = 'force-dynamic'

export const metadata: Metadata = { title: 'Beheer', icons: { icon: 'data:,' }, referrer: 'no-referrer', robots: { index: false, follow: false }, formatDetection: { telephone: false } }

export const viewport: Viewport = { width: 'device-width', initialScale: 1, colorScheme: 'light dark' }

/** The management: pages of the framework, with its scripts, for people who signed in. */
export default async function ManagementLayout({ children }: { children: ReactNode }) {
  return (
    <html lang={await languageNow()} dir="ltr">
      <body>{children}</body>
    </html>
  )
}
