import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseDocument } from 'yaml'
import type { z } from 'zod'
import { isTooDeep, readMarkdown, type MarkdownFile } from './markdown.ts'
import { problemsOfSchema, type Problem } from './problem.ts'
import {
  MAIN_LANGUAGE,
  TRANSLATIONS,
  type ContentParts,
  type Language,
  type LanguageParts,
  type Site,
  type SiteNames,
  type Text,
} from './read.ts'
import * as schema from './schema.ts'
import { mergeTranslation, type TranslationWords } from './translation.ts'
import * as wordsSchema from './translation-schema.ts'

/** The folder as far as it could be read, and what is wrong with the form of its files. Rules between files: check.ts. */
export interface Reading {
  readonly parts: ContentParts
  readonly problems: readonly Problem[]
}

/**
 * Reads the folder and checks the form of every file, going on after a problem so that all of them are reported.
 * @param languagesToRead the translations to read; all of them, but for a test of the main language alone
 * @param parse reads one Markdown file; a test that reads the same files again and again remembers what it read
 */
export function readContentFolder(
  folder: string,
  languagesToRead: readonly Language[] = TRANSLATIONS,
  parse = readMarkdown,
): Reading {
  const problems: Problem[] = []
  const read = new FolderReader(folder, problems, parse)

  const sites = read.yaml('sites.yaml', schema.sitesSchema)
  const runs = read.yaml('runs.yaml', schema.runsSchema)
  const earlierTotals = read.yaml('earlier-totals.yaml', schema.earlierTotalsSchema)
  const helplines = read.yaml('helplines.yaml', schema.helplinesSchema)
  const owner = read.yaml('owner.yaml', schema.ownerSchema)
  const estimates = read.yaml('estimates.yaml', schema.estimatesSchema)
  const traces = read.json('traces.json', schema.tracesSchema)
  const accessibility = read.has('accessibility.json')
    ? read.json('accessibility.json', schema.accessibilitySchema)
    : undefined
  const pictures = read.pictures('pictures')
  const main = mainLanguage(read, sites?.sites)
  const translations = languagesToRead.map(
    (language) => [language, mergeTranslation(main, translationWords(read, language), language, problems)] as const,
  )
  const languages = Object.fromEntries([[MAIN_LANGUAGE, main], ...translations]) as Record<Language, LanguageParts>
  return {
    parts: {
      exit: sites?.exit,
      entrance: sites?.entrance,
      sites: sites?.sites,
      runs,
      earlierTotals,
      helplines,
      owner,
      estimates,
      traces,
      accessibility,
      pictures,
      languages,
    },
    problems,
  }
}

function mainLanguage(read: FolderReader, sites: readonly Site[] | undefined): LanguageParts {
  const language = MAIN_LANGUAGE
  return {
    pageIds: read.names(`${language}/pages`, '.md'),
    entryFiles: read.names(`${language}/diary`, '.md'),
    pages: read.markdown(`${language}/pages`, schema.pageSchema, (id) => ({ id, language })),
    entries: read.markdown(`${language}/diary`, schema.entrySchema, () => ({ language })),
    helplineTexts: read.yaml(`${language}/helplines.yaml`, schema.helplineTextsSchema),
    estimateTexts: read.yaml(`${language}/estimates.yaml`, schema.estimateTextsSchema),
    fronts: read.yaml(`${language}/fronts.yaml`, schema.frontsSchema),
    guide: read.yaml(`${language}/guide.yaml`, schema.guideSchema),
    share: read.yaml(`${language}/share.yaml`, schema.shareSchema),
    toolkit: read.yaml(`${language}/toolkit.yaml`, schema.toolkitSchema),
    contactNames: read.yaml(`${language}/contact-names.yaml`, schema.contactNamesSchema),
    sensitiveWords: read.yaml(`${language}/sensitive-words.yaml`, schema.sensitiveWordsSchema),
    neverClaimed: read.yaml(`${language}/never-claimed.yaml`, schema.neverClaimedSchema),
    plainLanguage: read.yaml(`${language}/plain-language.yaml`, schema.plainLanguageSchema),
    siteNames:
      sites && (Object.fromEntries(sites.map(({ id, name, tabName }) => [id, { name, tabName }])) as SiteNames),
    translations: {},
    texts: read.json(`${language}/texts.json`, schema.textsSchema),
  }
}

function translationWords(read: FolderReader, language: Language): TranslationWords {
  return {
    pages: read.markdown(`${language}/pages`, wordsSchema.pageWordsSchema, (id) => ({ id })),
    entries: read.markdown(`${language}/diary`, wordsSchema.entryWordsSchema, (id) => ({ id })),
    helplineTexts: read.yaml(`${language}/helplines.yaml`, wordsSchema.helplineWordsSchema),
    guide: read.yaml(`${language}/guide.yaml`, wordsSchema.guideWordsSchema),
    contactNames: read.yaml(`${language}/contact-names.yaml`, wordsSchema.contactNameWordsSchema),
    whole: {
      estimateTexts: read.yaml(`${language}/estimates.yaml`, schema.estimateTextsSchema),
      fronts: read.yaml(`${language}/fronts.yaml`, schema.frontsSchema),
      share: read.yaml(`${language}/share.yaml`, schema.shareSchema),
      toolkit: read.yaml(`${language}/toolkit.yaml`, schema.toolkitSchema),
      sensitiveWords: read.yaml(`${language}/sensitive-words.yaml`, schema.sensitiveWordsSchema),
      neverClaimed: read.yaml(`${language}/never-claimed.yaml`, schema.neverClaimedSchema),
      plainLanguage: read.yaml(`${language}/plain-language.yaml`, schema.plainLanguageSchema),
      siteNames: read.yaml(`${language}/sites.yaml`, wordsSchema.siteNamesSchema),
      translations: read.yaml(`${language}/translations.yaml`, wordsSchema.translationsSchema),
      texts: read.json(`${language}/texts.json`, schema.textsSchema),
    },
  }
}

