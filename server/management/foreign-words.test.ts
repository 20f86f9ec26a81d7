import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { parseDay } from '#campaign/day.ts'
import { content } from '../content/content.ts'
import { kitFile, linkOfKit } from './kit.ts'
import { makeLinks, readLink } from './links.ts'
import { openManagement, type Management } from './management.ts'
import { hashOfSecret, secretForAddress } from './secret-address.ts'
import { isShared, openSharedLetter } from './shared-letters.ts'

/** Every code unit of a text, halves of signs too. The unit `binary` takes two seconds to prepare. */
const anyUnit = fc.nat({ max: 0xffff }).map((code) => String.fromCharCode(code))

const TODAY = parseDay('2027-04-05')
const RUNS = { numRuns: 30 }

/** What somebody can write where a secret, a cookie or a name of a file is read. */
const words = fc.oneof(
  fc.string({ unit: anyUnit }),
  fc.base64String(),
  fc
    .array(
      fc.constantFrom(
        '%00',
        '\0',
        '../',
        "' OR 1=1 --",
        ';',
        '=',
        '.',
        's%3A',
        '__Secure-beheer.session_token',
        '{"$ne":1}',
        'a4-nl',
        '.pdf',
        '.svg',
        'constructor',
        '__proto__',
        '\r\n',
      ),
      { maxLength: 8 },
    )
    .map((all) => all.join('')),
  fc.nat({ max: 15_000 }).map((length) => 'x'.repeat(length)),
)

let folder = ''
let management: Management
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'foreign-'))
  management = await openManagement({
    DATA_FOLDER: folder,
    DATABASE_URL: undefined,
    TRUSTED_PROXIES: 0,
    MANAGEMENT_SECRET: undefined,
  })
})
afterAll(async () => {
  await management.store.close()
  await management.totals.close()
  rmSync(folder, { recursive: true })
})

it('no cookie that we did not make is a sign-in, and none fails', async () => {
  const cookies = fc
    .tuple(
      fc.constantFrom('__Secure-beheer.session_token=', 'beheer.session_token=', '__Secure-beheer.session_data=', ''),
      words.map((word) => word.replace(/[^\t\x20-\x7e\x80-\xff]/g, '')),
      fc.constantFrom('', '; a=b', '; __Secure-beheer.session_token=x.y'),
    )
    .map((parts) => parts.join(''))
  await fc.assert(
    fc.asyncProperty(cookies, async (cookie) => {
      expect(await management.signIn.api.getSession({ headers: new Headers({ cookie }) })).toBeNull()
    }),
    RUNS,
  )
})

it('no secret but the right one opens a kit or a letter, and none fails', async () => {
  await fc.assert(
    fc.asyncProperty(words, words, async (secret, password) => {
      expect(await linkOfKit(management, secret)).toBeUndefined()
      expect(await isShared(management, secret, TODAY)).toBe(false)
      expect(await openSharedLetter(management, secret, password, TODAY)).toBe('gone')
    }),
    RUNS,
  )
})

it('a kit has its own files and no others, whatever they are called', async () => {
  const { link: typed } = readLink(
    content(),
    { target: 'help/reis', language: 'nl', kind: 'open', community: 'Noord', readers: '200', lastDay: '2027-12-31' },
    TODAY,
    'nl',
  )
  if (!typed) throw new Error('the link cannot be read')
  const [made] = await makeLinks(management.store.shareLinks, [typed], 'Anna', TODAY)
  if (!made) throw new Error('no link was made')
  expect((await linkOfKit(management, made.kitPath.split('/').at(-1) ?? ''))?.code).toBe(made.link.code)
  await fc.assert(
    fc.asyncProperty(words, async (name) => {
      if (!/^[a-z0-9]+-(nl|en|tr|ar)\.(svg|png|pdf)$|^qr\.(svg|png)$/.test(name))
        expect(await kitFile(content(), made.link, name)).toBeUndefined()
    }),
    RUNS,
  )
})

it('a secret for an address fits into one, and is kept as nothing that leads back to it', () => {
  fc.assert(
    fc.property(words, (word) => {
      expect(hashOfSecret(word)).toMatch(/^[0-9a-f]{64}$/)
      const secret = secretForAddress()
      expect(secret).toMatch(/^[\w-]{43}$/)
      expect(hashOfSecret(secret)).not.toContain(secret)
    }),
    RUNS,
  )
})
