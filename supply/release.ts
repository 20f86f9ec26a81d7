import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { licenceList, licenceProblems } from './licences.ts'
import { lockedPackages } from './lock-file.ts'
import { nameOf, sbomOf } from './sbom.ts'

/** A release cannot be made; its message says why and what to do. */
export class ReleaseError extends Error {
  override readonly name = 'ReleaseError'
}

/**
 * Makes the folder `release` of what is committed: the source as an archive, the bill of materials, the list of licences, and the SHA-256
 * of each. The same commit gives the same archive.
 * @param folder the top of a working tree
 * @returns the names of the files
 * @throws ReleaseError when something is not committed, or a licence does not fit
 */
export function makeRelease(folder: string): string[] {
  const git = (...words: string[]) => execFileSync('git', words, { cwd: folder, maxBuffer: 2 ** 30 })
  const changed = git('status', '--porcelain').toString()
  if (changed !== '')
    throw new ReleaseError(
      `A release is of what is committed, and these files are not. Commit them or put them away:\n${changed.trimEnd()}`,
    )
  const packages = lockedPackages(folder)
  const problems = licenceProblems(packages)
  if (problems.length > 0) throw new ReleaseError(problems.join('\n'))

  const packageJson = readFileSync(join(folder, 'package.json'), 'utf8')
  const { name, version } = nameOf(packageJson)
  const title = `${name}-${version}`
  const files: Readonly<Record<string, string | Buffer>> = {
    // Git writes the time of the commit on every file, and none into the compressed form.
    [`${title}.tar.gz`]: git('archive', '--format=tar.gz', `--prefix=${title}/`, 'HEAD'),
    [`${title}.cdx.json`]: sbomOf(folder, packageJson),
    'licences.md': licenceList(packages),
  }
  const release = join(folder, 'release')
  rmSync(release, { recursive: true, force: true })
  mkdirSync(release)
  for (const [file, content] of Object.entries(files)) writeFileSync(join(release, file), content)
  const sums = Object.entries(files).map(
    ([file, content]) => `${createHash('sha256').update(content).digest('hex')}  ${file}\n`,
  )
  writeFileSync(join(release, 'SHA256SUMS'), sums.join(''))
  return [...Object.keys(files), 'SHA256SUMS']
}
