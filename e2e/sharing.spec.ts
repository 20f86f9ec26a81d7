import { expect, test, type Page } from '@playwright/test'
import { HtmlValidate } from 'html-validate'
import type { SiteId } from '#campaign/run.ts'
import { translatorFor } from '#components/translator.ts'
import { content } from '#server/content/content.ts'
import { sensitiveWordIn } from '#server/content/check-words.ts'
import { LANGUAGES, type Language } from '#server/content/read.ts'
import { SHARE_KINDS } from '#sharing/share-link.ts'
import { ask } from './ask.ts'
import { violationsOn } from './axe.ts'
import { NEUTRAL_ADDRESS, standInForNeutralAddress } from './neutral-address.ts'
import { attribute, PageSource, textOf } from './page-source.ts'
import { addressOf, HOSTS } from './site.ts'

const SITES = ['help', 'diary'] as const
const { languages, sites } = content()

/** A relative may read another language than the reader. */
const sensitiveWords = LANGUAGES.flatMap((language) => languages[language].sensitiveWords)

const DISCREET = 'Dit wilde ik je laten lezen: https://www.jouwja.example/d/reis'
const OPEN =
  'Mag jij zelf kiezen met wie je trouwt? Een ja telt alleen als je ook nee mag zeggen. Lees wat je kunt doen: https://www.jouwja.example/o/reis'

/** Who asks for the card of a link: the names that these apps and networks give themselves. Signal uses that of WhatsApp. */
const PREVIEW_ROBOTS = {
  WhatsApp: 'WhatsApp/2.23.20.0',
  Signal: 'WhatsApp/2',
  Facebook: 'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)',
  X: 'Twitterbot/1.0',
  Telegram: 'TelegramBot (like TwitterBot)',
  LinkedIn: 'LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)',
  iMessage:
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_11_1) AppleWebKit/601.2.4 (KHTML, like Gecko) Version/9.0.1 Safari/601.2.4 facebookexternalhit/1.1 Facebot Twitterbot/1.0',
} as const

const READER =
  'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36'

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('a reader finds the page, its two messages, and the apps that take them', async ({ page }) => {
    await page.goto(addressOf('help', '/'))
    await page.getByRole('navigation', { name: 'Alle pagina’s' }).getByRole('link', { name: 'Doe mee' }).click()
    await expect(page.getByRole('main')).toContainText('Kijkt er iemand mee op die telefoon?')
    await page.getByRole('main').getByRole('link', { name: 'Ga je op reis?' }).click()
    await expect(page).toHaveURL(addressOf('help', '/delen/reis'))
    await expect(page).toHaveTitle('Delen · Leeslijst')
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Ga je op reis?')
    await expect(page.getByText('Kijkt er iemand mee op die telefoon?')).toBeVisible()
    await expect(page.locator('[data-share]:visible')).toHaveCount(0)

    await expect(page.locator('#message-discreet')).toHaveText(DISCREET)
    await expect(page.locator('#message-open')).toBeHidden()
    await page.getByText('Open', { exact: true }).click()
    await expect(page.locator('#message-open')).toHaveText(OPEN)
    expect(await appsOf(page, 'discreet')).toEqual([
      { app: 'WhatsApp', scheme: 'whatsapp:', asks: { text: DISCREET } },
      {
        app: 'Telegram',
        scheme: 'tg:',
        asks: { url: 'https://www.jouwja.example/d/reis', text: 'Dit wilde ik je laten lezen' },
      },
      { app: 'Mail', scheme: 'mailto:', asks: { subject: 'Leeslijst', body: DISCREET } },
      { app: 'Sms', scheme: 'sms:', asks: { body: DISCREET } },
    ])
    expect((await appsOf(page, 'open')).map(({ asks }) => asks.text ?? asks.body)).toEqual([
      OPEN,
      OPEN.replace(/: http.*/, ''),
      OPEN,
      OPEN,
    ])
  })

  test('the diary is shared from the help site too', async ({ page }) => {
    await page.goto(addressOf('help', '/delen'))
    await page.getByRole('link', { name: 'Deel het dagboek van Yarah' }).click()
    await expect(page).toHaveURL(addressOf('diary', '/delen'))
    await page.getByRole('main').getByRole('link', { name: 'Dag 4', exact: true }).click()
    await expect(page).toHaveURL(addressOf('diary', '/delen/4'))
    await expect(page.locator('#message-discreet')).toHaveText(
      'Een bladzijde om te lezen: https://www.dagboekvanyarah.example/d/4',
    )
  })

  test('a page and an entry lead to the page that shares them, in the language of the reader', async ({ page }) => {
    for (const [site, path, leadsTo] of [
      ['help', '/en/reis', '/en/delen/reis'],
      ['diary', '/tr/4', '/tr/delen/4'],
      ['help', '/ar/bellen', '/ar/delen/bellen'],
    ] as const) {
      const language = path.slice(1, 3) as Language
      await page.goto(addressOf(site, path))
      await page
        .getByRole('main')
        .getByRole('link', { name: translatorFor(language, languages[language].texts)('share.page') })
        .click()
      await expect(page).toHaveURL(addressOf(site, leadsTo))
    }
    // Not about the reader's own safety, and not a page that lives on the other site.
    for (const [site, path] of [
      ['help', '/deze-site'],
      ['diary', '/bellen'],
      ['help', '/venster/reis'],
    ] as const) {
      await page.goto(addressOf(site, path))
      await expect(page.getByRole('link', { name: 'Deel deze pagina' })).toHaveCount(0)
    }
  })

  test('a discreet link shows a bare screen, whose button is a link to the page', async ({ page }) => {
    await page.goto(addressOf('help', '/d/reis'))
    await page.getByRole('link', { name: 'Lees het nu' }).click()
    await expect(page).toHaveURL(addressOf('help', '/reis'))
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Ga je op reis?')
  })

  test('the bare screen can be left', async ({ page }) => {
    await standInForNeutralAddress(page)
    await page.goto(addressOf('help', '/d/reis'))
    await page.getByRole('link', { name: 'Sluiten' }).click()
    await expect(page).toHaveURL(NEUTRAL_ADDRESS)
  })
})

