import { createHmac } from 'node:crypto'
import type { BrowserContext } from '@playwright/test'
import { openManagement } from '#server/management/management.ts'
import { managementSecret } from '#server/management/secret.ts'

/**
 * Gives a browser the session of an account that has everything, without the steps of signing in.
 * @param folder the folder of data of the server
 */
export async function signInDirectly(context: BrowserContext, folder: string, role: 'manager' | 'reader'): Promise<void> {
  const settings = { DATA_FOLDER: folder, DATABASE_URL: undefined, TRUSTED_PROXIES: 0, MANAGEMENT_SECRET: undefined }
  const here = await openManagement(settings)
  const { internalAdapter, authCookies } = await here.signIn.$context
  const email = `${role}@example.org`
  const known = await internalAdapter.findUserByEmail(email)
  const user = known?.user ?? (await internalAdapter.createUser({ email, name: role === 'manager' ? 'Mina' : 'Lars', role, language: 'nl', emailVerified: true, twoFactorEnabled: true }, { method: 'email-password' }))
  const { token } = await internalAdapter.createSession(user.id)
  const secret = managementSecret(settings, () => new Uint8Array())
  const signature = createHmac('sha256', secret).update(token).digest('base64')
  await here.store.close()
  await here.totals.close()
  await context.addCookies([{ name: authCookies.sessionToken.name, value: encodeURIComponent(`${token}.${signature}`), domain: 'localhost', path: '/beheer', secure: true, httpOnly: true, sameSite: 'Strict' }])
}
