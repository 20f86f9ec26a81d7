import { createHash } from 'node:crypto'
import type { CalendarDay } from '#campaign/day.ts'
import type { Problem } from './problem.ts'
import { MAIN_LANGUAGE, type Content, type Language, type LanguageContent } from './read.ts'

/** How one file of a translation stands. */
export interface TranslationState {
  readonly language: Language
  /** In the folder of the language, such as `pages/travel.md`. */
  readonly file: string
  /** `missing`: readers get the Dutch text. `unknown`: nobody wrote down what it was made from. `stale`: the Dutch changed since. */
  readonly state: 'current' | 'stale' | 'unknown' | 'missing'
  readonly translated: CalendarDay | undefined
  /** The day a native speaker read it. Absent while nobody has. */
  readonly read: CalendarDay | undefined
}

/** The version of the Dutch words of every file that is translated, by its name in the folder of a language: twelve hexadecimal digits. */
export function wordVersions(main: LanguageContent): Record<string, string> {
  const {
    pages,
    entries,
    helplineTexts,
    estimateTexts,
    fronts,
    guide,
    share,
    toolkit,
    contactNames,
    siteNames,
    texts,
  } = main
  const words: Record<string, unknown> = {
    ...Object.fromEntries(
      pages.map(({ id, tabTitle, title, door, lead, facts, plainText }) => [
        `pages/${id}.md`,
        [tabTitle, title, door, lead, facts.map((fact) => [fact.id, fact.says]), plainText],
      ]),
    ),
    ...Object.fromEntries(
      entries.map(({ day, title, note, close, plainText }) => [
        `diary/${String(day).padStart(2, '0')}.md`,
        [title, note, close, plainText],
      ]),
    ),
    'helplines.yaml': Object.entries(helplineTexts).map(([id, { name, who, when, cost, talk, trace }]) => [
      id,
      name,
      who,
      when,
      cost,
      talk,
      trace,
    ]),
    'estimates.yaml': estimateTexts,
    'fronts.yaml': fronts,
    'guide.yaml': [
      guide.steps.map(({ id, question, hint, answers }) => [id, question, hint, answers.map(({ text }) => text)]),
      guide.results.map(({ id, title, text }) => [id, title, text]),
    ],
    'share.yaml': share,
    'toolkit.yaml': toolkit,
    'contact-names.yaml': contactNames.note,
    'sites.yaml': siteNames,
    'texts.json': texts,
  }
  return Object.fromEntries(Object.entries(words).map(([file, value]) => [file, versionOf(value)]))
}

/** Every file of every translation, with how it stands. */
export function translationStates({ languages }: Content): TranslationState[] {
  const versions = wordVersions(languages[MAIN_LANGUAGE])
  return translationsOf(languages).flatMap(([language, { pages, entries, translations }]) => {
    const missing = new Set(
      [...pages, ...entries]
        .filter((text) => text.language !== language)
        .map(({ file }) => file.slice(MAIN_LANGUAGE.length + 1)),
    )
    return Object.entries(versions).map(([file, version]): TranslationState => {
      const note = translations[file]
      const state = missing.has(file)
        ? 'missing'
        : note === undefined
          ? 'unknown'
          : note.source === version
            ? 'current'
            : 'stale'
      return { language, file, state, translated: note?.translated, read: note?.read ?? undefined }
    })
  })
}

/** What a translator must look at: what is not translated, what the Dutch has changed since, and notes about no file. */
export function translationWarnings(content: Content): Problem[] {
  const problems: Partial<Record<TranslationState['state'], string>> = {
    missing: 'is not translated, so readers get the Dutch text with a notice',
    stale: 'was made from an earlier Dutch text',
    unknown: 'has no note of what it was made from',
  }
  const versions = wordVersions(content.languages[MAIN_LANGUAGE])
  return [
    ...translationStates(content).flatMap(({ language, file, state }) => {
      const problem = problems[state]
      const remedy = `${state === 'missing' ? 'translate it' : 'compare it with the Dutch text'}, then run \`npm run content:translated -- ${language} ${file}\``
      return problem ? [{ file: `${language}/${file}`, field: '(the whole file)', problem, remedy }] : []
    }),
    ...translationsOf(content.languages).flatMap(([language, { translations }]) =>
      Object.keys(translations)
        .filter((file) => !(file in versions))
        .map((file) => ({
          file: `${language}/translations.yaml`,
          field: file,
          problem: 'there is no such file',
          remedy: 'take the line out',
        })),
    ),
  ]
}

function translationsOf(languages: Content['languages']): [Language, LanguageContent][] {
  return (Object.entries(languages) as [Language, LanguageContent][]).filter(([language]) => language !== MAIN_LANGUAGE)
}

function versionOf(words: unknown): string {
  // JSON leaves out what is undefined in an object and writes null in a list, so the same words always give the same version.
  return createHash('sha256').update(JSON.stringify(words)).digest('hex').slice(0, 12)
}
