import { expect, test, type Page } from '@playwright/test'
import { translatorFor } from '#components/translator.ts'
import { content } from '#server/content/content.ts'
import { NEUTRAL_ADDRESS, standInForNeutralAddress } from './neutral-address.ts'
import { addressOf } from './site.ts'

test('a page that goes out of sight is covered until a tap, and is then where it was', async ({ page }) => {
  await page.goto(addressOf('diary', '/1'))
  await page.evaluate(() => scrollTo(0, 400))
  await goOutOfSight(page)
  await expect(page).toHaveTitle('Dagboek')
  expect(await textInSight(page)).toBe('Verder\nOp deze pagina niet meer afdekken')

  await comeBack(page)
  await expect(page).toHaveTitle('Dagboek')
  await page.getByRole('button', { name: 'Verder' }).click()
  await expect(page).toHaveTitle('Dag 1 · Dagboek')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Een nieuw schrift')
  expect(await page.evaluate(() => scrollY)).toBe(400)

  await goOutOfSight(page)
  await expect(page).toHaveTitle('Dagboek')
})

test('the cover can be switched off for a page, and is there again on the next', async ({ page }) => {
  await page.goto(addressOf('diary', '/1'))
  await goOutOfSight(page)
  await page.getByRole('button', { name: 'Op deze pagina niet meer afdekken' }).click()
  await goOutOfSight(page)
  await expect(page).toHaveTitle('Dag 1 · Dagboek')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()

  await comeBack(page)
  await page.getByRole('link', { name: 'Volgende dag' }).click()
  await expect(page).toHaveTitle('Dag 2 · Dagboek')
  await goOutOfSight(page)
  await expect(page).toHaveTitle('Dagboek')
})

test('in Arabic on a screen of 320 by 256, a page is covered and uncovered with the keyboard alone', async ({
  page,
}) => {
  // A screen of 1280 by 1024 enlarged to 400 % (WCAG 1.4.10).
  await page.setViewportSize({ width: 320, height: 256 })
  const { siteNames, texts } = content().languages.ar
  const words = translatorFor('ar', texts)
  await page.goto(addressOf('diary', '/ar/1'))
  const title = await page.title()
  await goOutOfSight(page)
  await expect(page).toHaveTitle(siteNames.diary.tabName)
  expect(await textInSight(page)).toBe(`${words('curtain.lift')}\n${words('curtain.never')}`)
  expect(await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.dir])).toEqual([
    320,
    'rtl',
  ])
  // Nothing that lies under the cover comes before its button.
  await page.keyboard.press('Tab')
  await expect(page.getByRole('button', { name: words('curtain.lift') })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page).toHaveTitle(title)
  await expect(page.getByRole('main')).toBeFocused()
})

test('the exit works from behind the cover', async ({ page }) => {
  await standInForNeutralAddress(page)
  await page.goto(addressOf('help', '/'))
  await goOutOfSight(page)
  for (let press = 0; press < 3; press += 1) await page.keyboard.press('Shift')
  await expect(page).toHaveURL(NEUTRAL_ADDRESS)
})

test('a page that is left by an ordinary link is emptied, and Back does not show it', async ({ page }) => {
  await standInForNeutralAddress(page)
  await page.goto(addressOf('help', '/reis'))
  const left = page.evaluate(
    () =>
      new Promise<string>((resolve) =>
        addEventListener('pagehide', () => resolve(`${document.title}|${document.body.childNodes.length}`), {
          once: true,
        }),
      ),
  )
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true })))
  expect(await left).toBe('Op reis · Leeslijst|0')
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })))
  await expect(page).toHaveURL(NEUTRAL_ADDRESS)
})

/** A headless browser never puts a page out of sight, so the page is told that it is. */
async function goOutOfSight(page: Page): Promise<void> {
  await setVisibility(page, 'hidden')
}

async function comeBack(page: Page): Promise<void> {
  await setVisibility(page, 'visible')
}

async function setVisibility(page: Page, state: DocumentVisibilityState): Promise<void> {
  await page.evaluate((value) => {
    Object.defineProperty(document, 'visibilityState', { value, configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))
  }, state)
}

async function textInSight(page: Page): Promise<string> {
  return page.evaluate(() => document.body.innerText.trim().replaceAll(/\n+/g, '\n'))
}
