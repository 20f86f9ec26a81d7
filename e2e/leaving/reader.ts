import { expect } from '@playwright/test'
import type { Page } from 'puppeteer-core'
import { Chance } from '../attack/chance.ts'
import { contextOn, startChromium, startFirefox } from './browsers.ts'
import { Line } from './line.ts'
import { neutralSite } from './neutral-site.ts'
import type { BrowserName } from './plan.ts'

/** A tab that really goes out of sight: Playwright has every page believe that it is in front. */
export interface Reader {
  readonly page: Page
  /** Puts another tab in front. */
  hide(): Promise<void>
  /** Puts this tab in front again. */
  show(): Promise<void>
  title(): Promise<string>
  /** What can be read on the screen, a line for each line. */
  text(): Promise<string>
  /** Presses the middle of what is in sight with this role and these words. */
  press(words: string): Promise<void>
}

/** Opens a browser, on a fast line and with a stand-in for every other site, and closes it afterwards. */
export async function withReader(name: BrowserName, work: (reader: Reader) => Promise<void>): Promise<void> {
  const neutral = await neutralSite()
  const line = await Line.start(new Chance(0, 0), neutral.port)
  const browser = await (name === 'chromium' ? startChromium() : startFirefox(line))
  try {
    const context = name === 'chromium' ? await contextOn(browser, line) : browser.defaultBrowserContext()
    const page = await context.newPage()
    await page.setViewport({ width: 360, height: 740 })
    await work(await readerOn(page))
  } finally {
    await browser.close()
    await line.close()
    await neutral.close()
  }
}

async function readerOn(page: Page): Promise<Reader> {
  const other = await page.browserContext().newPage()
  await page.bringToFront()
  const inSight = (state: DocumentVisibilityState) =>
    expect.poll(() => page.evaluate(() => document.visibilityState)).toBe(state)
  return {
    page,
    async hide() {
      await other.bringToFront()
      await inSight('hidden')
    },
    async show() {
      await page.bringToFront()
      await inSight('visible')
    },
    title: () => page.title(),
    text: () => page.evaluate(() => document.body.innerText.trim().replaceAll(/\n+/g, '\n')),
    async press(words) {
      const place = await page.evaluate((words) => {
        const found = [...document.querySelectorAll<HTMLElement>('a, button')].find(
          (element) => element.innerText.trim() === words && element.offsetWidth > 0,
        )
        found?.scrollIntoView({ block: 'center', behavior: 'instant' })
        const box = found?.getClientRects()[0]
        return box && { x: box.x + box.width / 2, y: box.y + box.height / 2 }
      }, words)
      if (!place) throw new Error(`Nothing on ${page.url()} can be pressed that says "${words}".`)
      await page.mouse.click(place.x, place.y)
    },
  }
}
