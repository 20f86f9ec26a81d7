import { expect, test, type APIRequestContext, type Browser, type BrowserContext, type Page } from '@playwright/test'
import pg from 'pg'
import { openManagement } from '#server/management/management.ts'
import { mayTry } from '#server/management/tries.ts'
import { newDatabase, PostgresForTests } from '#store/postgres-for-tests.ts'
import { now } from '#server/clock.ts'
import { ManagedSite } from './managed-site.ts'
import { giveSession } from './session-of.ts'
import {
  beginSecondStep,
  choosePassword,
  fillSignIn,
  finishSecondStep,
  invitationFor,
  PASSWORD,
  renewalFor,
  settleIn,
  type Person,
} from './manager.ts'

// Two servers with one database: what one test leaves behind is part of what the next one finds.
test.describe.configure({ mode: 'serial' })

const SECRET = 'a secret of this test, long enough to be one'
const ANNA = 'anna@example.org'
const HOME = '203.0.113.9'

/** A network of somebody else, by a number. */
const network = (number: number) => `198.51.${number}.7`

let database: PostgresForTests
let url: string
let sites: readonly ManagedSite[]
let one: ManagedSite
let other: ManagedSite
let anna: Person
/** The browser that Anna uses every day. */
let daily: BrowserContext

test.beforeAll(async ({ browser }) => {
  database = await PostgresForTests.start()
  url = await newDatabase(database.url())
  const settings = { DATABASE_URL: url, MANAGEMENT_SECRET: SECRET, TRUSTED_PROXIES: '1' }
  sites = [await ManagedSite.start(settings), await ManagedSite.start(settings)]
  ;[one, other] = sites as [ManagedSite, ManagedSite]
  daily = await contextAt(browser, HOME)
  anna = await settleIn(await daily.newPage(), one.address, invitationFor(one.settings, ANNA, 'Anna'), ANNA)
})
test.afterAll(async () => {
  await daily.close()
  for (const site of sites) await site.stop()
  await database.remove()
})

/** A browser that nobody used before, in a network. */
function contextAt(browser: Browser, address: string, javaScriptEnabled = true): Promise<BrowserContext> {
  return browser.newContext({ javaScriptEnabled, extraHTTPHeaders: { 'X-Forwarded-For': address } })
}

/** Moves a browser to another network. */
async function move(context: BrowserContext, address: string): Promise<void> {
  await context.setExtraHTTPHeaders({ 'X-Forwarded-For': address })
}

async function inDatabase(statement: string, values: readonly unknown[] = []): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(url)
  await client.connect()
  const { rows } = await client.query<Record<string, unknown>>(statement, [...values])
  await client.end()
  return rows
}

/** The form with which a browser without a script sends an address and a password. */
async function signInForm(browser: Browser): Promise<Record<string, string>> {
  const context = await contextAt(browser, HOME, false)
  const page = await context.newPage()
  await page.goto(`${one.address}/beheer/aanmelden`)
  const form = await formOn(page)
  await context.close()
  return form
}

/** What the form of a page sends. */
function formOn(page: Page): Promise<Record<string, string>> {
  return page
    .locator('main form')
    .evaluate((element: HTMLFormElement) =>
      Object.fromEntries(new FormData(element) as unknown as Iterable<[string, string]>),
    )
}

/** Tries a password from a network, as bytes over HTTP. @returns what the server says */
async function guess(
  request: APIRequestContext,
  form: Record<string, string>,
  site: ManagedSite,
  address: string,
): Promise<string> {
  const answer = await request.post(`${site.address}/beheer/aanmelden`, {
    multipart: { ...form, email: ANNA, password: 'een geraden wachtwoord' },
    headers: { Origin: site.address, 'X-Forwarded-For': address },
    maxRedirects: 0,
  })
  const text = await answer.text()
  return (
    ['horen niet bij elkaar', 'Wacht een kwartier', 'te vaak iets verkeerds'].find((words) => text.includes(words)) ??
    String(answer.status())
  )
}

let usedCodes = 0

/** Signs in with both steps, on the page that asks for the first. */
async function takeBothSteps(page: Page): Promise<void> {
  await fillSignIn(page, ANNA, anna.password)
  await page.getByLabel('Code').fill(anna.backupCodes[usedCodes] ?? '')
  usedCodes += 1
  await page.getByRole('button', { name: 'Aanmelden' }).click()
}

async function signIn(page: Page, site: ManagedSite): Promise<void> {
  await page.goto(`${site.address}/beheer/aanmelden`)
  await takeBothSteps(page)
  await expect(page).toHaveURL(`${site.address}/beheer`)
}

