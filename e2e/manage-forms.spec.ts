import { expect, test, type Locator, type Page, type Route } from '@playwright/test'
import { makeLink } from './make-link.ts'
import { ManagedSite, problemsOf } from './managed-site.ts'
import { signedInPage } from './session-of.ts'

let site: ManagedSite
test.beforeAll(async () => {
  // Days in a table are read by this clock.
  site = await ManagedSite.start({
    CLOCK_STARTS_AT: '2027-04-05T12:00:00+02:00',
    // With a mail server, which is not there, the account has one form more.
    SMTP_URL: 'smtp://127.0.0.1:9',
    MAIL_FROM: 'beheer@jouwja.example',
  })
})
test.afterAll(() => site.stop())

const ANSWERS = { page: 'jouw ja, Ga je op reis?', kind: 'Open', readers: '600' }

/** The form that makes one link. */
function linkForm(page: Page) {
  return page.locator('form').filter({ has: page.getByLabel('Welke pagina?') })
}

/** Fills the form that makes one link, and does not send it. */
async function fillLink(page: Page, community: string): Promise<void> {
  await page.goto('/beheer/links')
  await linkForm(page).getByLabel('Welke soort?').selectOption('open')
  await linkForm(page).getByLabel('Voor wie of waar?').fill(community)
  await linkForm(page).getByLabel('Hoeveel lezers verwacht je?').fill('600')
}

/** How many links there are for a group, as a page that is asked anew lists them. */
async function linksFor(page: Page, community: string): Promise<number> {
  const other = await page.context().newPage()
  await other.goto('/beheer/links')
  const count = await other.getByRole('link', { name: community, exact: true }).count()
  await other.close()
  return count
}

test('without a script a double click and a reload of the answer do the work once, and show the same', async ({
  browser,
}) => {
  const page = await signedInPage(browser, site.folder, 'manager', site.address, { javaScriptEnabled: false })
  await fillLink(page, 'Dubbelklik')
  await linkForm(page).getByRole('button').dblclick()
  const kit = page.getByLabel('Geheim adres van het pakket')
  await expect(page.getByText('De link is klaar.')).toBeVisible()
  const address = await kit.inputValue()
  expect(await linksFor(page, 'Dubbelklik')).toBe(1)
  await page.reload()
  await expect(kit).toHaveValue(address)
  expect(await linksFor(page, 'Dubbelklik')).toBe(1)
  // The form that is shown with the answer is a new one: the same answers once more are another link.
  await makeLink(page, { ...ANSWERS, community: 'Dubbelklik' })
  await expect(kit).not.toHaveValue(address)
  expect(await linksFor(page, 'Dubbelklik')).toBe(2)
  await page.context().close()
})

test('a form is done once for two clicks in one task and for Enter twice, and can then be sent anew', async ({
  browser,
}) => {
  const page = await signedInPage(browser, site.folder, 'manager', site.address)
  await fillLink(page, 'Twee klikken')
  // Nobody waits for the page between the two: as an impatient hand on a slow computer.
  await linkForm(page)
    .getByRole('button')
    .evaluate((button: HTMLButtonElement) => {
      button.click()
      button.click()
    })
  await expect(linkForm(page).getByText('De link is klaar.')).toBeVisible()
  await expect(linkForm(page).getByRole('button', { name: 'Maak de link' })).toBeEnabled()
  expect(await linksFor(page, 'Twee klikken')).toBe(1)

  const community = linkForm(page).getByLabel('Voor wie of waar?')
  await community.fill('Twee keer Enter')
  await linkForm(page).getByLabel('Hoeveel lezers verwacht je?').fill('600')
  const first = await linkForm(page).getByLabel('Geheim adres van het pakket').inputValue()
  await community.press('Enter')
  await community.press('Enter')
  await expect(linkForm(page).getByLabel('Geheim adres van het pakket')).not.toHaveValue(first)
  await expect(linkForm(page).getByRole('button', { name: 'Maak de link' })).toBeEnabled()
  expect(await linksFor(page, 'Twee keer Enter')).toBe(1)
  await page.context().close()
})

