import { parse, type DefaultTreeAdapterTypes } from 'parse5'
import type { CalendarDay } from '#campaign/day.ts'
import { PHASES, problemsOfRuns } from '#campaign/run.ts'
import { LANGUAGES, type Content, type Entry, type LanguageContent, type Page } from './read.ts'
import type { Problem } from './problem.ts'

/** A fact older than this year is shown only with the date it was checked. */
const OLDEST_UNMARKED_YEAR = 2024

/** Words of a diary entry: the least and the most. */
const ENTRY_WORDS = { least: 120, most: 350 }

const MOST_QUESTIONS = 5

/** First parts of a path that the site itself uses. */
const RESERVED_PATHS = new Set(['uit', 'naar', 'beheer'])

const SVG_ELEMENTS = new Set(['svg', 'g', 'path', 'circle', 'ellipse', 'rect', 'line', 'polyline', 'polygon'])

/** A telephone number typed in a text: eight digits or more with at most a space, dot or hyphen between them, or 0800/0900 and four. */
const TYPED_NUMBER = /(?:\+|\b0)\d(?:[ .-]?\d){6,}|\b1(?:12|13)\b/

/** Every rule that spans files: references, uniqueness, neutral words, sources, runs and their texts. */
export function checkContent(content: Content): Problem[] {
  return [
    ...problemsOfRuns(content.runs).map(({ run, field, ...rest }) => ({ file: 'runs.yaml', field: `${run}.${field}`, ...rest })),
    ...checkSites(content),
    ...checkPictures(content),
    ...checkHelplines(content),
    ...LANGUAGES.flatMap((language) => checkLanguage(content, content.languages[language], language)),
  ]
}

/** What is not wrong but needs a person: an owner who is not named, a number whose check is overdue. */
export function contentWarnings(content: Content, today: CalendarDay): Problem[] {
  const warnings: Problem[] = content.helplines
    .filter((helpline) => helpline.reviewBy < today)
    .map((helpline) => ({ file: 'helplines.yaml', field: `${helpline.id}.reviewBy`, problem: `${helpline.display} should have been checked again by ${helpline.reviewBy}`, remedy: 'call or open it, then set checked and reviewBy' }))
  if (!content.owner.filled) {
    warnings.push({ file: 'owner.yaml', field: 'filled', problem: 'nobody is named as the owner of this site', remedy: 'fill in every line and set filled to true before the site goes on line' })
  }
  return warnings
}

function checkSites(content: Content): Problem[] {
  const names = content.sites.flatMap((site) => [...site.hosts, site.local])
  return [
    ...(['help', 'diary'] as const)
      .filter((id) => content.sites.filter((site) => site.id === id).length !== 1)
      .map((id) => ({ file: 'sites.yaml', field: 'sites', problem: `there must be exactly one site "${id}"`, remedy: 'describe each of the two sites once' })),
    ...repeated(names).map((host) => ({ file: 'sites.yaml', field: 'hosts', problem: `the host name "${host}" is used twice`, remedy: 'give each site host names of its own' })),
  ]
}

function checkPictures(content: Content): Problem[] {
  return Object.entries(content.pictures).flatMap(([name, svg]) =>
    elementsOf(svg).flatMap((element) => {
      const file = `pictures/${name}.svg`
      if (!SVG_ELEMENTS.has(element.tagName)) {
        return [{ file, field: element.tagName, problem: `a drawing may not contain <${element.tagName}>`, remedy: `use only ${[...SVG_ELEMENTS].join(', ')}` }]
      }
      return element.attrs
        .filter((attribute) => /^on|^style$|href$|^id$/.test(attribute.name))
        .map((attribute) => ({ file, field: element.tagName, problem: `a drawing may not use the attribute ${attribute.name}`, remedy: 'take it out; colours come from the classes of docs/content.md' }))
    }),
  )
}

function elementsOf(svg: string): DefaultTreeAdapterTypes.Element[] {
  const found: DefaultTreeAdapterTypes.Element[] = []
  const visit = (node: DefaultTreeAdapterTypes.Node) => {
    if ('tagName' in node && !['html', 'head', 'body'].includes(node.tagName)) found.push(node)
    if ('childNodes' in node) node.childNodes.forEach(visit)
  }
  visit(parse(svg))
  return found
}