test('five wrong tries are the most from a network, at whichever server, and two hundred keep nobody out of what she knows', async ({
  browser,
  playwright,
}) => {
  const form = await signInForm(browser)
  const request = await playwright.request.newContext()
  const answers = []
  for (let attempt = 0; attempt < 6; attempt += 1)
    answers.push(await guess(request, form, attempt % 2 === 0 ? one : other, network(1)))
  expect(answers).toEqual([...Array<string>(5).fill('horen niet bij elkaar'), 'Wacht een kwartier'])
  // Five are nothing to a new browser in another network.
  const visiting = await contextAt(browser, network(2))
  await signIn(await visiting.newPage(), other)
  await visiting.close()

  // Most of two hundred without the half second that each would take the server, and the last ones through it.
  const here = await openManagement({
    DATABASE_URL: url,
    DATA_FOLDER: one.folder,
    TRUSTED_PROXIES: 1,
    MANAGEMENT_SECRET: SECRET,
  })
  for (let attempt = 0; attempt < 94; attempt += 1)
    await mayTry(here, 'password', ANNA, { network: `192.0.${Math.floor(attempt / 5)}.0/24` }, now())
  await here.store.close()
  await here.totals.close()
  const last = []
  for (let attempt = 0; attempt < 106; attempt += attempt < 6 ? 1 : 10)
    last.push(
      ...(await Promise.all(
        Array.from({ length: attempt < 6 ? 1 : 10 }, (_, more) =>
          guess(request, form, more % 2 === 0 ? one : other, network(100 + ((attempt + more) % 30))),
        ),
      )),
    )
  expect(last.filter((words) => words === 'horen niet bij elkaar').length).toBe(6)
  expect(last.slice(6)).toEqual(Array<string>(100).fill('te vaak iets verkeerds'))

  // Nobody comes in from an unknown place now, also with the right password.
  const unknown = await contextAt(browser, network(200))
  const page = await unknown.newPage()
  await page.goto(`${one.address}/beheer/aanmelden`)
  await fillSignIn(page, ANNA, anna.password)
  await expect(page.getByText('te vaak iets verkeerds getypt')).toBeVisible()
  // Its owner does, from a new browser in her own network; then from her own browser in the network of the attack.
  const fresh = await contextAt(browser, HOME)
  await signIn(await fresh.newPage(), other)
  await fresh.close()
  await move(daily, network(1))
  await signIn(await daily.newPage(), one)
  await move(daily, HOME)
  // She signed in, so the row of a hundred has ended, and the unknown place may try again.
  await fillSignIn(page, ANNA, anna.password)
  await expect(page).toHaveURL(`${one.address}/beheer/code`)
  await unknown.close()
  await request.dispose()
})

test('wrong codes of somebody who has the password close neither the code nor the recovery codes of their owner', async ({
  browser,
}) => {
  const thief = await contextAt(browser, network(3), false)
  const page = await thief.newPage()
  const said = []
  for (let attempt = 0; attempt < 12; attempt += 1) {
    if (attempt % 4 === 0) {
      await page.goto(`${one.address}/beheer/aanmelden`)
      await fillSignIn(page, ANNA, anna.password)
      await expect(page).toHaveURL(`${one.address}/beheer/code`)
    }
    // As bytes over HTTP, of the form that the page shows without a script.
    const answer = await thief.request.post(`${one.address}/beheer/code`, {
      multipart: { ...(await formOn(page)), code: `00000${attempt % 10}` },
      headers: { Origin: one.address },
      maxRedirects: 0,
    })
    const text = await answer.text()
    said.push(['Deze code klopt niet', 'Wacht een kwartier'].find((words) => text.includes(words)))
  }
  expect(said.filter((words) => words?.includes('Deze code klopt niet'))).toHaveLength(5)
  expect(said.filter((words) => words?.includes('Wacht een kwartier'))).toHaveLength(7)
  await thief.close()
  const mine = await daily.newPage()
  await signIn(mine, other)
  await mine.goto(`${other.address}/beheer/logboek`)
  await expect(mine.getByRole('row', { name: /Anna.*anna@example\.org.*Verkeerde code 5/ })).toBeVisible()
  await expect(mine.getByRole('row', { name: /Geweigerd na te veel pogingen/ })).toBeVisible()
  await expect(mine.getByRole('row', { name: /Gebruikte een herstelcode/ }).first()).toBeVisible()
})

test('half a sign-in ends with its minutes and with the password, and a new sign-in ends the one that it replaces', async ({
  browser,
}) => {
  const halves = []
  for (const number of [4, 5]) {
    const context = await contextAt(browser, network(number))
    const page = await context.newPage()
    await page.goto(`${one.address}/beheer/aanmelden`)
    await fillSignIn(page, ANNA, anna.password)
    await expect(page).toHaveURL(`${one.address}/beheer/code`)
    halves.push({ context, page })
    const [challenge] = await inDatabase(
      `select "expiresAt" from manager_challenge where identifier like '2fa-%' order by "expiresAt" desc`,
    )
    const left = (challenge?.expiresAt as Date).getTime() - now().getTime()
    expect(left).toBeLessThanOrEqual(11 * 60_000)
    // Its minutes are over for the first of the two.
    if (number === 4)
      await inDatabase(`update manager_challenge set "expiresAt" = $1 where identifier like '2fa-%'`, [
        new Date(now().getTime() - 1000),
      ])
  }
  const enter = async (page: Page) => {
    // A code that is right, and stays unused.
    await page.getByLabel('Code').fill(anna.backupCodes.at(-1) ?? '')
    await page.getByRole('button', { name: 'Aanmelden' }).click()
    await expect(page.getByText('Deze aanmelding is verlopen')).toBeVisible()
  }
  await enter(halves[0]?.page as Page)

  const page = await daily.newPage()
  const [before] = await daily.cookies(`${one.address}/beheer`)
  await signIn(page, one)
  const old = await browser.newContext()
  await old.addCookies([before as NonNullable<typeof before>])
  const left = await old.newPage()
  await left.goto(`${one.address}/beheer/account`)
  await expect(left).toHaveURL(`${one.address}/beheer/aanmelden`)
  await old.close()

  await page.goto(`${one.address}/beheer/account`)
  const form = page.locator('form').filter({ has: page.getByRole('button', { name: 'Verander wachtwoord' }) })
  const changed = 'lepel tandem regenwolk vijver'
  await form.getByLabel('Wachtwoord van nu').fill(anna.password)
  await form.getByLabel('Nieuw wachtwoord').fill(changed)
  await form.getByLabel('Nog een keer').fill(changed)
  await form.getByRole('button').click()
  await expect(page.getByText('Je wachtwoord is veranderd')).toBeVisible()
  anna = { ...anna, password: changed }
  await enter(halves[1]?.page as Page)
  for (const { context } of halves) await context.close()
})

