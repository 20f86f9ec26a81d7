import {
  chromium,
  devices,
  expect,
  test,
  type BrowserContext,
  type Frame,
  type Locator,
  type Page,
} from '@playwright/test'
import { dayOf } from '#campaign/day.ts'
import { now } from '#server/clock.ts'
import { translatorFor } from '#components/translator.ts'
import { content } from '#server/content/content.ts'
import type { LanguageContent } from '#server/content/read.ts'
import { allowSuggestionsPage, suggestionsFor } from './address-bar.ts'
import { ask } from './ask.ts'
import { fileOf, filesOf, withProfileFolder, type ProfileFile } from './browser-profile.ts'
import { chromiumArguments, UNLIKE_A_READER } from './chromium-arguments.ts'
import { closeWindow } from './close-window.ts'
import { CHROMIUM, RECORD_TRACES } from './environment.ts'
import { withFirefox } from './firefox.ts'
import { MOMENT_HEADER, QUIET_MOMENT } from './moment.ts'
import { NEUTRAL_ADDRESS } from './neutral-address.ts'
import {
  neutralSite,
  NEUTRAL_HOST,
  NEUTRAL_TITLE,
  TELLING_HOST,
  TELLING_TITLE,
  tellingSite,
  WAYS,
  type Link,
  type Way,
} from './other-sites.ts'
import { ReadWords } from './read-words.ts'
import { NAMES, secureFront, type SecureFront } from './secure-front.ts'
import { addressOf, HOSTS } from './site.ts'
import { recordTraces } from './traces/record.ts'
import { hiddenName } from './traces/spellings.ts'
import { filesWith, findOnDisk } from './words-on-disk.ts'
import { rowsOfChromium, rowsOfFirefox, type VisitedRow } from './visited-rows.ts'

// What somebody finds who takes the telephone afterwards: with Back and Forward, in the history page, and in a copy of
// every file of the browser. In Chromium the ten pages are of two sites and of two languages, each in its own letters.

// One after the other in one process, so that what all of them measured can be written in one file.
test.describe.configure({ mode: 'default' })

const PAGES = 10
const STEPS_BACK = 5

const { nl, ar } = content().languages
const { entries } = nl
const sensitiveWords = [...nl.sensitiveWords, ...ar.sensitiveWords]
const arabic = translatorFor('ar', ar.texts)

/**
 * The stems of the content that are long enough not to turn up by chance ("fier" is in "classifier"). Not those of digits:
 * "0800" stands in one moment of a thousand that a browser writes down.
 */
const STEMS = [
  ...nl.sensitiveWords.filter((word) => word.length >= 6),
  ...ar.sensitiveWords.filter((word) => word.length >= 4),
].filter((word) => !/\d/.test(word))

/** The hosts of our sites: in production, and on this machine for the browser that cannot be told where a name is. */
const OUR_HOSTS = [...Object.values(NAMES), ...Object.values(HOSTS)]
/** How a browser writes down the names of our sites, also where it hides them: who suspects a name can look whether it is there. */
const OUR_NAMES = Object.values(NAMES).flatMap((name) => [name, hiddenName(name)])
const { sites } = content()
const OUR_TAB_NAMES = [
  ...sites.map(({ tabName }) => tabName),
  ...Object.values(ar.siteNames).map(({ tabName }) => tabName),
]

/** Where a reader goes from the neutral page. */
const HELP: Link = { name: 'Leeslijst', address: `https://${NAMES.help}/` }

/** Where she comes in on the diary site. */
const DIARY = `https://${NAMES.diary}/ar`

/** What somebody types in the address bar: the beginning of our name, and words of what the site is about. */
const BEGINNING_OF_NAME = NAMES.help.slice(0, -4)
const TELLING_WORDS = ['gedwongen', 'trouwen', 'huwelijk', 'uithuwelijk', 'achterlat']

const HELP_PAGES = [
  'Moet jij trouwen?',
  'Achtergebleven in het buitenland',
  'Hulp en nummers',
  'Je rechten',
  'Vast in een huwelijk',
]
const DIARY_LINKS = ['Begin bij dag 1', 'Volgende dag', 'Volgende dag']

