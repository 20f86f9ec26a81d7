import { join } from 'node:path'
import { checkContent } from './check.ts'
import { ContentError } from './problem.ts'
import { readContentFolder, type Content } from './read.ts'

let read: Content | undefined

/** The folder that holds the content of this checkout. */
export function contentFolder(): string {
  return join(process.cwd(), 'content')
}

/**
 * The content, read once per process and checked.
 * @throws ContentError with every problem at once.
 */
export function content(): Content {
  read ??= loadContent(contentFolder())
  return read
}

/**
 * Reads and checks a folder of content.
 * @throws ContentError with every problem at once.
 */
export function loadContent(folder: string): Content {
  const { parts, problems: problemsOfForm } = readContentFolder(folder)
  const problems = [...problemsOfForm, ...checkContent(parts)]
  if (problems.length > 0) throw new ContentError(problems)
  // Without a problem every file was read, so no part is missing.
  return parts as unknown as Content
}
