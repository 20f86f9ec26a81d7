import { join } from 'node:path'
import { ofProcess } from '../of-process.ts'
import { checkContent } from './check.ts'
import type { MarkdownFile } from './markdown.ts'
import { ContentError } from './problem.ts'
import type { Content, Language } from './read.ts'
import { readContentFolder } from './read-folder.ts'

const held = ofProcess<Content>('content')

/** The folder that holds the content of this checkout. */
export function contentFolder(): string {
  return join(process.cwd(), 'content')
}

/**
 * The content, read once per process and checked; in a server, that of its build (holdContent).
 * @throws ContentError with every problem at once.
 */
export function content(): Content {
  held.value ??= loadContent(contentFolder())
  return held.value
}

/** Holds content for this process, in place of the folder. */
export function holdContent(content: Content): void {
  held.value = content
}

/**
 * Reads and checks a folder of content.
 * @param translations the translations to read; all of them, but for a test of the main language alone
 * @param parse reads one Markdown file; a test that reads the same files again and again remembers what it read
 * @throws ContentError with every problem at once.
 */
export function loadContent(
  folder: string,
  translations?: readonly Language[],
  parse?: (source: string) => MarkdownFile,
): Content {
  const { parts, problems: problemsOfForm } = readContentFolder(folder, translations, parse)
  const problems = [...problemsOfForm, ...checkContent(parts)]
  if (problems.length > 0) throw new ContentError(problems)
  // Without a problem every file was read, so no part is missing.
  return parts as unknown as Content
}
