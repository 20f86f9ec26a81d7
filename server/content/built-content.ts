import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import type { KeptOutline } from './outline.ts'
import type { Content } from './read.ts'

/** The content beside the pages that were made of it: all of it for the management, and what the readers' process needs. */
const WHOLE = 'content.v8'
const OUTLINE = 'outline.v8'

/**
 * Keeps the content of a build with it: a server then shows the pages and follows the calendar of one and the same text, and
 * starts in a moment, for it has nothing to parse or to check. Only the Node that wrote the files is sure to read them.
 * @param buildFolder the folder that Next built into
 */
export function keepContent(buildFolder: string, content: Content, outline: KeptOutline): void {
  writeFileSync(join(buildFolder, WHOLE), serialize(content))
  keepOutline(buildFolder, outline)
}

/** Keeps the outline of the content with a build. @param buildFolder the folder that Next built into */
export function keepOutline(buildFolder: string, outline: KeptOutline): void {
  writeFileSync(join(buildFolder, OUTLINE), serialize(outline))
}

/**
 * The content that a build was made of.
 * @throws Error when there is no whole build
 */
export function contentOfBuild(buildFolder: string): Content {
  return kept(buildFolder, WHOLE) as Content
}

/**
 * What the readers' process needs of the content that a build was made of.
 * @throws Error when there is no whole build
 */
export function outlineOfBuild(buildFolder: string): KeptOutline {
  return kept(buildFolder, OUTLINE) as KeptOutline
}

function kept(buildFolder: string, name: string): unknown {
  const file = join(buildFolder, name)
  if (!existsSync(file)) throw new Error('There is no whole build of this site: run "npm run build" first.')
  return deserialize(readFileSync(file))
}
