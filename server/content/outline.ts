import { translationWarnings } from './translations.ts'
import type { Problem } from './problem.ts'
import type { Content, Entry, Language, LanguageContent, Page, Text } from './read.ts'

type WithoutText<Written> = Omit<Written, keyof Text>

/** One language of the content without the words that stand in the pages already. */
export interface LanguageOutline extends Pick<LanguageContent, 'contactNames' | 'share' | 'siteNames' | 'texts'> {
  readonly pages: readonly WithoutText<Page>[]
  readonly entries: readonly WithoutText<Entry>[]
}

/**
 * What the readers' process needs of the content: addresses, runs, helplines to be checked. The text of a page is in the page that the
 * build made; as a tree it takes ten times the memory, and nobody asks that process for it.
 */
export interface Outline extends Omit<Content, 'languages' | 'pictures' | 'estimates'> {
  readonly languages: Readonly<Record<Language, LanguageOutline>>
}

/** What the build keeps for the readers' process. */
export interface KeptOutline {
  readonly outline: Outline
  /** What translators must look at: it takes every text to know, and is the same on every day. */
  readonly translations: readonly Problem[]
}

const TEXT = ['body', 'references', 'words', 'plainText'] as const satisfies readonly (keyof Text)[]

/** The outline of content, and what is to be said of its translations. */
export function outlineOf(content: Content): KeptOutline {
  const { exit, entrance, sites, runs, earlierTotals, helplines, owner, traces, accessibility, languages } = content
  const outlined = Object.entries(languages).map(([language, words]) => [language, outlineOfLanguage(words)] as const)
  return {
    outline: {
      ...{ exit, entrance, sites, runs, earlierTotals, helplines, owner, traces, accessibility },
      languages: Object.fromEntries(outlined) as Record<Language, LanguageOutline>,
    },
    translations: translationWarnings(content),
  }
}

function outlineOfLanguage({
  pages,
  entries,
  contactNames,
  share,
  siteNames,
  texts,
}: LanguageContent): LanguageOutline {
  return { pages: pages.map(withoutText), entries: entries.map(withoutText), contactNames, share, siteNames, texts }
}

function withoutText<Written extends Text>(written: Written): WithoutText<Written> {
  const kept = Object.entries(written).filter(([field]) => !TEXT.some((name) => name === field))
  return Object.fromEntries(kept) as WithoutText<Written>
}
