import { setTimeout as wait } from 'node:timers/promises'
import { chromium, type Browser, type CDPSession, type Page } from 'playwright'
import { browserFlags, browserPath } from './browser.ts'

/** What came over the line. Bytes as they were sent: compressed, headers included. */
export interface Transfer {
  readonly requests: number
  readonly bytes: number
}

/** What a reader waits for, from the tap on the link. Unit: milliseconds. */
export interface Waiting {
  /** The heading or the first paragraph, whichever is larger on the screen, is painted (largest contentful paint). */
  readonly readable: number
  /** Everything that the page loads of its own accord is there (the event `load`). */
  readonly complete: number
}

/** A slow phone on a slow network. DevTools holds back each answer, not the packets of a connection. Units: bits/s, milliseconds, times slower. */
export const SLOW = { bitsPerSecond: 400_000, latency: 400, slowdown: 4 } as const
const SCREEN = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true }

/** So long nothing may be on its way before a visit counts as loaded; client links are fetched ahead only when the page is idle. Unit: milliseconds. */
const QUIET = 1_500
const PATIENCE = 30_000

/** A browser that reaches nothing but this machine. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: browserPath, args: browserFlags })
}

/**
 * What a first visit transfers, and then a second page that is opened by a tap on a link in the first one.
 * @param path of the second page
 */
export async function transfersOf(
  browser: Browser,
  address: string,
  path: string,
): Promise<readonly [first: Transfer, second: Transfer]> {
  return withPage(browser, async (page, session) => {
    const line = new Line(session)
    await session.send('Network.enable')
    await page.goto(address)
    const first = await line.takeWhenQuiet()
    const heading = await page.locator('h1').innerText()
    await page.locator(`a[href="${path}"]`).first().tap()
    await page.locator('h1', { hasNotText: heading }).waitFor({ timeout: PATIENCE })
    return [first, await line.takeWhenQuiet()]
  })
}

/** How long a page that was never visited takes on a slow phone. */
export async function waitingOf(browser: Browser, address: string): Promise<Waiting> {
  return withPage(browser, async (page, session) => {
    await session.send('Network.enable')
    await session.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: SLOW.latency,
      downloadThroughput: SLOW.bitsPerSecond / 8,
      uploadThroughput: SLOW.bitsPerSecond / 8,
    })
    await session.send('Emulation.setCPUThrottlingRate', { rate: SLOW.slowdown })
    await page.goto(address, { timeout: PATIENCE })
    const [readable, complete] = await page.evaluate(async () => {
      const paint = await new Promise<number>((resolve) => {
        new PerformanceObserver((list) => resolve(list.getEntries().at(-1)?.startTime ?? Number.NaN)).observe({
          type: 'largest-contentful-paint',
          buffered: true,
        })
      })
      const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
      return [paint, navigation?.loadEventStart ?? Number.NaN] as const
    })
    return { readable, complete }
  })
}

/** Opens a page in a profile of its own, with an empty cache. */
async function withPage<Result>(
  browser: Browser,
  act: (page: Page, session: CDPSession) => Promise<Result>,
): Promise<Result> {
  const context = await browser.newContext(SCREEN)
  try {
    const page = await context.newPage()
    return await act(page, await context.newCDPSession(page))
  } finally {
    await context.close()
  }
}

/** Counts what comes over the line. */
class Line {
  #requests = 0
  #bytes = 0
  readonly #open = new Set<string>()

  constructor(session: CDPSession) {
    session.on('Network.requestWillBeSent', ({ requestId, request }) => {
      if (request.url.startsWith('data:')) return
      this.#open.add(requestId)
      this.#requests += 1
    })
    session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      if (this.#open.delete(requestId)) this.#bytes += encodedDataLength
    })
    session.on('Network.loadingFailed', ({ requestId }) => void this.#open.delete(requestId))
  }

  /** What was transferred since the last time, when nothing is on its way any more. */
  async takeWhenQuiet(): Promise<Transfer> {
    let known = -1
    for (let waited = 0; this.#open.size > 0 || known !== this.#requests; waited += QUIET) {
      if (waited > PATIENCE) throw new Error('A page goes on loading without an end.')
      known = this.#requests
      await wait(QUIET)
    }
    const taken = { requests: this.#requests, bytes: this.#bytes }
    this.#requests = 0
    this.#bytes = 0
    return taken
  }
}
