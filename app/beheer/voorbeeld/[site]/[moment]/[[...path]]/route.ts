import { contentNow } from '#server/planned-runs.ts'
import { previewMoment, previewPage, previewPath, previewPolicy } from '#server/preview.ts'
import { readingPageOf } from '#server/reading-shelf.ts'
import { routeFor } from '#server/route.ts'
import { signedIn } from '../../../../guard.ts'
import { runsTexts } from '../../../../runs-texts.ts'

export const dynamic = 'force-dynamic'

/** A page without anything that could be loaded, which our own pages may show in a frame. */
const BARE = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"

interface Context {
  readonly params: Promise<{ site: string; moment: string; path?: string[] }>
}

/** A page of a site as it is at a moment, for who is signed in. Nothing of it is counted. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { language } = await signedIn()
  const { site: asked, moment: written } = await params
  const moment = previewMoment(written)
  const content = contentNow()
  const site = content.sites.find(({ id }) => id === asked)
  if (!moment || !site) return new Response(null, { status: 404 })

  const front = previewPath(site.id, written, '/')
  const path = new URL(request.url).pathname.slice(front.length) || '/'
  const route = routeFor(content, { host: site.local, path, moment })
  switch (route.kind) {
    case 'show': {
      const page = readingPageOf('.next', route.path)
      if (!page) return new Response(null, { status: 404 })
      return html(previewPage(page.html, site.id, written), previewPolicy(page.policy), page.status)
    }
    case 'file':
      return new Response(null, { status: 307, headers: { Location: path } })
    case 'other-site': {
      const other = site.id === 'help' ? 'diary' : 'help'
      return new Response(null, {
        status: 307,
        headers: { Location: previewPath(other, written, new URL(route.location).pathname) },
      })
    }
    case 'exit': {
      const t = runsTexts(language)
      return html(
        `<!doctype html><html lang="${language}"><meta name="viewport" content="width=device-width"><title>${t('preview.exitTitle')}</title><h1>${t('preview.exitTitle')}</h1><p>${t('preview.exit')}</p><p><a href="${front}">${t('preview.exitBack')}</a></p></html>`,
        BARE,
        200,
      )
    }
    default:
      return new Response(null, { status: 404 })
  }
}

function html(text: string, policy: string, status: number): Response {
  return new Response(text, {
    status,
    headers: { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': policy },
  })
}
