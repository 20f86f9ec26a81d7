import { z } from 'zod'
import { parseDay } from '#campaign/day.ts'

export const text = z.string().trim().min(1, 'is empty')
export const name = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'is not a simple name: use small letters, digits and hyphens')
const siteId = z.enum(['help', 'diary'])
const host = z
  .hostname('is not a host name')
  .refine((value) => value === value.toLowerCase(), 'has capitals; write small letters')
const https = z.url({ protocol: /^https$/, error: 'is not an https address' })

/** A calendar day in Europe/Amsterdam. */
export const day = z.string().transform((value, context) => {
  try {
    return parseDay(value)
  } catch (error) {
    context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : String(error) })
    return z.NEVER
  }
})

/** content/sites.yaml */
export const sitesSchema = z.strictObject({
  /** Where the exit goes: neutral, fast, the same for everybody. */
  exit: https,
  /** Who may show the window of help on their own pages: exact origins, and a host name on a developer's machine. */
  entrance: z.strictObject({
    origins: z.array(
      https.refine(
        (value) => URL.canParse(value) && new URL(value).origin === value,
        'is not an origin: write https:// and the host name, without a path',
      ),
    ),
    local: host,
  }),
  sites: z.array(
    z.strictObject({
      id: siteId,
      /** The name on the page. */
      name: text,
      /** The name in the browser's tab and history: neutral. */
      tabName: text,
      mark: name,
      /** Host names in production, the main one first. */
      hosts: z.array(host).min(1, 'needs at least one host name'),
      /** The host name on a developer's machine. */
      local: host,
    }),
  ),
})

/** content/runs.yaml */
export const runsSchema = z.array(
  z.strictObject({
    id: name,
    name: text,
    firstDay: day,
    lastDay: day,
    sites: z.array(siteId).min(1, 'names no site'),
    announcedFrom: day.optional(),
    rememberedUntil: day.optional(),
    /** How many visitors to expect: small (to 2,000), standard (to 50,000), large (to 5 million); none counts visits only. */
    visitors: z.enum(['none', 'small', 'standard', 'large']).default('standard'),
  }),
)

/** content/earlier-totals.yaml: totals that were published before this site counted by itself. */
export const earlierTotalsSchema = z.array(
  z.strictObject({
    site: siteId,
    /** What it is the total of, for example 2014. */
    period: text,
    firstDay: day,
    lastDay: day,
    value: z.number().int().nonnegative(),
    source: text,
  }),
)

const provenance = {
  source: https.or(text),
  /** A year, a year and month, or `undated (2019-2024)`. */
  sourceDate: z
    .string()
    .regex(
      /^(\d{4}(-\d{2}){0,2}|undated( \(.+\))?)$/,
      'is not a date: write "2023", "2023-06" or "undated (2019-2024)"',
    ),
  confidence: z.enum(['high', 'medium-high', 'medium', 'low']),
  /** The day somebody last compared the text with the source. */
  checked: day,
}

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is not a time: write it as 09:00')

/** content/helplines.yaml */
export const helplinesSchema = z.array(
  z.strictObject({
    id: name,
    kind: z.enum(['phone', 'whatsapp', 'chat', 'mail', 'site', 'app']),
    /** As people write it. */
    display: text,
    /** As a telephone dials it. */
    tel: z
      .string()
      .regex(/^(\+\d{6,15}|\d{3,11})$/, 'is not a number to dial: digits only, with + and the country for abroad')
      .optional(),
    url: https.optional(),
    mail: z.email('is not a mail address').optional(),
    reach: z.enum(['netherlands', 'anywhere', 'caribbean', 'belgium']),
    /** Days of the week, 1 = Monday, with times in Europe/Amsterdam. */
    hours: z.union([
      z.strictObject({ always: z.literal(true) }),
      z.strictObject({ unknown: z.literal(true) }),
      z.strictObject({ days: z.array(z.number().int().min(1).max(7)).min(1), from: time, to: time }),
    ]),
    cost: z.enum(['free', 'normal', 'unknown']),
    /** Whether it stays visible on the telephone: in the call list or in the app. */
    inCallList: z.boolean(),
    ...provenance,
    /** From this day the build warns that somebody must check it again. */
    reviewBy: day,
  }),
)

