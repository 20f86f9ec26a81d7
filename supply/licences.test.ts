import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isAllowed, licenceList, licenceProblems, READ_BY_HAND } from './licences.ts'
import { lockedPackages, type LockedPackage } from './lock-file.ts'

const packages = lockedPackages('.')
const made = (changes: Partial<LockedPackage>): LockedPackage => ({
  name: 'a',
  version: '1.0.0',
  licence: 'MIT',
  integrity: undefined,
  fetchedFrom: undefined,
  forDevelopment: false,
  inside: false,
  runsWhenInstalled: false,
  ...changes,
})

it('every licence fits', () => {
  expect(licenceProblems(packages)).toEqual([])
})

it('the list is that of the lock file', () => {
  expect(readFileSync('docs/licences.md', 'utf8'), 'run "npm run licences"').toBe(licenceList(packages))
})

it('what a person read stands in the package, also after an update', () => {
  for (const [name, { words }] of Object.entries(READ_BY_HAND))
    expect(readFileSync(join('node_modules', name, 'LICENSE'), 'utf8')).toContain(words)
})

it.each([
  ['MIT', true],
  ['(MIT OR GPL-2.0-only)', true],
  ['GPL-2.0-only OR MIT', true],
  ['Apache-2.0 AND LGPL-3.0-or-later AND MIT', true],
  ['MIT AND (GPL-2.0-only OR ISC)', true],
  ['MIT AND GPL-2.0-only', false],
  ['MIT OR ISC AND GPL-2.0-only', true],
  ['(MIT OR ISC) AND GPL-2.0-only', false],
  ['AGPL-3.0-only', false],
  ['SSPL-1.0', false],
  ['UNLICENSED', false],
  ['SEE LICENSE IN LICENSE', false],
  ['mit', false],
  ['', false],
  ['MIT MIT', false],
  ['(MIT', false],
  ['MIT OR', false],
  ['GPL-2.0-only OR', false],
  ['MIT AND', false],
])('the licence "%s" fits: %s', (licence, fits) => {
  expect(isAllowed(licence)).toBe(fits)
})

it('a licence that does not fit, and none at all, are told with the package', () => {
  const problems = licenceProblems([
    made({}),
    made({ name: 'b', licence: 'AGPL-3.0-only', forDevelopment: true }),
    made({ name: 'c', licence: undefined }),
  ])
  expect(problems).toEqual([
    expect.stringMatching(/^b 1\.0\.0 has the licence "AGPL-3\.0-only"/),
    expect.stringMatching(/^c 1\.0\.0 names no licence/),
  ])
})

it('no licence fits without a name that is on the list, whatever is written', () => {
  const words = fc
    .array(
      fc.constantFrom('(', ')', 'AND', 'OR', 'WITH', '+', 'GPL-2.0-only', 'UNLICENSED', 'constructor', '__proto__'),
      { maxLength: 12 },
    )
    .map((all) => all.join(' '))
  fc.assert(fc.property(fc.oneof(words, fc.string()), (licence) => !isAllowed(licence)))
})
