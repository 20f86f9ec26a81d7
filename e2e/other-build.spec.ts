import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, type Locator, type Page } from '@playwright/test'
import { READING_PAGES, type ReadingPageFile } from '#adapter/reading-pages-list.js'
import { translatorFor } from '#components/translator.ts'
import { content } from '#server/content/content.ts'
import { violationsOn } from './axe.ts'
import { serveHostPage } from './host-page.ts'
import { buildOtherSite, removeOtherSite, UNTRANSLATED } from './other-build.ts'
import { addressOf } from './site.ts'
import { serveLikeVercel, type VercelHost } from './vercel-host.ts'

// What takes a build of its own: VISITOR_COUNTS=vercel, from the setting to what the host of the site is told, with the real package in
// between; and a page that is not translated.

// One build serves all of them, so they run in one process.
test.describe.configure({ mode: 'default' })

const CAME_FROM = 'http://zoekmachine.test/?q=hulp'
const SCRIPT = 'GET /_vercel/insights/script.js'
const VIEW = 'POST /_vercel/insights/view'
const { nl, ar } = content().languages
const { pages } = nl

let build: string
let host: VercelHost
let complaints: string[]

test.beforeAll(async () => {
  build = await buildOtherSite()
  host = await serveLikeVercel(build)
})
test.afterAll(async () => {
  await removeOtherSite()
  host.close()
})

test.beforeEach(({ page }) => {
  host.asked.length = 0
  complaints = []
  // A breach of the policy of the page is told in the console.
  page.on('console', (message) => complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(String(error)))
})

for (const [kind, path] of [
  ['front', '/'],
  ['page', '/reis'],
] as const) {
  test(`a visit that begins at ${path} is told once, as "${kind}" and no more`, async ({ page, context }) => {
    await page.addInitScript(() => Object.assign(window, { cameFrom: document.referrer }))
    await page.goto(host.addressOf(`${path}?bron=klas-4b#hulp`), { referer: CAME_FROM })
    await expectToldOnce(page)
    // The browser did know where the reader came from.
    expect(await page.evaluate('cameFrom')).toBe(CAME_FROM)

    expect(JSON.parse(host.asked[1]?.body ?? '')).toEqual({
      o: host.addressOf(`/${kind}`),
      ts: expect.any(Number),
      r: '',
      sv: 'v1',
      sdkn: '@vercel/analytics',
      sdkv: '2.0.1',
    })
    for (const { headers } of host.asked) expect([headers.referer, headers.cookie]).toEqual([undefined, undefined])

    expect(await context.cookies()).toEqual([])
    expect(
      await page.evaluate(async () => [
        localStorage.length,
        sessionStorage.length,
        (await indexedDB.databases()).length,
        (await caches.keys()).length,
      ]),
    ).toEqual([0, 0, 0, 0])
    expect(complaints).toEqual([])
  })
}

