import { expect, test, type Page } from '@playwright/test'
import { content } from '#server/content/content.ts'
import { NEUTRAL_ADDRESS, NEUTRAL_HEADING, standInForNeutralAddress } from './neutral-address.ts'
import { addressOf } from './site.ts'

/** A press of Shift counts for five seconds (reader/reader.ts). */
const PAUSE_THAT_ENDS_A_SERIES = 5_200

/** What a reader, or a screen reader, can get of a page. */
interface View {
  readonly title: string
  readonly text: string
  readonly displayed: readonly string[]
  readonly top: string
  readonly focus: string
}

const COVERED: View = { title: 'Dagboek', text: '', displayed: ['cover'], top: 'cover', focus: 'BODY' }

const leaving: Record<string, (page: Page) => Promise<void>> = {
  // With the bare mouse: a click by name would wait for a page that is on its way.
  'a click': async (page) => {
    const box = await exit(page).boundingBox()
    if (!box) throw new Error('The exit is not on the page.')
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2)
  },
  'a tap': (page) => exit(page).tap(),
  Enter: async (page) => {
    await exit(page).focus()
    await page.keyboard.press('Enter')
  },
  'Shift three times': async (page) => {
    for (let press = 0; press < 3; press += 1) await page.keyboard.press('Shift')
  },
  'the skip link': async (page) => {
    await page.locator('header a.skip').focus()
    await page.keyboard.press('Enter')
  },
}

/** Where a reader is who has read on four times. */
const FOUR_PAGES_ON = ['Hulp en nummers', 'Je rechten', 'Ga je op reis?', 'Achtergebleven in het buitenland']

test.use({ hasTouch: true })

for (const [name, leave] of Object.entries(leaving)) {
  test(`${name} leaves for the neutral address from the fifth page, with one request, and tells it nothing`, async ({
    page,
  }) => {
    await standInForNeutralAddress(page)
    await page.goto(addressOf('help', '/'))
    for (const title of FOUR_PAGES_ON) await readInPlace(page, title)
    const requests: string[] = []
    page.on('request', (request) => requests.push(request.url()))
    await leave(page)
    await expect(page).toHaveURL(NEUTRAL_ADDRESS)
    await expect(page.getByRole('heading', { name: NEUTRAL_HEADING })).toBeVisible()
    expect(requests).toEqual([addressOf('help', '/uit'), NEUTRAL_ADDRESS])
    expect(await page.evaluate(() => document.referrer)).toBe('')
  })

  test(`${name} covers the page while the way out hangs`, async ({ page }) => {
    const requests = await holdTheWayOut(page)
    await page.goto(addressOf('diary', '/1'))
    const look = await lookFromInside(page)
    expect((await look()).text).toContain('Een nieuw schrift')
    await leave(page)
    await expect.poll(() => requests, { message: 'the way out is asked for' }).toEqual([addressOf('diary', '/uit')])
    expect(await look()).toEqual(COVERED)
    expect(requests.length, 'the way out is asked for once').toBe(1)
  })
}

test('the cover is there in the same turn as the click, before the network is asked', async ({ page }) => {
  await holdTheWayOut(page)
  await page.goto(addressOf('help', '/ver-weg'))
  const { before, after, took, there } = await page.evaluate(() => {
    const link = [...document.querySelectorAll('a')].find((candidate) =>
      candidate.textContent?.includes('Verlaat deze site'),
    )
    const before = document.body.innerText.length
    const start = performance.now()
    link?.click()
    const after = document.body.innerText.trim()
    const there = document.elementFromPoint(innerWidth / 2, innerHeight / 2)?.id
    return { before, after, took: performance.now() - start, there }
  })
  expect(before).toBeGreaterThan(500)
  expect(after).toBe('')
  expect(there).toBe('cover')
  expect(took).toBeLessThan(100)
})

