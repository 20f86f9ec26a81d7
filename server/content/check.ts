import { parse, type DefaultTreeAdapterTypes } from 'parse5'
import type { CalendarDay } from '#campaign/day.ts'
import { problemsOfRuns } from '#campaign/run-rules.ts'
import { PHASES } from '#campaign/run.ts'
import { checkWords } from './check-words.ts'
import { overdueWarnings } from './overdue.ts'
import type { Problem } from './problem.ts'
import {
  LANGUAGES,
  MAIN_LANGUAGE,
  type Content,
  type ContentParts,
  type Entry,
  type Guide,
  type Helpline,
  type Owner,
  type Page,
  type Site,
} from './read.ts'
import { translationWarnings } from './translations.ts'

/** A fact older than this year is shown only with the date it was checked. */
const OLDEST_UNMARKED_YEAR = 2024

const MOST_QUESTIONS = 5

/** First parts of a path that the site itself uses. */
const RESERVED_PATHS = new Set<string>([
  ...['uit', 'naar', 'venster', 'begin', 'beheer', 'pakket', 'gedeeld', 't', 'k', 'd', 'o'],
  ...LANGUAGES,
])

const SVG_ELEMENTS = new Set(['svg', 'g', 'path', 'circle', 'ellipse', 'rect', 'line', 'polyline', 'polygon'])

/** Every rule that spans files: references, uniqueness, neutral words, sources, runs and their texts. */
export function checkContent(parts: ContentParts): Problem[] {
  return [
    ...problemsOfRuns(parts.runs ?? []).map(({ run, field, ...rest }) => ({
      file: 'runs.yaml',
      field: `${run}.${field}`,
      ...rest,
    })),
    ...(parts.sites ? checkSites(parts.sites) : []),
    ...checkPictures(parts.pictures ?? {}),
    ...checkHelplines(parts.helplines ?? []),
    ...(parts.owner ? checkOwner(parts.owner) : []),
    ...checkStructure(parts),
    ...checkWords(parts),
  ]
}

/** What is not wrong but needs a person, on a day and whatever the day. */
export function contentWarnings(content: Content, today: CalendarDay): Problem[] {
  return [...overdueWarnings(content, today), ...translationWarnings(content)]
}

function checkSites(sites: readonly Site[]): Problem[] {
  const names = sites.flatMap((site) => [...site.hosts, site.local])
  return [
    ...(['help', 'diary'] as const)
      .filter((id) => sites.filter((site) => site.id === id).length !== 1)
      .map((id) => ({
        file: 'sites.yaml',
        field: 'sites',
        problem: `there must be exactly one site "${id}"`,
        remedy: 'describe each of the two sites once',
      })),
    ...repeated(names).map((host) => ({
      file: 'sites.yaml',
      field: 'hosts',
      problem: `the host name "${host}" is used twice`,
      remedy: 'give each site host names of its own',
    })),
  ]
}

