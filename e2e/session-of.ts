import { createHmac } from 'node:crypto'
import { openManagement } from '#server/management/management.ts'
import { managementSecret } from '#server/management/secret.ts'

/**
 * The cookie of a session of an account that has everything, without the steps of signing in. It is for what is measured or tried
 * behind the sign-in; the sign-in itself is walked through in manage-accounts.spec.ts.
 * @param folder the folder of data of the server
 */
export async function sessionCookie(folder: string, role: 'manager' | 'reader'): Promise<{ readonly name: string; readonly value: string }> {
  const settings = { DATA_FOLDER: folder, DATABASE_URL: undefined, TRUSTED_PROXIES: 0, MANAGEMENT_SECRET: undefined }
  const here = await openManagement(settings)
  try {
    const { internalAdapter, authCookies } = await here.signIn.$context
    const email = `${role}@example.org`
    const known = await internalAdapter.findUserByEmail(email)
    const user = known?.user ?? (await internalAdapter.createUser({ email, name: role === 'manager' ? 'Mina' : 'Lars', role, language: 'nl', emailVerified: true, twoFactorEnabled: true }, { method: 'email-password' }))
    const { token } = await internalAdapter.createSession(user.id)
    const secret = managementSecret(settings, () => {
      throw new Error('the secret is there')
    })
    return { name: authCookies.sessionToken.name, value: encodeURIComponent(`${token}.${createHmac('sha256', secret).update(token).digest('base64')}`) }
  } finally {
    await here.store.close()
    await here.totals.close()
  }
}
