import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test, type Page } from '@playwright/test'
import Database from 'libsql'
import { addDays, dayOf, startOf } from '#campaign/day.ts'
import { now } from '#server/clock.ts'
import { environmentWith } from './environment.ts'
import { ManagedSite, problemsOf } from './managed-site.ts'
import {
  confirm,
  fillSignIn,
  freshCode,
  invitationFor,
  inviteOnScreen,
  PASSWORD,
  settleIn,
  signInWithBackup,
  type Person,
} from './manager.ts'
import { giveSession } from './session-of.ts'

// One server for all: what one test leaves behind is part of what the next one finds.
test.describe.configure({ mode: 'serial' })

const TELLS_OF_CONNECTIONS = fileURLToPath(new URL('tell-of-connections.mjs', import.meta.url))

let site: ManagedSite
let anna: Person
test.beforeAll(async () => {
  site = await ManagedSite.start({}, { NODE_OPTIONS: `--import ${TELLS_OF_CONNECTIONS}` })
})
test.afterAll(() => site.stop())

/** Everything that is kept of the management, table by table. */
function kept(): Record<string, Record<string, unknown>[]> {
  const database = new Database(join(site.folder, 'management.sqlite'))
  const names = database.prepare("select name from sqlite_master where type = 'table'").all() as { name: string }[]
  const tables = Object.fromEntries(
    names.map(({ name }) => [name, database.prepare(`select * from "${name}"`).all() as Record<string, unknown>[]]),
  )
  database.close()
  return tables
}

/** Sends a form that stays on its page, and waits for what it says. */
async function send(page: Page, name: string): Promise<void> {
  const answered = page.waitForResponse((response) => response.request().method() === 'POST')
  await page.getByRole('button', { name }).click()
  await answered
  await expect(page.getByRole('button', { name })).toBeEnabled()
}

test('the first manager comes in by an invitation from the command line, with a password nobody else knows and a second step', async ({
  page,
}) => {
  const invitation = invitationFor(site.settings, 'anna@example.org', 'Anna de Boer')
  await page.goto(`${site.address}${invitation}`)
  await expect(page.getByRole('heading', { name: 'Welkom, Anna de Boer' })).toBeVisible()
  for (const [password, again, problem] of [
    ['kort', 'kort', 'Dit wachtwoord is te kort'],
    ['Wachtwoord1234', 'Wachtwoord1234', 'makkelijk te raden'],
    ['anna@example.org', 'anna@example.org', 'makkelijk te raden'],
    [PASSWORD, `${PASSWORD}s`, 'niet gelijk'],
  ] as const) {
    await page.getByLabel('Nieuw wachtwoord').fill(password)
    await page.getByLabel('Nog een keer').fill(again)
    await send(page, 'Bewaar wachtwoord')
    await expect(page.getByText(problem)).toBeVisible()
  }
  anna = await settleIn(page, site.address, invitation, 'anna@example.org')
  expect(anna.backupCodes.length).toBeGreaterThanOrEqual(8)

  await page.goto(`${site.address}${invitation}`)
  await expect(page.getByRole('heading', { name: 'Deze uitnodiging werkt niet' })).toBeVisible()
})

