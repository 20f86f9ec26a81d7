import { execFileSync } from 'node:child_process'
import { expect, type Page } from '@playwright/test'
import { generateSync } from 'otplib'
import { environmentWith } from './environment.ts'

/** Somebody with an account, and what only that person knows. */
export interface Person {
  readonly email: string
  readonly password: string
  /** What the app makes its codes from. */
  readonly secret: string
  readonly backupCodes: readonly string[]
}

export const PASSWORD = 'kiwi tandem regenwolk lepel'

/** Invites somebody with the command, as whoever looks after the server does. @returns the path of the invitation */
export function invitationFor(
  settings: Readonly<Record<string, string>>,
  email: string,
  name: string,
  role: 'manager' | 'reader' = 'manager',
): string {
  const said = execFileSync('node', ['--import', 'tsx', 'server/management/manager-command.ts', email, name, role], {
    env: environmentWith(settings),
    encoding: 'utf8',
  })
  const path = /\/beheer\/uitnodiging\/[\w-]+/.exec(said)?.[0]
  if (!path) throw new Error(`The command printed no invitation:\n${said}`)
  return path
}

/** Fills in the first step of signing in, on the page that asks for it. */
export async function fillSignIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel('Mailadres').fill(email)
  await page.getByLabel('Wachtwoord').fill(password)
  await page.getByRole('button', { name: 'Verder' }).click()
}

/** Signs in with one of the codes to keep, each of which works once. */
export async function signInWithBackup(
  page: Page,
  site: string,
  { email, password, backupCodes }: Person,
  which: number,
): Promise<void> {
  await page.goto(`${site}/beheer/aanmelden`)
  await fillSignIn(page, email, password)
  await page.getByLabel('Code').fill(backupCodes[which] ?? '')
  await page.getByRole('button', { name: 'Aanmelden' }).click()
  await expect(page).toHaveURL(`${site}/beheer`)
}

/** Invites somebody on the screen, after a slip in the address that the form tells of and that costs nothing. @returns the address of the invitation */
export async function inviteOnScreen(page: Page, site: string, name: string, email: string): Promise<string> {
  await page.goto(`${site}/beheer/mensen`)
  await page.getByLabel('Naam').fill(name)
  await page.getByLabel('Mailadres').fill('geen adres')
  await page.getByRole('button', { name: 'Maak uitnodiging' }).click()
  await expect(page.getByText('Dit is geen mailadres')).toBeVisible()
  await expect(page.getByLabel('Naam')).toHaveValue(name)
  await page.getByLabel('Mailadres').fill(email)
  await page.getByRole('button', { name: 'Maak uitnodiging' }).click()
  return page.getByLabel('Adres van de uitnodiging').inputValue()
}

/** Uses an invitation up to the page that asks for the second step. */
export async function choosePassword(page: Page, site: string, invitation: string): Promise<void> {
  await page.goto(`${site}${invitation}`)
  await page.getByLabel('Nieuw wachtwoord').fill(PASSWORD)
  await page.getByLabel('Nog een keer').fill(PASSWORD)
  await page.getByRole('button', { name: 'Bewaar wachtwoord' }).click()
}

/** Begins the second step, up to its secret. */
export async function beginSecondStep(page: Page): Promise<void> {
  await page.getByLabel('Je wachtwoord, nog één keer').fill(PASSWORD)
  await page.getByRole('button', { name: 'Verder' }).click()
  await expect(page.getByRole('heading', { name: 'Scan dit met de app' })).toBeVisible()
}

/** Ends the second step with the code that the app shows now, which leads to the first page of the management. */
export async function finishSecondStep(page: Page, site: string, secret: string): Promise<void> {
  await page.getByLabel('Code', { exact: true }).fill(generateSync({ secret }))
  await page.getByRole('button', { name: 'Klaar' }).click()
  await expect(page).toHaveURL(`${site}/beheer`)
}

/**
 * Uses an invitation and sets up the second step, up to the first page of the management.
 * @param lookAround is called on the page that shows the secret of the second step
 */
export async function settleIn(
  page: Page,
  site: string,
  invitation: string,
  email: string,
  lookAround: () => Promise<void> = async () => {},
): Promise<Person> {
  await choosePassword(page, site, invitation)
  await beginSecondStep(page)
  await lookAround()
  const [key, ...backupCodes] = await page.locator('main code').allTextContents()
  const secret = key ?? ''
  await finishSecondStep(page, site, secret)
  return { email, password: PASSWORD, secret, backupCodes }
}
