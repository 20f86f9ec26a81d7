import type { SiteId } from '#campaign/run.ts'
import { content } from '#server/content/content.ts'
import { robotsText } from '#server/sitemap.ts'

export const dynamic = 'force-static'
export const dynamicParams = false

export function generateStaticParams() {
  return [{ site: 'help' }, { site: 'diary' }]
}

/** What search engines may list of a site. */
export async function GET(_request: Request, { params }: { params: Promise<{ site: string }> }) {
  const { site } = await params
  return new Response(robotsText(content(), site as SiteId), {
    headers: { 'Content-Type': 'text/plain; charset=utf-8' },
  })
}
