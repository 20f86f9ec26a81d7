import { messagesByPath } from './messages.ts'
import { LANGUAGES, MAIN_LANGUAGE, type Content, type Language, type LanguageContent } from './read.ts'

/** How much of one kind of text a language has. */
export interface Completeness {
  readonly language: Language
  readonly kind: string
  readonly there: number
  readonly of: number
}

type Words = readonly string[]

/** What is translated of each kind in each language, in the order of the languages. */
export function completenessOf({ languages }: Content): Completeness[] {
  const main = countable(languages[MAIN_LANGUAGE], MAIN_LANGUAGE)
  return LANGUAGES.flatMap((language) => {
    const there = countable(languages[language], language)
    return Object.entries(main).map(([kind, names]) => ({
      language,
      kind,
      there: names.filter((name) => there[kind]?.includes(name)).length,
      of: names.length,
    }))
  })
}

/** The table for a person: a line for each kind, a column for each language. */
export function completenessTable(content: Content): string {
  const rows = completenessOf(content)
  const kinds = [...new Set(rows.map(({ kind }) => kind))]
  const cell = (language: Language, kind: string) => {
    const row = rows.find((candidate) => candidate.language === language && candidate.kind === kind)
    return row ? `${row.there} of ${row.of}, ${Math.floor((100 * row.there) / row.of)} %` : ''
  }
  const lines = [
    ['', ...LANGUAGES],
    LANGUAGES.map(() => '---').concat('---'),
    ...kinds.map((kind) => [kind, ...LANGUAGES.map((language) => cell(language, kind))]),
  ]
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

function countable(
  { pages, entries, helplineTexts, guide, fronts, contactNames, estimateTexts, share, toolkit, texts }: LanguageContent,
  language: Language,
): Record<string, Words> {
  return {
    'words of the screen': [...messagesByPath(texts).keys()],
    pages: pages.filter((page) => page.language === language).map(({ id }) => id),
    'facts under the pages': pages
      .filter((page) => page.language === language)
      .flatMap(({ id, facts }) => facts.map((fact) => `${id} ${fact.id}`)),
    'diary entries': entries.filter((entry) => entry.language === language).map(({ day }) => String(day)),
    'cards of helplines': Object.keys(helplineTexts),
    'questions and results of the guide': [...guide.steps, ...guide.results].map(({ id }) => id),
    'fronts of runs': Object.keys(fronts.runs),
    'cards, messages and sheets': (['cards', 'messages', 'sheets'] as const).flatMap((part) =>
      Object.keys(share[part]).flatMap((kind) => ['help', 'diary'].map((site) => `${part} ${kind} ${site}`)),
    ),
    'texts of the toolkit': Object.keys(toolkit),
    'names for contacts': contactNames.names.map(({ file }) => file),
    'rows of the estimates': Object.keys(estimateTexts.rows),
  }
}
