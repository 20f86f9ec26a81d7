import type { SiteId } from '#campaign/run.ts'
import { isPreviewRobot } from '#counting/judgement.ts'
import { markedUp, type Card } from '#sharing/card.ts'
import { escaped } from '#sharing/escaped.ts'
import type nl from '#content/nl/texts.json'
import type { Outline } from './content/outline.ts'
import type { Language } from './content/read.ts'
import { compressedPage, textOfPage, type Page } from './reading-shelf.ts'
import { OPENING_LINK, pathOfCard, siteOfPlace, type Place, type Route } from './route.ts'
import { addressInProduction } from './sitemap.ts'
import { textOnlyPage, textOnlyPolicy } from './text-only.ts'

/** What is different in a page from how the build made it. */
export interface Differences {
  /** What a chat shows of the page; absent where no chat asks. */
  readonly card?: Card | undefined
  /** Whether search engines may list the page under this address: what is shared has one of its own. */
  readonly listed: boolean
  /** A line above the text. */
  readonly notice?: string | undefined
  /** Where the button of the first screen leads. */
  readonly opens?: string | undefined
  /** For a page as text only: the words of the link to the page itself. */
  readonly textOnly?: string | undefined
}

/**
 * How a page differs from the one of the build, by its address and by who asks; undefined when it does not. At its own address a
 * page has a card for preview robots only, the discreet one, so that no reader loads its words.
 */
export function differencesOf(
  content: Outline,
  route: Extract<Route, { kind: 'show' }>,
  userAgent: string | undefined,
): Differences | undefined {
  const { shared } = route
  const textOnly =
    route.textOnly && (content.languages[placeOf(route.path).language].texts as typeof nl).footer.withDrawings
  if (!shared && !isPreviewRobot(userAgent ?? ''))
    return textOnly === undefined ? undefined : { listed: false, textOnly }
  const { language, site, kind, opens, notice } = shared ?? {
    ...placeOf(route.path),
    kind: 'discreet' as const,
    opens: undefined,
    notice: undefined,
  }
  const { share, siteNames } = content.languages[language]
  const open = kind === 'open'
  return {
    card: {
      ...share.cards[kind][site],
      site: open ? siteNames[site].name : siteNames[site].tabName,
      language,
      picture: open ? addressInProduction(content, site, pathOfCard(language)) : undefined,
    },
    notice: notice && share.notices[notice],
    opens,
    listed: !shared && textOnly === undefined,
    textOnly,
  }
}

/** The language and the site of an internal path; the window on another site shows the help site. */
function placeOf(path: string): { language: Language; site: SiteId } {
  const [, , language, place] = path.split('/')
  return { language: language as Language, site: siteOfPlace(place as Place) }
}

/** How many pages are kept as they were shared; with all of them the oldest gives way. */
const MOST_KEPT = 1_500

/**
 * Pages as they are shown at an address that was shared: the page of the build with a card, a line or the way on put into it.
 * Nothing in its policy changes, for no script and no style does; only as text alone (text-only.ts) has it another style. What was made is kept, for the next reader and the
 * compressed form.
 */
export class SharedPages {
  readonly #made = new Map<string, Page>()

  /** @param key of the page on the shelf */
  pageWith(key: string, page: Page, differences: Differences): Page {
    const name = `${key} ${JSON.stringify(differences)}`
    const known = this.#made.get(name)
    if (known) return known
    const [oldest] = this.#made.keys()
    if (this.#made.size >= MOST_KEPT && oldest !== undefined) this.#made.delete(oldest)
    const { status, policy, counts } = page
    const text = changed(textOfPage(page), differences)
    const made =
      differences.textOnly === undefined
        ? { status, policy, counts, compressed: compressedPage(text) }
        : {
            status,
            policy: textOnlyPolicy(policy),
            counts,
            compressed: compressedPage(textOnlyPage(text, differences.textOnly)),
          }
    this.#made.set(name, made)
    return made
  }
}

function changed(html: string, { card, listed, notice, opens }: Differences): string {
  let text = html.replace(
    '</head>',
    () => `${card ? markedUp(card) : ''}${listed ? '' : '<meta name="robots" content="noindex">'}</head>`,
  )
  if (notice !== undefined)
    text = text.replace(/<main\b[^>]*>/, (main) => `${main}<p class="warning">${escaped(notice)}</p>`)
  if (opens !== undefined) text = text.replace(`href="${OPENING_LINK}"`, () => `href="${escaped(opens)}"`)
  return text
}
