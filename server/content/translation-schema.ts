import { z } from 'zod'
import { day, entrySchema, helplineTextsSchema, name, pageSchema, text } from './schema.ts'

// A translation holds words only. What is the same in every language (paths, order, drawings, helplines, sources, where an
// answer leads) lives once, in content/nl.

const { tabTitle, title, door, lead } = pageSchema.shape

/** The front matter of content/<translation>/pages/<id>.md; facts by their id. */
export const pageWordsSchema = z.strictObject({ tabTitle, title, door, lead, facts: z.record(name, text).default({}) })

/** The front matter of content/<translation>/diary/<day>.md */
export const entryWordsSchema = z.strictObject({
  title: entrySchema.shape.title,
  note: entrySchema.shape.note,
  close: entrySchema.shape.close,
})

/** content/<translation>/helplines.yaml */
export const helplineWordsSchema = z.record(name, helplineTextsSchema.valueType.omit({ group: true }).strict())

/** content/<translation>/guide.yaml: the answers of a step in the order of the Dutch ones. */
export const guideWordsSchema = z.strictObject({
  steps: z.record(name, z.strictObject({ question: text, hint: text.optional(), answers: z.array(text) })),
  results: z.record(name, z.strictObject({ title: text, text })),
})

/** content/<translation>/contact-names.yaml */
export const contactNameWordsSchema = z.strictObject({ names: z.record(name, text), note: text })

/** content/<translation>/sites.yaml: how the two sites are called in this language, on the page and in the tab. */
export const siteNamesSchema = z.strictObject({
  help: z.strictObject({ name: text, tabName: text }),
  diary: z.strictObject({ name: text, tabName: text }),
})

/** content/<translation>/translations.yaml, by file: what each translation was made from, and who looked at it. */
export const translationsSchema = z.record(
  z.string(),
  z.strictObject({
    /** The version of the Dutch words it was made from (translations.ts). */
    source: z.string().regex(/^[0-9a-f]{12}$/, 'is not a version: let `npm run content:translated` write it'),
    translated: day,
    /** The day a native speaker read it; null until somebody did. */
    read: day.nullable(),
  }),
)