function checkHelplines(content: Content): Problem[] {
  return [
    ...repeated(content.helplines.map(({ id }) => id)).map((id) => ({ file: 'helplines.yaml', field: id, problem: 'the id is used twice', remedy: 'keep one of the two: a number lives once' })),
    ...content.helplines
      .filter((helpline) => (helpline.kind === 'phone' || helpline.kind === 'whatsapp') && helpline.tel === undefined)
      .map((helpline) => ({ file: 'helplines.yaml', field: `${helpline.id}.tel`, problem: 'a telephone line without a number to dial', remedy: 'add tel, digits only' })),
  ]
}

function checkLanguage(content: Content, texts: LanguageContent, language: string): Problem[] {
  const problems: Problem[] = []
  const pageIds = new Set(texts.pages.map(({ id }) => id))
  const helplineIds = new Set(content.helplines.map(({ id }) => id))
  const entryDays = new Set(texts.entries.map(({ day }) => day))
  const report = (file: string, field: string, problem: string, remedy: string) => problems.push({ file, field, problem, remedy })
  const file = (name: string) => `${language}/${name}`

  const checkText = (text: Page | Entry) => {
    for (const id of text.references.pages) {
      if (!pageIds.has(id)) report(text.file, 'text', `links to the page "${id}", which does not exist`, `choose one of: ${[...pageIds].join(', ')}`)
    }
    for (const day of text.references.entries) {
      if (!entryDays.has(day)) report(text.file, 'text', `links to entry ${day}, which does not exist`, `choose a day from 1 to ${texts.entries.length}`)
    }
    for (const id of [...text.references.helplines, ...text.helplines]) {
      if (!helplineIds.has(id)) report(text.file, 'helplines', `names the helpline "${id}", which is not in helplines.yaml`, `choose one of: ${[...helplineIds].join(', ')}`)
    }
    if (text.picture !== undefined && !(text.picture in content.pictures)) report(text.file, 'picture', `the drawing pictures/${text.picture}.svg does not exist`, 'draw it, or name another one')
    const typed = TYPED_NUMBER.exec(text.plainText)
    if (typed) report(text.file, 'text', `a telephone number is typed in the text: ${typed[0]}`, 'write :tel[id] so that the number lives once, in helplines.yaml')
  }

  for (const page of texts.pages) {
    checkText(page)
    for (const id of page.next) if (!pageIds.has(id)) report(page.file, 'next', `names the page "${id}", which does not exist`, `choose one of: ${[...pageIds].join(', ')}`)
    for (const [field, value] of Object.entries({ path: page.path, tabTitle: page.tabTitle })) {
      const word = texts.sensitiveWords.find((sensitive) => value.toLowerCase().replaceAll('-', ' ').includes(sensitive))
      if (word) report(page.file, field, `"${value}" contains "${word}", which a relative may read in the tab or the history`, 'choose neutral words')
    }
    if (RESERVED_PATHS.has(page.path) || /^\d+$/.test(page.path)) report(page.file, 'path', `the path "${page.path}" is used by the site itself`, 'choose another word')
    problems.push(...checkFacts(page), ...checkAbroad(page, content))
  }
  for (const path of repeated(texts.pages.map(({ path }) => path))) report(file('pages'), 'path', `two pages have the path "${path}"`, 'give each page a path of its own')

  texts.entries.forEach((entry, index) => {
    checkText(entry)
    if (entry.day !== index + 1) report(entry.file, 'day', `is day ${entry.day}, but stands at place ${index + 1}`, 'the files 01.md, 02.md … hold the days 1, 2 … without gaps')
    if (entry.words < ENTRY_WORDS.least || entry.words > ENTRY_WORDS.most) report(entry.file, 'text', `has ${entry.words} words`, `write ${ENTRY_WORDS.least} to ${ENTRY_WORDS.most} words`)
  })

  for (const id of helplineIds) if (!(id in texts.helplineTexts)) report(file('helplines.yaml'), id, 'the helpline has no words', 'add name, who, when, cost, talk, trace and group')
  for (const id of Object.keys(texts.helplineTexts)) if (!helplineIds.has(id)) report(file('helplines.yaml'), id, 'there is no such helpline', 'correct the id, or add the helpline to helplines.yaml')
  for (const { id } of content.estimates.rows) if (!(id in texts.estimateTexts.rows)) report(file('estimates.yaml'), `rows.${id}`, 'the row has no name', 'add it')

  for (const run of content.runs) {
    for (const site of run.sites) {
      if (!texts.fronts.runs[run.id]?.[site]) report(file('fronts.yaml'), `runs.${run.id}.${site}`, 'the run has no front texts for this site', `add ${PHASES.join(', ')}, each with title and text`)
    }
  }
  for (const id of Object.keys(texts.fronts.runs)) {
    if (!content.runs.some((run) => run.id === id)) report(file('fronts.yaml'), `runs.${id}`, 'there is no such run', 'correct the id, or add the run to runs.yaml')
  }
  problems.push(...checkGuide(texts, pageIds, helplineIds, file('guide.yaml')))
  return problems
}

