import { z } from 'zod'

/**
 * What was typed into a form, as text by field; a file or a field that is not there counts as empty. Nobody types U+0000, and
 * PostgreSQL fails on a text that has it.
 */
export function typedIn(data: FormData, ...names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.map((name) => [name, z.string().catch('').parse(data.get(name)).replaceAll('\0', '')]),
  )
}
