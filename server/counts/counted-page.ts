import type { SiteId } from '#campaign/run.ts'
import type { Outline } from '../content/outline.ts'
import { LANGUAGES, type Language } from '../content/read.ts'
import { FRONT, labelOfEntry } from '../route.ts'

/** A page as it is counted: its site, its language, and a name that is the same in every language and variant. */
export interface CountedPage {
  readonly site: SiteId
  /** `front`, `opening`, `window`, the id of a page, or `entry-` and its day. */
  readonly label: string
  /** The language that the page is in, whatever the browser asks for. */
  readonly language: Language
}

/** The first screen of a discreet link, whichever page is behind it. */
export const OPENING = 'opening'

/** The window of help on another site, whichever page it shows. */
export const WINDOW = 'window'

/**
 * How a reading page is counted, or undefined for one that never is: a page about the reader's safety, and the window
 * when it was closed.
 * @param path the internal path of the page (server/route.ts)
 */
export function countedPage(content: Outline, path: string): CountedPage | undefined {
  const [, , name, place, view, ...rest] = path.split('/')
  const language = LANGUAGES.find((one) => one === name)
  if (language === undefined) return undefined
  if (view === 'page') {
    const page = content.languages[language].pages.find(({ id }) => id === rest[0])
    if (!page?.counted) return undefined
  }
  if (place === 'entrance') return view === 'closed' ? undefined : { site: 'help', label: WINDOW, language }
  if (place !== 'help' && place !== 'diary') return undefined
  // Sharing is counted by what comes of it: who shares what is nobody's business.
  if (view === 'sharing') return undefined
  if (view === 'page') return { site: place, label: rest[0] ?? '', language }
  return { site: place, label: view === 'entry' ? labelOfEntry(Number(rest[0])) : (view ?? ''), language }
}

/** Every page of a site that can be counted. */
export function countedLabels({ languages }: Outline, site: SiteId): string[] {
  const { pages, entries } = languages.nl
  return [
    FRONT,
    OPENING,
    ...pages.filter(({ counted, sites }) => counted && sites.includes(site)).map(({ id }) => id),
    ...(site === 'help' ? [WINDOW] : entries.map(({ day }) => labelOfEntry(day))),
  ]
}
