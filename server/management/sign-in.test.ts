import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { symmetricDecrypt } from 'better-auth/crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseDay } from '#campaign/day.ts'
import { COMMAND_LINE } from '#store/audit-log.ts'
import { openManagement, type Management } from './management.ts'
import { acceptInvitation, invite } from './people.ts'
import { PASSWORD_LENGTH } from './sign-in.ts'

// One store for all: the accounts of one test are there in the next.

const TODAY = parseDay('2027-04-05')
const EMAIL = 'anna@example.org'
/** As long as a password may be, with capitals, marks and blanks in it. */
const PASSWORD = ' Zoë’s lepel, tandem en Regenwolk '.repeat(4).slice(0, PASSWORD_LENGTH.most)

let folder = ''
let here: Management
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sign-in-'))
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

function signInWith(password: string): Promise<Headers> {
  return here.signIn.api
    .signInEmail({ body: { email: EMAIL, password }, returnHeaders: true })
    .then(({ headers }) => headers)
}

/** What a browser sends back of the cookies that it was given. */
function cookieOf(answer: Headers): Headers {
  const cookies = answer.getSetCookie().map((cookie) => cookie.split(';')[0])
  return new Headers({ cookie: cookies.join('; ') })
}

describe('sign-in', () => {
  it('knows nobody in a new store', async () => {
    const { adapter } = await here.signIn.$context
    expect(await adapter.findMany({ model: 'user' })).toEqual([])
    expect(await adapter.findMany({ model: 'account' })).toEqual([])
  })

  it('takes a password exactly as it was chosen, to its last sign', async () => {
    const person = { email: EMAIL, name: 'Anna', role: 'manager' as const, language: 'nl' as const }
    const invited = await invite(here, person, COMMAND_LINE, TODAY)
    if ('refusal' in invited) throw new Error(invited.refusal)
    expect(PASSWORD).toHaveLength(PASSWORD_LENGTH.most)
    expect(await acceptInvitation(here, invited.path.split('/').at(-1) ?? '', PASSWORD, TODAY)).toMatchObject({
      email: EMAIL,
    })
    await signInWith(PASSWORD)
    for (const other of [`${PASSWORD.slice(0, -1)}#`, PASSWORD.trim(), PASSWORD.toLowerCase()])
      await expect(signInWith(other), other).rejects.toThrow('Invalid email or password')
  }, 90_000)

  it('keeps the secret of an app encrypted, another way each time, and takes no code of one that was changed', async () => {
    const headers = cookieOf(await signInWith(PASSWORD))
    const { adapter, secret } = await here.signIn.$context
    const kept = async () => (await adapter.findOne<{ id: string; secret: string }>({ model: 'twoFactor', where: [] }))!
    const made = []
    for (let time = 0; time < 2; time += 1) {
      expect(await here.signIn.api.enableTwoFactor({ body: { password: PASSWORD }, headers })).toMatchObject({
        totpURI: expect.stringContaining('otpauth://totp/') as string,
      })
      made.push((await kept()).secret)
    }
    const [before = '', last = ''] = made
    expect(last).not.toBe(before)
    const plain = await symmetricDecrypt({ key: secret, data: last })
    expect(last).not.toContain(plain)
    expect(plain.length).toBeGreaterThanOrEqual(26)

    for (const place of [0, Math.floor(last.length / 2), last.length - 1]) {
      const changed = `${last.slice(0, place)}${last[place] === '0' ? '1' : '0'}${last.slice(place + 1)}`
      await expect(symmetricDecrypt({ key: secret, data: changed })).rejects.toThrow()
      await adapter.update({
        model: 'twoFactor',
        where: [{ field: 'id', value: (await kept()).id }],
        update: { secret: changed },
      })
      const { code } = await here.signIn.api.generateTOTP({ body: { secret: plain } })
      await expect(here.signIn.api.verifyTOTP({ body: { code }, headers })).rejects.toThrow()
    }
    await adapter.update({
      model: 'twoFactor',
      where: [{ field: 'id', value: (await kept()).id }],
      update: { secret: last },
    })
    const { code } = await here.signIn.api.generateTOTP({ body: { secret: plain } })
    expect(await here.signIn.api.verifyTOTP({ body: { code }, headers })).toMatchObject({ user: { email: EMAIL } })
  })

  it('gives half a sign-in and a whole one cookies for the management alone, which no script reads and no other site sends', async () => {
    const { adapter } = await here.signIn.$context
    const half = await signInWith(PASSWORD)
    await adapter.update({
      model: 'user',
      where: [{ field: 'email', value: EMAIL }],
      update: { twoFactorEnabled: false },
    })
    const whole = await signInWith(PASSWORD)
    const given = [half, whole].flatMap((answer) =>
      answer.getSetCookie().filter((cookie) => !/^[^=]+=;|Max-Age=0/i.test(cookie)),
    )
    expect(given.map((cookie) => cookie.split('=')[0])).toEqual([
      '__Secure-beheer.two_factor',
      '__Secure-beheer.session_token',
    ])
    for (const cookie of given)
      for (const attribute of ['Path=/beheer', 'HttpOnly', 'Secure', 'SameSite=Strict'])
        expect(cookie.split('; ').map((part) => part.toLowerCase())).toContain(attribute.toLowerCase())
  })
})