test('a password alone lets nobody in, and a code works once', async ({ page, context }) => {
  await page.goto(`${site.address}/beheer/logboek`)
  await expect(page).toHaveURL(`${site.address}/beheer/aanmelden`)
  await fillSignIn(page, anna.email, 'een ander wachtwoord')
  await expect(page.getByText('horen niet bij elkaar')).toBeVisible()
  await expect(page.getByLabel('Mailadres')).toHaveValue(anna.email)
  await fillSignIn(page, anna.email, anna.password)
  await expect(page).toHaveURL(`${site.address}/beheer/code`)
  await page.goto(`${site.address}/beheer/logboek`)
  await expect(page).toHaveURL(`${site.address}/beheer/aanmelden`)

  // The code with which she settled in may still be the one of this half minute.
  await page.goto(`${site.address}/beheer/code`)
  await page.getByLabel('Code').fill('000000')
  await page.getByRole('button', { name: 'Aanmelden' }).click()
  await expect(page.getByText('Deze code klopt niet')).toBeVisible()
  const [first = '', second = ''] = anna.backupCodes
  await page.getByLabel('Code').fill(first)
  await page.getByRole('button', { name: 'Aanmelden' }).click()
  await expect(page).toHaveURL(`${site.address}/beheer`)
  const cookies = await context.cookies(`${site.address}/beheer`)
  const attributes = { path: '/beheer', secure: true, httpOnly: true, sameSite: 'Strict' }
  expect(
    cookies.map(({ name, path, secure, httpOnly, sameSite }) => ({ name, path, secure, httpOnly, sameSite })),
  ).toEqual([
    { name: '__Secure-beheer.session_token', ...attributes },
    { name: '__Secure-beheer.device', ...attributes },
  ])
  expect(await context.cookies(`${site.address}/`)).toEqual([])

  await page.goto(`${site.address}/beheer/account`)
  await page.getByRole('button', { name: 'Afmelden', exact: true }).click()
  await expect(page).toHaveURL(`${site.address}/beheer/aanmelden`)
  await fillSignIn(page, anna.email, anna.password)
  for (const used of [first, first.toUpperCase().replaceAll('-', ' ')]) {
    await page.getByLabel('Code').fill(used)
    await send(page, 'Aanmelden')
    await expect(page.getByText('Deze code klopt niet')).toBeVisible()
  }
  // As somebody types it who reads it from paper, on a telephone.
  await page.getByLabel('Code').fill(` ${second.toUpperCase().replaceAll('-', ' – ')}`)
  await page.getByRole('button', { name: 'Aanmelden' }).click()
  await expect(page).toHaveURL(`${site.address}/beheer`)
})

test('a code of the app that was used is refused within its half minute', async ({ page }) => {
  await page.goto(`${site.address}/beheer/aanmelden`)
  await fillSignIn(page, anna.email, anna.password)
  const code = await freshCode(anna.secret)
  await page.getByLabel('Code').fill(code)
  await page.getByRole('button', { name: 'Aanmelden' }).click()
  await expect(page).toHaveURL(`${site.address}/beheer`)
  await page.context().clearCookies()
  await page.goto(`${site.address}/beheer/aanmelden`)
  await fillSignIn(page, anna.email, anna.password)
  await page.getByLabel('Code').fill(code)
  await page.getByRole('button', { name: 'Aanmelden' }).click()
  await expect(page.getByText('Deze code klopt niet')).toBeVisible()
  await page.goto(`${site.address}/beheer/logboek`)
  await expect(page).toHaveURL(`${site.address}/beheer/aanmelden`)
})

test('a manager invites a reader, who may read and change nothing; nobody comes to the pages of another', async ({
  page,
  browser,
}) => {
  await giveSession(page.context(), site.folder, anna)
  const address = await inviteOnScreen(page, site.address, anna, 'Bram', 'bram@example.org', anna.backupCodes[5])
  const annasPage = page.url()

  const other = await browser.newContext()
  const bramsPage = await other.newPage()
  await settleIn(bramsPage, site.address, new URL(address).pathname, 'bram@example.org')
  await bramsPage.goto(`${site.address}/beheer/account`)
  await expect(bramsPage.getByText('Lezer')).toBeVisible()
  await expect(bramsPage.getByRole('link', { name: 'Mensen' })).toHaveCount(0)
  const removal = await linkOfRemoval(page)
  for (const path of ['/beheer/mensen', removal, '/beheer/mensen/nobody/verwijderen']) {
    const answer = await bramsPage.goto(`${site.address}${path}`)
    expect(answer?.status(), path).toBe(403)
    await expect(bramsPage.getByRole('heading', { name: 'Dit mag een lezer niet' })).toBeVisible()
  }
  // The very form of a manager, sent by the reader.
  await page.goto(`${site.address}${removal}`)
  const form = await page
    .locator('main form')
    .evaluate((element: HTMLFormElement) =>
      Object.fromEntries(new FormData(element) as unknown as Iterable<[string, string]>),
    )
  const sent = await other.request.post(`${site.address}${removal}`, {
    multipart: form,
    headers: { Origin: site.address },
  })
  expect(sent.status()).toBeGreaterThanOrEqual(400)
  expect(kept().manager?.map(({ email }) => email)).toEqual(['anna@example.org', 'bram@example.org'])

  await page.goto(`${site.address}${removal}`)
  await confirm(page, anna, anna.backupCodes[4])
  await page.getByRole('button', { name: 'Ja, verwijder' }).click()
  await expect(page).toHaveURL(annasPage)
  await bramsPage.goto(`${site.address}/beheer/logboek`)
  await expect(bramsPage).toHaveURL(`${site.address}/beheer/aanmelden`)
  await page.goto(`${site.address}/beheer/logboek`)
  await expect(page.getByRole('row', { name: /Verwijderde bram@example.org/ })).toBeVisible()
  await other.close()
})

