import { expect, type Locator, type Page } from '@playwright/test'

/** Presses Tab until the keyboard is at a link, from wherever it is: at the end of a page it begins again. */
export async function tabTo(page: Page, link: Locator): Promise<void> {
  await expect
    .poll(
      async () => {
        await page.keyboard.press('Tab')
        return link.evaluate((element) => element === document.activeElement)
      },
      { intervals: [0] },
    )
    .toBe(true)
}