test('a form whose token is missing, old or used for other answers is shown again with what was typed', async ({
  browser,
}) => {
  const page = await signedInPage(browser, site.folder, 'manager', site.address, { javaScriptEnabled: false })
  await fillLink(page, 'Zonder token')
  await linkForm(page)
    .locator('input[name=token]')
    .evaluate((input) => input.remove())
  await linkForm(page).getByRole('button').click()
  await expect(linkForm(page).getByRole('alert')).toContainText('Deze pagina stond te lang open.')
  await expect(linkForm(page).getByLabel('Voor wie of waar?')).toHaveValue('Zonder token')
  await expect(linkForm(page).getByLabel('Welke soort?')).toHaveValue('open')
  expect(await linksFor(page, 'Zonder token')).toBe(0)
  const used = await linkForm(page).locator('input[name=token]').inputValue()
  await linkForm(page).getByRole('button').click()
  await expect(page.getByText('De link is klaar.')).toBeVisible()

  // As from the cache of the browser, after its button "back".
  await fillLink(page, 'Ander antwoord')
  await linkForm(page)
    .locator('input[name=token]')
    .evaluate((input: HTMLInputElement, token) => (input.value = token), used)
  await linkForm(page).getByRole('button').click()
  await expect(linkForm(page).getByRole('alert')).toContainText('al verstuurd, met andere antwoorden')
  await expect(linkForm(page).getByLabel('Voor wie of waar?')).toHaveValue('Ander antwoord')
  expect(await linksFor(page, 'Ander antwoord')).toBe(0)
  await linkForm(page).getByRole('button').click()
  await expect(page.getByText('De link is klaar.')).toBeVisible()
  await page.context().close()
})

/** A file with a table of links, in bytes. */
function tableFile(name: string, community: Buffer, end = ';100;31-12-2027\n') {
  const head = 'pagina;taal;soort;groep;lezers;tot en met\nhelp/reis;nl;open;'
  return {
    name,
    mimeType: 'text/csv',
    buffer: Buffer.concat([Buffer.from(head), community, Buffer.from(end)]),
  }
}

for (const javaScriptEnabled of [true, false])
  test(`a table of Windows makes nothing before its names were shown, ${javaScriptEnabled ? 'with' : 'without'} a script`, async ({
    browser,
  }) => {
    const page = await signedInPage(browser, site.folder, 'manager', site.address, { javaScriptEnabled })
    await page.goto('/beheer/links')
    const form = page.locator('form').filter({ has: page.getByLabel('CSV-bestand') })
    const send = form.getByRole('button', { name: 'Maak de links' })
    const mark = javaScriptEnabled ? 'met' : 'zonder'

    // windows-1252: é is E9, ë is EB.
    await form
      .getByLabel('CSV-bestand')
      .setInputFiles(tableFile('w1252.csv', Buffer.from(`Caf\xe9 Zo\xeb ${mark}`, 'latin1')))
    await send.click()
    await expect(form.getByRole('alert')).toContainText('Er is nog niets gemaakt.')
    await expect(form.getByRole('listitem')).toHaveText([`Café Zoë ${mark}`])
    expect(await linksFor(page, `Café Zoë ${mark}`)).toBe(0)
    await send.click()
    await expect(form.getByText('De link is klaar.')).toBeVisible()
    expect(await linksFor(page, `Café Zoë ${mark}`)).toBe(1)

    // windows-1254: Ş is DE, ğ is F0, ı is FD; read as Western European they are Þ, ð and ý.
    await page.goto('/beheer/links')
    await form
      .getByLabel('CSV-bestand')
      .setInputFiles(tableFile('w1254.csv', Buffer.from(`\xde\xfd\xf0\xfd ${mark}`, 'latin1')))
    await send.click()
    await expect(form.getByRole('listitem')).toHaveText([`Þýðý ${mark}`])
    await form.getByLabel('Letters van het bestand').selectOption('windows-1254')
    await send.click()
    // Other letters are other names, which are shown first too.
    await expect(form.getByRole('listitem')).toHaveText([`Şığı ${mark}`])
    expect(await linksFor(page, `Şığı ${mark}`)).toBe(0)
    await send.click()
    await expect(form.getByText('De link is klaar.')).toBeVisible()
    expect([await linksFor(page, `Şığı ${mark}`), await linksFor(page, `Þýðý ${mark}`)]).toEqual([1, 0])

    await page.goto('/beheer/links')
    await form
      .getByLabel('CSV-bestand')
      .setInputFiles(tableFile('werkboek.xlsx', Buffer.from('PK\x03\x04\0\0\xe9', 'latin1')))
    await send.click()
    await expect(form.getByRole('alert')).toContainText('CSV UTF-8')
    await form
      .getByLabel('CSV-bestand')
      .setInputFiles(tableFile('punt.csv', Buffer.from('Noord'), ';100.00;31-12-2027\n'))
    await send.click()
    await expect(form.getByText('Regel 2, lezers: Schrijf een heel getal, bijvoorbeeld 200 of 1.500.')).toBeVisible()
    await page.context().close()
  })