/** content/<language>/helplines.yaml, by the id of the helpline. */
export const helplineTextsSchema = z.record(
  name,
  z.strictObject({
    name: text,
    who: text,
    when: text,
    cost: text,
    talk: text,
    trace: text,
    group: z.enum(['now', 'netherlands', 'abroad', 'young', 'more']),
  }),
)

/** content/owner.yaml: who is behind the site. */
export const ownerSchema = z.strictObject({
  /** Set to true once every line is filled in; until then the server warns at every start. */
  filled: z.boolean(),
  name: text,
  address: text,
  email: text,
  phone: text,
  registration: text,
  /** The day on which the owner accepted what HIDE_VISITS costs; false: not accepted, and the server does not hide visits. */
  acceptsHiddenVisits: z.union([z.literal(false), day]).default(false),
})

/** content/estimates.yaml: three counts per subject over one period, made by three methods. */
export const estimatesSchema = z.strictObject({
  period: text,
  source: text,
  sourceDate: text,
  respondents: z.number().int().positive(),
  municipalities: z.number().int().positive(),
  rows: z.array(
    z
      .strictObject({ id: name, registered: z.number().int(), low: z.number().int(), high: z.number().int() })
      .refine(
        (row) => row.registered <= row.low && row.low <= row.high,
        'is not a range: registered, low and high must not go down',
      ),
  ),
})

/** content/<language>/estimates.yaml */
export const estimateTextsSchema = z.strictObject({
  caption: text,
  rows: z.record(name, text),
  methods: z.strictObject({ registered: text, low: text, high: text }),
  note: text,
})

/** The front matter of content/<language>/pages/<id>.md */
export const pageSchema = z.strictObject({
  path: name,
  tabTitle: text,
  title: text,
  door: text.optional(),
  lead: text,
  sites: z.array(siteId).min(1, 'names no site'),
  order: z.number(),
  picture: name.optional(),
  abroad: z.boolean().default(false),
  /** Whether the foot of every page names it; a page for a few readers need not be a part of every page. */
  footer: z.boolean().default(true),
  /** Whether opens of the page are counted; never those of a page about the reader's safety. */
  counted: z.boolean().default(true),
  /** Whether a page of the help site is in the window on other sites too. */
  window: z.boolean().default(true),
  helplines: z.array(name).default([]),
  next: z.array(name).max(3, 'has more than three pages').default([]),
  facts: z.array(z.strictObject({ id: name, says: text, ...provenance })).default([]),
})

/** The front matter of content/<language>/diary/<day>.md */
export const entrySchema = z.strictObject({
  day: z.number().int().min(1),
  title: text,
  form: z.enum(['page', 'list', 'chat', 'poem', 'letter']),
  picture: name,
  note: text.refine((value) => value.split(/\s+/).length <= 25, 'is longer than 25 words').optional(),
  close: text,
  helplines: z.array(name).min(1, 'names no helpline'),
})

const frontText = z.strictObject({ title: text, text })
const phaseTexts = z.strictObject({ before: frontText, during: frontText, after: frontText })

/** content/<language>/fronts.yaml: the texts while no run is near, those of a run without texts of its own, and those of each run by its id. */
export const frontsSchema = z.strictObject({
  quiet: z.strictObject({ help: frontText, diary: frontText }),
  /** For a run that is planned on the screen: they fit any run, so they name no date. */
  planned: z.strictObject({ help: phaseTexts, diary: phaseTexts }),
  runs: z.record(name, z.strictObject({ help: phaseTexts.optional(), diary: phaseTexts.optional() })),
})

