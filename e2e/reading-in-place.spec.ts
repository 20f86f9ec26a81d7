import { expect, test, type Page } from '@playwright/test'
import { translatorFor } from '#components/translator.ts'
import { content } from '#server/content/content.ts'
import type { Language } from '#server/content/read.ts'
import { addressOf } from './site.ts'
import { tabTo } from './tab-to.ts'

const { pages } = content().languages.nl

let complaints: string[]

test.beforeEach(({ page }) => {
  complaints = []
  page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`))
  page.on('pageerror', (error) => complaints.push(String(error)))
})

test('ten pages are one entry of the history, and each comes with its title, focus, top and name', async ({ page }) => {
  await page.goto(addressOf('help', '/'))
  const before = await historyLength(page)
  const ten = pages.filter(({ sites }) => sites.includes('help')).slice(0, 10)
  expect(ten.length).toBe(10)
  for (const { title, tabTitle } of ten) {
    await fromFooter(page, title)
    const main = page.getByRole('main')
    await expect(main.getByRole('heading', { level: 1 })).toHaveText(title)
    await expect(page).toHaveTitle(`${tabTitle} · Leeslijst`)
    await expectReadFrom(page, title)
    expect(await page.evaluate(() => scrollY)).toBe(0)
    expect(await page.getByRole('main').count()).toBe(1)
  }
  expect(await historyLength(page)).toBe(before)
  // The address of the first page stays, so that no other one comes to stand in the history.
  expect(page.url()).toBe(addressOf('help', '/'))
  expect(complaints).toEqual([])
})

test('after ten pages on both sites in two languages nothing is kept on the device, and nobody else was asked for anything', async ({
  page,
  context,
}) => {
  const asked: string[] = []
  context.on('request', (request) => asked.push(request.url()))
  for (const site of ['help', 'diary'] as const) {
    await page.goto(addressOf(site, '/'))
    for (const title of ['Hulp en nummers', 'Veilig op deze site', 'Privacy']) {
      await fromFooter(page, title)
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(title)
    }
    await page.getByRole('link', { name: 'العربية' }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(titleIn('ar', 'privacy'))
    const kept = await page.evaluate(async () => ({
      cookies: document.cookie,
      local: localStorage.length,
      session: sessionStorage.length,
      databases: await indexedDB.databases(),
      caches: await caches.keys(),
      workers: (await navigator.serviceWorker.getRegistrations()).length,
    }))
    expect(kept, site).toEqual({ cookies: '', local: 0, session: 0, databases: [], caches: [], workers: 0 })
  }
  expect(await context.cookies()).toEqual([])
  expect(asked).toEqual(
    (['help', 'diary'] as const).flatMap((site) =>
      ['/', '/bellen', '/deze-site', '/privacy', '/ar/privacy'].map((path) => addressOf(site, path)),
    ),
  )
  expect(complaints).toEqual([])
})

test('in Arabic on a screen of 320 by 256, with the keyboard alone, pages are read in place and the exit stays in sight', async ({
  page,
}) => {
  // A screen of 1280 by 1024 enlarged to 400 % (WCAG 1.4.10).
  await page.setViewportSize({ width: 320, height: 256 })
  await page.goto(addressOf('help', '/ar'))
  const words = translatorFor('ar', content().languages.ar.texts)
  const before = await historyLength(page)
  for (const id of ['travel', 'rights'] as const) {
    const title = titleIn('ar', id)
    const footer = page.getByRole('navigation', { name: words('footer.all') })
    await tabTo(page, footer.getByRole('link', { name: title, exact: true }))
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(title)
    await expectReadFrom(page, title)
    await expect(page.getByRole('link', { name: words('exit.label') })).toBeInViewport({ ratio: 1 })
    expect(
      await page.evaluate(() => [scrollY, document.documentElement.scrollWidth, document.documentElement.dir]),
    ).toEqual([0, 320, 'rtl'])
  }
  expect(await historyLength(page)).toBe(before)
  expect(complaints).toEqual([])
})

test('another language is read in place: the whole page changes, with its direction, and nothing is remembered', async ({
  page,
}) => {
  await page.goto(addressOf('help', '/reis'))
  const before = await historyLength(page)
  const arabic = content().languages.ar
  const travel = arabic.pages.find(({ id }) => id === 'travel')
  await page.getByRole('link', { name: 'العربية' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(travel?.title ?? '')
  await expect(page).toHaveTitle(`${travel?.tabTitle} · ${arabic.siteNames.help.tabName}`)
  const html = page.locator('html')
  await expect(html).toHaveAttribute('lang', 'ar')
  await expect(html).toHaveAttribute('dir', 'rtl')
  await expectReadFrom(page, travel?.title ?? '')
  // The frame too: the exit, the bar, the footer and the languages are those of the page that is read.
  const words = translatorFor('ar', arabic.texts)
  await expect(page.getByRole('link', { name: words('exit.label') })).toBeVisible()
  await expect(page.getByRole('navigation', { name: words('helpBar.label') })).toBeVisible()
  expect(await page.getByRole('link', { name: 'Verlaat deze site' }).count()).toBe(0)
  await page
    .getByRole('navigation', { name: words('footer.all') })
    .getByRole('link', { name: arabic.pages.find(({ id }) => id === 'privacy')?.title ?? '', exact: true })
    .click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    arabic.pages.find(({ id }) => id === 'privacy')?.title ?? '',
  )

  await page.getByRole('link', { name: 'Nederlands' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Privacy')
  await expect(html).toHaveAttribute('dir', 'ltr')
  // Every part of the frame is there once.
  for (const part of ['header', 'main', 'footer', '[data-curtain]', '[role=status]'])
    expect(await page.locator(part).count(), part).toBe(1)
  expect(await historyLength(page)).toBe(before)
  expect(page.url()).toBe(addressOf('help', '/reis'))
  expect(complaints).toEqual([])
})

test('the diary reads on in place, and after each page the keyboard goes on inside it', async ({ page }) => {
  await page.goto(addressOf('diary', '/'))
  const before = await historyLength(page)
  await page.getByRole('link', { name: 'Begin bij dag 1' }).click()
  for (const day of [2, 3, 4]) {
    await page.getByRole('link', { name: 'Volgende dag' }).click()
    await expect(page).toHaveTitle(`Dag ${day} · Dagboek`)
  }
  await page.keyboard.press('Tab')
  expect(
    await page.evaluate(() => document.activeElement?.closest('main') !== null && document.activeElement?.tagName),
  ).toBe('A')
  expect(await historyLength(page)).toBe(before)
})

test('the way to the other site is taken without an entry of its own', async ({ page }) => {
  await page.goto(addressOf('help', '/'))
  const before = await historyLength(page)
  await page.getByRole('link', { name: 'Naar het dagboek van Yarah' }).click()
  await expect(page).toHaveURL(addressOf('diary', '/'))
  await page.getByRole('link', { name: 'Naar jouw ja' }).click()
  await expect(page).toHaveURL(addressOf('help', '/'))
  expect(await historyLength(page)).toBe(before)
})

test('steps of the guide add no entry, and start anew on the next visit to it', async ({ page }) => {
  await page.goto(addressOf('help', '/vragen'))
  const before = await historyLength(page)
  const main = page.getByRole('main')
  for (const [answer, next] of [
    ['Ik ben in Nederland en ik heb even tijd', 'Waar gaat het over?'],
    ['Ze willen dat ik ga trouwen', 'Hoe oud ben je?'],
    ['Jonger dan 18', 'Jij mag nee zeggen'],
    ['Vorige vraag', 'Hoe oud ben je?'],
    ['Begin opnieuw', 'Hoe is het nu?'],
    ['Het gaat om iemand anders', 'Wat past bij jou?'],
  ] as const) {
    await main.getByRole('link', { name: answer }).click()
    // One at a time, and a screen reader is at it.
    await expect(main.getByRole('heading', { level: 2 })).toHaveText(next)
    await expect(main.getByRole('region', { name: next })).toBeFocused()
  }
  expect(await historyLength(page)).toBe(before)
  expect(page.url()).toBe(addressOf('help', '/vragen'))

  await fromFooter(page, 'Privacy')
  await expect(main.getByRole('heading', { level: 1 })).toHaveText('Privacy')
  await fromFooter(page, 'Wat past bij jou?')
  await expect(main.getByRole('heading', { level: 1 })).toHaveText('Wat past bij jou?')
  await expect(main.getByRole('heading', { level: 2 })).toHaveText('Hoe is het nu?')
  expect(complaints).toEqual([])
})

test('a link to a step of the guide shows that step, and the next answer goes on from it', async ({ page }) => {
  await page.goto(addressOf('help', '/vragen#q2'))
  const main = page.getByRole('main')
  await expect(main.getByRole('heading', { level: 2 })).toHaveText(
    'Kun je nu bellen of typen zonder dat iemand het merkt?',
  )
  await main.getByRole('link', { name: 'Ja', exact: true }).click()
  await expect(main.getByRole('heading', { level: 2 })).toHaveText('Neem nu contact op')
})

test('the skip link goes to the text, also after another page was read in place', async ({ page }) => {
  await page.goto(addressOf('help', '/'))
  const before = await historyLength(page)
  await page.keyboard.press('Tab')
  const skip = page.getByRole('link', { name: 'Naar de tekst' })
  await expect(skip).toBeFocused()
  await expect(skip).toBeInViewport()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('main')).toBeFocused()

  await fromFooter(page, 'Hulp en nummers')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Hulp en nummers')
  await tabTo(page, skip)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('main')).toBeFocused()
  await expect(page.getByRole('heading', { level: 1 })).toBeInViewport()
  expect(await historyLength(page)).toBe(before)
})

for (const [name, options] of [
  ['Control and a click', { modifiers: ['Control'] }],
  ['Shift and a click', { modifiers: ['Shift'] }],
  ['the middle button', { button: 'middle' }],
] as const) {
  test(`${name} opens the page apart, as the browser does with any link`, async ({ page, context }) => {
    await page.goto(addressOf('help', '/'))
    const opening = context.waitForEvent('page')
    await footerLink(page, 'Privacy').click({
      ...options,
      modifiers: 'modifiers' in options ? [...options.modifiers] : [],
    })
    const opened = await opening
    await expect(opened.getByRole('heading', { level: 1 })).toHaveText('Privacy')
    await expect(page).toHaveTitle('Leeslijst')
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Jouw ja is van jou')
  })
}

test('a page that cannot be fetched is loaded as a page, in the same entry', async ({ page }) => {
  await page.goto(addressOf('help', '/'))
  const before = await historyLength(page)
  const kinds: string[] = []
  await page.route('**/privacy', (route) => {
    kinds.push(route.request().resourceType())
    return route.request().resourceType() === 'fetch' ? route.abort('internetdisconnected') : route.continue()
  })
  await fromFooter(page, 'Privacy')
  await expect(page).toHaveURL(addressOf('help', '/privacy'))
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Privacy')
  expect(kinds).toEqual(['fetch', 'document'])
  expect(await historyLength(page)).toBe(before)
})

test('an answer that is no page of ours is loaded as a page, in the same entry', async ({ page }) => {
  await page.goto(addressOf('help', '/'))
  const before = await historyLength(page)
  await page.route('**/privacy', (route) =>
    route.request().resourceType() === 'fetch'
      ? route.fulfill({ status: 502, contentType: 'text/plain', body: 'Bad gateway' })
      : route.continue(),
  )
  await fromFooter(page, 'Privacy')
  await expect(page).toHaveURL(addressOf('help', '/privacy'))
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Privacy')
  expect(await historyLength(page)).toBe(before)
})

test('of two links that are tapped one after the other, the last one is shown', async ({ page }) => {
  await page.goto(addressOf('help', '/'))
  let letGo: () => void = () => undefined
  const held = new Promise<void>((resolve) => (letGo = resolve))
  await page.route('**/bellen', async (route) => {
    await held
    await route.continue()
  })
  await fromFooter(page, 'Hulp en nummers')
  await fromFooter(page, 'Privacy')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Privacy')
  const late = page.waitForResponse('**/bellen', { timeout: 5_000 }).catch(() => undefined)
  letGo()
  await (await late)?.finished()
  // A turn of the page's own, in which a late answer would be put in place.
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 200)))
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Privacy')
  await expect(page).toHaveTitle('Privacy · Leeslijst')
})

test('opening hours are told by the clock of the device, in the time of Amsterdam', async ({ page }) => {
  const card = page
    .locator('section')
    .filter({ has: page.getByRole('heading', { name: 'Chat van Veilig Thuis', exact: true }) })
    .last()
  // A Tuesday. The chat is there on weekdays from nine to five.
  for (const [moment, says] of [
    ['2026-11-24T08:59:00+01:00', 'Meestal nu dicht'],
    ['2026-11-24T09:00:00+01:00', 'Meestal nu open'],
    ['2026-11-24T16:59:00+01:00', 'Meestal nu open'],
    ['2026-11-24T17:00:00+01:00', 'Meestal nu dicht'],
    ['2026-11-28T12:00:00+01:00', 'Meestal nu dicht'],
  ] as const) {
    await page.clock.setFixedTime(new Date(moment))
    await page.goto(addressOf('help', '/bellen'))
    await expect(card, moment).toContainText(says)
  }
  await page.clock.setFixedTime(new Date('2026-11-24T12:00:00+01:00'))
  await page.goto(addressOf('help', '/'))
  await fromFooter(page, 'Hulp en nummers')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Hulp en nummers')
  await expect(card).toContainText('Meestal nu open')
})

/** The keyboard is at the heading of the new page, and so is the cursor with which a screen reader reads on; nothing else is said. */
async function expectReadFrom(page: Page, title: string): Promise<void> {
  const heading = page.getByRole('heading', { level: 1 })
  await expect(heading).toHaveText(title)
  await expect(heading).toBeFocused()
  expect(await heading.evaluate((element) => getSelection()?.anchorNode === element)).toBe(true)
  await expect(page.getByRole('status')).toHaveText('')
}

function titleIn(language: Language, id: string): string {
  return content().languages[language].pages.find((page) => page.id === id)?.title ?? `no page "${id}"`
}

function footerLink(page: Page, title: string) {
  return page.getByRole('navigation', { name: 'Alle pagina’s' }).getByRole('link', { name: title, exact: true })
}

async function fromFooter(page: Page, title: string): Promise<void> {
  await footerLink(page, title).click()
}

function historyLength(page: Page): Promise<number> {
  return page.evaluate(() => history.length)
}