/** Whether a fact may only be shown with the date it was checked: not certain, without a date, or an old source. */
export function needsCheckDate(fact: Pick<Page['facts'][number], 'confidence' | 'sourceDate'>): boolean {
  return fact.confidence !== 'high' || !(Number.parseInt(fact.sourceDate, 10) >= OLDEST_UNMARKED_YEAR)
}

function checkFacts(page: Page): Problem[] {
  const ids = page.facts.map(({ id }) => id)
  const at = (field: string, problem: string, remedy: string) => ({ file: page.file, field, problem, remedy })
  return [
    ...repeated(ids).map((id) => at(`facts.${id}`, 'the id is used twice', 'give each fact an id of its own')),
    ...page.references.facts.filter((id) => !ids.includes(id)).map((id) => at('text', `:checked[${id}] names a fact that is not listed`, 'add it to facts, or correct the id')),
    ...page.facts
      .filter((fact) => needsCheckDate(fact) && !page.references.facts.includes(fact.id))
      .map((fact) => at(`facts.${fact.id}`, `the fact is not certain or its source is older than ${OLDEST_UNMARKED_YEAR}, and it is shown without its check date`, `put :checked[${fact.id}] after the sentence that leans on it`)),
  ]
}

/** On a page for readers abroad a number that works from abroad comes before any free Dutch number. */
function checkAbroad(page: Page, content: Content): Problem[] {
  if (!page.abroad) return []
  const numbers = [...page.references.helplines, ...page.helplines].map((id) => content.helplines.find((helpline) => helpline.id === id)?.tel ?? '')
  const national = numbers.findIndex((number) => number.startsWith('0800'))
  const international = numbers.findIndex((number) => number.startsWith('+31'))
  return international === -1 || (national !== -1 && national < international)
    ? [{ file: page.file, field: 'helplines', problem: 'a reader abroad meets no +31 number, or a 0800 number before it', remedy: 'put a helpline with a +31 number first, in the text and in helplines' }]
    : []
}

function checkGuide({ guide }: LanguageContent, pageIds: ReadonlySet<string>, helplineIds: ReadonlySet<string>, file: string): Problem[] {
  const problems: Problem[] = []
  const results = new Set(guide.results.map(({ id }) => id))
  const reached = new Set<string>()
  const visit = (id: string, asked: readonly string[]) => {
    reached.add(id)
    if (results.has(id)) return
    const step = guide.steps.find((candidate) => candidate.id === id)
    if (!step) problems.push({ file, field: asked.at(-1) ?? 'start', problem: `an answer leads to "${id}", which does not exist`, remedy: 'name a step or a result' })
    else if (asked.includes(id)) problems.push({ file, field: id, problem: 'the questions go round in a circle', remedy: 'let every answer lead further' })
    else if (asked.length === MOST_QUESTIONS) problems.push({ file, field: id, problem: `more than ${MOST_QUESTIONS} questions: ${[...asked, id].join(' → ')}`, remedy: 'end this path sooner' })
    else for (const answer of step.answers) visit(answer.to, [...asked, id])
  }
  visit(guide.start, [])
  for (const { id } of [...guide.steps, ...guide.results]) {
    if (!reached.has(id)) problems.push({ file, field: id, problem: 'no answer leads here', remedy: 'let an answer lead to it, or take it out' })
  }
  for (const result of guide.results) {
    if (!pageIds.has(result.page)) problems.push({ file, field: `${result.id}.page`, problem: `names the page "${result.page}", which does not exist`, remedy: `choose one of: ${[...pageIds].join(', ')}` })
    for (const id of result.helplines) if (!helplineIds.has(id)) problems.push({ file, field: `${result.id}.helplines`, problem: `names the helpline "${id}", which is not in helplines.yaml`, remedy: `choose one of: ${[...helplineIds].join(', ')}` })
  }
  return problems
}

function repeated(values: readonly string[]): string[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))]
}