/** What is read of other sites: fewer pages, with the same search. */
const OTHER_PATHS = ['/kiezen', '/ver-weg', '/bellen', '/regels', '/reis']
const HIDES_NOTHING: Way = 'links, exit by location.href'

/** How a reader follows a link. */
type Follow = (link: Locator) => Promise<void>
const WITH_A_CLICK: Follow = (link) => link.click()
const WITH_THE_KEYBOARD: Follow = async (link) => {
  await link.focus()
  await link.press('Enter')
}

/** A screen of 1280 by 1024 at 400 % (WCAG 1.4.10). */
const AT_400_PERCENT = { width: 320, height: 256 }

interface Kept {
  readonly visibleRows: number
  readonly titles: readonly string[]
  readonly wordsOnDisk: number
  readonly hostIn: readonly string[]
}

/** What is read of Firefox: its list of visited pages. */
type KeptByFirefox = Pick<Kept, 'visibleRows' | 'titles'> & { readonly version: string }

/** What was found of a site that is made in another way. */
interface KeptOfOther {
  readonly way: string
  readonly pages: number
  readonly visibleRows: number
  readonly backShows: boolean
  readonly wordsOnDisk: number
}

/** What was measured and passed. */
const measured: {
  version?: string
  left?: Kept
  closed?: Kept
  withoutScript?: Kept
  entrance?: Kept
  passedOn?: Kept
  firefox?: KeptByFirefox
  readonly others: KeptOfOther[]
} = { others: [] }

let front: SecureFront

test.beforeAll(async () => {
  front = await secureFront()
})

test.afterAll(() => front.close())

test.afterAll(() => {
  const { version, left, closed, withoutScript, entrance: inWindow, passedOn, firefox, others } = measured
  const site = left && {
    way: 'this site',
    pages: PAGES,
    visibleRows: left.visibleRows,
    backShows: false,
    wordsOnDisk: left.wordsOnDisk,
  }
  console.table(Object.fromEntries([...(site ? [site] : []), ...others].map(({ way, ...found }) => [way, found])))
  // Only what passed in full is told to a reader.
  if (
    !RECORD_TRACES ||
    !version ||
    !left ||
    !closed ||
    !withoutScript ||
    !inWindow ||
    !passedOn ||
    !firefox ||
    others.length < Object.keys(WAYS).length
  )
    return
  const browsers = [
    {
      name: 'Chromium',
      version,
      cases: {
        left: {
          visibleRows: left.visibleRows,
          backShowsNothing: true,
          wordsOnDisk: left.wordsOnDisk,
          hostIn: left.hostIn,
        },
        closed,
        withoutScript,
        entrance: inWindow,
        passedOn,
      },
    },
    {
      name: 'Firefox',
      version: firefox.version,
      cases: { left: { visibleRows: firefox.visibleRows, titles: firefox.titles } },
    },
  ]
  recordTraces({ recorded: dayOf(now()), browsers, others })
})

