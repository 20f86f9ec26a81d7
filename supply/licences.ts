import type { LockedPackage } from './lock-file.ts'

/**
 * Licences of what the site is made with, each by its SPDX identifier, that fit a work under the EUPL-1.2: permissive ones; those
 * that ask the same of their own files alone, which we do not change (MPL, LGPL: compatible by the appendix of the EUPL); and those of fonts and data.
 */
const ALLOWED = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'Unlicense',
  'Zlib',
  'LGPL-3.0-or-later',
  'MPL-2.0',
  'Bitstream-Vera',
  'CC-BY-4.0',
  'OFL-1.1',
])

/** What a package does not say in its package.json, read in its file LICENSE by a person. A test compares the words. */
export const READ_BY_HAND: Readonly<Record<string, { readonly licence: string; readonly words: string }>> = {
  'dejavu-fonts-ttf': { licence: 'Bitstream-Vera', words: 'DejaVu changes are in public domain' },
  'parse-cache-control': { licence: 'BSD-3-Clause', words: 'Redistribution and use in source and binary forms' },
  'png-js': { licence: 'MIT', words: 'MIT License' },
}

/** The licence of a package: what it says itself, or what a person read. */
export function licenceOf({ name, licence }: Pick<LockedPackage, 'name' | 'licence'>): string | undefined {
  return READ_BY_HAND[name]?.licence ?? licence
}

/**
 * Whether a licence is one that fits: of a choice (OR) one of them, of a sum (AND) each of them.
 * @param expression an SPDX licence expression; anything else does not fit
 */
export function isAllowed(expression: string): boolean {
  const words = expression.match(/[()]|[^\s()]+/g) ?? []
  let place = 0
  const take = (word: string) => words[place] === word && (place += 1) > 0
  const one = (): boolean => {
    if (!take('(')) return ALLOWED.has(words[place++] ?? '')
    const inside = choice()
    return take(')') && inside
  }
  const sum = (): boolean => {
    let fits = one()
    while (take('AND')) fits = one() && fits
    return fits
  }
  const choice = (): boolean => {
    let fits = sum()
    while (take('OR')) fits = sum() || fits
    return fits
  }
  return choice() && place === words.length
}

/** What is wrong with the licences of packages, a sentence for each; those for development count too, for they make the build. */
export function licenceProblems(packages: readonly LockedPackage[]): string[] {
  return packages.flatMap((locked) => {
    const licence = licenceOf(locked)
    if (licence !== undefined && isAllowed(licence)) return []
    const what =
      licence === undefined
        ? 'names no licence'
        : `has the licence "${licence}", which is not on the list of supply/licences.ts`
    return [`${locked.name} ${locked.version} ${what}: read its terms, then add them there or choose another package.`]
  })
}

/** The list of licences of everything that can run in production, as docs/licences.md has it; versions are in the SBOM. */
export function licenceList(packages: readonly LockedPackage[]): string {
  const running = packages.filter(({ forDevelopment }) => !forDevelopment)
  const licences = [...new Set(running.map((locked) => licenceOf(locked) ?? 'none'))].sort()
  const namesWith = (licence: string) =>
    [...new Set(running.filter((locked) => (licenceOf(locked) ?? 'none') === licence).map(({ name }) => name))].sort()
  const sections = licences.map((licence) => `## ${licence}\n\n${namesWith(licence).join(', ')}\n`)
  return [
    '# Licences',
    '',
    'What can be installed to run the site, on any system, by its licence (SPDX). `npm run licences` writes this file from package-lock.json;',
    'a test fails when it is out of date, or when a licence does not fit the EUPL-1.2. The texts of the licences are in the packages.',
    '',
    ...sections,
  ].join('\n')
}
