import { execFile } from 'node:child_process'
import { cp, mkdir, readdir, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { environmentWith } from './environment.ts'

/** Inside the folder of the other build, where the linter, the compiler and the unit tests do not look. */
const COPY = resolve('.next/with-vercel-counts')

/** With the lock file Next would take the copy for a project that has its packages beside it; the data are nobody else's. */
const LEFT_OUT = new Set(['node_modules', 'package-lock.json', 'data', 'docs', 'e2e', 'bench', 'test-results', 'playwright-report', 'screenshots'])

/** What no reader is counted by: the management, and the archive that takes longer to make than all pages. */
const NOT_COUNTED = ['app/files/toolkit', 'app/beheer/(in)', 'app/beheer/pakket', 'app/beheer/gedeeld', 'app/beheer/voorbeeld', 'app/beheer/uitnodiging']

/**
 * Builds the site as a host does that sets VISITOR_COUNTS=vercel, in a copy, so that the build of the other tests stays.
 * @returns the folder of the build
 */
export async function buildWithVercelCounts(): Promise<string> {
  await removeVercelBuild()
  await mkdir(COPY, { recursive: true })
  const names = (await readdir('.')).filter((name) => !name.startsWith('.') && !LEFT_OUT.has(name))
  await Promise.all(names.map((name) => cp(name, join(COPY, name), { recursive: true })))
  await Promise.all(NOT_COUNTED.map((name) => rm(join(COPY, name), { recursive: true })))
  await promisify(execFile)(process.execPath, [resolve('node_modules/next/dist/bin/next'), 'build'], {
    cwd: COPY,
    env: environmentWith({ VISITOR_COUNTS: 'vercel', NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' }),
  })
  return join(COPY, '.next')
}

/** Removes the copy with its build. */
export async function removeVercelBuild(): Promise<void> {
  await rm(COPY, { recursive: true, force: true })
}
