import type { SiteId } from '#campaign/run.ts'
import { LANGUAGES, MAIN_LANGUAGE, type Content, type Language } from './content/read.ts'
import { pathOfEntry, pathOfFront, pathOfPage } from './route.ts'

/** The address of a path of a site under its main host name. */
export function addressInProduction({ sites }: Pick<Content, 'sites'>, site: SiteId, path: string): string {
  const host = sites.find(({ id }) => id === site)?.hosts[0]
  if (!host) throw new Error(`The content has no site "${site}".`)
  return `https://${host}${path}`
}

/** The sitemap of a site (sitemaps.org 0.9), each page with its address in every language. */
export function sitemapOf(content: Content, site: SiteId): string {
  const pages = content.languages[MAIN_LANGUAGE].pages.filter(({ sites }) => sites[0] === site)
  const days = site === 'diary' ? content.languages[MAIN_LANGUAGE].entries.map(({ day }) => day) : []
  const paths: ((language: Language) => string)[] = [
    (language) => pathOfFront(site, language),
    ...pages.map((page) => (language: Language) => pathOfPage(page, site, language)),
    ...days.map((day) => (language: Language) => pathOfEntry(day, site, language)),
  ]
  const urls = paths.flatMap((pathIn) => {
    const address = (language: Language) => addressInProduction(content, site, pathIn(language))
    const alternates = [
      ...LANGUAGES.map((language) => [language, address(language)]),
      ['x-default', address(MAIN_LANGUAGE)],
    ]
      .map(([language, href]) => `<xhtml:link rel="alternate" hreflang="${language}" href="${href}"/>`)
      .join('')
    return LANGUAGES.map((language) => `<url><loc>${address(language)}</loc>${alternates}</url>`)
  })
  return `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n${urls.join('\n')}\n</urlset>\n`
}

/** The robots.txt of a site (RFC 9309): everything but the exit and the ways to the other site may be listed. */
export function robotsText(content: Content, site: SiteId): string {
  return `User-agent: *\nDisallow: /uit\n${LANGUAGES.map((language) => `Disallow: ${language === MAIN_LANGUAGE ? '' : `/${language}`}/naar/\n`).join('')}\nSitemap: ${addressInProduction(content, site, '/sitemap.xml')}\n`
}