test('a page of another origin can send no form of ours, and a cookie from elsewhere becomes no session', async ({
  page,
  context,
}) => {
  await giveSession(context, site.folder, anna)
  const cookies = await context.cookies(`${site.address}/beheer`)
  await page.goto(`${site.address}/beheer/account`)
  const form = await page
    .locator('main form')
    .first()
    .evaluate((element: HTMLFormElement) =>
      Object.fromEntries(new FormData(element) as unknown as Iterable<[string, string]>),
    )
  const foreign = await context.request.post(`${site.address}/beheer/account`, {
    multipart: { ...form, language: 'en' },
    headers: { Origin: 'https://elsewhere.example' },
    maxRedirects: 0,
  })
  expect([foreign.status(), await foreign.text()]).toEqual([403, expect.stringContaining('Er is niets veranderd.')])
  expect(kept().manager?.[0]?.language).toBe('nl')
  const own = await context.request.post(`${site.address}/beheer/account`, {
    multipart: { ...form, language: 'en' },
    headers: { Origin: site.address },
    maxRedirects: 0,
  })
  expect(own.status()).toBe(303)
  expect(kept().manager?.[0]?.language).toBe('en')
  await page.goto(`${site.address}/beheer/account`)
  await expect(page.getByRole('heading', { name: 'My account' })).toBeVisible()
  await page.getByLabel('Language').selectOption('nl')
  await page.getByRole('button', { name: 'Save language' }).click()
  await expect(page.getByRole('heading', { name: 'Mijn account' })).toBeVisible()

  // A cookie that somebody planted before is not the one of the session that begins.
  await context.clearCookies()
  const planted = cookies.map((cookie) => ({ ...cookie, value: 'planted.by-somebody-else' }))
  await context.addCookies(planted)
  await page.goto(`${site.address}/beheer/logboek`)
  await expect(page).toHaveURL(`${site.address}/beheer/aanmelden`)
  await signInWithBackup(page, site.address, anna, 2)
  const [session] = await context.cookies(`${site.address}/beheer`)
  expect(session?.value).not.toBe(planted[0]?.value)
  expect(session?.value).not.toBe(cookies[0]?.value)
})

test('signing out everywhere ends every other session, and a session ends at midnight', async ({ page, browser }) => {
  await signInWithBackup(page, site.address, anna, 3)
  const elsewhere = await browser.newContext()
  const there = await elsewhere.newPage()
  await giveSession(elsewhere, site.folder, anna)
  await page.goto(`${site.address}/beheer/account`)
  await expect(page.getByText('Een andere browser, aangemeld op').first()).toBeVisible()
  await page.getByRole('button', { name: 'Overal anders afmelden' }).click()
  await expect(page.getByText('Je bent nergens anders aangemeld')).toBeVisible()
  await there.goto(`${site.address}/beheer/logboek`)
  await expect(there).toHaveURL(`${site.address}/beheer/aanmelden`)
  await elsewhere.close()
  const [session] = kept().manager_session ?? []
  const ends = new Date(String(session?.expiresAt))
  expect(ends).toEqual(startOf(dayOf(ends)))
  expect(ends.getTime() - now().getTime()).toBeLessThanOrEqual(25 * 3_600_000)
})

