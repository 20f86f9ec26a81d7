import { setTimeout as wait } from 'node:timers/promises'
import puppeteer, { type ElementHandle, type Page } from 'puppeteer-core'
import { FIREFOX } from './environment.ts'
import { MOMENT_HEADER, QUIET_MOMENT } from './moment.ts'
import { NEUTRAL_ADDRESS, NEUTRAL_PAGE } from './neutral-address.ts'
import { neutralSite, NEUTRAL_HOST, type Link } from './other-sites.ts'

/** What a reader does in Firefox. */
export interface FirefoxReader {
  /** Waits for the page with this heading, and gives the heading back. */
  heading(name: string): Promise<string>
  follow(link: string, heading: string): Promise<string>
  leave(link: string): Promise<void>
}

/** Nothing listens there: what is asked of any name but ours and the neutral one leads nowhere. */
const NOWHERE = 9

/**
 * Runs the Firefox of the system with a profile, up to the page that a link on a neutral page leads to, and closes it in
 * order. Playwright can drive only a Firefox of its own making. Gives the version.
 */
export async function withFirefox(
  folder: string,
  to: Link,
  work: (reader: FirefoxReader) => Promise<void>,
): Promise<string> {
  const neutral = await neutralSite(to)
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: FIREFOX,
    userDataDir: folder,
    headless: true,
    extraPrefsFirefox: {
      'network.dns.localDomains': NEUTRAL_HOST,
      'network.proxy.type': 1,
      'network.proxy.http': '127.0.0.1',
      'network.proxy.http_port': NOWHERE,
      'network.proxy.ssl': '127.0.0.1',
      'network.proxy.ssl_port': NOWHERE,
      'network.proxy.no_proxies_on': `localhost, .localhost, ${NEUTRAL_HOST}`,
    },
  })
  try {
    const [page] = await browser.pages()
    if (!page) throw new Error('Firefox opened without a tab.')
    await page.setExtraHTTPHeaders({ [MOMENT_HEADER]: QUIET_MOMENT })
    await page.goto(neutral.address)
    await pressLink(page, to.name)
    await work(readerIn(page))
    // Firefox writes its list of visited pages a moment after the page is there.
    await wait(1_500)
    return (await browser.version()).replace(/^firefox\//i, '')
  } finally {
    await browser.close()
    await neutral.close()
  }
}

function readerIn(page: Page): FirefoxReader {
  const heading = async (name: string) => {
    await page.waitForFunction((name) => document.querySelector('h1')?.textContent === name, { timeout: 10_000 }, name)
    return name
  }
  const press = (link: string) => pressLink(page, link)
  return {
    heading,
    async follow(link, name) {
      await press(link)
      return heading(name)
    },
    async leave(link) {
      // Only now: while requests are held, a browser may keep other things than it would by itself.
      await page.setRequestInterception(true)
      page.on('request', (request) => {
        void (request.url().startsWith(NEUTRAL_ADDRESS)
          ? request.respond({ contentType: 'text/html; charset=utf-8', body: NEUTRAL_PAGE })
          : request.continue())
      })
      await press(link)
      await page.waitForFunction((address) => location.href === address, { timeout: 10_000 }, NEUTRAL_ADDRESS)
    },
  }
}

// By its words: Firefox takes a second to find a link by its role and name.
async function pressLink(page: Page, name: string): Promise<void> {
  const link = await page.evaluateHandle(
    (name) => [...document.links].find(({ textContent }) => textContent?.trim() === name),
    name,
  )
  const element = link.asElement() as ElementHandle<Element> | null
  if (!element) throw new Error(`There is no link "${name}" on ${page.url()}.`)
  await element.click()
}
