import { setTimeout as wait } from 'node:timers/promises'
import { expect, type Page } from '@playwright/test'
import { translatorFor } from '#components/translator.ts'
import { content } from '#server/content/content.ts'
import { allowSuggestionsPage, suggestionsFor } from '../address-bar.ts'
import { fileOf, filesOf, withProfileFolder, type ProfileFile } from '../browser-profile.ts'
import { NEUTRAL_ADDRESS } from '../neutral-address.ts'
import { ReadWords } from '../read-words.ts'
import { rowsOfChromium } from '../visited-rows.ts'
import { filesWith, findOnDisk } from '../words-on-disk.ts'
import { ARRIVALS, type Case } from './cases.ts'
import { WindowedChromium } from './chromium.ts'
import { LIKE_WIKIPEDIA, LINKS_ADDRESS, REAL_NAMES, realNames, SEARCH_ADDRESS, type Neutral } from './real-names.ts'
import type { Screen } from './screen.ts'
import { spellingsOfName } from './spellings.ts'

/** What somebody finds who takes the machine afterwards. */
export interface Found {
  /** Lines of ours that the history page shows, by their titles. */
  readonly lines: readonly string[]
  /** Whether the page of a new tab has a tile of ours. */
  readonly tile: boolean
  /** What was typed in the address bar and had it offer a page of ours, beginnings of the name first. */
  readonly suggestedFor: readonly string[]
  /** The most that five times Back showed: nothing of ours, or a page of ours. Absent where nobody goes back. */
  readonly backShows?: boolean
  /** The same of the tab that was closed and opened again. Absent where none was. */
  readonly reopenedShows?: boolean
  /** Whether the list of downloads names our site. */
  readonly downloads: boolean
  /** Files that hold our name in any spelling, and those that hold a word of the path, or a sentence that was read. */
  readonly nameIn: readonly string[]
  readonly pathIn: readonly string[]
  readonly sentenceIn: readonly string[]
}

export interface Measured extends Found {
  readonly version: string
}

const OURS: readonly string[] = Object.values(REAL_NAMES)
const OUR_SPELLINGS = OURS.flatMap(spellingsOfName)
const BEGINNINGS = ['w', 'j', 'jou', 'jouwja']
const EXIT = translatorFor('nl', content().languages.nl.texts)('exit.label')
const STEPS_BACK = 5
/** The browser fills its own pages bit by bit, and nothing says when it is done. Unit: milliseconds. */
const BETWEEN_LOOKS = 300
const TYPED_NAME = REAL_NAMES.help

/** Another organisation, whose link stands on our page with the numbers. */
const ORGANISATION = new URL(
  content().helplines.find(({ url }) => url !== undefined)?.url ?? 'https://www.organisatie.nl/',
).hostname

/**
 * Makes one visit in a fresh Chromium with a window, and looks at everything that it keeps, also after it was started again.
 * @param port of a server of the site that has the setting of the case
 */
export async function measureInChromium(
  { arrival, ending, script }: Case,
  port: number,
  screen: Screen,
  neutral: Neutral = LIKE_WIKIPEDIA,
): Promise<Measured> {
  const { path, pathWords } = ARRIVALS[arrival]
  const address = `https://${REAL_NAMES.help}${path}`
  const names = await realNames(
    port,
    arrival === 'middle' ? `https://${REAL_NAMES.help}/` : address,
    [ORGANISATION],
    neutral,
  )
  try {
    return await withProfileFolder(async (folder) => {
      allowSuggestionsPage(folder)
      const read = new ReadWords()
      const shown: { backShows?: boolean; reopenedShows?: boolean } = {}
      const browser = await WindowedChromium.start(
        folder,
        names,
        screen,
        arrival === 'program' && script ? address : undefined,
      )
      try {
        let page = await browser.firstPage()
        if (!script) await withoutScript(page)
        page = await arrive(browser, page, { arrival, address })
        await readOn(page, read)
        switch (ending) {
          case 'exit': {
            await page.getByRole('link', { name: EXIT }).click()
            await page.waitForURL(NEUTRAL_ADDRESS)
            shown.backShows = await backShows(page)
            break
          }
          case 'back': {
            await page.goto(`https://${ORGANISATION}/`)
            shown.backShows = await backShows(page)
            break
          }
          case 'close':
          case 'reopen':
            await browser.context.newPage()
            await page.close()
            break
          case 'kill':
            await browser.kill()
        }
        if (ending === 'reopen' || ending === 'exit') {
          if (ending === 'exit') {
            await browser.context.newPage()
            await page.close()
          }
          shown.reopenedShows = await reopenedShows(browser, screen)
        }
        if (ending !== 'kill') await browser.close()
      } finally {
        // Where a step failed it is still open.
        await browser.kill()
      }
      const files = filesOf(folder)
      const kept = await keptIn(files, pathWords, read)
      const next = await nextPerson(await WindowedChromium.start(folder, names, screen), [
        ...BEGINNINGS,
        ...pathWords,
        ...neutral.words,
      ])
      return { version: browser.version, ...next, ...shown, ...kept }
    })
  } finally {
    await names.close()
  }
}

async function withoutScript(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setScriptExecutionDisabled', { value: true })
}