test('nothing under the cover can be reached with the keyboard', async ({ page }) => {
  await holdTheWayOut(page)
  await page.goto(addressOf('help', '/ver-weg'))
  const look = await lookFromInside(page)
  await page.keyboard.press('Tab')
  expect((await look()).focus).toBe('A')
  for (let press = 0; press < 3; press += 1) await page.keyboard.press('Shift')
  for (let press = 0; press < 3; press += 1) await page.keyboard.press('Tab')
  expect(await look()).toEqual({ ...COVERED, title: 'Leeslijst' })
})

test('in Arabic on a screen of 320 by 256, with the keyboard alone, the exit covers the page and leaves once', async ({
  page,
}) => {
  // A screen of 1280 by 1024 enlarged to 400 % (WCAG 1.4.10).
  await page.setViewportSize({ width: 320, height: 256 })
  const requests = await holdTheWayOut(page)
  await page.goto(addressOf('help', '/ar/ver-weg'))
  const look = await lookFromInside(page)
  // The second stop of the keyboard on every page.
  for (const key of ['Tab', 'Tab', 'Enter']) await page.keyboard.press(key)
  await expect.poll(() => requests).toEqual([addressOf('help', '/uit')])
  expect(await look()).toEqual({ ...COVERED, title: content().languages.ar.siteNames.help.tabName })
})

test('a link to another organisation tells it nothing of where the reader was', async ({ page, context }) => {
  await page.goto(addressOf('help', '/bellen'))
  const [asked] = await Promise.all([
    context.waitForEvent('request', (request) => !request.url().includes('localhost')),
    page.locator('main a[href^="https:"]').first().click(),
  ])
  expect(asked.isNavigationRequest()).toBe(true)
  expect(await asked.headerValue('referer')).toBeNull()
})

test('the exit to practise with really leaves, Back does not return, and the address of the site does', async ({
  page,
}) => {
  await standInForNeutralAddress(page)
  await page.goto('about:blank')
  await page.goto(addressOf('help', '/oefenen'))
  await page.getByRole('main').locator('a[data-exit]').click()
  await expect(page).toHaveURL(NEUTRAL_ADDRESS)
  await page.goBack()
  expect(page.url()).toBe('about:blank')
  await page.goto(addressOf('help', ''))
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Jouw ja is van jou')
})

test('after the exit, Back shows no page of ours, and neither does Forward', async ({ page }) => {
  await standInForNeutralAddress(page)
  await page.goto('about:blank')
  await page.goto(addressOf('help', '/'))
  for (const title of ['Hulp en nummers', 'Achtergebleven in het buitenland']) await readInPlace(page, title)
  await exit(page).click()
  await expect(page).toHaveURL(NEUTRAL_ADDRESS)
  await page.goBack()
  expect(page.url()).toBe('about:blank')
  // A page out of the cache of left pages does not load again.
  await page.goForward({ waitUntil: 'commit' })
  await expect(page).toHaveURL(NEUTRAL_ADDRESS)
})

test('the other tabs of the site leave too; one of the other site stays, as the page about safety says', async ({
  page,
  context,
}) => {
  const ofOtherSite = await context.newPage()
  await ofOtherSite.goto(addressOf('diary', '/1'))
  const other = await context.newPage()
  for (const tab of [page, other]) await standInForNeutralAddress(tab)
  await other.goto(addressOf('help', '/ver-weg'))
  await page.goto(addressOf('help', '/'))
  await exit(page).click()
  for (const tab of [page, other]) {
    await expect(tab).toHaveURL(NEUTRAL_ADDRESS, { timeout: 1_000 })
    await expect(tab.getByRole('heading', { name: NEUTRAL_HEADING })).toBeVisible()
  }
  expect(ofOtherSite.url()).toBe(addressOf('diary', '/1'))
  expect(await ofOtherSite.title()).toBe('Dag 1 · Dagboek')
})

