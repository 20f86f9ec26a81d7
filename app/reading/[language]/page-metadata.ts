import type { Metadata } from 'next'
import type { SiteId } from '#campaign/run.ts'
import { content } from '#server/content/content.ts'
import type { Language } from '#server/content/read.ts'
import { siteOfPlace, type Place } from '#server/route.ts'
import { addressInProduction } from '#server/sitemap.ts'

interface Described {
  readonly language: Language
  readonly place: Place
  /** The neutral word of the page in the tab. Absent: the name of the site alone. */
  readonly word?: string | undefined
  /** The site whose page is listed by search engines, where that is not the site of the place. */
  readonly listedOn?: SiteId
  /** The path of the page on that site, in each language. Absent for a page that search engines should not list. */
  readonly pathIn?: (language: Language) => string
  /** Whether a search engine may show a part of the text; not of a page about the reader's own safety. */
  readonly snippet?: boolean
}

/** What a browser and a search engine keep of a page: a neutral title, and where the page lives in each language. */
export function pageMetadata({
  language,
  place,
  word,
  listedOn = siteOfPlace(place),
  pathIn,
  snippet = true,
}: Described): Metadata {
  const { tabName } = content().languages[language].siteNames[siteOfPlace(place)]
  return {
    title: word ? `${word} · ${tabName}` : tabName,
    ...(pathIn && {
      // Where it is in the other languages stands in the sitemap, which readers need not load.
      alternates: { canonical: addressInProduction(content(), listedOn, pathIn(language)) },
    }),
    ...(snippet ? {} : { robots: { nosnippet: true } }),
  }
}
