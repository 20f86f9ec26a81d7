import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeRelease, ReleaseError } from './release.ts'

const folder = mkdtempSync(join(tmpdir(), 'release-'))
const run = (program: string, ...words: string[]) =>
  execFileSync(program, words, { cwd: folder, encoding: 'utf8', stdio: 'pipe' })
const commit = () =>
  run('git', '-c', 'user.name=Anna', '-c', 'user.email=anna@example.org', 'commit', '--quiet', '--all', '--message=A')

/** A project of one package in production and one for development. */
function lock(licence: string): void {
  const asked = { name: 'a', version: '1.2.3', dependencies: { b: '1.0.0' }, devDependencies: { c: '2.0.0' } }
  writeFileSync(join(folder, 'package.json'), JSON.stringify(asked))
  const packages = {
    '': asked,
    'node_modules/b': { version: '1.0.0', integrity: 'sha512-AA==', license: licence },
    'node_modules/c': { version: '2.0.0', integrity: 'sha512-AA==', license: 'ISC', dev: true },
  }
  writeFileSync(
    join(folder, 'package-lock.json'),
    JSON.stringify({ name: 'a', version: '1.2.3', lockfileVersion: 3, requires: true, packages }),
  )
}

beforeAll(() => {
  run('git', 'init', '--quiet')
  writeFileSync(join(folder, '.gitignore'), 'release/\n')
  lock('MIT')
  run('git', 'add', '.')
  commit()
})
afterAll(() => rmSync(folder, { recursive: true }))

it('a release has the source of the commit, what it is made with, and sums that can be checked', () => {
  const files = makeRelease(folder)
  expect(files).toEqual(['a-1.2.3.tar.gz', 'a-1.2.3.cdx.json', 'licences.md', 'SHA256SUMS'])
  const release = join(folder, 'release')
  expect(readdirSync(release).sort()).toEqual(files.toSorted())
  const check = () => execFileSync('sha256sum', ['-c', 'SHA256SUMS'], { cwd: release, encoding: 'utf8', stdio: 'pipe' })
  expect(check().trim().split('\n')).toEqual(files.slice(0, 3).map((file) => `${file}: OK`))
  expect(run('tar', '-tzf', 'release/a-1.2.3.tar.gz').trim().split('\n')).toEqual([
    'a-1.2.3/',
    'a-1.2.3/.gitignore',
    'a-1.2.3/package-lock.json',
    'a-1.2.3/package.json',
  ])
  const sbom = JSON.parse(readFileSync(join(release, 'a-1.2.3.cdx.json'), 'utf8')) as {
    metadata: { component: { name: string } }
    components: { name: string }[]
  }
  expect([sbom.metadata.component.name, ...sbom.components.map(({ name }) => name)]).toEqual(['a', 'b'])
  expect(readFileSync(join(release, 'licences.md'), 'utf8')).toMatch(/## MIT\n\nb\n$/)

  const sums = readFileSync(join(release, 'SHA256SUMS'), 'utf8')
  makeRelease(folder)
  expect(readFileSync(join(release, 'SHA256SUMS'), 'utf8')).toBe(sums)
  writeFileSync(join(release, 'licences.md'), 'something else')
  expect(check).toThrow(/1 computed checksum did NOT match/)
})

it('there is none of what is not committed, nor with a licence that does not fit', () => {
  rmSync(join(folder, 'release'), { recursive: true, force: true })
  writeFileSync(join(folder, 'new.txt'), '')
  expect(() => makeRelease(folder)).toThrow(
    new ReleaseError(
      'A release is of what is committed, and these files are not. Commit them or put them away:\n?? new.txt',
    ),
  )
  rmSync(join(folder, 'new.txt'))
  lock('AGPL-3.0-only')
  commit()
  expect(() => makeRelease(folder)).toThrow(/^b 1\.0\.0 has the licence "AGPL-3\.0-only"/)
  expect(existsSync(join(folder, 'release'))).toBe(false)
})
