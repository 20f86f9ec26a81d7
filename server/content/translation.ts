import type { z } from 'zod'
import { PHASES, type SiteId } from '#campaign/run.ts'
import type { References } from './markdown.ts'
import { formOfMessage, messagesByPath, missingPlurals } from './messages.ts'
import type { Problem } from './problem.ts'
import type { Entry, Fronts, Guide, Language, LanguageParts, Page, Text } from './read.ts'
import type * as schema from './translation-schema.ts'

type PageWords = z.infer<typeof schema.pageWordsSchema> & Text & { readonly id: string; readonly file: string }
type EntryWords = z.infer<typeof schema.entryWordsSchema> & Text & { readonly id: string; readonly file: string }
type GuideWords = z.infer<typeof schema.guideWordsSchema>

/** The words of one translation, as far as its files could be read. */
export interface TranslationWords {
  readonly pages: readonly PageWords[]
  readonly entries: readonly EntryWords[]
  readonly helplineTexts: z.infer<typeof schema.helplineWordsSchema> | undefined
  readonly guide: GuideWords | undefined
  readonly contactNames: z.infer<typeof schema.contactNameWordsSchema> | undefined
  /** What has the same form in every language. */
  readonly whole: Pick<
    LanguageParts,
    | 'estimateTexts'
    | 'fronts'
    | 'share'
    | 'toolkit'
    | 'sensitiveWords'
    | 'neverClaimed'
    | 'plainLanguage'
    | 'siteNames'
    | 'texts'
    | 'translations'
  >
}

/**
 * A language in the form of the main language: its structure with the words of the translation. What the translation has
 * too little or too much of is reported; a page or entry that it does not have stays in the main language.
 */
export function mergeTranslation(
  main: LanguageParts,
  words: TranslationWords,
  language: Language,
  problems: Problem[],
): LanguageParts {
  const report = (file: string, field: string, problem: string, remedy: string) =>
    problems.push({ file: file.startsWith(`${language}/`) ? file : `${language}/${file}`, field, problem, remedy })
  const sameKeys = (file: string, field: string, expected: readonly string[], found: readonly string[]) => {
    for (const key of expected)
      if (!found.includes(key))
        report(
          file,
          field ? `${field}.${key}` : key,
          'is not translated',
          'translate it; the Dutch file shows what it says',
        )
    for (const key of found)
      if (!expected.includes(key))
        report(
          file,
          field ? `${field}.${key}` : key,
          'is not in the Dutch file',
          'correct the spelling, or take it out',
        )
  }
  const sameField = (file: string, field: string, expected: string | undefined, found: string | undefined) => {
    if ((expected === undefined) !== (found === undefined))
      sameKeys(file, '', expected === undefined ? [] : [field], found === undefined ? [] : [field])
  }

  const mergePage = (page: Page): Page => {
    const translated = words.pages.find(({ id }) => id === page.id)
    if (!translated) return page
    const { file, tabTitle, title, door, lead, body, references, words: count, plainText } = translated
    sameField(file, 'door', page.door, door)
    sameKeys(
      file,
      'facts',
      page.facts.map(({ id }) => id),
      Object.keys(translated.facts),
    )
    sameReferences(page.references, references, (problem, remedy) => report(file, 'text', problem, remedy))
    const facts = page.facts.map((fact) => ({ ...fact, says: translated.facts[fact.id] ?? fact.says }))
    return { ...page, language, file, tabTitle, title, door, lead, facts, body, references, words: count, plainText }
  }
  const mergeEntry = (entry: Entry): Entry => {
    const translated = words.entries.find(({ id }) => Number(id) === entry.day)
    if (!translated) return entry
    const { file, title, note, close, body, references, words: count, plainText } = translated
    sameField(file, 'note', entry.note, note)
    sameReferences(entry.references, references, (problem, remedy) => report(file, 'text', problem, remedy))
    return { ...entry, language, file, title, note, close, body, references, words: count, plainText }
  }

  for (const { id, file } of words.pages)
    if (!main.pageIds.includes(id))
      report(
        file,
        '(the whole file)',
        'translates a page that does not exist',
        'give it the name of the Dutch file, or take it out',
      )
  for (const { id, file } of words.entries)
    if (!main.entryFiles.includes(id))
      report(
        file,
        '(the whole file)',
        'translates an entry that does not exist',
        'give it the name of the Dutch file, or take it out',
      )
  const { estimateTexts, fronts, texts } = words.whole
  if (main.estimateTexts && estimateTexts)
    sameKeys('estimates.yaml', 'rows', Object.keys(main.estimateTexts.rows), Object.keys(estimateTexts.rows))
  if (main.fronts && fronts) sameKeys('fronts.yaml', 'runs', textsOfRuns(main.fronts), textsOfRuns(fronts))
  if (main.texts && texts)
    sameMessages(main.texts, texts, language, (path, problem, remedy) => report('texts.json', path, problem, remedy))
  if (main.helplineTexts && words.helplineTexts)
    sameKeys('helplines.yaml', '', Object.keys(main.helplineTexts), Object.keys(words.helplineTexts))
  if (main.contactNames && words.contactNames)
    sameKeys(
      'contact-names.yaml',
      'names',
      main.contactNames.names.map(({ file }) => file),
      Object.keys(words.contactNames.names),
    )

  return {
    pageIds: main.pageIds,
    entryFiles: main.entryFiles,
    pages: main.pages?.map(mergePage),
    entries: main.entries?.map(mergeEntry),
    helplineTexts:
      main.helplineTexts &&
      Object.fromEntries(
        Object.entries(main.helplineTexts).map(([id, text]) => [id, { ...text, ...words.helplineTexts?.[id] }]),
      ),
    guide: main.guide && words.guide && mergeGuide(main.guide, words.guide, sameKeys, report),
    contactNames: main.contactNames &&
      words.contactNames && {
        note: words.contactNames.note,
        names: main.contactNames.names.map(({ file, name }) => ({
          file,
          name: words.contactNames?.names[file] ?? name,
        })),
      },
    ...words.whole,
  }
}

