import type { Metadata } from 'next'
import { content } from '#server/content/content.ts'
import { LANGUAGES, MAIN_LANGUAGE, type Language } from '#server/content/read.ts'
import { siteOfPlace, type Place } from '#server/route.ts'
import { addressInProduction } from '#server/sitemap.ts'

interface Described {
  readonly language: Language
  readonly place: Place
  /** The neutral word of the page in the tab. Absent: the name of the site alone. */
  readonly word?: string | undefined
  /** The path of the page on its site, in each language. Absent for a page that search engines should not list. */
  readonly pathIn?: (language: Language) => string
  /** Whether a search engine may show a part of the text; not of a page about the reader's own safety. */
  readonly snippet?: boolean
}

/** What a browser and a search engine keep of a page: a neutral title, and where the page lives in each language. */
export function pageMetadata({ language, place, word, pathIn, snippet = true }: Described): Metadata {
  const site = siteOfPlace(place)
  const { tabName } = content().languages[language].siteNames[site]
  const address = (of: Language) => (pathIn ? addressInProduction(content(), site, pathIn(of)) : '')
  return {
    title: word ? `${word} · ${tabName}` : tabName,
    ...(pathIn && {
      alternates: {
        canonical: address(language),
        // The window on other sites shows pages of the help site, and only those are listed.
        ...(place !== 'entrance' && { languages: { ...Object.fromEntries(LANGUAGES.map((of) => [of, address(of)])), 'x-default': address(MAIN_LANGUAGE) } }),
      },
    }),
    ...(snippet ? {} : { robots: { nosnippet: true } }),
  }
}