class FolderReader {
  constructor(
    private readonly folder: string,
    private readonly problems: Problem[],
    private readonly parse: (source: string) => MarkdownFile,
  ) {}

  yaml<Schema extends z.ZodType>(file: string, schema: Schema): z.infer<Schema> | undefined {
    const source = this.text(file)
    if (source === undefined) return undefined
    const document = parseDocument(source)
    for (const error of document.errors) {
      this.problems.push({
        file,
        field: `line ${error.linePos?.[0].line ?? '?'}`,
        problem: error.message.split('\n')[0] ?? error.message,
        remedy: 'correct the YAML; a text with a colon or a # needs quotes',
      })
    }
    if (document.errors.length > 0) return undefined
    let value: unknown
    try {
      value = document.toJS()
    } catch (error) {
      // A name that stands for nothing, or for more than memory holds, is noticed only now.
      this.problems.push({
        file,
        field: '(the whole file)',
        problem: String(error),
        remedy: 'write out what *name stands for; a text that begins with * or & needs quotes',
      })
      return undefined
    }
    return this.checked(file, schema, value)
  }

  json<Schema extends z.ZodType>(file: string, schema: Schema): z.infer<Schema> | undefined {
    const source = this.text(file)
    if (source === undefined) return undefined
    let value: unknown
    try {
      value = JSON.parse(source)
    } catch (error) {
      this.problems.push({
        file,
        field: '(the whole file)',
        problem: String(error).replace(/\s+/g, ' '),
        remedy: 'correct the JSON: look for a missing comma or quote',
      })
      return undefined
    }
    return this.checked(file, schema, value)
  }

  markdown<Schema extends z.ZodType, Extra>(
    subfolder: string,
    schema: Schema,
    extra: (id: string) => Extra,
  ): (z.infer<Schema> & Text & Extra & { file: string })[] {
    return this.names(subfolder, '.md').flatMap((id) => {
      const file = `${subfolder}/${id}.md`
      const source = readFileSync(join(this.folder, file), 'utf8')
      if (isTooDeep(source)) {
        this.problems.push({
          file,
          field: 'text',
          problem: 'has lists, quotes or boxes too deep in each other, or too many boxes',
          remedy: 'write it as a text for people; a box ends with a line of :::',
        })
        return []
      }
      let markdown: MarkdownFile
      try {
        markdown = this.parse(source)
      } catch (error) {
        this.problems.push({
          file,
          field: 'front matter',
          problem: String(error).split('\n')[0] ?? '',
          remedy: 'correct the YAML between the two lines of ---; a text with a colon needs quotes',
        })
        return []
      }
      for (const directive of markdown.references.unknownDirectives) {
        this.problems.push({
          file,
          field: 'text',
          problem: `":${directive}" is not something the site knows`,
          remedy: 'correct the spelling (docs/content.md lists them), or put a space after the colon',
        })
      }
      for (const address of markdown.references.unknownLinks) {
        this.problems.push({
          file,
          field: 'text',
          problem: `"${address}" is no address that a text may lead to or show`,
          remedy: 'write page:name, entry:day, https: or mailto:; a drawing goes into the field picture',
        })
      }
      const { frontMatter, ...text } = markdown
      const fields = this.checked(file, schema, frontMatter)
      return fields === undefined
        ? []
        : [{ ...(fields as object), ...text, ...extra(id), file } as z.infer<Schema> & Text & Extra & { file: string }]
    })
  }

  pictures(subfolder: string): Record<string, string> | undefined {
    const names = this.names(subfolder, '.svg')
    return names.length === 0
      ? undefined
      : Object.fromEntries(
          names.map((id) => [id, readFileSync(join(this.folder, subfolder, `${id}.svg`), 'utf8').trim()]),
        )
  }

  names(subfolder: string, extension: string): string[] {
    const path = join(this.folder, subfolder)
    if (!existsSync(path)) {
      const known = this.problems.some(({ file }) => file === subfolder)
      if (!known)
        this.problems.push({
          file: subfolder,
          field: '(the folder)',
          problem: 'the folder is missing',
          remedy: 'make it, or put it back from version control',
        })
      return []
    }
    return readdirSync(path)
      .filter((file) => file.endsWith(extension))
      .map((file) => file.slice(0, -extension.length))
      .sort()
  }

  /** Whether a file is there that may be absent. */
  has(file: string): boolean {
    return existsSync(join(this.folder, file))
  }

  private text(file: string): string | undefined {
    const path = join(this.folder, file)
    if (existsSync(path)) return readFileSync(path, 'utf8')
    this.problems.push({
      file,
      field: '(the whole file)',
      problem: 'the file is missing',
      remedy: 'make it, or put it back from version control',
    })
    return undefined
  }

  private checked<Schema extends z.ZodType>(file: string, schema: Schema, value: unknown): z.infer<Schema> | undefined {
    const result = schema.safeParse(value)
    if (result.success) return result.data
    this.problems.push(...problemsOfSchema(file, result.error))
    return undefined
  }
}
