import { expect, test } from '@playwright/test'
import { translatorFor } from '#components/translator.ts'
import { content } from '#server/content/content.ts'
import { pageWithLinkTo } from './leaving/neutral-site.ts'
import { BROWSERS } from './leaving/plan.ts'
import { withReader } from './leaving/reader.ts'
import { NEUTRAL_ADDRESS } from './neutral-address.ts'
import { addressOf } from './site.ts'

// The privacy screen and the way back, in tabs that really go out of sight and really go back. A tab that the browser dropped is not tried
// here: no protocol drops one, so reader/machine.test.ts tries the machine alone.

for (const browser of BROWSERS) {
  test(`in ${browser}, a page that goes out of sight is covered until a press, and is then where it was`, async () => {
    await withReader(browser, async ({ page, hide, show, title, text, press }) => {
      await page.goto(addressOf('diary', '/1'))
      const chosen = await page.evaluate(() => {
        scrollTo(0, 400)
        const paragraph = document.querySelector('main p')
        if (paragraph) getSelection()?.selectAllChildren(paragraph)
        return String(getSelection())
      })
      expect(chosen).not.toBe('')
      await hide()
      expect(await title()).toBe('Dagboek')
      expect(await text()).toBe('Verder\nOp deze pagina niet meer afdekken')
      const dialog = await page.evaluate(() => {
        const screen = document.querySelector('[data-curtain]')
        return [screen?.getAttribute('role'), screen?.getAttribute('aria-modal'), screen?.getAttribute('aria-label')]
      })
      const { texts } = content().languages.nl
      expect(dialog).toEqual(['dialog', 'true', translatorFor('nl', texts)('curtain.name')])

      await show()
      expect(await title()).toBe('Dagboek')
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Verder')
      await press('Verder')
      expect(await title()).toBe('Dag 1 · Dagboek')
      expect(await page.evaluate(() => [scrollY, String(getSelection()), document.activeElement?.localName])).toEqual([
        400,
        chosen,
        'main',
      ])
      await hide()
      expect(await title()).toBe('Dagboek')
    })
  })

  test(`in ${browser}, Back from another organisation ends at the neutral page`, async () => {
    await withReader(browser, async ({ page, press }) => {
      await page.goto(addressOf('help', '/bellen'))
      const organisation = await page.evaluate(() => {
        const link = [...document.links].find(
          ({ origin, offsetWidth, dataset }) =>
            dataset.exit === undefined && origin.startsWith('https:') && offsetWidth > 0,
        )
        return { words: link?.innerText.trim() ?? '', href: link?.href ?? '' }
      })
      await press(organisation.words)
      await expect.poll(() => page.url()).toBe(organisation.href)
      // What the page goes on to is not the page that was asked for, so this is not waited for by the driver.
      void page.goBack().catch(() => undefined)
      await expect.poll(() => page.url()).toBe(NEUTRAL_ADDRESS)
    })
  })
}

test('after the exit, Back leads to where the reader came from, and Forward to the neutral page', async () => {
  await withReader('chromium', async ({ page, press }) => {
    const before = pageWithLinkTo(addressOf('help', '/'))
    await page.goto(before)
    await press('Verder')
    await expect.poll(() => page.url()).toBe(addressOf('help', '/'))
    await page.waitForSelector('footer')
    await press('Verlaat deze site')
    await expect.poll(() => page.url()).toBe(NEUTRAL_ADDRESS)
    void page.goBack().catch(() => undefined)
    await expect.poll(() => page.url()).toBe(before)
    void page.goForward().catch(() => undefined)
    await expect.poll(() => page.url()).toBe(NEUTRAL_ADDRESS)
  })
})

test('the privacy screen can be switched off for a page, and is there again on the next', async () => {
  await withReader('chromium', async ({ page, hide, show, title, press }) => {
    await page.goto(addressOf('diary', '/1'))
    await hide()
    await show()
    await press('Op deze pagina niet meer afdekken')
    await hide()
    expect(await title()).toBe('Dag 1 · Dagboek')

    await show()
    await press('Volgende dag')
    await expect.poll(title).toBe('Dag 2 · Dagboek')
    await hide()
    expect(await title()).toBe('Dagboek')
  })
})

test('in Arabic on a screen of 320 by 256, a page is covered and uncovered with the keyboard alone', async () => {
  const { siteNames, texts } = content().languages.ar
  const words = translatorFor('ar', texts)
  await withReader('chromium', async ({ page, hide, show, title, text }) => {
    // A screen of 1280 by 1024 enlarged to 400 % (WCAG 1.4.10).
    await page.setViewport({ width: 320, height: 256 })
    await page.goto(addressOf('diary', '/ar/1'))
    const before = await title()
    await hide()
    expect(await title()).toBe(siteNames.diary.tabName)
    expect(await text()).toBe(`${words('curtain.lift')}\n${words('curtain.never')}`)
    await show()
    expect(await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.dir])).toEqual([
      320,
      'rtl',
    ])
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(words('curtain.lift'))
    await page.keyboard.press('Enter')
    expect(await title()).toBe(before)
    expect(await page.evaluate(() => document.activeElement?.localName)).toBe('main')
  })
})

test('the key works from behind the privacy screen', async () => {
  await withReader('chromium', async ({ page, hide, show }) => {
    await page.goto(addressOf('help', '/'))
    await hide()
    await show()
    for (let press = 0; press < 3; press += 1) await page.keyboard.press('Backspace')
    await expect.poll(() => page.url()).toBe(NEUTRAL_ADDRESS)
  })
})
