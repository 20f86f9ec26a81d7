import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseDay } from '#campaign/day.ts'
import { keepOutline, outlineOfBuild } from '#server/content/built-content.ts'

/** What a server reads beside the build, from the folder in which it is started. */
const BESIDE = ['server', 'node_modules', 'package.json']

/**
 * A folder with the build of the tests, as if the owner had accepted what HIDE_VISITS costs: the same files, but for the outline of the content.
 * The folder goes with `remove`.
 */
export function acceptingBuild(): { readonly folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'accepting-'))
  const build = join(folder, '.next')
  mkdirSync(build)
  for (const name of BESIDE) symlinkSync(resolve(name), join(folder, name))
  for (const name of readdirSync('.next'))
    if (name !== 'outline.v8') symlinkSync(resolve('.next', name), join(build, name))
  const { outline, translations } = outlineOfBuild('.next')
  const owner = { ...outline.owner, acceptsHiddenVisits: parseDay('2026-12-01') }
  keepOutline(build, { outline: { ...outline, owner }, translations })
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}