/** Comes to the site. @returns the tab in which it is read */
async function arrive(
  browser: WindowedChromium,
  page: Page,
  { arrival, address }: { readonly arrival: Case['arrival']; readonly address: string },
): Promise<Page> {
  const arrived = (tab: Page) => tab.waitForURL((url) => OURS.includes(url.hostname), { waitUntil: 'domcontentloaded' })
  switch (arrival) {
    case 'typed':
      await browser.typeAddress(TYPED_NAME)
      await arrived(page)
      return page
    case 'program':
      if (!OURS.some((name) => page.url().includes(name))) await page.goto(address)
      await arrived(page)
      return page
    default:
      await page.goto(arrival === 'search' ? SEARCH_ADDRESS : LINKS_ADDRESS)
      await page.getByRole('link').click()
      await arrived(page)
  }
  if (arrival !== 'middle') return page
  const opened = browser.context.waitForEvent('page')
  await page.locator('a[href="/kiezen"]').first().click({ button: 'middle' })
  const tab = await opened
  await tab.bringToFront()
  await arrived(tab)
  await page.close()
  return tab
}

/** Past the bare screen of a discreet link, and on to two pages more. */
async function readOn(page: Page, read: ReadWords): Promise<void> {
  if (/^\/d\//.test(new URL(page.url()).pathname)) await page.locator('main a').first().click()
  for (const path of ['bellen', 'regels']) {
    await page.locator(`a[href="/${path}"]`).first().click()
    const title = content().languages.nl.pages.find((one) => one.path === path)?.title ?? ''
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(title, { timeout: 20_000 })
    await read.add(page)
  }
}

/** Whether any of five steps back shows a page of ours. */
async function backShows(page: Page): Promise<boolean> {
  let shows = false
  for (let step = 0; step < STEPS_BACK && !shows; step += 1) {
    if (!(await goBack(page))) break
    shows = await showsOurs(page)
  }
  return shows
}

/** @returns false where there is nothing further back */
async function goBack(page: Page): Promise<boolean> {
  const session = await page.context().newCDPSession(page)
  // While one page gives way to another the tab cannot be asked; then there is somewhere to go back from.
  const history = await session.send('Page.getNavigationHistory').catch(() => undefined)
  if (history?.currentIndex === 0) return false
  await page.goBack({ waitUntil: 'commit' }).catch(() => undefined)
  return true
}

/** Whether a page of ours can be seen; one that leaves at once has its time for that. */
async function showsOurs(page: Page): Promise<boolean> {
  const isOurs = () => OURS.includes(new URL(page.url()).hostname)
  if (!isOurs()) return false
  await page
    .waitForURL((url) => !OURS.includes(url.hostname), { waitUntil: 'commit', timeout: 3_000 })
    .catch(() => undefined)
  return isOurs() && (await page.locator('main').isVisible())
}

async function reopenedShows(browser: WindowedChromium, screen: Screen): Promise<boolean> {
  const opened = browser.context.waitForEvent('page', { timeout: 15_000 })
  await screen.press('ctrl+shift+t')
  const page = await opened
  await page
    .waitForURL((url) => url.protocol === 'https:', { waitUntil: 'commit', timeout: 10_000 })
    .catch(() => undefined)
  return showsOurs(page)
}

/** What a person finds who opens the browser again. */
async function nextPerson(
  browser: WindowedChromium,
  words: readonly string[],
): Promise<Pick<Found, 'lines' | 'tile' | 'suggestedFor' | 'downloads'>> {
  const { context } = browser
  try {
    const page = await browser.newTab()
    await page.waitForURL(/^chrome:/)
    const tiles = await linksIn(page)
    await page.goto('chrome://history')
    await page.waitForLoadState()
    const lines = await linksIn(page)
    await page.goto('chrome://downloads')
    await page.waitForLoadState()
    const downloads = await linksIn(page)
    await page.close()
    const suggested = await suggestionsFor(context, words)
    return {
      tile: ours(tiles).length > 0,
      lines: ours(lines).map(({ title }) => title),
      downloads: ours(downloads).length > 0,
      suggestedFor: [...suggested].flatMap(([word, addresses]) => (addresses.some(isOurs) ? [word] : [])),
    }
  } finally {
    await browser.close()
  }
}

interface ListedLink {
  readonly address: string
  readonly title: string
}

/** Every link of a page of the browser itself, through all of its parts, when their number does not change any more. */
async function linksIn(page: Page): Promise<ListedLink[]> {
  let links: ListedLink[] = []
  let before = -1
  for (let looks = 0; looks < 12 && (looks < 4 || links.length !== before); looks += 1) {
    before = links.length
    await wait(BETWEEN_LOOKS)
    links = await page.evaluate(() => {
      const found: { address: string; title: string }[] = []
      const roots: ParentNode[] = [document]
      for (const root of roots)
        for (const element of root.querySelectorAll('*')) {
          if (element.shadowRoot) roots.push(element.shadowRoot)
          if (element instanceof HTMLAnchorElement)
            found.push({ address: element.href, title: (element.textContent || element.title).trim() })
        }
      return found
    })
  }
  return links
}

function isOurs(address: string): boolean {
  return URL.canParse(address) && OURS.includes(new URL(address).hostname)
}

function ours(links: readonly ListedLink[]): ListedLink[] {
  return links.filter(({ address }) => isOurs(address))
}

async function keptIn(
  files: readonly ProfileFile[],
  pathWords: readonly string[],
  read: ReadWords,
): Promise<Pick<Found, 'nameIn' | 'pathIn' | 'sentenceIn'>> {
  // Fails where the file of the history is not there, so that a wrong folder is not taken for a clean one.
  await rowsOfChromium(fileOf(files, 'Default/History'))
  return {
    nameIn: filesWith(findOnDisk(files, OUR_SPELLINGS)),
    pathIn: filesWith(
      findOnDisk(
        files,
        pathWords.map((word) => `/${word}`),
      ),
    ),
    sentenceIn: filesWith(findOnDisk(files, read.phrases)),
  }
}
