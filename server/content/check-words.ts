import { SHARE_KINDS } from '#sharing/share-link.ts'
import type { Problem } from './problem.ts'
import {
  MAIN_LANGUAGE,
  type ContentParts,
  type Entry,
  type Fronts,
  type Language,
  type LanguageParts,
  type Page,
  type Share,
  type Toolkit,
} from './read.ts'

/** Words of a diary entry, the least and the most: as it is written, and as it is translated, for languages differ in length. */
const ENTRY_WORDS = { written: { least: 120, most: 350 }, translated: { least: 110, most: 400 } }

/** A telephone number typed in a text: 0 or + and at least seven digits, with at most one separator between two; or 112 or 113. */
const TYPED_NUMBER = /(?:\+|\b0)\d(?:[ \u00a0\u202f.-]?\d){6,}|\b1(?:12|13)\b/

/** Marks above and under letters that a word may have or lack, and the line that stretches Arabic. */
const OPTIONAL_MARKS = /\p{Mn}|\u0640/gu

/** Every rule on single words, in each language: neutral words where a relative may look, no typed numbers, no promises. */
export function checkWords(parts: ContentParts): Problem[] {
  const languages = Object.entries(parts.languages) as [Language, LanguageParts][]
  const stems = languages.flatMap(([, { sensitiveWords = [] }]) => sensitiveWords)
  return [
    ...(parts.sites ?? []).flatMap(({ id, tabName }) =>
      sensitive(stems, 'sites.yaml', `${id}.tabName`, tabName, 'the tab or the history'),
    ),
    ...languages.flatMap(([language, texts]) => checkLanguage(texts, language, stems)),
  ]
}

function checkLanguage(parts: LanguageParts, language: Language, stems: readonly string[]): Problem[] {
  const { neverClaimed = [], contactNames, siteNames, fronts, share, toolkit, ...texts } = parts
  const main = language === MAIN_LANGUAGE
  // What is not translated is the text of the main language, which is looked at there.
  const pages = (texts.pages ?? []).filter((page) => page.language === language)
  const entries = (texts.entries ?? []).filter((entry) => entry.language === language)
  const neutral = (file: string, field: string, value: string, reader: string) =>
    sensitive(stems, file, field, value, reader)
  const inText = ({ file, plainText }: Page | Entry) => [
    ...typedNumber(file, 'text', plainText),
    ...claims(neverClaimed, file, 'text', plainText),
  ]
  return [
    ...pages.flatMap((page) => [
      ...inText(page),
      ...typedNumber(page.file, 'lead', page.lead),
      ...claims(neverClaimed, page.file, 'lead', page.lead),
      ...(main ? neutral(page.file, 'path', page.path, 'the tab or the history') : []),
      ...neutral(page.file, 'tabTitle', page.tabTitle, 'the tab or the history'),
    ]),
    ...(contactNames?.names ?? []).flatMap(({ file, name }) =>
      neutral(`${language}/contact-names.yaml`, file, `${file} ${name}`, 'the list of contacts'),
    ),
    ...(siteNames && !main
      ? (['help', 'diary'] as const).flatMap((id) =>
          neutral(`${language}/sites.yaml`, `${id}.tabName`, siteNames[id].tabName, 'the tab or the history'),
        )
      : []),
    ...(share
      ? wordsOfShare(share).flatMap(([field, value, open]) => [
          ...(open ? [] : neutral(`${language}/share.yaml`, field, value, 'a chat or over a shoulder')),
          ...typedNumber(`${language}/share.yaml`, field, value),
          ...claims(neverClaimed, `${language}/share.yaml`, field, value),
        ])
      : []),
    ...(toolkit
      ? wordsOfToolkit(toolkit).flatMap(([field, value]) => [
          ...typedNumber(`${language}/toolkit.yaml`, field, value),
          ...claims(neverClaimed, `${language}/toolkit.yaml`, field, value),
        ])
      : []),
    ...(fronts
      ? frontTitles(fronts).flatMap(([field, title]) => neutral(`${language}/fronts.yaml`, field, title, 'passing'))
      : []),
    ...entries.flatMap((entry) => [
      ...inText(entry),
      ...(['note', 'close'] as const).flatMap((field) => typedNumber(entry.file, field, entry[field] ?? '')),
      ...lengthOf(entry, main ? ENTRY_WORDS.written : ENTRY_WORDS.translated),
    ]),
  ]
}

