import { execFile } from 'node:child_process'
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { environmentWith } from './environment.ts'

/** Inside the folder of the other build, where the linter, the compiler and the unit tests do not look. */
const COPY = resolve('.next/other-build')

/** With the lock file Next would take the copy for a project that has its packages beside it; the data are nobody else's. */
const LEFT_OUT = new Set([
  'node_modules',
  'package-lock.json',
  'data',
  'docs',
  'e2e',
  'bench',
  'test-results',
  'playwright-report',
  'screenshots',
])

/** What no reader is counted by: the management, and the archive that takes longer to make than all pages. */
const NOT_COUNTED = [
  'app/files/toolkit',
  'app/beheer/(in)',
  'app/(open)',
  'app/beheer/voorbeeld',
  'app/beheer/uitnodiging',
]

/** A page that nobody translated to this language yet. */
export const UNTRANSLATED = { id: 'parents', language: 'ar' } as const

/**
 * Builds the site as another owner does, who sets VISITOR_COUNTS=vercel and lacks a translation, in a copy, so that the build of the other
 * tests stays.
 * @returns the folder of the build
 */
export async function buildOtherSite(): Promise<string> {
  await removeOtherSite()
  await mkdir(COPY, { recursive: true })
  const names = (await readdir('.')).filter((name) => !name.startsWith('.') && !LEFT_OUT.has(name))
  await Promise.all(names.map((name) => cp(name, join(COPY, name), { recursive: true })))
  await Promise.all(NOT_COUNTED.map((name) => rm(join(COPY, name), { recursive: true })))
  await leaveUntranslated()
  await promisify(execFile)(process.execPath, [resolve('node_modules/next/dist/bin/next'), 'build'], {
    cwd: COPY,
    env: environmentWith({ VISITOR_COUNTS: 'vercel', NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' }),
  })
  return join(COPY, '.next')
}

async function leaveUntranslated(): Promise<void> {
  const folder = join(COPY, 'content', UNTRANSLATED.language)
  const file = `pages/${UNTRANSLATED.id}.md`
  await rm(join(folder, file))
  const states = join(folder, 'translations.yaml')
  const lines = (await readFile(states, 'utf8')).split('\n')
  await writeFile(states, lines.filter((line) => !line.startsWith(`${file}:`)).join('\n'))
}

/** Removes the copy with its build. */
export async function removeOtherSite(): Promise<void> {
  await rm(COPY, { recursive: true, force: true })
}
