import { execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { dayOf, type CalendarDay } from '#campaign/day.ts'
import { now } from '../clock.ts'
import { content } from '../content/content.ts'
import { systemRandom } from '../counts/system-random.ts'
import { environmentWith, readEnvironment } from '../environment.ts'
import { openManagement, type Management } from '../management/management.ts'
import { hashOfSecret, secretForAddress } from '../management/secret-address.ts'
import {
  clearFolder,
  fillFolder,
  NotADemonstration,
  linksOfDemonstration,
  runsOfDemonstration,
} from './demonstration.ts'

const EMAIL = 'voorbeeld@site.invalid'
const CODES_SHOWN = 3

// `npm run demonstration [FOLDER]`: a site with made-up numbers, so that a newcomer sees the management at work.
const [folder = 'demonstration'] = process.argv.slice(2)
const { DATABASE_URL, PORT } = readEnvironment()
try {
  if (DATABASE_URL !== undefined)
    throw new NotADemonstration(
      'DATABASE_URL names a database. A demonstration never touches one: leave DATABASE_URL out.',
    )
  const random = systemRandom()
  clearFolder(folder)
  if (!existsSync('.next/BUILD_ID')) execFileSync('npm', ['run', 'build'], { stdio: 'inherit' })
  const today = dayOf(now())
  console.log('Made-up people visit the sites …')
  await fillFolder(folder, content(), today, random)
  const { password, codes } = await letSomebodyIn(today)
  console.log(`
The demonstration is in the folder ${folder}. Its numbers are made up, and every screen says so.

  http://localhost:${PORT}/beheer
  mail address  ${EMAIL}
  password      ${password}
  second step   ${codes.join('   ')}   (each works once)

Ctrl+C ends it. The folder can be deleted.
`)
  const server = spawn('node', ['server/serve.js'], {
    stdio: 'inherit',
    env: environmentWith({
      DATA_FOLDER: folder,
      HOST: '127.0.0.1',
      NODE_ENV: 'production',
      FIXED_MOMENT: 'off',
      VISITOR_COUNTS: 'embedded',
    }),
  })
  server.on('exit', (code) => process.exit(code ?? 0))
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => server.kill(signal))
} catch (error) {
  console.error(error instanceof NotADemonstration ? error.message : error)
  process.exitCode = 1
}

/** Plans the made-up runs instead of those of the content that would be in their way, gives the made-up links, and makes an account with a password of this moment. */
async function letSomebodyIn(today: CalendarDay): Promise<{ password: string; codes: readonly string[] }> {
  const management = await openManagement({
    DATA_FOLDER: folder,
    DATABASE_URL: undefined,
    TRUSTED_PROXIES: 0,
    MANAGEMENT_SECRET: undefined,
  })
  try {
    const { past, current } = runsOfDemonstration(today)
    for (const run of content().runs) {
      const inTheWay = [past, current].some((made) => run.firstDay <= made.lastDay && made.firstDay <= run.lastDay)
      if (inTheWay && run.visitors !== undefined)
        await management.store.runPlans.change(() => ({ keep: { run, removed: true } }))
    }
    for (const run of [past, current]) await management.store.runPlans.change(() => ({ keep: { run, removed: false } }))
    const links = linksOfDemonstration(today)
    await management.store.shareLinks.add(links.length, (index) => ({
      ...(links[index] as (typeof links)[number]),
      kit: hashOfSecret(secretForAddress()),
    }))
    return await account(management)
  } finally {
    await management.store.close()
    await management.totals.close()
  }
}

async function account({ signIn }: Management): Promise<{ password: string; codes: readonly string[] }> {
  const password = randomBytes(12).toString('base64url')
  const { internalAdapter, adapter, password: passwords, authCookies } = await signIn.$context
  const user = await internalAdapter.createUser(
    { email: EMAIL, name: 'Voorbeeld', role: 'manager', language: 'nl', emailVerified: true },
    { method: 'email-password' },
  )
  await internalAdapter.linkAccount({
    userId: user.id,
    accountId: user.id,
    providerId: 'credential',
    password: await passwords.hash(password),
  })
  const { headers } = await signIn.api.signInEmail({ body: { email: EMAIL, password }, returnHeaders: true })
  const cookie =
    headers
      .getSetCookie()
      .find((line) => line.startsWith(authCookies.sessionToken.name))
      ?.split(';')[0] ?? ''
  const made = await signIn.api.enableTwoFactor({
    body: { password, method: 'totp' },
    headers: new Headers({ cookie }),
  })
  if (made.method !== 'totp') throw new Error('The library made another kind of second factor than was asked.')
  await adapter.update({ model: 'twoFactor', where: [{ field: 'userId', value: user.id }], update: { verified: true } })
  await internalAdapter.updateUser(user.id, { twoFactorEnabled: true })
  return { password, codes: made.backupCodes.slice(0, CODES_SHOWN) }
}