function frontTitles({ quiet, planned, runs }: Fronts): [string, string][] {
  const phases = (name: string, sites: (typeof runs)[string]) =>
    Object.entries(sites).flatMap(([site, texts]) =>
      Object.entries(texts ?? {}).map(([phase, { title }]): [string, string] => [
        `${name}.${site}.${phase}.title`,
        title,
      ]),
    )
  return [
    ...Object.entries(quiet).map(([site, { title }]): [string, string] => [`quiet.${site}.title`, title]),
    ...phases('planned', planned),
    ...Object.entries(runs).flatMap(([run, sites]) => phases(`runs.${run}`, sites)),
  ]
}

/** Every text of a file of shares, with its field, and whether it is meant for a public place. */
function wordsOfShare({ opening, notices, cards, messages, sheets }: Share): [string, string, boolean][] {
  const kinds = SHARE_KINDS.flatMap((kind) =>
    (['help', 'diary'] as const).flatMap((site) => [
      ...Object.entries(cards[kind][site]).map(([part, value]): [string, string, boolean] => [
        `cards.${kind}.${site}.${part}`,
        value,
        kind === 'open',
      ]),
      [`messages.${kind}.${site}`, messages[kind][site], kind === 'open'] as [string, string, boolean],
      ...Object.entries(sheets[kind][site]).map(([part, value]): [string, string, boolean] => [
        `sheets.${kind}.${site}.${part}`,
        [value].flat().join(' '),
        kind === 'open',
      ]),
    ]),
  )
  return [
    ...Object.entries({ opening, notices }).flatMap(([part, words]) =>
      Object.entries(words).map(([name, value]): [string, string, boolean] => [`${part}.${name}`, value, false]),
    ),
    ...kinds,
  ]
}

/** Every text of a toolkit, with its field. */
export function wordsOfToolkit({ download, readme, files, messages, press, use, window }: Toolkit): [string, string][] {
  const titled = (field: string, { title, text }: Toolkit['press']): [string, string][] => [
    [`${field}.title`, title],
    ...text.map((value, index): [string, string] => [`${field}.text.${index}`, value]),
  ]
  return [
    ['download', download],
    ...titled('readme', readme),
    ...Object.entries({ ...files }).map(([file, value]): [string, string] => [`files.${file}`, value]),
    ...Object.entries({ ...messages }).map(([kind, value]): [string, string] => [`messages.${kind}`, value]),
    ...titled('press', press),
    ...use.flatMap((part, index) => titled(`use.${index}`, part)),
    ...titled('window', window),
    ['window.button', window.button],
  ]
}

function lengthOf({ file, words }: Entry, { least, most }: { least: number; most: number }): Problem[] {
  return words < least || words > most
    ? [{ file, field: 'text', problem: `has ${words} words`, remedy: `write ${least} to ${most} words` }]
    : []
}

function typedNumber(file: string, field: string, text: string): Problem[] {
  const typed = TYPED_NUMBER.exec(text)
  return typed
    ? [
        {
          file,
          field,
          problem: `a telephone number is typed in the text: ${typed[0]}`,
          remedy: 'write :tel[id] in the text, or leave it out, so that the number lives once, in helplines.yaml',
        },
      ]
    : []
}

function claims(neverClaimed: readonly string[], file: string, field: string, text: string): Problem[] {
  const spellings = inSmallLetters(text)
  const claim = neverClaimed.find((words) => spellings.some((written) => written.includes(words)))
  return claim
    ? [
        {
          file,
          field,
          problem: `promises too much: "${claim}"`,
          remedy: 'say what is so and what is not; a reader may rely on it',
        },
      ]
    : []
}

// The words of every language: a relative may read another one than the reader.
function sensitive(stems: readonly string[], file: string, field: string, value: string, reader: string): Problem[] {
  const word = sensitiveWordIn(value, stems)
  return word
    ? [
        {
          file,
          field,
          problem: `"${value}" contains "${word}", which a relative may read in ${reader}`,
          remedy: 'choose neutral words',
        },
      ]
    : []
}

/** The first of the stems that a text contains, with spaces or hyphens between its words. */
export function sensitiveWordIn(value: string, stems: readonly string[]): string | undefined {
  const written = inSmallLetters(value).flatMap((text) => [text, text.replaceAll('-', ' ')])
  return stems.find((stem) => written.some((text) => text.includes(stem)))
}

/** A text in small letters, also as Turkish writes them (İ i, I ı), without marks. */
function inSmallLetters(text: string): string[] {
  return [text.toLowerCase(), text.toLocaleLowerCase('tr')].map((written) =>
    written.normalize('NFC').replace(OPTIONAL_MARKS, ''),
  )
}
