import { expect, test, type Page } from '@playwright/test'
import { makeLink } from './make-link.ts'
import { ManagedSite } from './managed-site.ts'
import { signedInPage } from './session-of.ts'

let site: ManagedSite
test.beforeAll(async () => {
  site = await ManagedSite.start()
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

  // An invitation that was made twice would end the first one, whose address may be on its way already.
  await page.goto('/beheer/mensen')
  await page.getByLabel('Naam').fill('Bram')
  await page.getByLabel('Mailadres').fill('bram@example.org')
  await page.getByRole('button', { name: 'Maak uitnodiging' }).dblclick()
  const invitation = await page.getByLabel('Adres van de uitnodiging').inputValue()
  await page.reload()
  await expect(page.getByLabel('Adres van de uitnodiging')).toHaveValue(invitation)
  await page.goto(invitation)
  await expect(page.getByRole('heading', { name: 'Welkom, Bram' })).toBeVisible()
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