/** content/<language>/guide.yaml: questions whose answers lead to a question or a result. */
export const guideSchema = z.strictObject({
  start: name,
  steps: z.array(
    z.strictObject({
      id: name,
      question: text,
      hint: text.optional(),
      answers: z.array(z.strictObject({ text, to: name })).min(2, 'has fewer than two answers'),
    }),
  ),
  results: z.array(
    z.strictObject({ id: name, title: text, text, page: name, helplines: z.array(name).min(1, 'names no helpline') }),
  ),
})

const ofEachSite = <Schema extends z.ZodType>(words: Schema) => z.strictObject({ help: words, diary: words })
const card = z.strictObject({
  title: text.max(40, 'is longer than 40 signs'),
  text: text.max(110, 'is longer than 110 signs'),
})
const message = text.refine((value) => value.split('{address}').length === 2, 'does not have {address} once')
/** Lines as they stand on paper: nothing is broken by itself. */
const sheet = z.strictObject({
  headline: z.array(text).min(1).max(3),
  text: z.array(text).max(4),
  scan: text,
  close: text,
})

/** content/<language>/share.yaml: the words that leave the site with a link, and those that receive its reader. */
export const shareSchema = z.strictObject({
  /** What a chat shows of a link. */
  cards: z.strictObject({ discreet: ofEachSite(card), open: ofEachSite(card) }),
  /** What the sender writes. */
  messages: z.strictObject({ discreet: ofEachSite(message), open: ofEachSite(message) }),
  /** The first screen of a discreet link. */
  opening: z.strictObject({ text, read: text, close: text }),
  /** One line above the page when a code is not known or not used any more. */
  notices: z.strictObject({ unknown: text, ended: text }),
  /** Posters, strips and pictures. */
  sheets: z.strictObject({ discreet: ofEachSite(sheet), open: ofEachSite(sheet) }),
})

const titled = { title: text, text: z.array(text).min(1) }

/** content/<language>/toolkit.yaml: the words of the archive with posters and pictures; each text is a paragraph or a point. */
export const toolkitSchema = z.strictObject({
  /** The words of the link to it. */
  download: text,
  readme: z.strictObject(titled),
  /** What each kind of file is. */
  files: z.strictObject({
    a4: text,
    a5: text,
    strips: text,
    discreetStrips: text,
    story: text,
    banner: text,
    code: text,
    messages: text,
    press: text,
    use: text,
    window: text,
  }),
  /** Where a message of each kind belongs. */
  messages: z.strictObject({ discreet: text, open: text }),
  press: z.strictObject(titled),
  /** How to use it safely. */
  use: z.array(z.strictObject(titled)).min(1),
  window: z.strictObject({ ...titled, button: text }),
})

/** content/<language>/contact-names.yaml: neutral names for the contact file, and a word about choosing one. */
export const contactNamesSchema = z.strictObject({
  names: z.array(z.strictObject({ file: name, name: text })).min(2, 'has fewer than two names'),
  note: text,
})

/** content/<language>/never-claimed.yaml: promises that no text may make. */
export const neverClaimedSchema = z
  .array(text.refine((word) => word === word.toLowerCase(), 'has capitals; write small letters'))
  .min(1)

const traceOfVisit = z.strictObject({
  /** Lines of the site that the history page of the browser shows, and their titles. */
  visibleRows: z.number().int().nonnegative(),
  titles: z.array(text).default([]),
  /** Phrases of the pages that were read, found in the browser's files. Absent: its files were not searched. */
  wordsOnDisk: z.number().int().nonnegative().optional(),
  /** The browser's files that hold the host name of the site. Absent: its files were not searched. */
  hostIn: z.array(text).optional(),
  /** Back and Forward showed nothing of the site. Absent: it was not tried. */
  backShowsNothing: z.literal(true).optional(),
})

/** How a reader came, in the order in which the page for readers tells of it. */
const ARRIVALS = ['typed', 'link', 'search', 'program', 'discreet', 'open', 'middle'] as const

