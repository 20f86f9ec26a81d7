import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { content } from '#server/content/content.ts'
import { newDatabase, PostgresForTests } from '#store/postgres-for-tests.ts'
import { ask } from './ask.ts'
import { CountedSite } from './counted-site.ts'
import { makeLink } from './make-link.ts'
import { invitationFor, settleIn } from './manager.ts'
import { MOMENT_HEADER } from './moment.ts'
import { attribute, elementsIn, PageSource } from './page-source.ts'

/** The longest until a machine knows what was done at another (server/management/follow-plans.ts), and a moment for a busy one. Unit: milliseconds. */
const UNTIL_KNOWN = 20_000

const ANNA = 'anna@example.org'
const NOW = { [MOMENT_HEADER]: '2027-07-10T12:00:00+02:00' }
const IN_THE_RUN = { [MOMENT_HEADER]: '2027-09-05T12:00:00+02:00' }

test('two machines with one PostgreSQL are one management: a session, a link and a run of the one are those of the other', async ({
  browser,
}) => {
  const postgres = await PostgresForTests.start()
  const folders = [mkdtempSync(join(tmpdir(), 'one-')), mkdtempSync(join(tmpdir(), 'other-'))] as const
  const shared = {
    DATABASE_URL: await newDatabase(postgres.url()),
    MANAGEMENT_SECRET: randomBytes(32).toString('base64'),
    FIXED_MOMENT: 'on',
  }
  const sites = await Promise.all(folders.map((folder) => CountedSite.start({ ...shared, DATA_FOLDER: folder })))
  const [one, other] = sites as [CountedSite, CountedSite]
  const here = ({ port }: CountedSite, path: string) => `http://localhost:${port}${path}`
  const readerGets = ({ port }: CountedSite, path: string, moment: Readonly<Record<string, string>>) =>
    ask(`localhost:${port}`, path, moment, port)
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  try {
    const page = await context.newPage()
    const invitation = invitationFor(
      { ...shared, DATA_FOLDER: folders[0], PORT: String(one.port), NODE_ENV: 'production' },
      ANNA,
      'Anna',
    )
    // The command spoke to one machine, and the other lets her in.
    await settleIn(page, here(other, ''), invitation, ANNA)
    await context.setExtraHTTPHeaders(NOW)
    // A browser sends its cookies to every port of a name, as it does to every machine behind a proxy.
    for (const site of sites) {
      await page.goto(here(site, '/beheer/account'))
      await expect(page).toHaveURL(here(site, '/beheer/account'))
      await expect(page.locator('main')).toContainText(ANNA)
    }

    await page.goto(here(one, '/beheer/links'))
    await makeLink(page, {
      page: 'jouw ja, Ga je op reis?',
      kind: 'Open',
      community: 'Bibliotheek Zuid',
      readers: '600',
    })
    const { pathname } = new URL(await page.getByLabel('De link', { exact: true }).inputValue())
    const shown = async (site: CountedSite) =>
      new PageSource((await readerGets(site, pathname, NOW)).text).texts('h1')[0]
    for (const site of sites) await expect.poll(() => shown(site), { timeout: UNTIL_KNOWN }).toBe('Ga je op reis?')

    // The same form at both machines in the same moment, as from a browser behind a proxy that sends it again.
    const address = '/beheer/links'
    const source = new PageSource(await (await page.request.get(here(one, address))).text())
    const form = source
      .elements('form')
      .find((element) => [...elementsIn(element)].some((field) => attribute(field, 'name') === 'community'))
    const multipart = {
      ...Object.fromEntries(
        [...(form ? elementsIn(form) : [])].flatMap((field) => {
          const name = attribute(field, 'name')
          return name ? [[name, attribute(field, 'value') ?? ''] as const] : []
        }),
      ),
      target: 'help/reis',
      language: 'nl',
      kind: 'open',
      community: 'Twee machines',
      readers: '600',
    }
    const answers = await Promise.all(
      sites.map((site) => page.request.post(here(site, address), { multipart, headers: { Origin: here(site, '') } })),
    )
    expect(answers.map((answer) => answer.status())).toEqual([200, 200])
    await page.goto(here(other, address))
    await expect(page.getByRole('link', { name: 'Twee machines', exact: true })).toHaveCount(1)

    await page.goto(here(other, '/beheer/runs'))
    await page.getByRole('link', { name: 'Plan een run' }).click()
    for (const [label, answer] of Object.entries({
      Naam: 'Najaar 2027',
      'Eerste dag': '2027-09-01',
      'Laatste dag': '2027-09-20',
      'Aangekondigd vanaf': '2027-08-15',
      'Terugblik tot en met': '2027-10-31',
    }))
      await page.getByLabel(label, { exact: true }).fill(answer)
    await page.getByRole('button', { name: 'Zet in de kalender' }).click()
    await expect(page.getByText('Najaar 2027 staat in de kalender')).toBeVisible()
    await page.goto(here(one, '/beheer/runs'))
    await expect(page.getByRole('heading', { name: 'Najaar 2027', exact: true })).toBeVisible()
    const front = async (site: CountedSite) =>
      new PageSource((await readerGets(site, '/', IN_THE_RUN)).text).texts('h1')[0]
    for (const site of sites)
      await expect
        .poll(() => front(site), { timeout: UNTIL_KNOWN })
        .toBe(content().languages.nl.fronts.planned.help.during.title)

    await page.goto(here(one, '/beheer/account'))
    const cookies = await context.cookies(here(one, '/beheer'))
    await page.getByRole('button', { name: 'Afmelden', exact: true }).click()
    await expect(page).toHaveURL(here(one, '/beheer/aanmelden'))
    // Somebody who copied the cookie before has nothing with it.
    await context.addCookies(cookies)
    await page.goto(here(other, '/beheer/links'))
    await expect(page).toHaveURL(here(other, '/beheer/aanmelden'))
  } finally {
    await context.close()
    for (const site of sites) await site.stop()
    await postgres.remove()
    for (const folder of folders) rmSync(folder, { recursive: true, force: true })
  }
})
