import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'

/** A file of a profile. */
export interface ProfileFile {
  /** From the folder of the profile, with `*` for what is other in every profile and on every run. */
  readonly name: string
  /** From the folder of the profile, as it is. */
  readonly path: string
  readonly bytes: Buffer
}

/** Gives a fresh folder for the profile of a browser, and removes it afterwards. */
export async function withProfileFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'profile-'))
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** Every file of a profile whose browser is closed. */
export function filesOf(folder: string): ProfileFile[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const path = relative(folder, join(entry.parentPath, entry.name))
      return { name: steadyName(path), path, bytes: readFileSync(join(folder, path)) }
    })
}

/** The one file with a name, as when somebody copies it off the telephone. */
export function fileOf(files: readonly ProfileFile[], name: string): Buffer {
  const file = files.find(({ path }) => path === name)
  if (!file) throw new Error(`The profile has no file ${name}.`)
  // What a write-ahead log holds is not in the file yet, so the rows that are read would not be all.
  const log = files.find(({ path }) => path === `${name}-wal`)
  if (log && log.bytes.length > 0)
    throw new Error(`${name} was not written in full: the browser was not closed in order.`)
  return file.bytes
}

// Names of files in a cache are hashes, those of sessions are moments, those of Firefox's storage are of the profile.
function steadyName(path: string): string {
  return path
    .replace(/^Default\//, '')
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22,}/gi, '*')
    .replace(/[0-9a-f]{16,}|\d{6,}/gi, '*')
}
