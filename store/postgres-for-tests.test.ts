import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { PostgresForTests } from './postgres-for-tests.ts'

let empty = ''
beforeEach(() => {
  empty = mkdtempSync(join(tmpdir(), 'no-programs-'))
  // The user of PostgreSQL looks for it too.
  chmodSync(empty, 0o755)
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(empty, { recursive: true })
})

it.each([
  ['no program at all', 0o755, []],
  ['the user of PostgreSQL, and no PostgreSQL', 0o755, ['id']],
  ['a folder that the user of PostgreSQL may not look into', 0o700, ['id']],
])('says how to install PostgreSQL where PATH leads to %s, and leaves nothing behind', async (_, mode, programs) => {
  const [path, temporary] = [join(empty, 'bin'), join(empty, 'tmp')]
  for (const folder of [path, temporary]) mkdirSync(folder)
  chmodSync(path, mode)
  for (const name of programs) symlinkSync(`/usr/bin/${name}`, join(path, name))
  vi.stubEnv('TMPDIR', temporary)
  vi.stubEnv('PATH', path)
  await expect(PostgresForTests.start(empty)).rejects.toThrow(/sudo apt-get install postgresql.*npm run check/)
  expect(readdirSync(temporary)).toEqual([])
})

it('every test that asks for PostgreSQL says so in its name, so that the quick check needs Node alone', () => {
  const asking = readdirSync('.', { recursive: true, encoding: 'utf8' }).filter(
    (file) =>
      file.endsWith('.test.ts') &&
      !/^(node_modules|\.next)\//.test(file) &&
      /inject\('postgres'\)|await PostgresForTests\.start\(\)/.test(readFileSync(file, 'utf8')),
  )
  expect(asking.length).toBeGreaterThan(5)
  expect(asking.filter((file) => !file.endsWith('.postgres.test.ts'))).toEqual([])
})
