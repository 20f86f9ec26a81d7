import { expect, test, type Page } from '@playwright/test'
import { makeLink } from './make-link.ts'
import { ManagedSite } from './managed-site.ts'
import {
  beginSecondStep,
  choosePassword,
  fillSignIn,
  finishSecondStep,
  invitationFor,
  inviteOnScreen,
  PASSWORD,
  settleIn,
  signInWithBackup,
  type Person,
} from './manager.ts'
import { signedInPage } from './session-of.ts'

// One server for all: whoever settles in with the first test signs in with the others.
test.describe.configure({ mode: 'serial' })

let site: ManagedSite
test.beforeAll(async () => {
  site = await ManagedSite.start()
})
test.afterAll(() => site.stop())

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  let anna: Person

  test('a manager sets up the second step, also after a wrong code and on a later visit', async ({ page }) => {
    const invitation = invitationFor(site.settings, 'anna@example.org', 'Anna de Boer')
    anna = await settleIn(page, site.address, invitation, 'anna@example.org')

    const again = invitationFor(site.settings, 'bram@example.org', 'Bram')
    await page.context().clearCookies()
    await choosePassword(page, site.address, again)
    // Before there is a secret nothing can be proven.
    await expect(page.getByLabel('Je wachtwoord, nog één keer')).toBeVisible()
    await expect(page.getByLabel('Code', { exact: true })).toHaveCount(0)
    await beginSecondStep(page)
    const secret = (await page.locator('main code').first().textContent()) ?? ''
    await page.getByLabel('Code', { exact: true }).fill('000000')
    await page.getByRole('button', { name: 'Klaar' }).click()
    await expect(page.getByText('Deze code klopt niet')).toBeVisible()
    await page.goto(`${site.address}/beheer/tweede-stap`)
    await finishSecondStep(page, site.address, secret)
  })

  test('a manager signs in, changes a setting, makes new codes, and invites somebody', async ({ page }) => {
    await page.goto(`${site.address}/beheer/aanmelden`)
    await fillSignIn(page, anna.email, anna.password)
    await page.getByLabel('Code').fill(anna.backupCodes[0] ?? '')
    // A code works once, and a double click sends it twice.
    await page.getByRole('button', { name: 'Aanmelden' }).dblclick()
    await expect(page).toHaveURL(`${site.address}/beheer`)
    await page.goto(`${site.address}/beheer/account`)
    await page.getByLabel('Taal').selectOption('en')
    await page.getByRole('button', { name: 'Bewaar taal' }).click()
    await expect(page.getByRole('heading', { name: 'My account' })).toBeVisible()
    await page.getByLabel('Language').selectOption('nl')
    await page.getByRole('button', { name: 'Save language' }).click()
    await expect(page.getByRole('heading', { name: 'Mijn account' })).toBeVisible()

    const renewal = page.locator('form').filter({ has: page.getByRole('button', { name: 'Maak nieuwe codes' }) })
    await renewal.getByLabel('Wachtwoord').fill(PASSWORD)
    await renewal.getByRole('button').click()
    await expect(page.getByRole('heading', { name: 'Bewaar deze herstelcodes' })).toBeVisible()
    const codes = await page.locator('main code').allTextContents()
    expect(codes.length).toBeGreaterThanOrEqual(8)
    expect(codes).not.toContain(anna.backupCodes[1])
    anna = { ...anna, backupCodes: codes }

    const invitation = await inviteOnScreen(page, site.address, anna, 'Carla', 'carla@example.org')
    // An invitation that was made twice would end the first one, whose address may be on its way already.
    await page.reload()
    await expect(page.getByLabel('Adres van de uitnodiging')).toHaveValue(invitation)
    await page.goto(invitation)
    await expect(page.getByRole('heading', { name: 'Welkom, Carla' })).toBeVisible()
  })

  test('a manager makes links, one and a table, and another secret address for a kit', async ({ page }) => {
    await signInWithBackup(page, site.address, anna, 0)
    await page.goto(`${site.address}/beheer/links`)
    await makeLink(page, {
      page: 'jouw ja, Ga je op reis?',
      kind: 'Open',
      community: 'Bibliotheek Zuid',
      readers: 'veel',
    })
    await expect(page.getByText('De link is nog niet gemaakt.')).toBeVisible()
    await expect(page.getByLabel('Voor wie of waar?')).toHaveValue('Bibliotheek Zuid')
    await page.getByLabel('Hoeveel lezers verwacht je?').fill('600')
    await page.getByRole('button', { name: 'Maak de link', exact: true }).click()
    const first = await page.getByLabel('Geheim adres van het pakket').inputValue()

    await page
      .getByLabel('Of plak hier')
      .fill('pagina;taal;soort;groep;lezers;tot en met\nhelp/nergens;tr;discreet;Buurthuis;150;2099-01-01')
    await page.getByRole('button', { name: 'Maak de links' }).click()
    await expect(page.getByText('Regel 2, pagina: Deze pagina is er niet.')).toBeVisible()
    await expect(page.getByLabel('Of plak hier')).toHaveValue(/Buurthuis/)

    await page.getByRole('link', { name: 'Bibliotheek Zuid' }).click()
    await page.getByRole('button', { name: 'Nieuw geheim adres' }).click()
    const second = await page.getByLabel('Geheim adres van het pakket').inputValue()
    await page.getByRole('button', { name: 'Trek in' }).click()
    await expect(page.getByText('Bibliotheek Zuid is ingetrokken.')).toBeVisible()
    await page.getByRole('link', { name: 'Bibliotheek Zuid' }).click()
    await page.getByRole('button', { name: 'Geef terug' }).click()
    await expect(page.getByText('Bibliotheek Zuid werkt weer')).toBeVisible()
    const statuses = []
    for (const kit of [first, second]) statuses.push((await page.goto(kit))?.status())
    expect(statuses).toEqual([404, 200])
  })
})

