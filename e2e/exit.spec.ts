import { expect, test, type Page } from '@playwright/test'
import { translatorFor } from '#components/translator.ts'
import { content } from '#server/content/content.ts'
import { EXIT_KEY, leaveByKey } from './leave-by-key.ts'
import { NEUTRAL_ADDRESS, NEUTRAL_HEADING, standInForNeutralAddress } from './neutral-address.ts'
import { addressOf } from './site.ts'
import { tabTo } from './tab-to.ts'

/** After this pause the presses of the key that came before count no more (reader/reader.ts). */
const PAUSE_THAT_ENDS_A_SERIES = 2_200

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
    const [x, y] = await middleOfExit(page)
    await page.mouse.click(x, y)
  },
  'a click with the middle button': async (page) => {
    const [x, y] = await middleOfExit(page)
    await page.mouse.click(x, y, { button: 'middle' })
  },
  'a click while Control is held': async (page) => {
    const [x, y] = await middleOfExit(page)
    await page.keyboard.down('Control')
    await page.mouse.click(x, y)
    await page.keyboard.up('Control')
  },
  'a tap': async (page) => {
    const [x, y] = await middleOfExit(page)
    await page.touchscreen.tap(x, y)
  },
  'the key three times': leaveByKey,
  // The second stop of the keyboard on every page; after a page that was read in place it is before the place of the reader.
  'the skip link': async (page) => {
    await tabTo(page, page.locator('header a.skip'))
    await page.keyboard.press('Enter')
  },
  Enter: async (page) => {
    await tabTo(page, exit(page))
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
    expect(requests).toEqual([NEUTRAL_ADDRESS])
    expect(await page.evaluate(() => document.referrer)).toBe('')
  })

  test(`${name} covers the page while the way out hangs`, async ({ page }) => {
    const requests = await holdTheWayOut(page)
    await page.goto(addressOf('diary', '/1'))
    const look = await lookFromInside(page)
    expect((await look()).text).toContain('Een nieuw schrift')
    await leave(page)
    await expect.poll(() => requests, { message: 'the way out is asked for' }).toEqual([NEUTRAL_ADDRESS])
    expect(await look()).toEqual(COVERED)
    expect(requests.length, 'the way out is asked for once').toBe(1)
  })
}

test('each further press tries again, once a second at most, so that a slow way out is not begun anew for ever', async ({
  page,
}) => {
  const requests = await holdTheWayOut(page)
  await page.goto(addressOf('help', '/ver-weg'))
  await leaveByKey(page)
  await expect.poll(() => requests.length).toBe(1)
  const [x, y] = [180, 300]
  for (let press = 0; press < 5; press += 1) await page.mouse.click(x, y)
  expect(requests.length).toBe(1)
  await expect
    .poll(async () => {
      await page.mouse.click(x, y)
      return requests.length
    })
    .toBe(2)
  await expect
    .poll(async () => {
      await leaveByKey(page)
      return requests.length
    })
    .toBe(3)
})

test('the browser is asked to stop: the next press still leaves', async ({ page }) => {
  const requests = await holdTheWayOut(page)
  await page.goto(addressOf('help', '/ver-weg'))
  await leaveByKey(page)
  await expect.poll(() => requests.length).toBe(1)
  await (await page.context().newCDPSession(page)).send('Page.stopLoading')
  await expect
    .poll(async () => {
      await leaveByKey(page)
      return requests.length
    })
    .toBe(2)
})

test('the exit is the neutral address itself, so that no server of ours is asked for it', async ({ page }) => {
  await page.goto(addressOf('help', '/ver-weg'))
  const addresses = await page
    .locator('a[data-exit]')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href')))
  expect(new Set(addresses)).toEqual(new Set([NEUTRAL_ADDRESS]))
})

