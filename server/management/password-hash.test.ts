import { randomBytes, scryptSync } from 'node:crypto'
import { expect, it } from 'vitest'
import { hashPassword, isOutdated, verifyPassword } from './password-hash.ts'

const PASSWORD = 'kiwi tandem regenwolk lepel'

/** A hash as better-auth 1.7 makes it by itself, which accounts of older versions have. */
function hashBefore(password: string): string {
  const salt = randomBytes(16).toString('hex')
  const key = scryptSync(password.normalize('NFKC'), salt, 64, { N: 2 ** 14, r: 16, p: 1, maxmem: 2 ** 26 })
  return `${salt}:${key.toString('hex')}`
}

it('is made with the least work that OWASP advises, another one each time, and belongs to its password alone', async () => {
  const [hash, other] = [await hashPassword(PASSWORD), await hashPassword(PASSWORD)]
  expect(hash).toMatch(/^scrypt\$17\$8\$1\$[\w-]{22}\$[\w-]{43}$/)
  expect(other).not.toBe(hash)
  expect(await verifyPassword({ hash, password: PASSWORD })).toBe(true)
  expect(await verifyPassword({ hash, password: `${PASSWORD}s` })).toBe(false)
  expect(isOutdated(hash)).toBe(false)
})

it('of an older version still opens, and is known as outdated', async () => {
  const hash = hashBefore('Zoë én kiwi')
  expect(await verifyPassword({ hash, password: 'Zoë én kiwi' })).toBe(true)
  expect(await verifyPassword({ hash, password: 'Zoe en kiwi' })).toBe(false)
  expect(isOutdated(hash)).toBe(true)
})

it('opens nothing when it is damaged, empty, or asks for other work', async () => {
  const hash = await hashPassword(PASSWORD)
  for (const damaged of ['', ':', 'scrypt$17$8$1$$', hash.slice(0, -1), hash.replace('$17$', '$40$'), 'a:b'])
    expect(await verifyPassword({ hash: damaged, password: PASSWORD }), damaged).toBe(false)
})

it('a flood of them takes the memory of one', async () => {
  const before = process.memoryUsage().rss
  let most = 0
  const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().rss - before)), 5)
  await Promise.all(Array.from({ length: 4 }, () => verifyPassword({ hash: hashBefore('x'), password: 'y' })))
  await Promise.all(Array.from({ length: 3 }, () => hashPassword(PASSWORD)))
  clearInterval(watch)
  // One takes 128 MiB; three at once would take 384.
  expect(most).toBeGreaterThan(0)
  expect(most).toBeLessThan(300 * 1024 * 1024)
})
