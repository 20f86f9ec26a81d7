import { createHmac } from 'node:crypto'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from '@playwright/test'
import { openManagement } from '#server/management/management.ts'
import { managementSecret } from '#server/management/secret.ts'

/** Where the accounts are. */
type Where =
  string | { readonly DATA_FOLDER: string; readonly DATABASE_URL: string; readonly MANAGEMENT_SECRET: string }

/** Whose session: an account of a role that is made for it, or one that is there already. */
type Whose = 'manager' | 'reader' | { readonly email: string }

/**
 * The cookie of a session of an account that has everything, without the steps of signing in. It is for what is measured or tried
 * behind the sign-in; the sign-in itself is walked through in manage-accounts.spec.ts.
 * @param where the folder of data of the server, or its database
 */
export async function sessionCookie(
  where: Where,
  whose: Whose,
): Promise<{ readonly name: string; readonly value: string }> {
  const settings = {
    ...{ DATABASE_URL: undefined, TRUSTED_PROXIES: 0, MANAGEMENT_SECRET: undefined },
    ...(typeof where === 'string' ? { DATA_FOLDER: where } : where),
  }
  const here = await openManagement(settings)
  try {
    const { internalAdapter, authCookies } = await here.signIn.$context
    const email = typeof whose === 'string' ? `${whose}@example.org` : whose.email
    const known = await internalAdapter.findUserByEmail(email)
    if (!known && typeof whose !== 'string') throw new Error(`${email} has no account.`)
    const made = {
      email,
      name: whose === 'manager' ? 'Mina' : 'Lars',
      role: whose,
      language: 'nl',
      emailVerified: true,
      twoFactorEnabled: true,
    }
    const user = known?.user ?? (await internalAdapter.createUser(made, { method: 'email-password' }))
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

/** Lets a browser go on with such a session, instead of the one it has. @param where as for `sessionCookie` */
export async function giveSession(context: BrowserContext, where: Where, whose: Whose): Promise<void> {
  await context.addCookies([
    {
      ...(await sessionCookie(where, whose)),
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