test('no screen of accounts has anything against it, light, dark, narrow or wide', async ({ page }) => {
  const invitation = invitationFor(site.settings, 'carla@example.org', 'Carla', 'reader')
  const problems: string[] = []
  for (const path of ['/beheer/aanmelden', '/beheer/code', invitation, '/beheer/uitnodiging/nothing']) {
    await page.goto(`${site.address}${path}`)
    problems.push(...(await problemsOf(page, path)))
  }
  await settleIn(
    page,
    site.address,
    invitation,
    'carla@example.org',
    async () => void problems.push(...(await problemsOf(page, 'the second step'))),
  )
  await page.context().clearCookies()
  await giveSession(page.context(), site.folder, anna)
  for (const path of [
    '/beheer/account',
    '/beheer/mensen',
    '/beheer/logboek',
    '/beheer/niets',
    await linkOfRemoval(page),
    (await linkOfRemoval(page)).replace('verwijderen', 'vernieuwen?bekend=ja'),
    (await linkOfRemoval(page)).replace('verwijderen', 'rol'),
  ]) {
    await page.goto(`${site.address}${path}`)
    problems.push(...(await problemsOf(page, path)))
  }
  expect(problems).toEqual([])
})

test('to invite somebody with an account says what they would lose, and asks who it is; a role is changed by an act of its own', async ({
  page,
  browser,
}) => {
  await giveSession(page.context(), site.folder, anna)
  await page.goto(`${site.address}/beheer/account`)
  const making = page.locator('form').filter({ has: page.getByRole('button', { name: 'Maak nieuwe codes' }) })
  await making.getByLabel('Wachtwoord').fill(anna.password)
  await making.getByRole('button').click()
  await expect(page.getByRole('heading', { name: 'Bewaar deze herstelcodes' })).toBeVisible()
  const [spare = '', ...codes] = await page.locator('main code').allTextContents()
  await page.goto(`${site.address}/beheer/mensen`)
  await page.getByLabel('Naam').fill('Carla')
  await page.getByLabel('Mailadres').fill('CARLA@example.org')
  await page.getByRole('button', { name: 'Maak uitnodiging' }).click()
  await expect(page.getByRole('heading', { name: 'Carla opnieuw laten beginnen?' })).toBeVisible()
  await expect(page.getByText('carla@example.org heeft al een account')).toBeVisible()
  await expect(page.getByText('het oude wachtwoord, de tweede stap, de herstelcodes en elke aanmelding')).toBeVisible()
  expect(kept().invitation).toEqual([])

  // Whoever sits at her computer does not know her password, and her password without a code is not enough.
  const renew = page.getByRole('button', { name: 'Maak uitnodiging om opnieuw te beginnen' })
  for (const [password, code] of [
    ['geraden wachtwoord', spare],
    [anna.password, '000000'],
  ] as const) {
    await page.getByLabel('Je eigen wachtwoord').fill(password)
    await page.getByLabel('Code uit je app').fill(code)
    await send(page, 'Maak uitnodiging om opnieuw te beginnen')
    await expect(page.getByText('Je wachtwoord of je code klopt niet')).toBeVisible()
    await expect(page.getByLabel('Code uit je app')).toHaveValue('')
  }
  expect(kept().invitation).toEqual([])
  await page.getByLabel('Je eigen wachtwoord').fill(anna.password)
  await page.getByLabel('Code uit je app').fill(spare)
  await renew.click()
  const address = await page.getByLabel('Adres van de uitnodiging').inputValue()
  const carla = await (await browser.newContext()).newPage()
  await settleIn(carla, site.address, new URL(address).pathname, 'carla@example.org')
  await carla.goto(`${site.address}/beheer/account`)
  await expect(carla.getByText('Rol: Lezer')).toBeVisible()

  const role = (await linkOfRemoval(page)).replace('verwijderen', 'rol')
  for (const [act, now] of [
    ['Maak beheerder', 'Rol: Beheerder'],
    ['Maak lezer', 'Rol: Lezer'],
  ] as const) {
    await page.goto(`${site.address}${role}`)
    await confirm(page, anna, codes.pop())
    await page.getByRole('button', { name: act }).click()
    await expect(page).toHaveURL(`${site.address}/beheer/mensen`)
    await carla.reload()
    await expect(carla.getByText(now)).toBeVisible()
  }
  const ofAnna = kept().manager?.find(({ email }) => email === anna.email)?.id
  await page.goto(`${site.address}/beheer/mensen/${String(ofAnna)}/rol`)
  await confirm(page, anna, codes.pop())
  await page.getByRole('button', { name: 'Maak lezer' }).click()
  await expect(page.getByText('Er moet minstens één beheerder blijven')).toBeVisible()
  await carla.context().close()
})

