import puppeteer, { type Page } from 'puppeteer-core'
import { FIREFOX } from './environment.ts'
import { MOMENT_HEADER, QUIET_MOMENT } from './moment.ts'

/** Does something in the Firefox of the system, with a profile of its own. Playwright can drive only a Firefox of its own making. */
export async function inFirefox(work: (page: Page) => Promise<void>): Promise<void> {
  const browser = await puppeteer.launch({ browser: 'firefox', executablePath: FIREFOX, headless: true })
  try {
    const page = await browser.newPage()
    await page.setExtraHTTPHeaders({ [MOMENT_HEADER]: QUIET_MOMENT })
    await work(page)
  } finally {
    await browser.close()
  }
}