test('who reads ten pages and leaves finds nothing with Back and Forward, in the history, in the address bar, or in any file of the browser', async () => {
  await withProfileFolder(async (folder) => {
    const read = new ReadWords()
    allowSuggestionsPage(folder)
    let listed: string[] = []
    await withChromium(folder, HELP, async (context, page) => {
      await readTenPages(page, read)
      await exit(page).click()
      await expect(page).toHaveURL(NEUTRAL_ADDRESS)

      const seen: string[] = []
      for (const direction of ['goBack', 'goForward'] as const) {
        for (let step = 0; step < STEPS_BACK; step += 1) {
          await go(page, direction)
          const { address, text } = await inSight(page)
          seen.push(new URL(address).host)
          expect(read.in(text), `${direction} ${step + 1}, at ${address}`).toEqual([])
          expect(OUR_HOSTS, `${direction} ${step + 1}`).not.toContain(new URL(address).host)
        }
      }
      // Asked for once, over a line of its own, and told nothing.
      expect(front.referrers).toEqual([undefined])
      // Back did go back, to where the reader came from, and Forward to where she went.
      expect(seen).toContain(new URL(NEUTRAL_ADDRESS).host)
      expect(seen.some((host) => host.startsWith(NEUTRAL_HOST))).toBe(true)
      listed = await historyPage(context)

      const suggested = await suggestionsFor(context, [BEGINNING_OF_NAME, ...TELLING_WORDS, ...OUR_TAB_NAMES])
      // Whoever types the first letters of the name gets it; the page for readers says so.
      expect(ours(suggested.get(BEGINNING_OF_NAME) ?? [])).toContain(HELP.address)
      for (const word of TELLING_WORDS) expect(ours(suggested.get(word) ?? []), word).toEqual([])
      // A neutral word leads to the ways in and out of a site at most, and to no page that was read there.
      for (const word of OUR_TAB_NAMES)
        expect(['/', '/ar', '/uit', '/ar/naar/diary'], word).toEqual(
          expect.arrayContaining(ours(suggested.get(word) ?? []).map((address) => new URL(address).pathname)),
        )
    })
    const left = await keptOfUs(filesOf(folder), read)
    expect(ours(listed)).toEqual([])
    expect(left).toMatchObject({ visibleRows: 0, titles: [], wordsOnDisk: 0 })
    measured.left = left
  })
})

test('who reads ten pages with the keyboard alone, enlarged to 400 %, and closes the tab leaves one line in the history, with a neutral title, and no word', async () => {
  await withProfileFolder(async (folder) => {
    const read = new ReadWords()
    let listed: string[] = []
    const work = async (context: BrowserContext, page: Page) => {
      await readTenPages(page, read, WITH_THE_KEYBOARD)
      // A telephone shows another tab when one is closed.
      const other = await context.newPage()
      await page.close()
      listed = await historyPage(context)
      await other.close()
    }
    await withChromium(folder, HELP, work, { viewport: AT_400_PERCENT })
    const closed = await keptOfUs(filesOf(folder), read)
    expect(ours(listed).length).toBe(closed.visibleRows)
    expect(closed.visibleRows).toBeLessThanOrEqual(1)
    expectNeutral(closed.titles, read)
    expect(closed.wordsOnDisk).toBe(0)
    measured.closed = closed
  })
})

test('without JavaScript every page is a line in the history, but with a neutral title, and no word is on the disk', async () => {
  await withProfileFolder(async (folder) => {
    const read = new ReadWords()
    await withChromium(
      folder,
      HELP,
      async (_, page) => {
        await readTenPages(page, read)
        await exit(page).click()
        await expect(page).toHaveURL(NEUTRAL_ADDRESS)
      },
      { javaScriptEnabled: false },
    )
    const withoutScript = await keptOfUs(filesOf(folder), read)
    expect(withoutScript.visibleRows).toBeGreaterThan(0)
    expectNeutral(withoutScript.titles, read)
    expect(withoutScript.wordsOnDisk).toBe(0)
    measured.withoutScript = withoutScript
  })
})

test('who reads in the window on the page of a library leaves no line, no word, and the name of the help site not in the history', async () => {
  const kept = await keptOfWindow(front.library)
  expect(kept).toMatchObject({ visibleRows: 0, titles: [], wordsOnDisk: 0 })
  // The record of open tabs, and what the network part of the browser remembers of a site; the page for readers says so.
  expect(kept.hostIn.filter((file) => !file.startsWith('Sessions/'))).toEqual([
    'Network Persistent State',
    'TransportSecurity',
  ])
  measured.entrance = kept
})

test('where the library passes the window on, not even the name of the help site is in any file', async () => {
  const kept = await keptOfWindow(front.passingOn)
  expect(kept).toEqual({ visibleRows: 0, titles: [], wordsOnDisk: 0, hostIn: [] })
  measured.passedOn = kept
})