test('reading on in place tells nothing further', async ({ page }) => {
  await page.goto(host.addressOf('/'))
  await expectToldOnce(page)
  for (const title of ['Hulp en nummers', 'Veilig op deze site', 'Privacy']) {
    await page.getByRole('contentinfo').getByRole('link', { name: title, exact: true }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(title)
  }
  await expectToldOnce(page)
  expect(complaints).toEqual([])
})

test('of a browser with Global Privacy Control nothing is told, and it does not even load the script', async ({
  page,
}) => {
  await page.addInitScript(() => Object.defineProperty(navigator, 'globalPrivacyControl', { value: true }))
  await page.goto(host.addressOf('/'))
  await settled(page)
  expect(host.asked).toEqual([])
  expect(complaints).toEqual([])
})

test('a page about the safety of the reader tells nothing, nor does what is read from there', async ({ page }) => {
  for (const { path } of pages.filter(({ counted }) => !counted)) {
    await page.goto(host.addressOf(`/${path}`))
    await page.getByRole('contentinfo').getByRole('link', { name: 'Hulp en nummers', exact: true }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Hulp en nummers')
    await settled(page)
  }
  expect(host.asked).toEqual([])
})

test('the window on another site tells nothing, in its frame or alone', async ({ page }) => {
  const library = await serveHostPage(host.addressOf(''))
  await page.goto(host.addressOf('/venster'))
  await settled(page)
  await page.goto(`http://${content().entrance.local}:${library.port}/`)
  await page.evaluate(
    (address) => document.body.append(Object.assign(document.createElement('iframe'), { src: address })),
    host.addressOf('/venster'),
  )
  await expect(page.frameLocator('iframe').getByRole('heading', { name: 'Waar ben jij nu?' })).toBeVisible()
  await settled(page)
  library.server.close()
  expect(host.asked).toEqual([])
})

test('a page works where the script is blocked', async ({ page }) => {
  await page.route('**/_vercel/**', (route) => route.abort('blockedbyclient'))
  await page.goto(host.addressOf('/'))
  await settled(page)
  await page.getByRole('contentinfo').getByRole('link', { name: 'Privacy', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Privacy')
  expect(page.url()).toBe(host.addressOf('/'))
  expect(host.asked).toEqual([])
})

test('only fronts, entries and pages that may be counted carry the script', async () => {
  const list = JSON.parse(readFileSync(join(build, READING_PAGES), 'utf8')) as ReadingPageFile[]
  const kinds = list.map(({ pathname, file, policy }) => {
    const kind = /<script data-kind="(.*?)">/.exec(readFileSync(join(build, file), 'utf8'))?.[1]
    expect([pathname, /script-src [^;]*'self'/.test(policy)]).toEqual([pathname, kind !== undefined])
    return [pathname, kind]
  })
  expect(kinds).toEqual(list.map(({ pathname }) => [pathname, kindOf(pathname)]))
})

test('by default a page tells nothing', async ({ page }) => {
  const requests: string[] = []
  page.on('request', (request) => requests.push(request.url()))
  await page.goto(addressOf('help', '/'))
  await settled(page)
  expect(requests).toEqual([addressOf('help', '/')])
})

test('a page that is not translated is there in Dutch, as Dutch, under a notice in the language of the reader', async ({
  page,
}) => {
  const untranslated = pages.find(({ id }) => id === UNTRANSLATED.id)
  const title = untranslated?.title ?? 'no page'
  await page.goto(host.addressOf(`/${UNTRANSLATED.language}`))
  const link = page.getByRole('contentinfo').getByRole('link', { name: title, exact: true })
  expect(await spoken(link.getByText(title))).toEqual({ lang: 'nl', dir: 'ltr' })
  await link.click()

  const heading = page.getByRole('heading', { level: 1 })
  await expect(heading).toHaveText(title)
  expect(await spoken(heading)).toEqual({ lang: 'nl', dir: 'ltr' })
  const notice = page.getByText(translatorFor('ar', ar.texts)('languages.missing'), { exact: true })
  await expect(notice).toBeVisible()
  expect(await spoken(notice)).toEqual({ lang: 'ar', dir: 'rtl' })
  // Above the text, so that it is read first, also by a voice.
  expect(
    await notice.evaluate((told) =>
      Boolean(told.compareDocumentPosition(document.querySelector('h1') as Node) & Node.DOCUMENT_POSITION_FOLLOWING),
    ),
  ).toBe(true)
  // The bars around the text, and the way out, stay in the language of the reader.
  expect(await spoken(page.getByRole('link', { name: translatorFor('ar', ar.texts)('exit.label') }))).toEqual({
    lang: 'ar',
    dir: 'rtl',
  })
  for (const width of [320, 1280]) {
    await page.setViewportSize({ width, height: 740 })
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
      `${width}`,
    ).toBe(0)
  }
  expect(await violationsOn(page, title)).toEqual([])
  expect(complaints).toEqual([])
})

/** The language and the direction that an element is read in. */
function spoken(element: Locator): Promise<{ lang: string | undefined; dir: string }> {
  return element.evaluate((one) => ({
    lang: one.closest<HTMLElement>('[lang]')?.lang,
    dir: getComputedStyle(one).direction,
  }))
}

/** What the host may be told of the page at an internal path. */
function kindOf(pathname: string): string | undefined {
  const [, place, view, id] = /^\/reading\/\w\w\/(\w+)\/(\w+)\/?([^/]*)/.exec(pathname) ?? []
  if (place === 'entrance') return undefined
  if (view === 'page') return pages.find((page) => page.id === id)?.counted ? 'page' : undefined
  return view === 'front' || view === 'entry' ? view : undefined
}

function names(): string[] {
  return host.asked.map(({ name }) => name)
}

/** Waits for what is told at once, and then whether more follows: nothing says that nothing will come. */
async function expectToldOnce(page: Page): Promise<void> {
  await expect.poll(names).toEqual([SCRIPT, VIEW])
  await settled(page)
  expect(names()).toEqual([SCRIPT, VIEW])
}

/** Leaves time for a request that must not come. */
async function settled(page: Page): Promise<void> {
  // Nothing says that a request will not come, so there is nothing to wait for.
  await page.waitForTimeout(500)
}
