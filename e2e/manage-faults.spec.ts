import { expect, test } from '@playwright/test'
import { newDatabase, PostgresForTests } from '#store/postgres-for-tests.ts'
import { makeLink } from './make-link.ts'
import { ManagedSite, problemsOf } from './managed-site.ts'
import { invitationFor, settleIn } from './manager.ts'

let database: PostgresForTests
let site: ManagedSite
test.beforeAll(async () => {
  database = await PostgresForTests.start()
  site = await ManagedSite.start({
    DATABASE_URL: await newDatabase(database.url()),
    MANAGEMENT_SECRET: 'a secret of this test, long enough to be one',
  })
})
test.afterAll(async () => {
  await site.stop()
  await database.remove()
})

test('a database that is gone, or a connection that breaks: what was typed stays, every page says what to do, and then it goes on', async ({
  page,
  browser,
}) => {
  await settleIn(
    page,
    site.address,
    invitationFor(site.settings, 'anna@example.org', 'Anna de Boer'),
    'anna@example.org',
  )
  await page.goto(`${site.address}/beheer/links`)
  const answers = { page: 'jouw ja, Ga je op reis?', kind: 'Open', community: 'Bibliotheek Zuid', readers: '600' }
  const form = page.locator('form').filter({ has: page.getByLabel('Welke pagina?') })
  const kept = async (reason: string) => {
    await expect(form.getByRole('alert')).toContainText(reason)
    await expect(form.getByRole('alert')).toContainText('Wat je typte, staat er nog.')
    await expect(form.getByLabel('Welke pagina?')).toHaveValue('help/reis')
    await expect(form.getByLabel('Welke soort?')).toHaveValue('open')
    await expect(form.getByLabel('Voor wie of waar?')).toHaveValue('Bibliotheek Zuid')
    await expect(form.getByLabel('Hoeveel lezers verwacht je?')).toHaveValue('600')
  }

  await page.route('**/beheer/links', (route) =>
    route.request().method() === 'POST' ? route.abort() : route.continue(),
  )
  await makeLink(page, answers)
  await kept('geen verbinding met de server')
  await page.unroute('**/beheer/links')

  await database.stop()
  await form.getByRole('button', { name: 'Maak de link' }).click()
  await expect(form.getByRole('button', { name: 'Maak de link' })).toBeEnabled()
  await kept('geen verbinding met zijn gegevens')
  const elsewhere = await page.context().newPage()
  const answer = await elsewhere.goto(`${site.address}/beheer`)
  expect(answer?.status()).toBe(500)
  await expect(elsewhere.getByRole('heading', { level: 1 })).toHaveText('Deze pagina lukt nu niet')
  await expect(elsewhere.getByRole('heading', { level: 2 })).toHaveText('This page does not work now')
  expect(await problemsOf(elsewhere, 'the page of errors')).toEqual([])

  // A password is the one thing that is not put back.
  const signIn = await (await browser.newContext()).newPage()
  await database.goOn()
  await signIn.goto(`${site.address}/beheer/aanmelden`)
  await database.stop()
  await signIn.getByLabel('Mailadres').fill('anna@example.org')
  await signIn.getByLabel('Wachtwoord').fill('een wachtwoord')
  await signIn.getByRole('button', { name: 'Verder' }).click()
  await expect(signIn.locator('main').getByRole('alert')).toContainText('geen verbinding')
  await expect(signIn.getByLabel('Mailadres')).toHaveValue('anna@example.org')
  await expect(signIn.getByLabel('Wachtwoord')).toHaveValue('')
  await signIn.context().close()

  await database.goOn()
  await elsewhere.getByRole('link', { name: 'Probeer opnieuw' }).click()
  await expect(elsewhere.getByRole('heading', { level: 1 })).toContainText('Bezoekers')
  await form.getByRole('button', { name: 'Maak de link' }).click()
  await expect(form.getByText('De link is klaar.')).toBeVisible()
  await expect(form.getByRole('alert')).toHaveCount(0)
})