test('nothing under the cover can be reached with the keyboard', async ({ page }) => {
  await holdTheWayOut(page)
  await page.goto(addressOf('help', '/ver-weg'))
  const look = await lookFromInside(page)
  await page.keyboard.press('Tab')
  expect((await look()).focus).toBe('A')
  await leaveByKey(page)
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
  await expect.poll(() => requests).toEqual([NEUTRAL_ADDRESS])
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

// What keyboards, systems and programs that read aloud send for other reasons (docs/decisions/0039).
for (const [name, keys] of [
  ['Escape', ['Escape', 'Escape', 'Escape']],
  ['capital letters', ['Shift+A', 'Shift+B', 'Shift+C', 'Shift+D']],
  ['the key twice and once more after a letter', [EXIT_KEY, EXIT_KEY, 'a', EXIT_KEY]],
  // Orca, NVDA: the reader keeps H for itself, and the page sees Shift alone.
  ['the Shift of three times "previous heading"', ['Shift', 'Shift', 'Shift']],
  ['five times Shift, which switches on sticky keys', ['Shift', 'Shift', 'Shift', 'Shift', 'Shift']],
  ['Alt and Shift, which changes the layout', ['Alt+Shift', 'Alt+Shift', 'Alt+Shift']],
  ['Control and Shift, which changes the layout', ['Control+Shift', 'Control+Shift', 'Control+Shift']],
  [
    'the keys of VoiceOver with the key',
    [`Control+Alt+${EXIT_KEY}`, `Control+Alt+${EXIT_KEY}`, `Control+Alt+${EXIT_KEY}`],
  ],
  ['the key with Shift', [`Shift+${EXIT_KEY}`, `Shift+${EXIT_KEY}`, `Shift+${EXIT_KEY}`]],
  ['Tab', ['Tab', 'Tab', 'Tab', 'Shift+Tab', 'Shift+Tab', 'Shift+Tab']],
] as const) {
  test(`${name} does not leave`, async ({ page }) => {
    const requests = await holdTheWayOut(page)
    await page.goto(addressOf('help', '/'))
    const look = await lookFromInside(page)
    for (const key of keys) await page.keyboard.press(key)
    expectStillThere(await look(), requests)
    // The keys do reach the page: three in a row leave.
    await page.keyboard.press('b')
    await leaveByKey(page)
    await expect.poll(() => requests).toEqual([NEUTRAL_ADDRESS])
  })
}

test('Shift with clicks, with the wheel and held does not leave', async ({ page }) => {
  const requests = await holdTheWayOut(page)
  await page.goto(addressOf('help', '/'))
  const look = await lookFromInside(page)
  const [x, y] = [5, 300]
  for (let time = 0; time < 3; time += 1) {
    await page.keyboard.down('Shift')
    await page.mouse.click(x, y)
    await page.mouse.wheel(0, 50)
    await page.keyboard.up('Shift')
  }
  expectStillThere(await look(), requests)
})

test('the key held down is one press', async ({ page }) => {
  const requests = await holdTheWayOut(page)
  await page.goto(addressOf('help', '/'))
  const look = await lookFromInside(page)
  // A key that stays down repeats by itself.
  for (let time = 0; time < 6; time += 1) await page.keyboard.down(EXIT_KEY)
  await page.keyboard.up(EXIT_KEY)
  expectStillThere(await look(), requests)
})

test('the key three times, but slowly, does not leave, and a screen reader hears that it is over', async ({ page }) => {
  const requests = await holdTheWayOut(page)
  await page.goto(addressOf('help', '/'))
  const look = await lookFromInside(page)
  const words = translatorFor('nl', content().languages.nl.texts)
  const status = page.getByRole('status')
  await page.keyboard.press(EXIT_KEY)
  await expect(status).toHaveText(words('exit.press', { count: '2' }))
  await page.keyboard.press(EXIT_KEY)
  await expect(status).toHaveText(words('exit.press', { count: '1' }))
  await expect(status).toHaveText(words('exit.over'), { timeout: PAUSE_THAT_ENDS_A_SERIES + 1_000 })
  await page.keyboard.press(EXIT_KEY)
  await expect(status).toHaveText(words('exit.press', { count: '2' }))
  expectStillThere(await look(), requests)
  await page.keyboard.press(EXIT_KEY)
  await page.keyboard.press(EXIT_KEY)
  await expect.poll(() => requests).toEqual([NEUTRAL_ADDRESS])
})

test('a reader can switch the key off for a visit, and on again', async ({ page }) => {
  const requests = await holdTheWayOut(page)
  const words = translatorFor('nl', content().languages.nl.texts)
  await page.goto(addressOf('help', '/oefenen'))
  await page.getByRole('button', { name: words('exit.keyOff') }).click()
  const on = page.getByRole('button', { name: words('exit.keyOn') })
  await expect(on).toBeVisible()
  const look = await lookFromInside(page)
  await leaveByKey(page)
  expect((await look()).text).toContain('Oefen het weggaan')
  await readInPlace(page, 'Hulp en nummers')
  await leaveByKey(page)
  expect((await look()).text).toContain('Hulp en nummers')
  expect(requests).toEqual([])
  await readInPlace(page, 'Veilig op deze site')
  await page.getByRole('main').getByRole('link', { name: 'Oefen het weggaan', exact: true }).first().click()
  await on.click()
  await leaveByKey(page)
  await expect.poll(() => requests).toEqual([NEUTRAL_ADDRESS])
})

function exit(page: Page) {
  return page.getByRole('link', { name: 'Verlaat deze site' })
}

async function middleOfExit(page: Page): Promise<[number, number]> {
  const box = await exit(page).boundingBox()
  if (!box) throw new Error('The exit is not on the page.')
  return [box.x + box.width / 2, box.y + box.height / 2]
}

/** Never answers the way out, as a network that hangs. Gives the requests for it. */
async function holdTheWayOut(page: Page): Promise<string[]> {
  const requests: string[] = []
  await page.route(NEUTRAL_ADDRESS, (route) => {
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
