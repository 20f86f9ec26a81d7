import type { SiteId } from '#campaign/run.ts'
import { content } from '#server/content/content.ts'
import { sitemapOf } from '#server/sitemap.ts'

export const dynamic = 'force-static'
export const dynamicParams = false

export function generateStaticParams() {
  return [{ site: 'help' }, { site: 'diary' }]
}

/** Every page of a site in every language, for search engines. */
export async function GET(_request: Request, { params }: { params: Promise<{ site: string }> }) {
  const { site } = await params
  return new Response(sitemapOf(content(), site as SiteId), {
    headers: { 'Content-Type': 'application/xml; charset=utf-8' },
  })
}
