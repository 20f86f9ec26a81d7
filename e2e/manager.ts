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
export function invitationFor(settings: Readonly<Record<string, string>>, email: string, name: string, role: 'manager' | 'reader' = 'manager'): string {
  const said = execFileSync('node', ['--import', 'tsx', 'server/management/manager-command.ts', email, name, role], { env: environmentWith(settings), encoding: 'utf8' })
  const path = /\/beheer\/uitnodiging\/[\w-]+/.exec(said)?.[0]
  if (!path) throw new Error(`The command printed no invitation:\n${said}`)
  return path
}

/**
 * Uses an invitation and sets up the second step, up to the first page of the management.
 * @param lookAround is called on the page that shows the secret of the second step
 */
export async function settleIn(page: Page, site: string, invitation: string, email: string, lookAround: () => Promise<void> = async () => {}): Promise<Person> {
  await page.goto(`${site}${invitation}`)
  await page.getByLabel('Nieuw wachtwoord').fill(PASSWORD)
  await page.getByLabel('Nog een keer').fill(PASSWORD)
  await page.getByRole('button', { name: 'Bewaar wachtwoord' }).click()
  await page.getByLabel('Je wachtwoord, nog één keer').fill(PASSWORD)
  await page.getByRole('button', { name: 'Verder' }).click()
  await expect(page.getByRole('heading', { name: 'Scan dit met de app' })).toBeVisible()
  await lookAround()
  const [key, ...backupCodes] = await page.locator('main code').allTextContents()
  const secret = key ?? ''
  await page.getByLabel('Code', { exact: true }).fill(generateSync({ secret }))
  await page.getByRole('button', { name: 'Klaar' }).click()
  await expect(page).toHaveURL(`${site}/beheer`)
  return { email, password: PASSWORD, secret, backupCodes }
}
