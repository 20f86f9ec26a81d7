import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hashPassword as hashBefore, symmetricEncrypt } from 'better-auth/crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { parseDay } from '#campaign/day.ts'
import { COMMAND_LINE } from '#store/audit-log.ts'
import { openManagement, type Management } from './management.ts'
import { renewCodes, renewHash } from './outdated-secrets.ts'
import { acceptInvitation, invite } from './people.ts'
import { hashOfRecoveryCode } from './recovery-codes.ts'

const TODAY = parseDay('2027-04-05')
const PASSWORD = 'kiwi tandem regenwolk lepel'
const EMAIL = 'anna@example.org'

let folder = ''
let here: Management
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'outdated-'))
  here = await openManagement({
    DATA_FOLDER: folder,
    DATABASE_URL: undefined,
    TRUSTED_PROXIES: 0,
    MANAGEMENT_SECRET: undefined,
  })
})
afterAll(async () => {
  await here.store.close()
  await here.totals.close()
  rmSync(folder, { recursive: true })
})

it('a password and codes of an older version still let in, and are kept as this version keeps them afterwards', async () => {
  const person = { email: EMAIL, name: 'Anna', role: 'manager' as const, language: 'nl' as const }
  const invited = await invite(here, person, COMMAND_LINE, TODAY)
  if ('refusal' in invited) throw new Error(invited.refusal)
  const account = await acceptInvitation(here, invited.path.split('/').at(-1) ?? '', PASSWORD, TODAY)
  if (typeof account === 'string') throw new Error(account)
  const { internalAdapter, adapter, secret } = await here.signIn.$context
  const credential = async () => (await internalAdapter.findCredentialAccount(account.id)) ?? { id: '', password: '' }
  await internalAdapter.updateAccount((await credential()).id, { password: await hashBefore(PASSWORD) })
  const codes = JSON.stringify(['r0D9c-rDrr2', 'fOgFF-hvdJX'])
  const row = { userId: account.id, secret: 'x', backupCodes: await symmetricEncrypt({ key: secret, data: codes }) }
  await adapter.create({ model: 'twoFactor', data: { ...row, verified: true } })
  await internalAdapter.updateUser(account.id, { twoFactorEnabled: true })

  const signIn = () => here.signIn.api.signInEmail({ body: { email: EMAIL, password: PASSWORD }, returnHeaders: true })
  const { headers } = await signIn()
  await renewHash(here, account.id, PASSWORD)
  expect((await credential()).password).toMatch(/^scrypt\$17\$8\$1\$/)
  await signIn()

  await renewCodes(here, account.id)
  const kept = await adapter.findOne<{ backupCodes: string }>({
    model: 'twoFactor',
    where: [{ field: 'userId', value: account.id }],
  })
  expect(kept?.backupCodes).not.toBe(row.backupCodes)
  const cookie = headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  const enter = (typed: string) =>
    here.signIn.api.verifyBackupCode({
      body: { code: hashOfRecoveryCode(here.keyed, typed) },
      headers: new Headers({ cookie }),
    })
  await expect(enter('r0D9c-rDrr3')).rejects.toThrow()
  expect((await enter('R0D9C RDRR2')).user.email).toBe(EMAIL)
})
