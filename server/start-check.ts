import { accessSync, constants, existsSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { READING_PAGES } from '#adapter/reading-pages-list.js'
import { doubtAboutCounts } from './counts/told-counts.ts'
import { readEnvironment, WrongSettings, type Environment } from './environment.ts'
import { outlineOfBuild } from './content/built-content.ts'
import { doubtAboutHiddenVisits } from './hidden-visits.ts'
import { countsOfBuild } from './reading-shelf.ts'

/** Addresses that stand for all of a machine (RFC 1122 3.2.1.3, RFC 4291 2.5.2). */
const EVERY_ADDRESS: readonly string[] = ['0.0.0.0', '::']

/** What a server starts with, and what to tell whoever starts it; without an environment it cannot start. */
export interface StartCheck {
  readonly environment?: Environment
  /** Everything that keeps it from starting, each with its remedy. */
  readonly problems: readonly string[]
  readonly warnings: readonly string[]
}

/**
 * Looks at everything that a server needs before it takes a reader, so that an operator mends all of it at once: the settings, the
 * folder of data, the build, and whether its pages tell how it counts.
 * @param source the environment of the process
 * @param buildFolder the folder that Next built into
 */
export function checkStart(source: Readonly<Record<string, string | undefined>>, buildFolder: string): StartCheck {
  const problems: string[] = []
  const warnings: string[] = []
  let environment: Environment | undefined
  try {
    environment = readEnvironment(source)
  } catch (error) {
    if (!(error instanceof WrongSettings)) throw error
    problems.push(...error.problems)
  }
  const folder = environment?.DATA_FOLDER ?? source.DATA_FOLDER
  if (folder && !canWriteIn(resolve(folder)))
    problems.push(
      `DATA_FOLDER: the user of this server cannot write in ${folder}; make that folder and give it to this user, who alone may read it`,
    )
  if (environment?.OPERATION_PORT !== undefined && EVERY_ADDRESS.includes(environment.OPERATION_HOST))
    warnings.push(
      `OPERATION_HOST: port ${environment.OPERATION_PORT} answers on every address of this machine, and tells whoever asks how this process is doing. Let no reader reach it: publish the port for readers alone, or name the one address that your platform asks`,
    )
  // A proxy on this machine that adds no header (HAProxy, unless it is told to) looks like somebody who sits at it.
  if (environment?.FIXED_MOMENT === 'on')
    warnings.push(
      'FIXED_MOMENT: whoever reaches this port may choose the moment and see pages before their day. It is for tests and for a look ahead on this machine; let no proxy lead here, and leave it out where readers come',
    )
  // While a developer works there is no build.
  if (source.NODE_ENV !== 'development') {
    if (!existsSync(join(buildFolder, READING_PAGES)))
      problems.push('There is no whole build of this site; run: npm run build')
    else if (environment) {
      const doubt = doubtAboutCounts(countsOfBuild(buildFolder) ?? '', environment.VISITOR_COUNTS)
      if (doubt) (doubt.stop ? problems : warnings).push(doubt.sentence)
      if (environment.HIDE_VISITS !== 'off') {
        const unaccepted = doubtAboutHiddenVisits(environment.HIDE_VISITS, outlineOfBuild(buildFolder).outline.owner)
        if (unaccepted) problems.push(unaccepted)
      }
    }
  }
  return { ...(environment && problems.length === 0 ? { environment } : {}), problems, warnings }
}

/** Whether this process can write in a folder, or make it: nothing is made to find out, for a server that does not count needs none. */
function canWriteIn(folder: string): boolean {
  try {
    const place = statSync(folder, { throwIfNoEntry: false })
    if (!place) return dirname(folder) !== folder && canWriteIn(dirname(folder))
    accessSync(folder, constants.W_OK | constants.X_OK)
    return place.isDirectory()
  } catch {
    return false
  }
}