test('Firefox keeps every page that was opened for itself, but with a neutral title and a path that tells nothing', async () => {
  await withProfileFolder(async (folder) => {
    const titles: string[] = []
    const version = await withFirefox(folder, { ...HELP, address: addressOf('help', '/') }, async (reader) => {
      titles.push(await reader.heading('Jouw ja is van jou'))
      for (const title of HELP_PAGES) titles.push(await reader.follow(title, title))
      titles.push(await reader.follow('Naar het dagboek van Yarah', 'Het hele dagboek ligt hier'))
      for (const [index, link] of DIARY_LINKS.entries())
        titles.push(await reader.follow(link, entries[index]?.title ?? ''))
      await reader.leave('Verlaat deze site')
    })
    expect(titles.length).toBe(PAGES)
    const rows = await rowsOfFirefox(fileOf(filesOf(folder), 'places.sqlite'))
    expect(
      rows.some(({ title }) => title === NEUTRAL_TITLE),
      'the list holds where the reader came from',
    ).toBe(true)
    const kept = rows.filter(({ url }) => ours([url]).length > 0)
    expect(kept.length).toBeGreaterThan(0)
    for (const { url, title } of kept) {
      expect(
        sensitiveWords.filter((word) => `${new URL(url).pathname} ${title}`.toLowerCase().includes(word)),
        url,
      ).toEqual([])
      expect(titles, url).not.toContain(title)
    }
    const visible = new Map(kept.filter((row) => row.visible).map((row) => [row.url, row.title]))
    measured.firefox = { version, visibleRows: visible.size, titles: [...visible.values()].sort() }
  })
})

for (const way of Object.keys(WAYS) as Way[]) {
  test(`the same search finds a site with ${way}: with Back, in the history, and in the files`, async () => {
    await withProfileFolder(async (folder) => {
      const texts = await Promise.all(OTHER_PATHS.map(async (path) => mainOf((await ask(HOSTS.help, path)).text)))
      const site = await tellingSite(way, texts)
      const read = new ReadWords()
      let listed: string[] = []
      let backShows: readonly string[] = []
      try {
        await withChromium(folder, { name: 'Hulp', address: site.address }, async (context, page) => {
          for (let number = 1; number <= texts.length; number += 1) {
            await expect(page).toHaveTitle(`${TELLING_TITLE} ${number}`)
            await read.add(page)
            if (number < texts.length) await page.getByRole('link', { name: 'Verder', exact: true }).click()
          }
          await page.evaluate(() => Object.assign(window, { stillHere: true }))
          await page.getByRole('link', { name: 'Weg', exact: true }).click()
          await expect(page).toHaveURL(NEUTRAL_ADDRESS)
          await go(page, 'goBack')
          backShows = read.in((await inSight(page)).text)
          // Only a page that was kept whole still knows this: so the cache of left pages is on.
          if (way === HIDES_NOTHING) expect(await page.evaluate(() => 'stillHere' in window)).toBe(true)
          listed = (await historyPage(context)).filter((address) => address.includes(TELLING_HOST))
        })
      } finally {
        await site.close()
      }
      const files = filesOf(folder)
      const rows = (await rowsOfChromium(fileOf(files, 'Default/History'))).filter(
        ({ url, visible }) => visible && url.includes(TELLING_HOST),
      )
      const found = findOnDisk(files, read.phrases)
      const kept = {
        pages: texts.length,
        visibleRows: new Set(rows.map(({ url }) => url)).size,
        backShows: backShows.length > 0,
        wordsOnDisk: new Set(found.flatMap(({ words }) => words)).size,
      }
      expect(kept.visibleRows).toBeGreaterThan(0)
      expect(listed.length).toBe(kept.visibleRows)
      expect(rows.map(({ title }) => title)).toContain(`${TELLING_TITLE} 3`)
      expect(kept.backShows).toBe(true)
      if (way === HIDES_NOTHING) {
        // Every page, and every word as it was sent: pages with an even number were compressed.
        expect(kept).toMatchObject({ visibleRows: texts.length, wordsOnDisk: read.phrases.length })
        expect(found.map(({ written }) => written)).toEqual(expect.arrayContaining(['utf-8', 'gzip']))
        const titled = findOnDisk(files, [TELLING_TITLE])
        expect(filesWith(titled)).toContain('History')
        expect(titled.map(({ written }) => written)).toContain('utf-16')
        expect(findOnDisk(files, STEMS)).not.toEqual([])
      }
      measured.others.push({ way, ...kept })
    })
  })
}