for (const [name, keys] of [
  ['Escape', ['Escape', 'Escape', 'Escape']],
  ['capital letters', ['Shift+A', 'Shift+B', 'Shift+C', 'Shift+D']],
  ['Shift twice and once more after a letter', ['Shift', 'Shift', 'a', 'Shift']],
  ['a capital letter and Shift twice', ['Shift+A', 'Shift', 'Shift']],
] as const) {
  test(`${name} does not leave`, async ({ page }) => {
    const requests = await holdTheWayOut(page)
    await page.goto(addressOf('help', '/'))
    const look = await lookFromInside(page)
    for (const key of keys) await page.keyboard.press(key)
    expectStillThere(await look(), requests)
    // The keys do reach the page: three in a row leave.
    await page.keyboard.press('b')
    for (let press = 0; press < 3; press += 1) await page.keyboard.press('Shift')
    await expect.poll(() => requests).toEqual([addressOf('help', '/uit')])
  })
}

test('Shift three times, but slowly, does not leave', async ({ page }) => {
  const requests = await holdTheWayOut(page)
  await page.goto(addressOf('help', '/'))
  const look = await lookFromInside(page)
  await page.keyboard.press('Shift')
  await page.keyboard.press('Shift')
  // A true pause: the time of a key press comes from the browser, and no clock of a test reaches it.
  await page.waitForTimeout(PAUSE_THAT_ENDS_A_SERIES)
  await page.keyboard.press('Shift')
  expectStillThere(await look(), requests)
  await page.keyboard.press('Shift')
  await page.keyboard.press('Shift')
  await expect.poll(() => requests).toEqual([addressOf('help', '/uit')])
})

test('a screen reader hears how many presses are left, in neutral words', async ({ page }) => {
  await holdTheWayOut(page)
  await page.goto(addressOf('help', '/'))
  await page.keyboard.press('Shift')
  await expect(page.getByRole('status')).toHaveText('Nog 2 keer Shift.')
  await page.keyboard.press('Shift')
  await expect(page.getByRole('status')).toHaveText('Nog 1 keer Shift.')
})

function exit(page: Page) {
  return page.getByRole('link', { name: 'Verlaat deze site' })
}

/** Never answers the way out, as a network that hangs. Gives the requests for it. */
async function holdTheWayOut(page: Page): Promise<string[]> {
  const requests: string[] = []
  await page.route('**/uit', (route) => {
    requests.push(route.request().url())
  })
  return requests
}

/**
 * Has the page itself tell what there is to see, again and again, and gives what it told last. Chromium holds back every
 * question from outside while a page is on its way, and here the way never ends.
 */
async function lookFromInside(page: Page): Promise<() => Promise<View>> {
  const views: View[] = []
  page.on('console', (message) => {
    if (message.type() === 'debug') views.push(JSON.parse(message.text()) as View)
  })
  await page.evaluate(() => {
    setInterval(() => {
      const view = {
        title: document.title,
        text: document.body.innerText.trim(),
        // What is not displayed is not in the accessibility tree either.
        displayed: [...document.body.children]
          .filter((element) => getComputedStyle(element).display !== 'none' && element.tagName !== 'SCRIPT')
          .map(({ id, tagName }) => id || tagName),
        top: document.elementFromPoint(innerWidth / 2, innerHeight / 2)?.id ?? '',
        focus: document.activeElement?.tagName ?? '',
      }
      console.debug(JSON.stringify(view))
    }, 50)
  })
  return async () => {
    const told = views.length
    // The one under way may be of a moment before the call.
    await expect.poll(() => views.length, { intervals: [50] }).toBeGreaterThan(told + 1)
    return views.at(-1) as View
  }
}

function expectStillThere(view: View, requests: readonly string[]): void {
  expect(requests).toEqual([])
  expect(view.title).toBe('Leeslijst')
  expect(view.text).toContain('Jouw ja is van jou')
}

async function readInPlace(page: Page, title: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Alle pagina’s' }).getByRole('link', { name: title, exact: true }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(title)
}
