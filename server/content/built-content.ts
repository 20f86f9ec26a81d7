import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import type { Content } from './read.ts'

/** The content beside the pages that were made of it. */
const FILE = 'content.v8'

/**
 * Keeps the content of a build with it: a server then shows the pages and follows the calendar of one and the same text, and
 * starts in a moment, for it has nothing to parse or to check. Only the Node that wrote the file is sure to read it.
 * @param buildFolder the folder that Next built into
 */
export function keepContent(buildFolder: string, content: Content): void {
  writeFileSync(join(buildFolder, FILE), serialize(content))
}

/**
 * The content that a build was made of.
 * @throws Error when there is no whole build
 */
export function contentOfBuild(buildFolder: string): Content {
  const file = join(buildFolder, FILE)
  if (!existsSync(file)) throw new Error('There is no whole build of this site: run "npm run build" first.')
  return deserialize(readFileSync(file)) as Content
}