test('the list of links that were made runs no formula where it is pasted', async ({ browser }) => {
  const page = await signedInPage(browser, site.folder, 'manager', site.address)
  await page.goto('/beheer/links')
  await page
    .getByLabel('Of plak hier')
    .fill(
      'pagina\ttaal\tsoort\tgroep\tlezers\ttot en met\nhelp/reis\tnl\topen\t=HYPERLINK("http://x.invalid")\t100\t31-12-2027\nhelp/reis\tnl\topen\tStichting "De Brug"\t100\t31-12-2027',
    )
  await page.getByRole('button', { name: 'Maak de links' }).click()
  const list = (await page.getByLabel('Groep, link en geheim adres').inputValue()).split('\n')
  expect(list.map((row) => row.split('\t')[0])).toEqual(['\'=HYPERLINK("http://x.invalid")', 'Stichting "De Brug"'])
  await page.context().close()
})

test('a form of an earlier version of the site says so and keeps what was typed, with a script', async ({
  browser,
}) => {
  const page = await signedInPage(browser, site.folder, 'manager', site.address)
  await fillLink(page, 'Oude versie')
  // The server is asked for an action of another build, as a page asks that was open while the site was renewed.
  await page.route('**/beheer/links', (route) => {
    const headers = route.request().headers()
    const action = headers['next-action']
    return route.continue(action ? { headers: { ...headers, 'next-action': renewed(action) } } : {})
  })
  await linkForm(page).getByRole('button').click()
  await expect(linkForm(page).getByRole('alert')).toContainText('De site is vernieuwd')
  await expect(linkForm(page).getByLabel('Voor wie of waar?')).toHaveValue('Oude versie')
  await expect(linkForm(page).getByLabel('Welke soort?')).toHaveValue('open')
  expect(await linksFor(page, 'Oude versie')).toBe(0)
  await page.context().close()
})