test('everybody who shares a page gets the same one', async () => {
  for (const path of ['/delen/reis', '/ar/delen/begin']) {
    const [one, other] = await Promise.all([
      ask(HOSTS.help, path, { 'User-Agent': READER, Cookie: 'a=1' }),
      ask(HOSTS.help, path, { 'User-Agent': 'Firefox', 'X-Forwarded-For': '203.0.113.9' }),
    ])
    expect(one.status).toBe(200)
    expect(one.text).toBe(other.text)
    expect(one.headers['set-cookie']).toBeUndefined()
  }
})

test('the share sheet gets the message and nothing else, and no request is made', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(Navigator.prototype, 'share', {
      configurable: true,
      value: (data: unknown) => Promise.resolve(void ((window as { given?: unknown }).given = data)),
    })
  })
  const requests = await openToShare(page)
  await page.locator('section').getByRole('button', { name: 'Deel met een app' }).click()
  expect(await page.evaluate(() => (window as { given?: unknown }).given)).toEqual({ text: DISCREET })
  await page.getByText('Open', { exact: true }).click()
  await page.locator('details').getByRole('button', { name: 'Deel met een app' }).click()
  expect(await page.evaluate(() => (window as { given?: unknown }).given)).toEqual({ text: OPEN })
  expect(requests).toEqual([])
})

test('the message is copied as it stands, which is said, and no request is made', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const requests = await openToShare(page)
  // This browser has no share sheet.
  await expect(page.getByRole('button', { name: 'Deel met een app' })).toHaveCount(0)
  await page.locator('section').getByRole('button', { name: 'Kopieer de tekst' }).click()
  await expect(page.locator('section').getByRole('button', { name: 'Gekopieerd' })).toBeVisible()
  await expect(page.getByRole('status')).toHaveText('Gekopieerd')
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(DISCREET)
  expect(requests).toEqual([])
})

test('a message that may not be copied is selected', async ({ page }) => {
  await page.addInitScript(() => {
    Clipboard.prototype.writeText = () => Promise.reject(new DOMException('no', 'NotAllowedError'))
  })
  await openToShare(page)
  await page.locator('section').getByRole('button', { name: 'Kopieer de tekst' }).click()
  await expect.poll(() => page.evaluate(() => String(getSelection()))).toBe(DISCREET)
  await expect(page.locator('section').getByRole('button', { name: 'Kopieer de tekst' })).toBeVisible()
})

test('a tap on an app asks nothing of any server and leaves the page where it is', async ({ page }) => {
  const requests = await openToShare(page)
  for (const app of ['WhatsApp', 'Telegram', 'Mail', 'Sms'])
    await page.locator('section').getByRole('link', { name: app, exact: true }).click()
  expect(requests.filter((request) => /^https?:/.test(request))).toEqual([])
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Ga je op reis?')
})

