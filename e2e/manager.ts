import { execFileSync } from 'node:child_process'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, type Page } from '@playwright/test'
import { generateSync } from 'otplib'
import { now } from '#server/clock.ts'
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
  return pathPrinted(settings, [email, name, role])
}

/** Lets somebody with an account begin anew, with the command. @returns the path of the invitation */
export function renewalFor(settings: Readonly<Record<string, string>>, email: string): string {
  return pathPrinted(settings, ['--renew', email])
}

function pathPrinted(settings: Readonly<Record<string, string>>, words: readonly string[]): string {
  const said = execFileSync('node', ['--import', 'tsx', 'server/management/manager-command.ts', ...words], {
    env: environmentWith(settings),
    encoding: 'utf8',
  })
  const path = /\/beheer\/uitnodiging\/[\w-]+/.exec(said)?.[0]
  if (!path) throw new Error(`The command printed no invitation:\n${said}`)
  return path
}

/** How long an app shows a code. Unit: milliseconds. */
const HALF_MINUTE = 30_000

const usedSteps = new Map<string, Set<number>>()

/** A code of somebody's app that was not used before: that of this half minute, or of one beside it, which the server takes too. */
export async function freshCode(secret: string): Promise<string> {
  const used = usedSteps.get(secret) ?? new Set()
  usedSteps.set(secret, used)
  for (;;) {
    const step = Math.floor(now().getTime() / HALF_MINUTE)
    const free = [step, step + 1].find((candidate) => !used.has(candidate))
    if (free !== undefined) {
      used.add(free)
      return generateSync({ secret, epoch: (free * HALF_MINUTE) / 1000 })
    }
    await wait(HALF_MINUTE - (now().getTime() % HALF_MINUTE))
  }
}

/** Proves to be the one who signed in, in a form that asks for it. @param code a recovery code, instead of one of the app */
export async function confirm(page: Page, { password, secret }: Person, code?: string): Promise<void> {
  await page.getByLabel('Je eigen wachtwoord').fill(password)
  await page.getByLabel('Code uit je app').fill(code ?? (await freshCode(secret)))
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

/**
 * Invites somebody on the screen, after a slip in the address that the form tells of and that costs nothing.
 * @param code a recovery code with which the manager proves who she is, instead of one of the app
 * @returns the address of the invitation
 */
export async function inviteOnScreen(
  page: Page,
  site: string,
  by: Person,
  name: string,
  email: string,
  code?: string,
): Promise<string> {
  await page.goto(`${site}/beheer/mensen`)
  await page.getByLabel('Naam').fill(name)
  await page.getByLabel('Mailadres').fill('geen adres')
  await page.getByRole('button', { name: 'Maak uitnodiging' }).click()
  await expect(page.getByText('Dit is geen mailadres')).toBeVisible()
  await expect(page.getByLabel('Naam')).toHaveValue(name)
  await page.getByLabel('Mailadres').fill(email)
  await confirm(page, by, code)
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

/** Ends the second step with a code of the app, which leads to the first page of the management. @returns the code */
export async function finishSecondStep(page: Page, site: string, secret: string): Promise<string> {
  const code = await freshCode(secret)
  await page.getByLabel('Code', { exact: true }).fill(code)
  await page.getByRole('button', { name: 'Klaar' }).click()
  await expect(page).toHaveURL(`${site}/beheer`)
  return code
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