test('without a script a form of an earlier version leads to a page that says so, in two languages, with what was typed', async ({
  browser,
}) => {
  const page = await signedInPage(browser, site.folder, 'manager', site.address, { javaScriptEnabled: false })
  await fillLink(page, 'Oude <versie>')
  const action = linkForm(page).locator('input[name^="$ACTION_"][value*="id"]').first()
  await action.evaluate((input: HTMLInputElement) => {
    input.value = input.value.replace(/(?<="id":")[0-9a-f]+/, (id) =>
      [...id.slice(0, -6), ...[...id.slice(-6)].reverse()].join(''),
    )
  })
  const answered = page.waitForResponse((response) => response.request().method() === 'POST')
  await linkForm(page).getByRole('button').click()
  const answer = await answered
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('De site is vernieuwd')
  await expect(page.getByRole('heading', { level: 2 })).toHaveText('The site was renewed')
  await expect(page.locator('pre').filter({ hasText: 'Oude <versie>' })).toBeVisible()
  // The rules are checked by scripts of their own, in a browser that has them, on the same answer.
  const judged = await (await browser.newContext()).newPage()
  const { 'content-type': type = '', 'content-security-policy': policy = '' } = await answer.allHeaders()
  const [headers, body] = [{ 'content-type': type, 'content-security-policy': policy }, await answer.body()]
  await judged.route('**/*', (route) => route.fulfill({ status: answer.status(), headers, body }))
  await judged.goto(answer.url())
  expect(await problemsOf(judged, 'the page of a renewed site')).toEqual([])
  await judged.context().close()
  await page.getByRole('link', { name: 'Naar de vernieuwde pagina' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Deellinks')

  await fillLink(page, 'Nieuwe versie')
  await linkForm(page).getByRole('button').click()
  await expect(page.getByText('De link is klaar.')).toBeVisible()
  await page.context().close()
})

test('two people who change the same run are told of each other, with both versions, with a script and without', async ({
  browser,
}) => {
  const [anna, bram] = [
    await signedInPage(browser, site.folder, 'manager', site.address),
    await signedInPage(browser, site.folder, 'manager', site.address, { javaScriptEnabled: false }),
  ] as const
  await anna.goto('/beheer/runs/nieuw')
  for (const [label, answer] of Object.entries({
    Naam: 'Samen',
    'Eerste dag': '2030-05-01',
    'Laatste dag': '2030-05-10',
  }))
    await anna.getByLabel(label, { exact: true }).fill(answer)
  await anna.getByRole('button', { name: 'Zet in de kalender' }).click()
  await expect(anna.getByText('Samen staat in de kalender')).toBeVisible()

  const versions = (page: Page) => page.getByRole('region', { name: 'De versies naast elkaar' }).getByRole('row')
  for (const [first, second, day] of [
    [anna, bram, '12'],
    [bram, anna, '14'],
  ] as const) {
    for (const page of [first, second]) await page.goto('/beheer/runs/wijzigen/samen-2030')
    await first.getByLabel('Laatste dag', { exact: true }).fill(`2030-05-${day}`)
    await first.getByRole('button', { name: 'Bewaar' }).click()
    await expect(first.getByText('Samen staat in de kalender')).toBeVisible()
    await second.getByLabel('Terugblik tot en met', { exact: true }).fill(`2030-06-${day}`)
    await second.getByRole('button', { name: 'Bewaar' }).click()
    await expect(second.locator('main').getByRole('alert').first()).toContainText(
      'Mina veranderde deze run terwijl jij bezig was.',
    )
    await expect(versions(second).filter({ hasText: 'Laatste dag' })).toContainText(`${day} mei 2030`)
    await expect(versions(second).filter({ hasText: 'Terugblik tot en met' })).toContainText(`${day} juni 2030`)
    await expect(second.getByLabel('Terugblik tot en met', { exact: true })).toHaveValue(`2030-06-${day}`)
    // Having seen both, the second takes over the last day of the first, and sends again.
    await second.getByLabel('Laatste dag', { exact: true }).fill(`2030-05-${day}`)
    await second.getByRole('button', { name: 'Bewaar' }).click()
    const run = second.locator('article').filter({ has: second.getByRole('heading', { name: 'Samen', exact: true }) })
    await expect(run).toContainText(`${day} mei 2030`)
    await expect(run).toContainText(`${day} juni 2030`)
  }
  for (const page of [anna, bram]) await page.context().close()
})

/** Answers that are right for no question but a choice, each as somebody might type it. */
const ODD: Readonly<Record<string, string>> = {
  email: 'zoë@',
  date: '2031-02-03',
  password: 'een geraden wachtwoord',
}

/** Answers every question of a form. @returns what must stand in it again, by the name of the field: no passwords and codes */
async function answerOddly(form: Locator): Promise<Readonly<Record<string, string>>> {
  const answers: Record<string, string> = {}
  for (const field of await form.locator('input:not([type=hidden], [type=file]), select, textarea').all()) {
    const [name, tag, type, purpose] = await field.evaluate((element: HTMLInputElement) => [
      element.name,
      element.tagName,
      element.type,
      element.autocomplete,
    ])
    if (tag === 'SELECT') await field.selectOption({ index: (await field.locator('option').count()) - 1 })
    else await field.fill(ODD[type ?? ''] ?? 'Ébène “<b>” 1.50')
    if (type !== 'password' && purpose !== 'one-time-code') answers[name ?? ''] = await field.inputValue()
  }
  return answers
}

async function expectAnswers(form: Locator, answers: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, answer] of Object.entries(answers))
    await expect(form.locator(`[name="${name}"]`), name).toHaveValue(answer)
}

test('every form that changes something keeps what was typed when no answer comes, and does nothing without its one-time token', async ({
  browser,
}) => {
  const page = await signedInPage(browser, site.folder, 'manager', site.address)
  await page.goto('/beheer/links')
  await makeLink(page, { ...ANSWERS, community: 'Alle formulieren' })
  await page.goto('/beheer/runs/nieuw')
  for (const [label, answer] of Object.entries({
    Naam: 'Alle formulieren',
    'Eerste dag': '2031-05-01',
    'Laatste dag': '2031-05-10',
  }))
    await page.getByLabel(label, { exact: true }).fill(answer)
  await page.getByRole('button', { name: 'Zet in de kalender' }).click()
  await expect(page.getByText('Alle formulieren staat in de kalender')).toBeVisible()
  await signedInPage(browser, site.folder, 'reader', site.address).then((other) => other.context().close())
  await page.goto('/beheer/links')
  const link = await page.getByRole('link', { name: 'Alle formulieren', exact: true }).getAttribute('href')
  await page.goto('/beheer/mensen')
  const removal = (await page.getByRole('link', { name: 'Verwijder' }).first().getAttribute('href')) ?? ''

  const seen: Record<string, number> = {}
  for (const path of [
    '/beheer/links',
    link ?? '',
    '/beheer/runs/nieuw',
    '/beheer/runs/wijzigen/alle-formulieren-2031',
    '/beheer/mensen',
    removal,
    removal.replace('verwijderen', 'vernieuwen'),
    removal.replace('verwijderen', 'rol'),
    '/beheer/account',
    '/beheer/code',
  ]) {
    await page.goto(path)
    const forms = page.locator('main form:has(input[name=aboutForm])')
    seen[path] = await forms.count()
    // What has no token ends a session, and can be sent as often as one likes.
    for (const text of await page.locator('main form:not(:has(input[name=token]))').allTextContents())
      expect(text, path).toMatch(/^(Overal anders afmelden)$/)
    for (let index = 0; index < (seen[path] ?? 0); index += 1) {
      const form = forms.nth(index)
      const answers = await answerOddly(form)
      const send = form.locator('button').last()
      const lost = (route: Route) => (route.request().method() === 'POST' ? route.abort() : route.continue())
      await page.route('**/beheer/**', lost)
      await send.click()
      await expect(form.getByRole('alert').first(), `${path} ${index}`).toContainText('geen verbinding met de server')
      await expectAnswers(form, answers)
      await page.unroute('**/beheer/**', lost)
      await form.locator('input[name=token]').evaluate((input: HTMLInputElement) => (input.value = 'old'))
      await send.click()
      await expect(form.getByRole('alert').first(), `${path} ${index}`).toContainText('stond te lang open')
      await expectAnswers(form, answers)
    }
  }
  expect(Object.values(seen)).toEqual([2, 2, 1, 2, 1, 1, 1, 1, 4, 1])
  await page.context().close()
})

test('the weekly mail that is switched on twice stands in the log once', async ({ browser }) => {
  const page = await signedInPage(browser, site.folder, 'manager', site.address, { javaScriptEnabled: false })
  for (const choice of ['on', 'on', 'off', 'off']) {
    await page.goto('/beheer/account')
    const form = page.locator('form').filter({ has: page.getByLabel('De cijfers van de week, elke maandag') })
    await form.getByRole('combobox').selectOption(choice)
    const answered = page.waitForResponse((response) => response.request().method() === 'POST')
    await form.getByRole('button').click()
    expect((await answered).status()).toBe(303)
  }
  await page.goto('/beheer/logboek')
  await expect(page.getByRole('row', { name: 'Zette de wekelijkse mail aan' })).toHaveCount(1)
  await expect(page.getByRole('row', { name: 'Zette de wekelijkse mail uit' })).toHaveCount(1)
  await page.context().close()
})

/** The id of an action as another build would have given it. */
function renewed(action: string): string {
  return action.slice(0, -6) + [...action.slice(-6)].reverse().join('')
}