function checkPictures(pictures: Content['pictures']): Problem[] {
  return Object.entries(pictures).flatMap(([name, svg]) =>
    elementsOf(svg).flatMap((element) => {
      const file = `pictures/${name}.svg`
      if (!SVG_ELEMENTS.has(element.tagName)) {
        return [
          {
            file,
            field: element.tagName,
            problem: `a drawing may not contain <${element.tagName}>`,
            remedy: `use only ${[...SVG_ELEMENTS].join(', ')}`,
          },
        ]
      }
      return element.attrs
        .filter((attribute) => /^on|^style$|href$|^id$/.test(attribute.name))
        .map((attribute) => ({
          file,
          field: element.tagName,
          problem: `a drawing may not use the attribute ${attribute.name}`,
          remedy: 'take it out; colours come from the classes of docs/content.md',
        }))
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

function checkHelplines(helplines: readonly Helpline[]): Problem[] {
  return [
    ...repeated(helplines.map(({ id }) => id)).map((id) => ({
      file: 'helplines.yaml',
      field: id,
      problem: 'the id is used twice',
      remedy: 'keep one of the two: a number lives once',
    })),
    ...helplines
      .filter((helpline) => (helpline.kind === 'phone' || helpline.kind === 'whatsapp') && helpline.tel === undefined)
      .map((helpline) => ({
        file: 'helplines.yaml',
        field: `${helpline.id}.tel`,
        problem: 'a telephone line without a number to dial',
        remedy: 'add tel, digits only',
      })),
  ]
}

function checkOwner(owner: Owner): Problem[] {
  if (!owner.filled) return []
  return Object.entries(owner)
    .filter(([, value]) => typeof value === 'string' && /^\[.*\]$/.test(value))
    .map(([field, value]) => ({
      file: 'owner.yaml',
      field,
      problem: `${value} is still a placeholder`,
      remedy: 'fill it in, or set filled to false',
    }))
}

/** What refers to something else. It is the same in every language, so only the main language has it to check. */
function checkStructure(parts: ContentParts): Problem[] {
  const problems: Problem[] = []
  const { helplines, pictures } = parts
  const language = MAIN_LANGUAGE
  const texts = parts.languages[language]
  const pageIds = new Set(texts.pageIds)
  const helplineIds = helplines && new Set(helplines.map(({ id }) => id))
  const days = new Set(texts.entryFiles.map(Number))
  const report = (file: string, field: string, problem: string, remedy: string) =>
    problems.push({ file, field, problem, remedy })
  const file = (name: string) => `${language}/${name}`
  const checkHelplineIds = (where: string, field: string, ids: readonly string[]) => {
    if (!helplineIds) return
    for (const id of ids)
      if (!helplineIds.has(id))
        report(
          where,
          field,
          `names the helpline "${id}", which is not in helplines.yaml`,
          `choose one of: ${[...helplineIds].join(', ')}`,
        )
  }
  const checkPageIds = (where: string, field: string, ids: readonly string[], verb: string) => {
    for (const id of ids)
      if (!pageIds.has(id))
        report(
          where,
          field,
          `${verb} the page "${id}", which does not exist`,
          `choose one of: ${[...pageIds].join(', ')}`,
        )
  }
  const checkText = (text: Page | Entry) => {
    checkPageIds(text.file, 'text', text.references.pages, 'links to')
    for (const day of text.references.entries) {
      if (!days.has(day))
        report(text.file, 'text', `links to entry ${day}, which does not exist`, `choose a day from 1 to ${days.size}`)
    }
    checkHelplineIds(text.file, 'helplines', [...text.references.helplines, ...text.helplines])
    if (text.picture !== undefined && pictures && !(text.picture in pictures))
      report(
        text.file,
        'picture',
        `the drawing pictures/${text.picture}.svg does not exist`,
        'draw it, or name another one',
      )
  }

  for (const page of texts.pages ?? []) {
    checkText(page)
    checkPageIds(page.file, 'next', page.next, 'names')
    if (RESERVED_PATHS.has(page.path) || /^\d+$/.test(page.path))
      report(page.file, 'path', `the path "${page.path}" is used by the site itself`, 'choose another word')
    problems.push(...checkFacts(page))
  }
  if (helplines) {
    for (const [of, { pages = [] }] of Object.entries(parts.languages))
      problems.push(...pages.filter((page) => page.language === of).flatMap((page) => checkAbroad(page, helplines)))
  }
  for (const path of repeated((texts.pages ?? []).map((page) => page.path)))
    report(file('pages'), 'path', `two pages have the path "${path}"`, 'give each page a path of its own')

  texts.entryFiles.forEach((name, index) => {
    if (Number(name) !== index + 1)
      report(
        file(`diary/${name}.md`),
        'day',
        `the file stands at place ${index + 1}`,
        'the files 01.md, 02.md … hold the days 1, 2 … without gaps',
      )
  })
  for (const entry of texts.entries ?? []) {
    checkText(entry)
    if (!entry.file.endsWith(`/${String(entry.day).padStart(2, '0')}.md`))
      report(
        entry.file,
        'day',
        `says day ${entry.day}, but the file has another number`,
        'give the file the number of its day, in two digits',
      )
  }

  if (helplineIds && texts.helplineTexts) {
    for (const id of helplineIds)
      if (!(id in texts.helplineTexts))
        report(
          file('helplines.yaml'),
          id,
          'the helpline has no words',
          'add name, who, when, cost, talk, trace and group',
        )
    for (const id of Object.keys(texts.helplineTexts))
      if (!helplineIds.has(id))
        report(
          file('helplines.yaml'),
          id,
          'there is no such helpline',
          'correct the id, or add the helpline to helplines.yaml',
        )
  }
  for (const { id } of (texts.estimateTexts && parts.estimates?.rows) ?? []) {
    if (!texts.estimateTexts?.rows[id]) report(file('estimates.yaml'), `rows.${id}`, 'the row has no name', 'add it')
  }
  if (parts.runs && texts.fronts) {
    for (const run of parts.runs) {
      for (const site of run.sites) {
        if (!texts.fronts.runs[run.id]?.[site])
          report(
            file('fronts.yaml'),
            `runs.${run.id}.${site}`,
            'the run has no front texts for this site',
            `add ${PHASES.join(', ')}, each with title and text`,
          )
      }
    }
    for (const id of Object.keys(texts.fronts.runs)) {
      if (!parts.runs.some((run) => run.id === id))
        report(file('fronts.yaml'), `runs.${id}`, 'there is no such run', 'correct the id, or add the run to runs.yaml')
    }
  }
  if (texts.guide) {
    problems.push(...checkGuide(texts.guide, file('guide.yaml')))
    for (const result of texts.guide.results) {
      checkPageIds(file('guide.yaml'), `${result.id}.page`, [result.page], 'names')
      checkHelplineIds(file('guide.yaml'), `${result.id}.helplines`, result.helplines)
    }
  }
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
    ...page.references.facts
      .filter((id) => !ids.includes(id))
      .map((id) => at('text', `:checked[${id}] names a fact that is not listed`, 'add it to facts, or correct the id')),
    ...page.facts
      .filter((fact) => needsCheckDate(fact) && !page.references.facts.includes(fact.id))
      .map((fact) =>
        at(
          `facts.${fact.id}`,
          `the fact is not certain or its source is older than ${OLDEST_UNMARKED_YEAR}, and it is shown without its check date`,
          `put :checked[${fact.id}] after the sentence that leans on it`,
        ),
      ),
  ]
}

/** On a page for readers abroad a number that works from abroad comes before any free Dutch number. */
function checkAbroad(page: Page, helplines: readonly Helpline[]): Problem[] {
  if (!page.abroad) return []
  const numbers = [...page.references.helplines, ...page.helplines].map(
    (id) => helplines.find((helpline) => helpline.id === id)?.tel ?? '',
  )
  const national = numbers.findIndex((number) => number.startsWith('0800'))
  const international = numbers.findIndex((number) => number.startsWith('+31'))
  return international === -1 || (national !== -1 && national < international)
    ? [
        {
          file: page.file,
          field: 'helplines',
          problem: 'a reader abroad meets no +31 number, or a 0800 number before it',
          remedy: 'put a helpline with a +31 number first, in the text and in helplines',
        },
      ]
    : []
}

function checkGuide(guide: Guide, file: string): Problem[] {
  const problems: Problem[] = []
  const results = new Set(guide.results.map(({ id }) => id))
  const reached = new Set<string>()
  const visit = (id: string, asked: readonly string[]) => {
    reached.add(id)
    if (results.has(id)) return
    const step = guide.steps.find((candidate) => candidate.id === id)
    if (!step)
      problems.push({
        file,
        field: asked.at(-1) ?? 'start',
        problem: `an answer leads to "${id}", which does not exist`,
        remedy: 'name a step or a result',
      })
    else if (asked.includes(id))
      problems.push({
        file,
        field: id,
        problem: 'the questions go round in a circle',
        remedy: 'let every answer lead further',
      })
    else if (asked.length === MOST_QUESTIONS)
      problems.push({
        file,
        field: id,
        problem: `more than ${MOST_QUESTIONS} questions: ${[...asked, id].join(' → ')}`,
        remedy: 'end this path sooner',
      })
    else for (const answer of step.answers) visit(answer.to, [...asked, id])
  }
  visit(guide.start, [])
  for (const { id } of [...guide.steps, ...guide.results]) {
    if (!reached.has(id))
      problems.push({
        file,
        field: id,
        problem: 'no answer leads here',
        remedy: 'let an answer lead to it, or take it out',
      })
  }
  for (const id of repeated([...guide.steps, ...guide.results].map((part) => part.id))) {
    problems.push({
      file,
      field: id,
      problem: 'two steps or results have this id',
      remedy: 'give each an id of its own',
    })
  }
  return problems
}

function repeated(values: readonly string[]): string[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))]
}
