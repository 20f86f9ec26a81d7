import { APIError } from 'better-auth/api'
import { dayOf } from '#campaign/day.ts'
import type { Actor } from '#store/audit-log.ts'
import type { Management } from './management.ts'
import { verifyPassword } from './password-hash.ts'
import { hashOfRecoveryCode } from './recovery-codes.ts'
import { forgetTries, isFirstUse, mayTry, type Place } from './tries.ts'

/** A code of an app, as somebody types it: blanks and dashes between its digits do not matter. Absent: it is none. */
export function codeOfApp(typed: string): string | undefined {
  const code = typed.replace(/[\s\p{Pd}]/gu, '')
  return /^\d{6}$/.test(code) ? code : undefined
}

/**
 * Whether the person at the keyboard is the one who signed in: the password and a code once more, before an act that decides who may come in
 * (OWASP ASVS 5, 7.5.1). A recovery code counts as code, and is used up. It counts what goes wrong.
 * @param headers those of the request, with the session
 */
export async function isConfirmed(
  management: Management,
  who: Actor,
  typed: { readonly password: string; readonly code: string },
  { headers, place, moment }: { readonly headers: Headers; readonly place: Place; readonly moment: Date },
): Promise<'yes' | 'refused' | 'wait' | 'closed'> {
  const { store, signIn } = management
  const tries = await mayTry(management, 'confirmation', who.email, place, moment)
  const fail = async (kind: 'wrong-confirmation' | 'closed') => store.auditLog.countFailure(dayOf(moment), who.id, kind)
  if (tries !== 'may') {
    await fail('closed')
    return tries
  }
  const { internalAdapter } = await signIn.$context
  const hash = (await internalAdapter.findCredentialAccount(who.id))?.password
  if (
    !hash ||
    !(await verifyPassword({ hash, password: typed.password })) ||
    !(await isRightCode(management, who, typed.code, headers, moment))
  ) {
    await fail('wrong-confirmation')
    return 'refused'
  }
  await forgetTries(management, 'confirmation', who.email, place, moment)
  return 'yes'
}

async function isRightCode(
  { store, signIn, keyed }: Management,
  who: Actor,
  typed: string,
  headers: Headers,
  moment: Date,
): Promise<boolean> {
  const code = codeOfApp(typed)
  try {
    if (code !== undefined) {
      await signIn.api.verifyTOTP({ body: { code }, headers })
      return await isFirstUse(store, who.id, code, dayOf(moment))
    }
    await signIn.api.verifyBackupCode({
      body: { code: hashOfRecoveryCode(keyed, typed), disableSession: true },
      headers,
    })
    await store.record({ day: dayOf(moment), by: who, action: 'recovery-code-used', subject: '' })
    return true
  } catch (error) {
    if (!(error instanceof APIError)) throw error
    return false
  }
}