for (const scripts of [true, false])
  test(`a session ends when it is not used for half an hour, and what was typed ${scripts ? '' : 'without JavaScript '}is there after signing in again`, async ({
    browser,
  }) => {
    const context = await contextAt(browser, HOME, scripts)
    const page = await context.newPage()
    await giveSession(context, { DATA_FOLDER: one.folder, DATABASE_URL: url, MANAGEMENT_SECRET: SECRET }, anna)
    await page.goto(`${one.address}/beheer/runs/nieuw`)
    await page.getByLabel('Naam', { exact: true }).fill('Najaar “2027”')
    await page.getByLabel('Eerste dag', { exact: true }).fill('2027-09-01')
    await page.getByLabel('Hoeveel bezoekers').selectOption({ index: 1 })
    const size = await page.getByLabel('Hoeveel bezoekers').inputValue()
    const minute = new Date(now().getTime() - 31 * 60_000).toISOString().slice(0, 16)
    await inDatabase('update manager_session set seen = $1', [minute])
    // Another tab has seen the end of the session too.
    const tab = await context.newPage()
    await tab.goto(`${one.address}/beheer/logboek`)
    await expect(tab).toHaveURL(`${one.address}/beheer/aanmelden`)
    await tab.close()

    await page.getByRole('button', { name: 'Zet in de kalender' }).click()
    await expect(page).toHaveURL(`${one.address}/beheer/aanmelden`)
    await takeBothSteps(page)
    await expect(page).toHaveURL(`${one.address}/beheer/runs/nieuw`)
    await expect(page.getByText('Het is nog niet verstuurd.')).toBeVisible()
    await expect(page.getByLabel('Naam', { exact: true })).toHaveValue('Najaar “2027”')
    await expect(page.getByLabel('Eerste dag', { exact: true })).toHaveValue('2027-09-01')
    await expect(page.getByLabel('Hoeveel bezoekers')).toHaveValue(size)
    await page.getByRole('button', { name: 'Zet in de kalender' }).click()
    await expect(page.getByText('Er klopt nog iets niet.')).toBeVisible()
    await expect(page.getByLabel('Naam', { exact: true })).toHaveValue('Najaar “2027”')
    expect(await inDatabase('select * from kept_form')).toEqual([])
    await context.close()
  })

test('beginning anew by the command line ends every sign-in and device, changes no role, and lets its owner in again', async ({
  browser,
}) => {
  const page = await daily.newPage()
  await move(daily, network(6))
  const context = await contextAt(browser, network(7))
  const again = await context.newPage()
  await choosePassword(again, one.address, renewalFor(other.settings, ANNA))
  await beginSecondStep(again)
  const secret = (await again.locator('main code').first().textContent()) ?? ''
  const code = await finishSecondStep(again, one.address, secret)
  await page.goto(`${one.address}/beheer/account`)
  await expect(page).toHaveURL(`${one.address}/beheer/aanmelden`)
  expect(await inDatabase('select count(*)::int as count from known_place')).toEqual([{ count: 2 }])
  await again.goto(`${one.address}/beheer/account`)
  await expect(again.getByText('Rol: Beheerder')).toBeVisible()
  await again.goto(`${one.address}/beheer/logboek?wie=command-line`)
  const log = again.getByRole('region', { name: 'Logboek' })
  await expect(log.getByRole('row')).toHaveCount(3)
  await expect(
    log.getByRole('row', { name: /npm run manager:add.*waarmee anna@example\.org opnieuw begint/ }),
  ).toBeVisible()

  // The code with which the second step was proven has done its work.
  await context.clearCookies()
  await again.goto(`${one.address}/beheer/aanmelden`)
  await fillSignIn(again, ANNA, PASSWORD)
  await again.getByLabel('Code').fill(code)
  await again.getByRole('button', { name: 'Aanmelden' }).click()
  await expect(again.getByText('Deze code klopt niet')).toBeVisible()
  await context.close()
})
