import type { SiteId } from '#campaign/run.ts'
import { content } from '#server/content/content.ts'
import { LANGUAGES, type Language } from '#server/content/read.ts'
import { measureInk, pngOfSheet } from '#server/sharing/print.ts'
import { addressOfFront, siteSheet } from '#server/sharing/site-sheet.ts'
import { drawSheet, SIZES } from '#sharing/sheet.ts'

export const dynamic = 'force-static'
export const dynamicParams = false

export function generateStaticParams() {
  return LANGUAGES.flatMap((language) => (['help', 'diary'] as const).map((site) => ({ language, site })))
}

/** The picture that a chat shows of an open link of a site. A discreet link has none. */
export async function GET(_request: Request, { params }: { params: Promise<{ language: string; site: string }> }) {
  const { language, site } = (await params) as { language: Language; site: SiteId }
  const sheet = siteSheet(
    content(),
    { format: 'card', kind: 'open', site, language },
    addressOfFront(content(), site, language),
  )
  return new Response(pngOfSheet(drawSheet(sheet, measureInk), SIZES.card.width), {
    headers: { 'Content-Type': 'image/png' },
  })
}