test('the log tells people of one name apart, shows what failed, and is read by person, by kind and a page at a time', async ({
  page,
}) => {
  await giveSession(page.context(), site.folder, 'reader')
  await page.goto(`${site.address}/beheer/logboek`)
  const [, id = ''] = /^(\w{8})/.exec(String(kept().manager?.find(({ email }) => email === anna.email)?.id)) ?? []
  const raised = page.getByRole('row', { name: /Maakte carla@example\.org beheerder/ })
  await expect(raised).toContainText(`Anna de Boeranna@example.orgaccount ${id}`)
  await expect(
    page.getByRole('row', { name: /anna@example\.org.*Verkeerd wachtwoord of verkeerde code van wie aangemeld was 2/ }),
  ).toBeVisible()
  await expect(page.getByRole('row', { name: /Wilde iets dat alleen een beheerder mag/ })).toBeVisible()
  await page.getByLabel('Wat', { exact: true }).selectOption({ label: 'Maakte … lezer' })
  await page.getByLabel('Wie', { exact: true }).selectOption({ label: 'Anna de Boer, anna@example.org' })
  await page.getByRole('button', { name: 'Toon' }).click()
  const log = page.getByRole('region', { name: 'Logboek' })
  await expect(log.getByRole('row')).toHaveCount(2)
  await expect(log.getByRole('row', { name: /Maakte carla@example\.org lezer/ })).toBeVisible()

  // More lines than a page has, as years of work leave them.
  const database = new Database(join(site.folder, 'management.sqlite'))
  // The server may be writing at that moment.
  database.exec('pragma busy_timeout = 10000')
  database.exec('begin immediate')
  for (let line = 0; line < 205; line += 1)
    database
      .prepare(
        `insert into audit (number, day, manager, account, address, action, subject)
         select max(number) + 1, '2027-01-01', 'Piet', 'piet', 'piet@example.org', 'run-planned', ? from audit`,
      )
      .run(`Run ${line}`)
  database.exec('commit')
  database.close()
  await page.goto(`${site.address}/beheer/logboek?wie=piet`)
  const shown = []
  for (;;) {
    const rows = (await log.getByRole('row').count()) - 1
    const last = await log.getByRole('row').last().textContent()
    shown.push([rows, last?.replace(/.*(Run \d+)/, '$1')])
    if ((await page.getByRole('link', { name: 'Ouder' }).count()) === 0) break
    await page.getByRole('link', { name: 'Ouder' }).click()
    await expect(log.getByRole('row').last()).not.toHaveText(last ?? '')
  }
  expect(shown).toEqual([
    [100, 'Run 105'],
    [100, 'Run 5'],
    [5, 'Run 0'],
  ])
})

