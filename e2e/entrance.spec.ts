import type { Server } from 'node:http'
import { expect, test, type Locator } from '@playwright/test'
import { content } from '#server/content/content.ts'
import { ask } from './ask.ts'
import { closeWindow } from './close-window.ts'
import { inFirefox } from './firefox-page.ts'
import { serveHostPage } from './host-page.ts'
import { EXIT_KEY, EXIT_PRESSES, leaveByKey } from './leave-by-key.ts'
import { attribute, elementsIn, PageSource, textOf } from './page-source.ts'
import { everyReadingPage } from './reading-pages.ts'
import { PASSED_ON } from './secure-front.ts'
import { addressOf, HOSTS } from './site.ts'

const HELP_ORIGIN = addressOf('help', '')
const { entrance, sites, languages } = content()
const helpPages = languages.nl.pages.filter((page) => page.sites.includes('help') && page.window)

let host: { server: Server; port: number }
let passingOn: { server: Server; port: number }
test.beforeAll(async () => {
  host = await serveHostPage(HELP_ORIGIN)
  passingOn = await serveHostPage('', PASSED_ON)
})
test.afterAll(() => {
  for (const { server } of [host, passingOn]) server.close()
})

/** The two ways in which a library has the window (docs/entrance.md). */
const WAYS = ['from the help site', 'passed on by the library'] as const
const portOf = (way: (typeof WAYS)[number]) => (way === WAYS[0] ? host : passingOn).port

test('a reader opens the window on the page of a library, reads, and closes it', async ({ page }) => {
  await page.goto(`http://${entrance.local}:${host.port}/`)
  const before = await page.evaluate(() => history.length)
  await page.getByRole('button', { name: 'Even iets vragen?' }).click()
  const window = page.frameLocator('iframe')
  await expect(window.getByRole('heading', { name: 'Waar ben jij nu?' })).toBeVisible()

  await window.getByRole('link', { name: 'Ik ben in het buitenland en kan niet terug' }).click()
  await expect(window.getByRole('heading', { level: 1 })).toHaveText('Achtergebleven in het buitenland')
  await expect(window.getByRole('main').getByRole('link', { name: 'Bel +31 247 247 247' })).toBeVisible()
  await window.getByRole('contentinfo').getByRole('link', { name: 'Hulp en nummers' }).click()
  await expect(window.getByRole('heading', { level: 1 })).toHaveText('Hulp en nummers')

  await closeWindow(page, () => window.getByRole('link', { name: 'Sluiten' }).click())
  await expect(page.getByRole('heading', { name: 'De bibliotheek' })).toBeVisible()
  expect(await page.evaluate(() => history.length)).toBe(before)
  expect(page.url()).toBe(`http://${entrance.local}:${host.port}/`)
})

/** What a reader does to open the window: nothing in the window itself. */
const OPENINGS: Readonly<Record<string, (button: Locator) => Promise<void>>> = {
  'the mouse': (button) => button.click(),
  Enter: async (button) => {
    const page = button.page()
    await page.keyboard.press('Tab')
    while (!(await button.evaluate((element) => element === document.activeElement))) await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
  },
}

for (const way of WAYS)
  for (const [by, press] of Object.entries(OPENINGS))
    test(`the window, ${way} and opened with ${by}, has the keyboard from the first moment, and the page behind it stays where it is`, async ({
      page,
    }) => {
      await page.goto(`http://${entrance.local}:${portOf(way)}/lang`)
      const button = page.getByRole('button', { name: 'Even iets vragen?' })
      await press(button)
      const window = page.frameLocator('iframe')
      await expect(window.getByRole('heading', { name: 'Waar ben jij nu?' })).toBeVisible()
      // The script is on that page twice, and opens one window, which a screen reader is told of as a dialog with a name.
      await expect(page.locator('iframe')).toHaveCount(1)
      await expect(page.getByRole('dialog', { name: 'Info' }).locator('iframe[title="Info"]')).toBeVisible()
      const inside = () => window.locator('body').evaluate(() => document.hasFocus())
      await expect.poll(inside).toBe(true)

      // Escape does nothing, however often.
      for (let pressed = 0; pressed < 3; pressed += 1) await page.keyboard.press('Escape')
      await expect(page.locator('iframe')).toHaveCount(1)

      // Neither the wheel nor a key moves the page behind; they do move what is read.
      const scrolled = () => page.evaluate(() => scrollY)
      await page.mouse.move(180, 300)
      for (let turn = 0; turn < 40; turn += 1) await page.mouse.wheel(0, 2_000)
      const readTo = () => window.locator('body').evaluate(() => scrollY)
      await expect.poll(readTo).toBeGreaterThan(0)
      for (const key of ['End', 'PageDown', 'Home', 'PageDown', 'ArrowDown']) await page.keyboard.press(key)
      await expect.poll(readTo).toBeGreaterThan(0)
      expect(await scrolled()).toBe(0)

      // Tab goes to the first link of the window, and from its last one to nothing of the page behind.
      await page.keyboard.press('Tab')
      await expect.poll(() => window.locator('body').evaluate(() => document.activeElement?.tagName)).toBe('A')
      // The page itself tells where its focus went, for it moves between processes while nobody waits for it.
      await page.evaluate(() => {
        const focused: string[] = []
        Object.assign(globalThis, { focused })
        addEventListener('focusin', ({ target }) => focused.push((target as Element).tagName))
      })
      const stops = await window.locator('a[href], button, summary').count()
      for (let stop = 0; stop < stops + 10; stop += 1) await page.keyboard.press('Tab')
      // What comes after the last stop is of the browser, and then the window again.
      await expect(async () => {
        if (!(await inside())) await page.keyboard.press('Tab')
        expect(await inside()).toBe(true)
      }).toPass()
      const reached = await page.evaluate(() => (globalThis as unknown as { focused: string[] }).focused)
      expect(reached.filter((name) => ['A', 'BUTTON'].includes(name))).toEqual([])

      await leaveByKey(page)
      await expect(page.locator('iframe')).toHaveCount(0)
      await expect(button).toBeFocused()
      await page.mouse.wheel(0, 500)
      await expect.poll(scrolled).toBeGreaterThan(0)
      expect(await page.evaluate(() => document.documentElement.style.overflow)).toBe('')
    })

