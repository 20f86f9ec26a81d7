import { kyselyAdapter } from '@better-auth/kysely-adapter'
import { betterAuth, type BetterAuthOptions } from 'better-auth'
import { nextCookies } from 'better-auth/next-js'
import { twoFactor } from 'better-auth/plugins'
import { addDays, dayOf, startOf } from '#campaign/day.ts'
import type { ManagementStore } from '#store/management-store.ts'
import { now } from '../clock.ts'
import { MANAGEMENT } from '../route.ts'
import type { KeyedHash } from './keyed-hash.ts'
import { hashPassword, verifyPassword } from './password-hash.ts'
import { recoveryCodes } from './recovery-codes.ts'
import { writingWholeDays } from './whole-days.ts'

/** Everybody is signed out at midnight in Amsterdam; this is only how long a browser keeps the cookie. Unit: seconds. */
const LONGEST_SIGN_IN = 24 * 3600

/** How long half a sign-in waits for its code. Unit: seconds. */
const CHALLENGE_SECONDS = 600

/** What better-auth asks of a password; `passwordProblem` asks more. Unit: characters. */
export const PASSWORD_LENGTH = { least: 12, most: 128 }

/**
 * Sign-in with password and second factor, by better-auth. Its endpoints are called from forms of our own; none of them is
 * open on the network. It writes no address, no browser and no time finer than a day, but for the minute at which half a sign-in ends.
 * Who may try how often is decided in tries.ts, so its own lock of a whole account is off: with it anybody could lock out somebody else.
 */
export function signInOf(store: ManagementStore, secret: string, keyed: KeyedHash) {
  const adapter = kyselyAdapter(store.database, { type: store.kind })
  return betterAuth({
    appName: 'Beheer campagnesites',
    secret,
    // Needed by the library for addresses it would send by mail; we send none.
    baseURL: 'https://site.invalid',
    basePath: MANAGEMENT,
    database: (options: BetterAuthOptions) => writingWholeDays(adapter(options), now),
    telemetry: { enabled: false },
    logger: { disabled: true },
    rateLimit: { enabled: false },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_LENGTH.least,
      maxPasswordLength: PASSWORD_LENGTH.most,
      password: { hash: hashPassword, verify: verifyPassword },
    },
    user: {
      modelName: 'manager',
      additionalFields: { role: { type: 'string', input: false }, language: { type: 'string', input: false } },
    },
    account: { modelName: 'manager_password' },
    verification: { modelName: 'manager_challenge' },
    session: {
      modelName: 'manager_session',
      expiresIn: LONGEST_SIGN_IN,
      disableSessionRefresh: true,
      cookieCache: { enabled: false },
    },
    advanced: {
      cookiePrefix: 'beheer',
      useSecureCookies: true,
      defaultCookieAttributes: { path: MANAGEMENT, sameSite: 'strict', httpOnly: true, secure: true },
      ipAddress: { disableIpTracking: true },
    },
    databaseHooks: {
      session: {
        create: {
          before: async (session) => ({
            data: {
              ...session,
              expiresAt: startOf(addDays(dayOf(session.createdAt), 1)),
              ipAddress: null,
              userAgent: null,
            },
          }),
        },
      },
    },
    plugins: [
      twoFactor({
        issuer: 'Beheer campagnesites',
        twoFactorTable: 'manager_second_factor',
        accountLockout: { enabled: false },
        twoFactorCookieMaxAge: CHALLENGE_SECONDS,
        backupCodeOptions: recoveryCodes(secret, keyed),
      }),
      nextCookies(),
    ],
  })
}

export type SignIn = ReturnType<typeof signInOf>