test('a wrong password is refused after five tries, even when it is right', async ({ page }) => {
  await page.goto(`${site.address}/beheer/aanmelden`)
  for (const address of ["' or 1=1 --", 'nobody@example.org"; drop table manager; --']) {
    await page.getByLabel('Mailadres').evaluate((input: HTMLInputElement) => (input.type = 'text'))
    await page.getByLabel('Mailadres').fill(address)
    await page.getByLabel('Wachtwoord').fill("' or 'a'='a")
    await send(page, 'Verder')
    await expect(page.getByText('horen niet bij elkaar')).toBeVisible()
  }
  for (let attempt = 0; attempt < 5; attempt += 1) {
    await page.getByLabel('Mailadres').fill(anna.email)
    await page.getByLabel('Wachtwoord').fill(`fout ${attempt} en nog wat`)
    await send(page, 'Verder')
    await expect(page.getByText('horen niet bij elkaar')).toBeVisible()
  }
  await fillSignIn(page, anna.email, anna.password)
  await expect(page.getByText('Wacht een kwartier')).toBeVisible()
  expect(kept().manager?.length).toBeGreaterThan(0)
})

test('no path leads around the sign-in', async ({ request }) => {
  for (const path of [
    '/beheer',
    '/beheer/',
    '/beheer/mensen',
    '/beheer//mensen',
    '/beheer/%6densen',
    '/beheer/aanmelden/../mensen',
    '/beheer/x/..%2fmensen',
    '/BEHEER/mensen',
    '//beheer/mensen',
    '/beheer/mensen?_rsc=1',
    '/beheer/(in)/mensen',
  ]) {
    const answer = await request.get(`${site.address}${path}`, { maxRedirects: 3, headers: { RSC: '1' } })
    expect(await answer.text(), path).not.toContain('anna@example.org')
  }
  // The diary site has no management.
  const diary = await request.get(`${site.address}/beheer/aanmelden`, {
    headers: { Host: `dagboek.localhost:${site.server.port}` },
  })
  expect(diary.status()).toBe(404)
})

test('in all of this the server asked nothing of any other, with or without the cookie of somebody, and met no error', () => {
  const control = spawnSync(
    'node',
    ['--import', TELLS_OF_CONNECTIONS, '-e', "fetch('http://site.invalid/').catch(() => {})"],
    { encoding: 'utf8', env: environmentWith({}) },
  )
  expect(control.stderr).toContain('CONNECTION BEGUN')
  expect(site.server.log).toContain('http://dagboek.localhost')
  expect(site.server.log).not.toContain('CONNECTION BEGUN')
  expect(site.server.log).not.toContain('A library met an error')
})

test('nothing that is kept tells an address, a browser or a time finer than a day', async () => {
  const tables = kept()
  expect(Object.keys(tables)).toContain('manager_session')
  const midnights = new Set([-1, 0, 1].map((days) => startOf(addDays(dayOf(now()), days)).toISOString()))
  // Managers are no readers: when half a sign-in, tries and an unused session end is kept to the minute.
  const minutes = new Set(['manager_challenge.expiresAt', 'manager_session.seen', 'sign_in_try.ends'])
  let [moments, ofMinutes] = [0, 0]
  for (const [table, rows] of Object.entries(tables)) {
    for (const row of rows) {
      for (const [column, value] of Object.entries(row)) {
        const text = String(value)
        const place = `${table}.${column}`
        if (/^\d{4}-\d{2}-\d{2}T/.test(text)) {
          moments += 1
          if (minutes.has(place)) {
            ofMinutes += 1
            expect(text, place).toMatch(/^.{10}T\d{2}:\d{2}(:00\.000Z)?$/)
          } else expect(midnights, place).toContain(text)
        }
        expect(text, place).not.toMatch(/127\.0\.0|::1|Mozilla|Chrome|localhost/)
        if (typeof value === 'number') expect(value, place).toBeLessThan(1_000_000_000)
      }
    }
  }
  expect(ofMinutes).toBeGreaterThan(2)
  expect(moments).toBeGreaterThan(5)
  expect(site.server.log).not.toMatch(/uitnodiging|example\.org|Mozilla|127\.0\.0\.1/)
})

/** The page that asks whether the first other person is to be removed. */
async function linkOfRemoval(page: Page): Promise<string> {
  await page.goto(`${site.address}/beheer/mensen`)
  return (await page.getByRole('link', { name: 'Verwijder' }).first().getAttribute('href')) ?? ''
}
