import type { Server } from 'node:http'
import { expect, test } from '@playwright/test'
import { content } from '#server/content/content.ts'
import { ask } from './ask.ts'
import { closeWindow } from './close-window.ts'
import { serveHostPage } from './host-page.ts'
import { attribute, elementsIn, PageSource, textOf } from './page-source.ts'
import { everyReadingPage } from './reading-pages.ts'
import { PASSED_ON } from './secure-front.ts'
import { addressOf, HOSTS } from './site.ts'

const HELP_ORIGIN = addressOf('help', '')
const { entrance, sites, languages } = content()
const helpPages = languages.nl.pages.filter((page) => page.sites.includes('help') && page.window)

let host: { server: Server; port: number }
test.beforeAll(async () => {
  host = await serveHostPage(HELP_ORIGIN)
})
test.afterAll(() => host.server.close())

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

test('Shift three times closes the window', async ({ page }) => {
  await page.goto(`http://${entrance.local}:${host.port}/`)
  await page.getByRole('button', { name: 'Even iets vragen?' }).click()
  await page.frameLocator('iframe').getByRole('heading', { name: 'Waar ben jij nu?' }).click()
  for (let press = 0; press < 2; press += 1) await page.keyboard.press('Shift')
  await expect(page.locator('iframe')).toHaveCount(1)
  await closeWindow(page, () => page.keyboard.press('Shift'))
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
