import { compressedPage, textOfPage } from './reading-shelf.ts'
import { describe, expect, it } from 'vitest'
import { content as contentOfFolder } from './content/content.ts'
import { LANGUAGES } from './content/read.ts'
import { sensitiveWordIn } from './content/check-words.ts'
import { differencesOf, SharedPages } from './shared-page.ts'
import type { Route } from './route.ts'

const content = contentOfFolder()
const HTML =
  '<!DOCTYPE html><html><head><title>Op reis · Leeslijst</title></head><body><main id="main" tabindex="-1"><h1>Ga je op reis?</h1><a href="/#open">Lees</a></main></body></html>'
const PAGE = { status: 200, policy: "default-src 'none'", counts: 'embedded', compressed: compressedPage(HTML) }
const READER =
  'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Mobile Safari/537.36'

type Shown = Extract<Route, { kind: 'show' }>
const route = (path: string, shared?: Shown['shared']): Shown => ({
  kind: 'show',
  path,
  framedBy: [],
  ...(shared ? { shared } : {}),
})
const pageWith = (...differences: Parameters<typeof differencesOf>) => {
  const found = differencesOf(...differences)
  return found && textOfPage(new SharedPages().pageWith('/reading/nl/help/page/travel', PAGE, found))
}

/** The tags of a card, by their names. */
function cardIn(html: string): Record<string, string> {
  return Object.fromEntries(
    [...html.matchAll(/<meta (?:property|name)="([^"]+)" content="([^"]*)">/g)].map(([, name, value]) => [name, value]),
  )
}

describe('a page at its own address', () => {
  it('is the one of the build for a reader', () => {
    expect(differencesOf(content, route('/reading/nl/help/page/travel'), READER)).toBeUndefined()
    expect(differencesOf(content, route('/reading/nl/help/page/travel'), undefined)).toBeUndefined()
  })

  // What the robots of WhatsApp, Facebook, X, Telegram, LinkedIn, Signal and iMessage call themselves.
  it.each([
    'WhatsApp/2.23.20.0',
    'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)',
    'Twitterbot/1.0',
    'TelegramBot (like TwitterBot)',
    'LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)',
    'WhatsApp/2',
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_11_1) AppleWebKit/601.2.4 (KHTML, like Gecko) Version/9.0.1 Safari/601.2.4 facebookexternalhit/1.1 Facebot Twitterbot/1.0',
  ])('has the discreet card for %s', (robot) => {
    expect(cardIn(pageWith(content, route('/reading/nl/help/page/travel'), robot) ?? '')).toEqual({
      'og:type': 'website',
      'og:title': 'Leeslijst',
      'og:description': 'Iets om te lezen.',
      'og:site_name': 'Leeslijst',
      'og:locale': 'nl',
      description: 'Iets om te lezen.',
      'twitter:card': 'summary',
    })
  })
})

describe('a page that was shared', () => {
  it('in the open has the card of the campaign, with a picture, for everybody', () => {
    expect(
      cardIn(
        pageWith(
          content,
          route('/reading/tr/diary/entry/4/open', { kind: 'open', site: 'diary', language: 'tr' }),
          READER,
        ) ?? '',
      ),
    ).toMatchObject({
      'og:title': 'Yarah’nın günlüğü',
      'og:site_name': 'Yarah’nın günlüğü',
      'og:image': 'https://www.dagboekvanyarah.example/beeld-tr.png',
      'twitter:card': 'summary_large_image',
      robots: 'noindex',
    })
  })

  it('discreetly has no picture, and no word in any language that tells what it is about', () => {
    const stems = LANGUAGES.flatMap((language) => content.languages[language].sensitiveWords)
    for (const language of LANGUAGES) {
      for (const site of ['help', 'diary'] as const) {
        const card = cardIn(
          pageWith(
            content,
            route(`/reading/${language}/${site}/opening`, { kind: 'discreet', site, language, opens: '/reis' }),
            READER,
          ) ?? '',
        )
        expect(Object.keys(card)).not.toContain('og:image')
        expect([card['og:title'], card['og:site_name']]).toEqual([
          content.languages[language].share.cards.discreet[site].title,
          content.languages[language].siteNames[site].tabName,
        ])
        expect(sensitiveWordIn(Object.values(card).join(' '), stems)).toBeUndefined()
        for (const open of ['jouw ja', 'Yarah']) expect(JSON.stringify(card)).not.toContain(open)
      }
    }
  })

  it('leads on from its first screen to the page, whatever stands in the path', () => {
    const html = pageWith(
      content,
      route('/reading/nl/help/opening', { kind: 'discreet', site: 'help', language: 'nl', opens: '/x"><script>$&' }),
      READER,
    )
    expect(html).toContain('<a href="/x&quot;&gt;&lt;script&gt;$&amp;">Lees</a>')
  })

  it('has its line at the top of the text when its code is not known', () => {
    const html = pageWith(
      content,
      route('/reading/nl/help/front/quiet', { kind: 'discreet', site: 'help', language: 'nl', notice: 'unknown' }),
      READER,
    )
    expect(html).toContain(
      `<main id="main" tabindex="-1"><p class="warning">${content.languages.nl.share.notices.unknown}</p><h1>`,
    )
  })

  it('is made once', () => {
    const pages = new SharedPages()
    const differences = differencesOf(
      content,
      route('/reading/nl/help/page/travel', { kind: 'open', site: 'help', language: 'nl' }),
      READER,
    )
    if (!differences) throw new Error('the page does not differ')
    const made = pages.pageWith('one', PAGE, differences)
    expect(pages.pageWith('one', PAGE, { ...differences })).toBe(made)
    expect(pages.pageWith('another', PAGE, differences)).not.toBe(made)
    expect(made).toMatchObject({ status: 200, policy: PAGE.policy, counts: 'embedded' })
  })
})