test('what came of a form that was sent before its script is still there when the script has come, and can be copied', async ({
  browser,
}) => {
  const page = await signedInPage(browser, site.folder, 'manager', site.address)
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  const problems: string[] = []
  page.on('pageerror', ({ message }) => problems.push(message))
  page.on('console', (line) => {
    if (line.type() === 'error') problems.push(line.text())
  })
  const arrive = await holdScripts(page)
  await page.goto('/beheer/links', { waitUntil: 'commit' })
  await makeLink(page, { page: 'jouw ja, Ga je op reis?', kind: 'Open', community: 'School Oost', readers: '600' })
  const kit = await page.getByLabel('Geheim adres van het pakket').inputValue()
  expect(kit).toMatch(new RegExp(`^${site.address}/pakket/`))
  await expect(page.getByRole('button', { name: 'Kopieer' })).toHaveCount(0)
  arrive()
  await page.getByRole('button', { name: 'Kopieer' }).last().click()
  await expect(page.getByText('Gekopieerd')).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(kit)
  await expect(page.getByLabel('Geheim adres van het pakket')).toHaveValue(kit)
  expect(problems).toEqual([])
  await page.context().close()
})

test('what was chosen and typed before the script came stays when it comes', async ({ browser }) => {
  const page = await signedInPage(browser, site.folder, 'manager', site.address)
  const arrive = await holdScripts(page)
  await page.goto('/beheer/links', { waitUntil: 'commit' })
  const fields = {
    'Welke pagina?': 'diary/4',
    'Welke taal?': 'tr',
    'Welke soort?': 'open',
    'Voor wie of waar?': 'Jongerenwerk',
    'Hoeveel lezers verwacht je?': '300',
    'Of plak hier': 'pagina;taal',
  }
  for (const [label, value] of Object.entries(fields)) {
    const field = page.getByLabel(label)
    await ((await field.evaluate((element) => element.tagName)) === 'SELECT'
      ? field.selectOption(value)
      : field.fill(value))
  }
  arrive()
  // The framework has taken the form over once it knows the element.
  await expect
    .poll(() =>
      page
        .getByLabel('Welke soort?')
        .evaluate((element) => Object.keys(element).some((key) => key.startsWith('__react'))),
    )
    .toBe(true)
  for (const [label, value] of Object.entries(fields)) await expect(page.getByLabel(label)).toHaveValue(value)
  await page.context().close()
})

test('a text that the browser does not copy is selected', async ({ browser }) => {
  const page = await signedInPage(browser, site.folder, 'manager', site.address)
  await page.addInitScript(() => {
    navigator.clipboard.writeText = () => Promise.reject(new Error('refused'))
  })
  await page.goto('/beheer/links')
  await makeLink(page, { page: 'jouw ja, Ga je op reis?', kind: 'Open', community: 'Buurthuis West', readers: '600' })
  await page.getByRole('button', { name: 'Kopieer' }).first().click()
  await expect
    .poll(() => page.evaluate(() => getSelection()?.toString()))
    .toMatch(/^https:\/\/www\.jouwja\.example\/k\//)
  await expect(page.getByText('Gekopieerd')).toHaveCount(0)
  await page.context().close()
})

/** Lets a page wait for its scripts, as on a slow connection. @returns lets them come */
async function holdScripts(page: Page): Promise<() => void> {
  let arrive = () => {}
  const arrived = new Promise<void>((resolve) => (arrive = resolve))
  await page.route('**/*.js', async (route) => {
    await arrived
    await route.continue()
  })
  return () => arrive()
}