/** What is left of ten pages that were read in the window on the page of a library, and of its exit. */
async function keptOfWindow(library: string): Promise<Kept> {
  return withProfileFolder(async (folder) => {
    const read = new ReadWords()
    let listed: string[] = []
    await withChromium(folder, { name: 'Bibliotheek', address: library }, async (context, page) => {
      // The button does something only once the script of the window is there.
      await page.waitForLoadState()
      await page.getByRole('button', { name: 'Even iets vragen?' }).click()
      await readTenPagesInWindow(page, read)
      await closeWindow(page, () =>
        page
          .frameLocator('iframe')
          .getByRole('link', { name: arabic('exit.close') })
          .click(),
      )
      listed = await historyPage(context)
    })
    expect(listed).toContain(library)
    expect(ours(listed)).toEqual([])
    return keptOfUs(filesOf(folder), read)
  })
}

/**
 * Runs Chromium with a profile as a reader's, up to the page that a link on a neutral page leads to, and closes it in
 * order, so that all it keeps is in its files.
 */
async function withChromium(
  folder: string,
  to: Link,
  work: (context: BrowserContext, page: Page) => Promise<void>,
  options: { javaScriptEnabled?: boolean; viewport?: { width: number; height: number } } = {},
): Promise<void> {
  const neutral = await neutralSite(to)
  const context = await chromium.launchPersistentContext(folder, {
    ...devices['Desktop Chrome'],
    channel: 'chromium',
    executablePath: CHROMIUM,
    viewport: { width: 360, height: 740 },
    ignoreDefaultArgs: [...UNLIKE_A_READER],
    args: [...chromiumArguments([NEUTRAL_HOST, TELLING_HOST], front.rules), front.belief],
    extraHTTPHeaders: { [MOMENT_HEADER]: QUIET_MOMENT },
    ...options,
  })
  try {
    measured.version = context.browser()?.version() ?? ''
    const [page] = context.pages()
    if (!page) throw new Error('The browser opened without a tab.')
    await page.goto(neutral.address)
    await page.getByRole('link', { name: to.name, exact: true }).click()
    await expect(page).toHaveURL(to.address)
    await work(context, page)
  } finally {
    await context.close()
    await neutral.close()
  }
}

/** From the front of the help site, by its own links, to the third day of the diary; the first three pages in Dutch, the rest in Arabic. */
async function readTenPages(page: Page, read: ReadWords, follow: Follow = WITH_A_CLICK): Promise<void> {
  const main = page.getByRole('main')
  await readInTwoLanguages(page, read, ['forced-marriage', 'abroad'], ['rights', 'marital-captivity'], follow)
  await follow(page.getByRole('link', { name: arabic('footer.other.diary') }))
  await expect(page).toHaveURL(DIARY)
  await arriveAt(page, read, ar.fronts.quiet.diary.title)
  for (const [index, link] of [arabic('diary.firstPage'), arabic('diary.next'), arabic('diary.next')].entries()) {
    await follow(main.getByRole('link', { name: link }))
    await arriveAt(page, read, ar.entries[index]?.title)
  }
  expect(read.pages).toBe(PAGES)
}

/** From the front, by the links at the foot: some pages in Dutch, then the last of them and some others in Arabic. */
async function readInTwoLanguages(
  page: Page | Frame,
  read: ReadWords,
  inDutch: readonly string[],
  inArabic: readonly string[],
  follow: Follow = WITH_A_CLICK,
): Promise<void> {
  await arriveAt(page, read, nl.fronts.quiet.help.title)
  for (const id of inDutch) {
    await follow(
      page.getByRole('navigation', { name: 'Alle pagina’s' }).getByRole('link', { name: titleIn(nl, id), exact: true }),
    )
    await arriveAt(page, read, titleIn(nl, id))
  }
  await follow(page.getByRole('link', { name: 'العربية' }))
  await arriveAt(page, read, titleIn(ar, inDutch.at(-1) ?? ''))
  for (const id of inArabic) {
    await follow(
      page
        .getByRole('navigation', { name: arabic('footer.all') })
        .getByRole('link', { name: titleIn(ar, id), exact: true }),
    )
    await arriveAt(page, read, titleIn(ar, id))
  }
}

