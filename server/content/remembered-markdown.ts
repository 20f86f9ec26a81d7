import { readMarkdown, type MarkdownFile } from './markdown.ts'

/**
 * Reads Markdown as `readMarkdown` does, and each text once: a test that breaks one file at a time reads a hundred times
 * what did not change.
 */
export function rememberedMarkdown(): (source: string) => MarkdownFile {
  const known = new Map<string, MarkdownFile>()
  return (source) => {
    const read = known.get(source) ?? readMarkdown(source)
    known.set(source, read)
    return read
  }
}