for (const [site, path, leadsTo, button, heading] of [
  ['help', '/d/reis', '/reis', 'Lees het nu', 'Ga je op reis?'],
  ['diary', '/en/d/4', '/en/4', 'Read it now', languages.en.entries[3]?.title ?? ''],
  ['diary', '/ar/d', '/ar', languages.ar.share.opening.read, languages.ar.fronts.quiet.diary.title],
] as const) {
  test(`${path} opens on a bare screen, and the page comes in its place, in one line of the history`, async ({
    page,
  }) => {
    await page.goto('about:blank')
    const before = await page.evaluate(() => history.length)
    await page.goto(addressOf(site, path))
    await expect(page).toHaveTitle(languages[languageOf(path)].siteNames[site].tabName)
    expect(await wordsInSight(page)).toEqual([])

    const requests: string[] = []
    page.on('request', (request) => requests.push(request.url()))
    await page.getByRole('link', { name: button }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(heading)
    expect(requests).toEqual([addressOf(site, leadsTo)])
    expect(page.url()).toBe(addressOf(site, path))
    // Everything that a page has is there now, once.
    for (const part of ['header', 'main', 'footer', '[data-curtain]', '[role=status]', 'body > nav:visible'])
      expect(await page.locator(part).count(), part).toBe(part.startsWith('body') ? 2 : 1)
    await expect(page.getByRole('main')).toBeFocused()
    expect(await page.evaluate(() => history.length)).toBe(before + 1)
    await page.goBack()
    expect(page.url()).toBe('about:blank')
  })
}

test('the bare screen has all of the exit and the curtain', async ({ page }) => {
  await standInForNeutralAddress(page)
  await page.goto(addressOf('diary', '/d/4'))
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true })
    // Playwright has every page believe that it is in front; e2e/curtain.spec.ts has pages that really go out of sight.
    document.dispatchEvent(new Event('visibilitychange'))
  })
  await expect(page.getByRole('button', { name: 'Verder' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Lees het nu' })).toBeHidden()
  await page.getByRole('button', { name: 'Verder' }).click()
  await expect(page.getByRole('link', { name: 'Lees het nu' })).toBeVisible()
  for (let press = 0; press < 3; press += 1) await page.keyboard.press('Shift')
  await expect(page).toHaveURL(NEUTRAL_ADDRESS)
})

test('the bare screen tells nothing, also in its source, and fits a small screen enlarged', async ({ page }) => {
  for (const site of SITES) {
    for (const language of LANGUAGES) {
      const { text } = await ask(HOSTS[site], `${language === 'nl' ? '' : `/${language}`}/d`)
      const report = await new HtmlValidate().validateString(text)
      const elements = new PageSource(text)
        .elements()
        .filter(({ tagName }) => !['html', 'head', 'body', 'style', 'script'].includes(tagName))
      const told = elements
        .flatMap((element) => [
          textOf(element),
          ...['content', 'data-press', 'href', 'aria-label'].map((name) => attribute(element, name) ?? ''),
        ])
        .join('\n')
      const name = `${site} ${language}`
      expect(told, name).toContain(languages[language].share.opening.text)
      // In production the host name stands in the address of its card, as it does in the message itself.
      expect(sensitiveWordIn(told.replaceAll(/https:\/\/[^/\s]*/g, ''), sensitiveWords), name).toBeUndefined()
      expect(told, name).not.toContain(languages[language].siteNames[site].name)
      expect(told, name).not.toContain('tel:')
      expect(
        report.results
          .flatMap(({ messages }) => messages.map(({ ruleId }) => ruleId))
          .filter((rule) => rule !== 'attribute-empty-style'),
      ).toEqual([])
    }
  }
  await page.setViewportSize({ width: 320, height: 256 })
  await page.goto(addressOf('help', '/ar/d'))
  expect(await violationsOn(page, 'the bare screen')).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
  for (const link of await page.getByRole('main').getByRole('link').all())
    expect((await link.boundingBox())?.height).toBeGreaterThanOrEqual(44)
})

test('an open link shows the page itself at its address', async ({ page }) => {
  await page.goto(addressOf('help', '/o/reis'))
  await expect(page).toHaveURL(addressOf('help', '/o/reis'))
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Ga je op reis?')
  await expect(page.getByRole('link', { name: 'Verlaat deze site' })).toBeVisible()
})

for (const path of ['/d/bestaat-niet', '/o/bestaat-niet', '/en/o/99']) {
  test(`${path}, which is not there, gives the front with a friendly line`, async ({ page }) => {
    const { fronts, share } = languages[languageOf(path)]
    const answer = await page.goto(addressOf('help', path))
    expect(answer?.status()).toBe(200)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(fronts.quiet.help.title)
    await expect(page.getByRole('main')).toContainText(share.notices.unknown)
  })
}

test('every card is the same for every app and network, and is the one that was agreed on', async () => {
  const cards: Record<string, Record<string, string>> = {}
  for (const site of SITES) {
    for (const language of LANGUAGES) {
      for (const kind of SHARE_KINDS) {
        const path = `${language === 'nl' ? '' : `/${language}`}/${kind === 'open' ? 'o' : 'd'}`
        const found = await Promise.all(Object.values(PREVIEW_ROBOTS).map((robot) => cardAt(site, path, robot)))
        for (const card of found) expect(card, `${site} ${language} ${kind}`).toEqual(found[0])
        cards[`${site} ${language} ${kind}`] = found[0] ?? {}
      }
    }
  }
  expect(Object.keys(cards)).toHaveLength(16)
  for (const [name, card] of Object.entries(cards).filter(([name]) => name.endsWith('discreet'))) {
    expect(
      sensitiveWordIn(
        Object.values(card)
          .join(' ')
          .replaceAll(/https:\/\/[^/]*/g, ''),
        sensitiveWords,
      ),
      name,
    ).toBeUndefined()
    expect(
      Object.keys(card).filter((key) => key.includes('image')),
      name,
    ).toEqual([])
    for (const { name: site } of sites) expect(Object.values(card), name).not.toContain(site)
  }
  // Somebody who changes the words of a card sees here what all chats will show: `npx playwright test e2e/sharing.spec.ts --update-snapshots`.
  expect(JSON.stringify(cards, undefined, 2)).toMatchSnapshot('cards.json')
})

test('the card of a page is that of its site, so it tells nothing of the page', async () => {
  for (const robot of Object.values(PREVIEW_ROBOTS)) {
    const [front, page, entry] = [
      await cardAt('help', '/d', robot),
      await cardAt('help', '/d/ver-weg', robot),
      await cardAt('diary', '/d/4', robot),
    ]
    expect(page).toEqual(front)
    // The card leads where the link of the sender does, so that a code is counted.
    expect(page['og:url']).toBeUndefined()
    expect(entry['og:title']).toBe('Dagboek')
  }
})

test('at its own address a page has the neutral card for those who make previews, and none for a reader', async () => {
  for (const [site, path] of [
    ['help', '/'],
    ['help', '/kiezen'],
    ['diary', '/4'],
    ['help', '/tr/reis'],
    ['help', '/delen/reis'],
  ] as const) {
    const { title, text } = languages[languageOf(path)].share.cards.discreet[site]
    for (const robot of Object.values(PREVIEW_ROBOTS))
      expect(await cardAt(site, path, robot), path).toMatchObject({ 'og:title': title, 'og:description': text })
    const { 'og:title': none, ...rest } = await cardAt(site, path, READER)
    expect([none, rest['twitter:card'], rest.description]).toEqual([undefined, undefined, undefined])
  }
})

/** Opens the page that shares the page about a journey, and collects what is asked for from then on. */
async function openToShare(page: Page): Promise<string[]> {
  await page.goto(addressOf('help', '/delen'))
  await page.getByRole('main').getByRole('link', { name: 'Ga je op reis?' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Ga je op reis?')
  const requests: string[] = []
  page.on('request', (request) => requests.push(request.url()))
  return requests
}

async function appsOf(page: Page, kind: 'discreet' | 'open') {
  const links = page
    .locator(kind === 'open' ? 'details' : 'section')
    .filter({ has: page.locator(`#message-${kind}`) })
    .getByRole('link')
  return Promise.all(
    (await links.all()).map(async (link) => {
      const address = new URL((await link.getAttribute('href')) ?? '')
      return {
        app: (await link.textContent()) ?? '',
        scheme: address.protocol,
        asks: Object.fromEntries(address.searchParams) as Record<string, string>,
      }
    }),
  )
}

/** The card in the head of a page: what has a meaning for whoever makes a preview. */
async function cardAt(site: SiteId, path: string, userAgent: string): Promise<Record<string, string>> {
  const { status, text } = await ask(HOSTS[site], path, { 'User-Agent': userAgent })
  expect(status, path).toBe(200)
  const source = new PageSource(text)
  const metas = source
    .elements('meta')
    .map(
      (meta) =>
        [attribute(meta, 'property') ?? attribute(meta, 'name') ?? '', attribute(meta, 'content') ?? ''] as const,
    )
  return {
    ...Object.fromEntries(metas.filter(([name]) => /^(og:|twitter:|description$|robots$)/.test(name))),
    title: source.elements('title').map(textOf).join(),
  }
}

/** Words in sight that tell what it is about, or whose site it is. */
async function wordsInSight(page: Page): Promise<string[]> {
  const text = `${await page.title()} ${await page.evaluate(() => document.body.innerText)}`
  return [
    sensitiveWordIn(text, sensitiveWords) ?? '',
    ...LANGUAGES.flatMap((language) => SITES.map((site) => languages[language].siteNames[site].name)).filter((name) =>
      text.includes(name),
    ),
  ].filter(Boolean)
}

function languageOf(path: string): Language {
  return LANGUAGES.find((language) => path.startsWith(`/${language}/`) || path === `/${language}`) ?? 'nl'
}
