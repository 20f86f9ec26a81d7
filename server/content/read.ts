import type { z } from 'zod'
import type { Run } from '#campaign/run.ts'
import type { MarkdownFile } from './markdown.ts'
import type * as schema from './schema.ts'
import type * as wordsSchema from './translation-schema.ts'

// What the content is, once it was read (read-folder.ts). Types and the languages alone: the readers' process has this file, and nothing that
// reads YAML or Markdown.

/** A run of the campaign, with how its visitors are counted; one that was planned on the screen may lack texts of its own. */
export type ContentRun = Run & Pick<z.infer<typeof schema.runsSchema>[number], 'visitors'>
export type Site = z.infer<typeof schema.sitesSchema>['sites'][number]
export type Helpline = z.infer<typeof schema.helplinesSchema>[number]
export type HelplineText = z.infer<typeof schema.helplineTextsSchema>[string]
export type Owner = z.infer<typeof schema.ownerSchema>
export type Estimates = z.infer<typeof schema.estimatesSchema>
export type EstimateTexts = z.infer<typeof schema.estimateTextsSchema>
export type Fronts = z.infer<typeof schema.frontsSchema>
export type Share = z.infer<typeof schema.shareSchema>
export type Toolkit = z.infer<typeof schema.toolkitSchema>
export type Guide = z.infer<typeof schema.guideSchema>
export type Traces = z.infer<typeof schema.tracesSchema>
export type Accessibility = z.infer<typeof schema.accessibilitySchema>
export type ContactNames = z.infer<typeof schema.contactNamesSchema>

export type SiteNames = z.infer<typeof wordsSchema.siteNamesSchema>

/** What was read of a Markdown file beside its front matter. */
export type Text = Omit<MarkdownFile, 'frontMatter'>

/** The language that a text is written in: the main language for one that is not translated. */
interface Written {
  readonly language: Language
}

/** A page of the help site; some are on the diary site too. */
export type Page = z.infer<typeof schema.pageSchema> & Text & Written & { readonly id: string; readonly file: string }

/** One diary page. */
export type Entry = z.infer<typeof schema.entrySchema> & Text & Written & { readonly file: string }

/** Everything in one language. */
export interface LanguageContent {
  readonly pages: readonly Page[]
  readonly entries: readonly Entry[]
  readonly helplineTexts: Readonly<Record<string, HelplineText>>
  readonly estimateTexts: EstimateTexts
  readonly fronts: Fronts
  readonly guide: Guide
  readonly share: Share
  readonly toolkit: Toolkit
  readonly contactNames: ContactNames
  readonly sensitiveWords: readonly string[]
  /** Promises that no text may make. */
  readonly neverClaimed: readonly string[]
  readonly plainLanguage: z.infer<typeof schema.plainLanguageSchema>
  /** How the two sites are called, on the page and in the tab. */
  readonly siteNames: SiteNames
  /** What each file of a translation was made from, and whether a native speaker read it; empty for the main language. */
  readonly translations: z.infer<typeof wordsSchema.translationsSchema>
  /** The words of the screen: buttons, labels, errors. Read by use-intl. */
  readonly texts: Record<string, unknown>
}

/** Everything a reader can see, as it stands in the folder `content`. */
export interface Content {
  readonly exit: string
  readonly entrance: z.infer<typeof schema.sitesSchema>['entrance']
  readonly sites: readonly Site[]
  readonly runs: readonly ContentRun[]
  readonly earlierTotals: z.infer<typeof schema.earlierTotalsSchema>
  readonly helplines: readonly Helpline[]
  readonly owner: Owner
  readonly estimates: Estimates
  /** What the last recorded run of the trace test found. */
  readonly traces: Traces
  /** What the last recorded run of the accessibility tests looked at; absent while none was recorded. */
  readonly accessibility: Accessibility | undefined
  /** SVG drawings by name. */
  readonly pictures: Readonly<Record<string, string>>
  readonly languages: Readonly<Record<Language, LanguageContent>>
}

/** The language that the texts are written in first, at the paths without a language. It alone has the structure of the content. */
export const MAIN_LANGUAGE = 'nl'

/** The languages that the texts are translated into, each under a path of its own. */
export const TRANSLATIONS = ['en', 'tr', 'ar'] as const

export const LANGUAGES = [MAIN_LANGUAGE, ...TRANSLATIONS] as const
export type Language = (typeof LANGUAGES)[number]

type PartsOf<Whole> = { readonly [Part in keyof Whole]?: Whole[Part] | undefined }

/** What could be read of one language, with the names of all its files. */
export type LanguageParts = PartsOf<LanguageContent> & {
  readonly pageIds: readonly string[]
  readonly entryFiles: readonly string[]
}

/** What could be read. A file of the wrong form is absent, so that every rule that does not need it can still be checked. */
export type ContentParts = PartsOf<Omit<Content, 'languages'>> & {
  readonly languages: Readonly<Record<Language, LanguageParts>>
}