/** What one visit left, for the way in which she came and the way in which it ended (e2e/traces/cases.ts). */
const measuredVisit = z.strictObject({
  arrival: z.enum(ARRIVALS),
  ending: z.enum(['exit', 'close', 'kill', 'reopen', 'back']),
  /** HIDE_VISITS of the server. */
  hideVisits: z.enum(['off', 'chromium']),
  script: z.boolean(),
  /** Lines that the history page shows. */
  lines: z.number().int().nonnegative(),
  /** Whether the page of a new tab has a tile of ours. */
  tile: z.boolean(),
  /** What was typed in the address bar and had it offer a page of ours. */
  suggestedFor: z.array(text),
  /** Whether Back, or the tab that was closed and opened again, shows a page of ours; absent where that was not tried. */
  backShows: z.boolean().optional(),
  reopenedShows: z.boolean().optional(),
  /** Whether the list of downloads names our site. */
  downloads: z.boolean(),
  /** Files that hold our name in any spelling, a word of the path, and a sentence that was read. */
  nameIn: z.array(text),
  pathIn: z.array(text),
  sentenceIn: z.array(text),
})

/** content/traces.json: what the last recorded run of the trace test found (`npm run traces`). Absent cases were not tried. */
export const tracesSchema = z.strictObject({
  recorded: day,
  browsers: z
    .array(
      z.strictObject({
        name: text,
        version: text,
        cases: z.strictObject({
          left: traceOfVisit,
          closed: traceOfVisit.optional(),
          withoutScript: traceOfVisit.optional(),
          entrance: traceOfVisit.optional(),
          passedOn: traceOfVisit.optional(),
        }),
      }),
    )
    .min(1, 'names no browser'),
  /** By the way a reader came, in a browser with a window and under names of a real ending (`npm run traces`). */
  visits: z
    .strictObject({ recorded: day, browser: text, version: text, measured: z.array(measuredVisit).min(1) })
    .optional(),
  /** The same search of sites that are made in other ways, after their exit: it finds them (docs/safety.md). */
  others: z
    .array(
      z.strictObject({
        way: text,
        pages: z.number().int().positive(),
        visibleRows: z.number().int().positive(),
        backShows: z.boolean(),
        wordsOnDisk: z.number().int().nonnegative(),
      }),
    )
    .default([]),
})

/** content/<language>/texts.json: the messages of the screen (ICU MessageFormat), in groups. */
export const textsSchema: z.ZodType<Record<string, unknown>> = z.record(
  z.string(),
  z.union([z.string(), z.lazy(() => textsSchema)], 'is neither a text nor a group of texts'),
)

const pagesLookedAt = z.number().int().positive()

/** content/accessibility.json: what the last recorded run of the accessibility tests looked at and found right (`npm run accessibility`). */
export const accessibilitySchema = z.strictObject({
  recorded: day,
  browser: z.strictObject({ name: text, version: text }),
  axe: z.strictObject({ version: text, rules: z.number().int().positive() }),
  /** Widths of the screens, in CSS pixels. */
  widths: z.array(z.number().int().positive()).min(1, 'names no width'),
  /** Pages that each test looked at; a page in another language is another page. */
  pages: z.strictObject({
    rules: pagesLookedAt,
    layout: pagesLookedAt,
    contrast: pagesLookedAt,
    exit: pagesLookedAt,
    keyboard: pagesLookedAt,
    ownColours: pagesLookedAt,
    textOnly: pagesLookedAt,
  }),
})

/** content/<language>/plain-language.yaml: what the alarm for hard texts listens to, and what was accepted. */
export const plainLanguageSchema = z.strictObject({
  /** Words in a sentence. */
  longestSentence: z.number().int().positive(),
  hardWords: z.array(text),
  abbreviations: z.array(text),
  knownCapitals: z.array(text),
  accepted: z.array(z.strictObject({ file: text, words: text, why: text })),
})

/** content/<language>/sensitive-words.yaml: word stems that may not show outside the page itself. */
export const sensitiveWordsSchema = z
  .array(text.refine((word) => word === word.toLowerCase(), 'has capitals; write small letters'))
  .min(1)
