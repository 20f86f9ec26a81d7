import { createHmac } from 'node:crypto'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from '@playwright/test'
import { openManagement } from '#server/management/management.ts'
import { managementSecret } from '#server/management/secret.ts'

/**
 * The cookie of a session of an account that has everything, without the steps of signing in. It is for what is measured or tried
 * behind the sign-in; the sign-in itself is walked through in manage-accounts.spec.ts.
 * @param folder the folder of data of the server
 */
export async function sessionCookie(
  folder: string,
  role: 'manager' | 'reader',
): Promise<{ readonly name: string; readonly value: string }> {
  const settings = { DATA_FOLDER: folder, DATABASE_URL: undefined, TRUSTED_PROXIES: 0, MANAGEMENT_SECRET: undefined }
  const here = await openManagement(settings)
  try {
    const { internalAdapter, authCookies } = await here.signIn.$context
    const email = `${role}@example.org`
    const known = await internalAdapter.findUserByEmail(email)
    const user =
      known?.user ??
      (await internalAdapter.createUser(
        {
          email,
          name: role === 'manager' ? 'Mina' : 'Lars',
          role,
          language: 'nl',
          emailVerified: true,
          twoFactorEnabled: true,
        },
        { method: 'email-password' },
      ))
    const { token } = await internalAdapter.createSession(user.id)
    const secret = managementSecret(settings, () => {
      throw new Error('the secret is there')
    })
    return {
      name: authCookies.sessionToken.name,
      value: encodeURIComponent(`${token}.${createHmac('sha256', secret).update(token).digest('base64')}`),
    }
  } finally {
    await here.store.close()
    await here.totals.close()
  }
}

/** Lets a browser go on with such a session, instead of the one it has. @param folder the folder of data of the server */
export async function giveSession(context: BrowserContext, folder: string, role: 'manager' | 'reader'): Promise<void> {
  await context.addCookies([
    {
      ...(await sessionCookie(folder, role)),
      domain: 'localhost',
      path: '/beheer',
      secure: true,
      httpOnly: true,
      sameSite: 'Strict',
    },
  ])
}

/** A page of a browser that is signed in. @param baseURL the address of the server */
export async function signedInPage(
  browser: Browser,
  folder: string,
  role: 'manager' | 'reader',
  baseURL: string,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, baseURL, ...options })
  await giveSession(context, folder, role)
  return context.newPage()
}
