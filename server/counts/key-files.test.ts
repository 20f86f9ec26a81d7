import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { randomTape } from '#counting/random-tape.ts'
import { KeyFiles } from './key-files.ts'

const folder = mkdtempSync(join(tmpdir(), 'keys-'))
const NAME = { run: '2027-spring', site: 'help', number: 1 } as const
const FILE = join(folder, '2027-spring.help.1.key')

afterEach(() => rmSync(folder, { recursive: true, force: true }))

it('makes a key of 32 bytes that only the user of the server may read, and gives the same one ever after', () => {
  const key = new KeyFiles(folder, randomTape('one')).obtain(NAME)
  expect(key).toHaveLength(32)
  expect(statSync(FILE).mode & 0o777).toBe(0o600)
  expect(statSync(folder).mode & 0o777).toBe(0o700)
  expect(new KeyFiles(folder, randomTape('two')).obtain(NAME)).toEqual(key)
  expect(new KeyFiles(folder, randomTape('two')).read(NAME)).toEqual(key)
  expect(readdirSync(folder)).toEqual(['2027-spring.help.1.key'])
})

it('has another key for another site and for another count of the same run', () => {
  const keys = new KeyFiles(folder, randomTape('one'))
  const made = [NAME, { ...NAME, site: 'diary' as const }, { ...NAME, number: 2 }].map((name) =>
    Buffer.from(keys.obtain(name)).toString('hex'),
  )
  expect(new Set(made).size).toBe(3)
})

it('knows no key where there is no file', () => {
  const keys = new KeyFiles(folder, randomTape('one'))
  expect(keys.has(NAME)).toBe(false)
  expect(keys.read(NAME)).toBeUndefined()
})

it('refuses a file that is no key, and says what to do', () => {
  const keys = new KeyFiles(folder, randomTape('one'))
  keys.obtain(NAME)
  writeFileSync(FILE, 'too short')
  expect(keys.read(NAME)).toBeUndefined()
  expect(() => keys.obtain(NAME)).toThrow(/is not 32 bytes long\. Put the right file there, or begin again/)
})

it('destroys a key, and does nothing where there is none', () => {
  const keys = new KeyFiles(folder, randomTape('one'))
  keys.obtain(NAME)
  keys.destroy(NAME)
  expect(existsSync(FILE)).toBe(false)
  keys.destroy(NAME)
})
