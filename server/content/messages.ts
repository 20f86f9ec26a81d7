import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser'

/** What a message of texts.json takes in: its arguments and tags by name, and per plural the categories it has words for. */
export interface MessageForm {
  readonly names: readonly string[]
  readonly plurals: ReadonlyMap<string, readonly string[]>
}

/**
 * Reads the form of a message (ICU MessageFormat).
 * @throws SyntaxError when it is not one.
 */
export function formOfMessage(message: string): MessageForm {
  const names = new Set<string>()
  const plurals = new Map<string, string[]>()
  const visit = (elements: readonly MessageFormatElement[]) => {
    for (const element of elements) {
      if (element.type === TYPE.literal || element.type === TYPE.pound) continue
      names.add(element.type === TYPE.tag ? `<${element.value}>` : element.value)
      if (element.type === TYPE.tag) visit(element.children)
      if (element.type === TYPE.plural)
        plurals.set(element.value, [...(plurals.get(element.value) ?? []), ...Object.keys(element.options)])
      if (element.type === TYPE.plural || element.type === TYPE.select)
        for (const option of Object.values(element.options)) visit(option.value)
    }
  }
  visit(elementsOf(message))
  return { names: [...names].sort(), plurals }
}

/** The parser throws errors of other kinds for what it does not support, and for what is too deep. */
function elementsOf(message: string): MessageFormatElement[] {
  try {
    return parse(message)
  } catch (error) {
    throw error instanceof SyntaxError
      ? error
      : new SyntaxError(error instanceof Error ? error.message : String(error), { cause: error })
  }
}

/** The plural categories of a language that a plural has no words for. `=0` stands for zero, as `=1` does for one. */
export function missingPlurals(options: readonly string[], language: string): string[] {
  const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions()
  const exact: Record<string, string> = { zero: '=0', one: '=1', two: '=2' }
  return pluralCategories.filter((category) => !options.includes(category) && !options.includes(exact[category] ?? ''))
}

/** The messages of texts.json by their path, such as `helpline.group.now`. */
export function messagesByPath(texts: Readonly<Record<string, unknown>>, before = ''): Map<string, string> {
  return new Map(
    Object.entries(texts).flatMap(([key, value]) =>
      typeof value === 'object' && value !== null
        ? [...messagesByPath(value as Record<string, unknown>, `${before}${key}.`)]
        : [[`${before}${key}`, String(value)] as const],
    ),
  )
}