test('the key that leaves closes the window at once, and a button that was put in later opens it again, in its language', async ({
  page,
}) => {
  await page.goto(`http://${entrance.local}:${host.port}/lang`)
  for (const [name, close] of [
    ['Of in het Engels?', 'Close'],
    ['Even iets vragen?', 'Sluiten'],
  ] as const) {
    await page.getByRole('button', { name }).click()
    const window = page.frameLocator('iframe')
    await expect(window.getByRole('link', { name: close }).first()).toBeVisible()
    await expect.poll(() => window.locator('body').evaluate(() => document.hasFocus())).toBe(true)
    for (let press = 1; press < EXIT_PRESSES; press += 1) await page.keyboard.press(EXIT_KEY)
    await expect(page.locator('iframe')).toHaveCount(1)
    await closeWindow(page, () => page.keyboard.press(EXIT_KEY))
    await expect(page.getByRole('button', { name })).toBeFocused()
  }
})

for (const way of WAYS)
  test(`in Firefox too the window, ${way}, has the keyboard from the first moment`, async () => {
    await inFirefox(async (page) => {
      await page.goto(`http://${entrance.local}:${portOf(way)}/lang`)
      const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '')
      for (const by of ['mouse', 'Enter']) {
        if (by === 'mouse') await page.click('button')
        else {
          await page.focus('button')
          await page.keyboard.press('Enter')
        }
        const element = await page.waitForSelector('dialog > iframe[title="Info"]')
        const frame = await element?.contentFrame()
        if (!frame) throw new Error('The window did not open.')
        await frame.waitForFunction(() => document.querySelector('h2') !== null && document.hasFocus())
        for (let pressed = 0; pressed < 3; pressed += 1) await page.keyboard.press('Escape')
        await page.keyboard.press('Tab')
        await frame.waitForFunction(() => document.activeElement?.tagName === 'A')
        expect(await page.$$('iframe')).toHaveLength(1)
        expect(await page.evaluate(() => scrollY)).toBe(0)
        for (let press = 0; press < EXIT_PRESSES; press += 1) await page.keyboard.press(EXIT_KEY)
        await page.waitForFunction(() => !document.querySelector('iframe'))
        expect(await focused()).toBe(await page.$eval('button', ({ textContent }) => textContent))
      }
    })
  })

test('the script is too short for Chromium to keep on disk, and old browsers can read it', async () => {
  const { text } = await ask(HOSTS.help, '/venster.js')
  expect(text).toContain('/venster')
  expect(text.length).toBeLessThan(1024)
  expect(text).not.toMatch(/\?\.|\?\?/)
})

test('a host that is not listed cannot show the window', async ({ page }) => {
  const refused: string[] = []
  page.on('console', (message) => refused.push(message.text()))
  await page.goto(`http://vreemd.localhost:${host.port}/`)
  await page.getByRole('button', { name: 'Even iets vragen?' }).click()
  await expect.poll(() => refused.join('\n')).toContain('frame-ancestors')
  await expect(page.frameLocator('iframe').getByRole('heading', { name: 'Waar ben jij nu?' })).toHaveCount(0)
})

test('in production only the listed origins are named, and on no other page anybody', async () => {
  for (const name of sites.find(({ id }) => id === 'help')?.hosts ?? []) {
    const { headers } = await ask(name, '/venster')
    expect(headers['content-security-policy']).toMatch(
      entrance.origins.length === 0
        ? /frame-ancestors 'none'$/
        : new RegExp(`frame-ancestors ${entrance.origins.join(' ')}$`),
    )
  }
  for (const path of ['/', '/reis', '/bestaat-niet'])
    expect((await ask(HOSTS.help, path)).headers['content-security-policy']).toMatch(/frame-ancestors 'none'$/)
  expect((await ask(HOSTS.help, '/venster/reis')).headers['content-security-policy']).toContain(
    `frame-ancestors http://${entrance.local}:*`,
  )
})

