import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { parseDay } from '#campaign/day.ts'
import { openManagementStore, type ManagementStore } from '#store/management-store.ts'
import { tellByMail, type AccountNews } from './account-mail.ts'

const TODAY = parseDay('2027-04-05')
const ANNA = { id: 'anna', name: 'Anna de Boer', email: 'anna@example.org' }
const BRAM = { name: 'Bram', email: 'bram@example.org', language: 'en' as const }
const ALL: readonly AccountNews[] = ['invited', 'renewal-offered', 'renewed', 'removed', 'role-raised', 'role-lowered']

let folder = ''
let store: ManagementStore
let post: SMTPServer
const letters: string[] = []
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'account-mail-'))
  store = await openManagementStore({ file: join(folder, 'management.sqlite') })
  post = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onData: (stream, _session, done) => {
      let letter = ''
      stream.on('data', (part: Buffer) => (letter += part.toString()))
      stream.on('end', () => {
        // Quoted-printable (RFC 2045 6.7) breaks lines with an equals sign.
        letters.push(letter.replace(/=\r\n/g, ''))
        done()
      })
    },
  })
  await new Promise<void>((resolve) => post.listen(0, '127.0.0.1', resolve))
})
afterAll(async () => {
  await store.close()
  rmSync(folder, { recursive: true })
})

it('tells whom it concerns what happens to the account, in their language and without an address to open; a server that is down is said in the log', async () => {
  const { port } = post.server.address() as AddressInfo
  const settings = { SMTP_URL: `smtp://127.0.0.1:${port}`, MAIL_FROM: 'beheer@jouwja.example' }
  for (const news of ALL) await tellByMail({ store }, settings, news, BRAM, ANNA, TODAY)
  expect(letters).toHaveLength(ALL.length)
  for (const letter of letters) {
    expect(letter).toContain('To: Bram <bram@example.org>')
    expect(letter).toContain('call another manager at once')
    expect(letter).not.toMatch(/https?:|uitnodiging/)
  }
  expect(letters.filter((letter) => letter.includes('Anna de Boer'))).toHaveLength(ALL.length - 1)
  expect(letters.find((letter) => letter.includes('has removed your account'))).toBeDefined()
  expect(await store.auditLog.lines({}, 9)).toEqual([])

  await tellByMail({ store }, { SMTP_URL: undefined, MAIL_FROM: undefined }, 'removed', BRAM, ANNA, TODAY)
  await new Promise<void>((resolve) => post.close(() => resolve()))
  await tellByMail({ store }, settings, 'removed', BRAM, ANNA, TODAY)
  expect(letters).toHaveLength(ALL.length)
  expect(await store.auditLog.lines({}, 9)).toMatchObject([
    { manager: 'Anna de Boer', account: 'anna', action: 'mail-failed', subject: 'bram@example.org' },
  ])
})
