import { SHARE_KINDS } from '#sharing/share-link.ts'
import { wordsOfToolkit } from './check-words.ts'
import type { Problem } from './problem.ts'
import type { Content, Language, LanguageContent } from './read.ts'

const SITES = ['help', 'diary'] as const

type Rules = LanguageContent['plainLanguage']

/** A sentence ends at its mark, with a quote that closes behind it, or where the line does. */
const SENTENCE_END = /(?<=[.!?؟]["”’»)]?)\s+|\n+/u

/** A name in capitals, of two letters or more, which nobody can read aloud who does not know it. */
const CAPITALS = /(?<!\p{L})\p{Lu}{2,}(?!\p{L})/gu

/**
 * An alarm, not a judge: sentences that are long for the language, words that few people use, and what is shortened. A text
 * that must stay as it is stands in `accepted` of content/<language>/plain-language.yaml with the reason.
 */
export function plainLanguageAlarms({ languages }: Content): Problem[] {
  return (Object.entries(languages) as [Language, LanguageContent][]).flatMap(([language, content]) =>
    textsOf(content, language).flatMap(([file, text]) =>
      alarmsIn(file.startsWith(`${language}/`) ? file : `${language}/${file}`, text, content.plainLanguage),
    ),
  )
}

/** What is hard to read in a text, each with its sentence. */
export function alarmsIn(file: string, text: string, rules: Rules): Problem[] {
  const patterns = { hardWords: rules.hardWords.map(patternOf), abbreviations: rules.abbreviations.map(patternOf) }
  const accepted = rules.accepted.filter((exception) => file.endsWith(exception.file)).map(({ words }) => words)
  return text.split(SENTENCE_END).flatMap((sentence) => {
    if (accepted.some((words) => sentence.includes(words))) return []
    const bare = sentence.normalize('NFC').replace(/\p{Mn}/gu, '')
    const found = (kind: keyof typeof patterns) => rules[kind].filter((_, index) => patterns[kind][index]?.test(bare))
    const words = sentence.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word))
    const alarm = (problem: string, remedy: string): Problem => ({
      file,
      field: `"${sentence.trim().slice(0, 60)}"`,
      problem,
      remedy: `${remedy}, or accept it with a reason in plain-language.yaml`,
    })
    return [
      ...(words.length > rules.longestSentence
        ? [alarm(`a sentence of ${words.length} words; ${rules.longestSentence} is long`, 'make two of it')]
        : []),
      ...found('hardWords').map((word) => alarm(`a hard word: ${word}`, 'say it as people talk')),
      ...found('abbreviations').map((short) => alarm(`shortened: ${short}`, 'write it in full')),
      ...[...sentence.matchAll(CAPITALS)]
        .filter(([name]) => !rules.knownCapitals.includes(name))
        .map(([name]) => alarm(`a name in capitals: ${name}`, 'write the name in full, or add it to knownCapitals')),
    ]
  })
}

function patternOf(word: string): RegExp {
  const stem = word.replace(/\*$/, '').replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
  // What ends in a host name, such as "politie.nl.", is not shortened.
  return new RegExp(`(?<![\\p{L}\\p{N}.])${stem}${word.endsWith('*') ? '' : '(?!\\p{L})'}`, 'iu')
}

/** What a reader must understand in order to act. The diary is a story, and its writer may talk as she likes. */
function textsOf(
  { pages, helplineTexts, guide, share, toolkit, fronts, contactNames, estimateTexts }: LanguageContent,
  language: Language,
): [string, string][] {
  const lines = (texts: readonly (string | undefined)[]) => texts.filter((text) => text !== undefined).join('\n')
  const phases = Object.values({ ...fronts.runs, planned: fronts.planned }).flatMap((sites) =>
    Object.values(sites).flatMap((texts) => Object.values(texts ?? {})),
  )
  return [
    ...pages
      .filter((page) => page.language === language)
      .map(({ file, title, door, lead, plainText }): [string, string] => [file, lines([title, door, lead, plainText])]),
    [
      'helplines.yaml',
      lines(Object.values(helplineTexts).flatMap(({ who, when, cost, talk, trace }) => [who, when, cost, talk, trace])),
    ],
    [
      'guide.yaml',
      lines([
        ...guide.steps.flatMap(({ question, hint, answers }) => [question, hint, ...answers.map(({ text }) => text)]),
        ...guide.results.flatMap(({ title, text }) => [title, text]),
      ]),
    ],
    ['fronts.yaml', lines([...Object.values(fronts.quiet), ...phases].flatMap(({ title, text }) => [title, text]))],
    [
      'share.yaml',
      lines([
        share.opening.text,
        ...Object.values(share.notices),
        ...SHARE_KINDS.flatMap((kind) =>
          SITES.flatMap((site) => [share.cards[kind][site].text, share.messages[kind][site]]),
        ),
      ]),
    ],
    ['toolkit.yaml', lines(wordsOfToolkit(toolkit).map(([, value]) => value))],
    ['contact-names.yaml', contactNames.note],
    ['estimates.yaml', lines([estimateTexts.caption, estimateTexts.note])],
  ]
}