function titleIn({ pages }: LanguageContent, id: string): string {
  return pages.find((page) => page.id === id)?.title ?? `no page "${id}"`
}

/** The same in the window: it has the help site only. */
async function readTenPagesInWindow(page: Page, read: ReadWords): Promise<void> {
  const window = await (await page.locator('iframe').elementHandle())?.contentFrame()
  if (!window) throw new Error('The window did not open.')
  await readInTwoLanguages(
    window,
    read,
    ['forced-marriage', 'travel', 'abroad', 'helplines'],
    ['rights', 'friends', 'parents', 'safety'],
  )
  expect(read.pages).toBe(PAGES)
}

async function arriveAt(page: Page | Frame, read: ReadWords, title?: string): Promise<void> {
  if (title !== undefined) await expect(page.getByRole('heading', { level: 1 })).toHaveText(title)
  await read.add(page)
}

function exit(page: Page) {
  return page.getByRole('link', { name: arabic('exit.label') })
}

// A page out of the cache of left pages does not load again, so there is nothing to wait for but its address.
async function go(page: Page, direction: 'goBack' | 'goForward'): Promise<void> {
  await page[direction]({ waitUntil: 'commit' })
}

async function inSight(page: Page): Promise<{ address: string; text: string }> {
  return {
    address: page.url(),
    text: await page.evaluate(() => `${document.title}\n${document.body?.innerText ?? ''}`),
  }
}

/** The addresses that the history page of the browser lists. */
async function historyPage(context: BrowserContext): Promise<string[]> {
  const page = await context.newPage()
  await page.goto('chrome://history')
  // Where the reader came from is always there, so the list is complete once it is.
  await expect(page.getByRole('link', { name: NEUTRAL_TITLE })).toBeVisible()
  const addresses = await page
    .getByRole('link')
    .evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href))
  await page.close()
  return addresses
}

function ours(addresses: readonly string[]): string[] {
  return addresses.filter((address) => URL.canParse(address) && OUR_HOSTS.includes(new URL(address).host))
}

async function keptOfUs(files: readonly ProfileFile[], read: ReadWords): Promise<Kept> {
  const rows = await rowsOfChromium(fileOf(files, 'Default/History'))
  expect(
    rows.some(({ title, visible }) => title === NEUTRAL_TITLE && visible),
    'the history holds where the reader came from',
  ).toBe(true)
  const visible = new Map<string, VisitedRow>(
    rows.filter((row) => row.visible && ours([row.url]).length > 0).map((row) => [row.url, row]),
  )
  const words = findOnDisk(files, [...read.phrases, ...STEMS])
  // Here, so that a failure names the word and its file.
  expect(words).toEqual([])
  return {
    visibleRows: visible.size,
    titles: [...visible.values()].map(({ title }) => title).sort(),
    wordsOnDisk: new Set(words.flatMap((one) => one.words)).size,
    hostIn: filesWith(findOnDisk(files, OUR_NAMES)),
  }
}

function mainOf(html: string): string {
  return /<main[^>]*>.*<\/main>/s.exec(html)?.[0] ?? 'no text'
}

function expectNeutral(titles: readonly string[], read: ReadWords): void {
  for (const title of titles) {
    expect(
      OUR_TAB_NAMES.some((name) => title === name || title.endsWith(` · ${name}`)),
      title,
    ).toBe(true)
    expect(
      sensitiveWords.filter((word) => title.toLowerCase().includes(word)),
      title,
    ).toEqual([])
    expect(read.in(title), title).toEqual([])
  }
}