test('the window has every text of the help site, and no link out of it to one of our sites', async () => {
  for (const { path } of helpPages) {
    const [inside, outside] = await Promise.all([ask(HOSTS.help, `/venster/${path}`), ask(HOSTS.help, `/${path}`)])
    // Nothing is shared from the window; what is taken away is taken from it too.
    expect([path, mainText(inside.text)]).toEqual([path, mainText(outside.text).replace(/Deel deze pagina$/, '')])
    const links = new PageSource(inside.text).elements('a').map((link) => attribute(link, 'href') ?? '')
    const leadingOut = links.filter(
      (href) => href.startsWith('/') && !/^(\/[a-z]{2})?\/venster(\/|$)/.test(href) && !/\.(vcf|zip)$/.test(href),
    )
    expect([path, leadingOut]).toEqual([path, []])
  }
})

test('what a library passes on is all that the window leads to, and nothing else of the help site', async () => {
  const windows = everyReadingPage().filter(({ kind }) => kind === 'entrance')
  const answers = await Promise.all(windows.map(({ path }) => ask(HOSTS.help, path)))
  const led = new Set([
    '/venster.js',
    ...answers.flatMap(({ text }) =>
      new PageSource(text)
        .elements('a')
        .map((link) => attribute(link, 'href') ?? '')
        .filter((href) => href.startsWith('/')),
    ),
  ])
  expect(led.size).toBeGreaterThan(60)
  expect([...led].filter((path) => !PASSED_ON.test(path))).toEqual([])
  const others = everyReadingPage()
    .filter(({ kind }) => kind !== 'entrance')
    .map(({ path }) => path)
  expect(
    [...others, '/uit', '/beheer', '/vensters', '/venster/../beheer'].filter((path) => PASSED_ON.test(path)),
  ).toEqual([])
})

test('nothing in the window tells whose it is', async () => {
  const { text } = await ask(HOSTS.help, '/venster')
  const header = new PageSource(text).elements('header')[0]
  if (!header) throw new Error('The window has no header.')
  for (const { name } of sites) expect(textOf(header)).not.toContain(name)
  expect(new PageSource(text).texts('title')).toEqual(['Leeslijst'])
})

test('every link from the window to another site opens apart, and tells it nothing', async () => {
  const outside = await Promise.all(
    helpPages.map(async ({ path }) => ({ path, links: linksOutOf((await ask(HOSTS.help, `/venster/${path}`)).text) })),
  )
  expect(outside.flatMap(({ links }) => links).length).toBeGreaterThan(10)
  expect(
    outside.flatMap(({ path, links }) =>
      links
        .filter((link) => attribute(link, 'target') !== '_blank' || attribute(link, 'rel') !== 'noreferrer')
        .map((link) => `${path}: ${attribute(link, 'href')}`),
    ),
  ).toEqual([])
  // On the site itself they open in place, so that no second tab stays behind.
  const { text } = await ask(HOSTS.help, '/bellen')
  expect(
    linksOutOf(text)
      .map((link) => attribute(link, 'target'))
      .filter(Boolean),
  ).toEqual([])
})

test.describe('without a script', () => {
  test.use({ javaScriptEnabled: false })

  test('a link from the window to another site opens in a tab of its own, and the window stays where it was', async ({
    page,
    context,
  }) => {
    await page.goto(`http://${entrance.local}:${host.port}/kader`)
    const window = page.frameLocator('iframe')
    await window.getByRole('contentinfo').getByRole('link', { name: 'Hulp en nummers' }).click()
    await expect(window.getByRole('heading', { level: 1 })).toHaveText('Hulp en nummers')
    const link = window.locator('main a[href^="https:"]').first()
    const [opened, asked] = await Promise.all([
      context.waitForEvent('page'),
      context.waitForEvent('request', (request) => !request.url().includes('localhost')),
      link.click(),
    ])
    expect(asked.url().startsWith((await link.getAttribute('href')) ?? 'no address')).toBe(true)
    expect(asked.frame().page()).toBe(opened)
    expect(await asked.headerValue('referer')).toBeNull()
    expect(page.url()).toBe(`http://${entrance.local}:${host.port}/kader`)
    await expect(window.getByRole('heading', { level: 1 })).toHaveText('Hulp en nummers')
  })

  test('the window in a plain frame is read and closed by its links', async ({ page }) => {
    await page.goto(addressOf('help', '/venster'))
    await page.getByRole('link', { name: 'Ik ga op reis en ik twijfel' }).click()
    await expect(page).toHaveURL(addressOf('help', '/venster/reis'))
    await page.getByRole('link', { name: 'Sluiten' }).click()
    await expect(page).toHaveURL(addressOf('help', '/venster/dicht'))
    await expect(page.getByRole('link')).toHaveCount(0)
  })
})

function linksOutOf(html: string) {
  return new PageSource(html).elements('a').filter((link) => /^https?:/.test(attribute(link, 'href') ?? ''))
}

function mainText(html: string): string {
  const main = new PageSource(html).elements('main')[0]
  if (!main) throw new Error('The page has no main part.')
  expect([...elementsIn(main)].length).toBeGreaterThan(10)
  return textOf(main)
}
