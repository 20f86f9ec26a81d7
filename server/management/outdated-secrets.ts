import type { Management } from './management.ts'
import { hashPassword, isOutdated } from './password-hash.ts'
import { renewedCodes } from './recovery-codes.ts'

/** Keeps a password under a new hash when the old one was made with less work. It is known only while somebody signs in with it. */
export async function renewHash({ signIn }: Management, account: string, password: string): Promise<void> {
  const { internalAdapter } = await signIn.$context
  const kept = await internalAdapter.findCredentialAccount(account)
  if (kept?.password && isOutdated(kept.password))
    await internalAdapter.updateAccount(kept.id, { password: await hashPassword(password) })
}

/** Keeps the recovery codes of an account as hashes when an older version kept them as they are. */
export async function renewCodes({ signIn, keyed }: Management, account: string): Promise<void> {
  const { adapter, secret } = await signIn.$context
  const where = [{ field: 'userId', value: account }]
  const kept = await adapter.findOne<{ backupCodes: string }>({ model: 'twoFactor', where })
  const backupCodes = kept && (await renewedCodes(secret, keyed, kept.backupCodes))
  // One that is used at this moment is taken by its old row, and that row goes before.
  if (backupCodes)
    await adapter.updateMany({
      model: 'twoFactor',
      where: [...where, { field: 'backupCodes', value: kept.backupCodes }],
      update: { backupCodes },
    })
}