type Report = (file: string, field: string, problem: string, remedy: string) => void
type SameKeys = (file: string, field: string, expected: readonly string[], found: readonly string[]) => void

function mergeGuide(main: Guide, words: GuideWords, sameKeys: SameKeys, report: Report): Guide {
  const file = 'guide.yaml'
  sameKeys(
    file,
    'steps',
    main.steps.map(({ id }) => id),
    Object.keys(words.steps),
  )
  sameKeys(
    file,
    'results',
    main.results.map(({ id }) => id),
    Object.keys(words.results),
  )
  return {
    start: main.start,
    steps: main.steps.map((step) => {
      const translated = words.steps[step.id]
      if (!translated) return step
      sameKeys(
        file,
        `steps.${step.id}`,
        step.hint === undefined ? [] : ['hint'],
        translated.hint === undefined ? [] : ['hint'],
      )
      if (translated.answers.length !== step.answers.length)
        report(
          file,
          `steps.${step.id}.answers`,
          `has ${translated.answers.length} answers instead of ${step.answers.length}`,
          'give the answers of the Dutch step, in the same order',
        )
      return {
        ...step,
        ...translated,
        answers: step.answers.map(({ text, to }, index) => ({ text: translated.answers[index] ?? text, to })),
      }
    }),
    results: main.results.map((result) => ({ ...result, ...words.results[result.id] })),
  }
}

/** Every text of the runs as one name each, such as `2027-spring.help.before`. */
function textsOfRuns({ runs }: Fronts): string[] {
  return Object.entries(runs).flatMap(([run, sites]) =>
    (Object.entries(sites) as [SiteId, object | undefined][]).flatMap(([site, phases]) =>
      phases ? PHASES.map((phase) => `${run}.${site}.${phase}`) : [],
    ),
  )
}

/** What a text refers to must be the same in every language, though a sentence may name it in another order. */
function sameReferences(
  expected: References,
  found: References,
  report: (problem: string, remedy: string) => void,
): void {
  const kinds = [
    ['pages', 'the link to the page'],
    ['entries', 'the link to the entry'],
    ['helplines', 'the number of'],
    ['facts', 'the check mark of'],
    ['blocks', 'the directive'],
  ] as const
  for (const [kind, what] of kinds) {
    const [wanted, there] = [expected[kind].map(String), found[kind].map(String)]
    for (const id of new Set([...wanted, ...there])) {
      const [often, oftenThere] = [countOf(wanted, id), countOf(there, id)]
      if (oftenThere < often) report(`lacks ${what} "${id}"`, 'put it where the Dutch text has it')
      if (oftenThere > often)
        report(`has ${what} "${id}" more often than the Dutch text`, 'take it out, or put it into the Dutch text too')
    }
  }
}

function sameMessages(
  main: Record<string, unknown>,
  texts: Record<string, unknown>,
  language: Language,
  report: (path: string, problem: string, remedy: string) => void,
): void {
  const [expected, found] = [messagesByPath(main), messagesByPath(texts)]
  for (const [path, message] of expected) {
    const translated = found.get(path)
    if (translated === undefined) {
      report(path, 'is not translated', 'translate it; the Dutch file shows what it says')
      continue
    }
    try {
      const form = formOfMessage(translated)
      const names = formOfMessage(message).names.join(', ')
      if (form.names.join(', ') !== names)
        report(
          path,
          `takes in ${form.names.join(', ') || 'nothing'} instead of ${names || 'nothing'}`,
          'use the same names in braces and tags as the Dutch message',
        )
      for (const [argument, options] of form.plurals) {
        const missing = missingPlurals(options, language)
        if (missing.length > 0)
          report(
            path,
            `has no words for ${missing.join(', ')} of ${argument}`,
            'add them: this language has other words for these numbers',
          )
      }
    } catch (error) {
      report(
        path,
        `is not a message: ${error instanceof Error ? error.message : String(error)}`,
        'correct the braces; the Dutch message shows the form',
      )
    }
  }
  for (const path of found.keys())
    if (!expected.has(path)) report(path, 'is not in the Dutch file', 'correct the spelling, or take it out')
}

function countOf(values: readonly string[], value: string): number {
  return values.filter((candidate) => candidate === value).length
}
