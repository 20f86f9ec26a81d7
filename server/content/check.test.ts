import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseDocument, type Document } from 'yaml'
import { addDays, parseDay } from '#campaign/day.ts'
import { checkContent, contentWarnings, needsCheckDate } from './check.ts'
import { contentFolder, loadContent } from './content.ts'
import { readMarkdown } from './markdown.ts'
import { ContentError, type Problem } from './problem.ts'
import type { ContentParts } from './read.ts'
import { rememberedMarkdown } from './remembered-markdown.ts'

const TRAVEL = 'nl/pages/travel.md'
const ABROAD = 'nl/pages/abroad.md'

/** Enough entries for every rule. The tests read the content a hundred times, so it is as small as the rules allow. */
const ENTRIES = 3

/** The rules of the structure and of Dutch; those of a translation are in translation.test.ts. */
const parse = rememberedMarkdown()
const load = (folder: string) => loadContent(folder, [], parse)

const temporary = mkdtempSync(join(tmpdir(), 'content-'))
const untouched = join(temporary, 'untouched')
const broken = join(temporary, 'broken')

beforeAll(() => {
  cpSync(contentFolder(), untouched, { recursive: true })
  for (const file of readdirSync(join(untouched, 'nl/diary')).slice(ENTRIES)) rmSync(join(untouched, 'nl/diary', file))
  for (const file of readdirSync(join(untouched, 'nl/pages')).map((name) => `nl/pages/${name}`)) {
    if (file === TRAVEL || file === ABROAD) continue
    const { head } = parts(readFileSync(join(untouched, file), 'utf8'))
    const document = parseDocument(head)
    document.delete('facts')
    writeFileSync(join(untouched, file), `---\n${String(document)}---\nTekst.\n`)
  }
  cpSync(untouched, broken, { recursive: true })
})
afterAll(() => rmSync(temporary, { recursive: true }))

/** The front matter and the text of a Markdown file. */
function parts(markdown: string): { head: string; body: string } {
  const [, head, body] = /^---\n(.*?\n)---\n(.*)$/s.exec(markdown) ?? []
  if (head === undefined || body === undefined) throw new Error('the file has no front matter')
  return { head, body }
}

/** The content that a test may break. It remembers what was touched, so that it can be mended for the next test. */
class Breakable {
  private readonly touched = new Set<string>()

  read(file: string): string {
    return readFileSync(join(broken, file), 'utf8')
  }

  write(file: string, text: string): void {
    this.touched.add(file)
    writeFileSync(join(broken, file), text)
  }

  remove(path: string): void {
    this.touched.add(path)
    rmSync(join(broken, path), { recursive: true })
  }

  yaml(file: string, change: (document: Document.Parsed) => void): void {
    const document = parseDocument(this.read(file))
    change(document)
    this.write(file, String(document))
  }

  frontMatter(file: string, change: (document: Document.Parsed) => void): void {
    const { head, body } = parts(this.read(file))
    const document = parseDocument(head)
    change(document)
    this.write(file, `---\n${String(document)}---\n${body}`)
  }

  /** Gives a Markdown file another text under its front matter. */
  text(file: string, change: (text: string) => string): void {
    const { head, body } = parts(this.read(file))
    const changed = change(body)
    if (changed === body) throw new Error(`the text of ${file} is not changed, so the test would prove nothing`)
    this.write(file, `---\n${head}---\n${changed}`)
  }

  mend(): void {
    for (const path of this.touched) cpSync(join(untouched, path), join(broken, path), { recursive: true })
  }
}

type Change = (content: Breakable) => void

/** What is said of the content after some changes. */
function errorAfter(...changes: readonly Change[]): ContentError | undefined {
  const content = new Breakable()
  try {
    for (const change of changes) change(content)
    load(broken)
    return undefined
  } catch (error) {
    if (error instanceof ContentError) return error
    throw error
  } finally {
    content.mend()
  }
}

const problemsAfter = (...changes: readonly Change[]) => errorAfter(...changes)?.problems ?? []

const append =
  (file: string, text: string): Change =>
  (content) =>
    content.text(file, (body) => `${body}\n${text}\n`)
const setYaml =
  (file: string, path: readonly (string | number)[], value: unknown): Change =>
  (content) =>
    content.yaml(file, (document) => document.setIn(path, value))
const setField =
  (file: string, field: string, value: unknown): Change =>
  (content) =>
    content.frontMatter(file, (document) => document.set(field, value))
const write =
  (file: string, text: string): Change =>
  (content) =>
    content.write(file, text)
const remove =
  (path: string): Change =>
  (content) =>
    content.remove(path)

const words = (count: number) => Array.from({ length: count }, (_, index) => `woord${index + 1}`).join(' ')

/** A list of what may be chosen, that has the one that was meant. */
const oneOf = (id: string) => expect.stringMatching(new RegExp(`^choose one of: (.+, )?${id}(, .+)?$`))

const VALUE = 'correct the value; docs/content.md shows an example'

/** A guide of questions `a`, `b`, …: each leads to the next one, or to the end. */
function guideOf(
  questions: readonly string[],
  {
    to = {},
    page = 'helplines',
    helplines = ['emergency'],
  }: { to?: Record<string, string>; page?: string; helplines?: string[] } = {},
) {
  const steps = questions.map((id, index) => ({
    id,
    question: id,
    answers: [
      { text: 'ja', to: to[id] ?? questions[index + 1] ?? 'end' },
      { text: 'nee', to: 'end' },
    ],
  }))
  return write(
    'nl/guide.yaml',
    JSON.stringify({ start: 'a', steps, results: [{ id: 'end', title: 'Bel', text: 'Bel nu.', page, helplines }] }),
  )
}

const svg = (inside: string) => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 200">${inside}</svg>`

it('finds nothing wrong with the content as it is', () => {
  expect(load(contentFolder()).languages.nl.entries.length).toBeGreaterThan(ENTRIES)
  expect(problemsAfter()).toEqual([])
})

describe('one thing that is wrong is reported with its file, its field and a remedy', () => {
  it.each<[what: string, change: Change, problem: Problem]>([
    // Runs.
    [
      'a reversed run',
      setYaml('runs.yaml', [2, 'firstDay'], '2027-05-25'),
      {
        file: 'runs.yaml',
        field: '2027-spring.lastDay',
        problem: 'the run ends on 2027-04-25, before it begins on 2027-05-25',
        remedy: 'swap the two days or correct one of them',
      },
    ],
    [
      'overlapping runs',
      (content) =>
        content.yaml('runs.yaml', (document) => {
          document.deleteIn([1, 'announcedFrom'])
          document.setIn([1, 'firstDay'], '2014-04-25')
        }),
      {
        file: 'runs.yaml',
        field: '2014-june.firstDay',
        problem: 'the run overlaps with "2014-spring" (2014-03-25 to 2014-04-25) on help and diary',
        remedy: 'move one of the two, or take the site out of one of them',
      },
    ],
    [
      'a day that does not exist',
      setYaml('runs.yaml', [2, 'lastDay'], '2027-02-30'),
      {
        file: 'runs.yaml',
        field: '2.lastDay',
        problem: '"2027-02-30" is not a day of the calendar; write it as YYYY-MM-DD, for example 2027-03-25',
        remedy: VALUE,
      },
    ],
    [
      'an unknown site of a run',
      setYaml('runs.yaml', [0, 'sites'], ['help', 'forum']),
      {
        file: 'runs.yaml',
        field: '0.sites.1',
        problem: 'Invalid option: expected one of "help"|"diary"',
        remedy: 'choose one of: help, diary',
      },
    ],
    [
      'a run without front texts for a site',
      (content) => content.yaml('nl/fronts.yaml', (document) => document.deleteIn(['runs', '2027-spring', 'diary'])),
      {
        file: 'nl/fronts.yaml',
        field: 'runs.2027-spring.diary',
        problem: 'the run has no front texts for this site',
        remedy: 'add before, during, after, each with title and text',
      },
    ],
    [
      'a phase without its front text',
      (content) =>
        content.yaml('nl/fronts.yaml', (document) => document.deleteIn(['runs', '2027-spring', 'help', 'after'])),
      {
        file: 'nl/fronts.yaml',
        field: 'runs.2027-spring.help.after',
        problem: 'the field is missing',
        remedy: 'fill in an object',
      },
    ],
    [
      'front texts of a run that does not exist',
      (content) => content.yaml('nl/fronts.yaml', (document) => document.setIn(['runs', '2028-spring'], {})),
      {
        file: 'nl/fronts.yaml',
        field: 'runs.2028-spring',
        problem: 'there is no such run',
        remedy: 'correct the id, or add the run to runs.yaml',
      },
    ],

    // References.
    [
      'a link to a page that does not exist',
      append(TRAVEL, '[verder](page:vertrek)'),
      {
        file: TRAVEL,
        field: 'text',
        problem: 'links to the page "vertrek", which does not exist',
        remedy: oneOf('travel'),
      },
    ],
    [
      'a link to an entry that does not exist',
      append(TRAVEL, '[dag](entry:99)'),
      {
        file: TRAVEL,
        field: 'text',
        problem: 'links to entry 99, which does not exist',
        remedy: 'choose a day from 1 to 3',
      },
    ],
    [
      'a link to an entry that is no number',
      append('nl/diary/02.md', '[dag](entry:twee)'),
      {
        file: 'nl/diary/02.md',
        field: 'text',
        problem: 'links to entry NaN, which does not exist',
        remedy: 'choose a day from 1 to 3',
      },
    ],
    [
      'a helpline in a text that does not exist',
      append(TRAVEL, 'Bel :tel[oude-lijn].'),
      {
        file: TRAVEL,
        field: 'helplines',
        problem: 'names the helpline "oude-lijn", which is not in helplines.yaml',
        remedy: oneOf('veilig-thuis'),
      },
    ],
    [
      'a helpline under an entry that does not exist',
      setField('nl/diary/01.md', 'helplines', ['oude-lijn']),
      {
        file: 'nl/diary/01.md',
        field: 'helplines',
        problem: 'names the helpline "oude-lijn", which is not in helplines.yaml',
        remedy: oneOf('kindertelefoon'),
      },
    ],
    [
      'a next page that does not exist',
      setField(TRAVEL, 'next', ['abroad', 'vertrek']),
      {
        file: TRAVEL,
        field: 'next',
        problem: 'names the page "vertrek", which does not exist',
        remedy: oneOf('travel'),
      },
    ],
    [
      'a drawing that does not exist',
      setField(TRAVEL, 'picture', 'koffer'),
      {
        file: TRAVEL,
        field: 'picture',
        problem: 'the drawing pictures/koffer.svg does not exist',
        remedy: 'draw it, or name another one',
      },
    ],

    // Files and fields.
    [
      'a missing file',
      remove('owner.yaml'),
      {
        file: 'owner.yaml',
        field: '(the whole file)',
        problem: 'the file is missing',
        remedy: 'make it, or put it back from version control',
      },
    ],
    [
      'a missing folder',
      remove('pictures'),
      {
        file: 'pictures',
        field: '(the folder)',
        problem: 'the folder is missing',
        remedy: 'make it, or put it back from version control',
      },
    ],
    [
      'an empty file',
      write('runs.yaml', ''),
      {
        file: 'runs.yaml',
        field: '(the whole file)',
        problem: 'Invalid input: expected array, received null',
        remedy: 'write a list here',
      },
    ],
    [
      'broken YAML',
      write('owner.yaml', 'filled: false\nname: Let op: een naam\n'),
      {
        file: 'owner.yaml',
        field: 'line 2',
        problem: expect.stringContaining('Nested mappings are not allowed'),
        remedy: 'correct the YAML; a text with a colon or a # needs quotes',
      },
    ],
    [
      'broken YAML in front matter',
      (content) => content.write(TRAVEL, content.read(TRAVEL).replace(/^title: .*$/m, 'title: Let op: een reis')),
      {
        file: TRAVEL,
        field: 'front matter',
        problem: expect.stringContaining('Nested mappings are not allowed'),
        remedy: 'correct the YAML between the two lines of ---; a text with a colon needs quotes',
      },
    ],
    [
      'broken JSON',
      write('nl/texts.json', '{"skip": '),
      {
        file: 'nl/texts.json',
        field: '(the whole file)',
        problem: expect.stringContaining('SyntaxError'),
        remedy: 'correct the JSON: look for a missing comma or quote',
      },
    ],
    [
      'an unknown field of a page',
      setField(TRAVEL, 'pad', 'reis'),
      {
        file: TRAVEL,
        field: '(the whole file)',
        problem: 'unknown field: pad',
        remedy: 'correct the spelling or take it out; docs/content.md lists the fields',
      },
    ],
    [
      'an unknown field of a helpline',
      setYaml('helplines.yaml', [0, 'phone'], '112'),
      {
        file: 'helplines.yaml',
        field: '0',
        problem: 'unknown field: phone',
        remedy: 'correct the spelling or take it out; docs/content.md lists the fields',
      },
    ],
    [
      'a missing field',
      (content) => content.frontMatter(TRAVEL, (document) => document.delete('title')),
      { file: TRAVEL, field: 'title', problem: 'the field is missing', remedy: 'fill in a string' },
    ],
    [
      'an empty text',
      setField(TRAVEL, 'lead', '  '),
      { file: TRAVEL, field: 'lead', problem: 'is empty', remedy: VALUE },
    ],
    [
      'a note that is too long',
      setField('nl/diary/01.md', 'note', words(26)),
      { file: 'nl/diary/01.md', field: 'note', problem: 'is longer than 25 words', remedy: VALUE },
    ],
    [
      'a fourth next page',
      setField(TRAVEL, 'next', ['abroad', 'rights', 'safety', 'about']),
      { file: TRAVEL, field: 'next', problem: 'has more than three pages', remedy: VALUE },
    ],
    [
      'a source without encryption',
      setYaml('sites.yaml', ['exit'], 'http://nl.wikipedia.org'),
      { file: 'sites.yaml', field: 'exit', problem: 'is not an https address', remedy: VALUE },
    ],
    [
      'a number that no telephone dials',
      setYaml('helplines.yaml', [0, 'tel'], '0800 2000'),
      {
        file: 'helplines.yaml',
        field: '0.tel',
        problem: 'is not a number to dial: digits only, with + and the country for abroad',
        remedy: VALUE,
      },
    ],
    [
      'a range that goes down',
      setYaml('estimates.yaml', ['rows', 0, 'low'], 1),
      {
        file: 'estimates.yaml',
        field: 'rows.0',
        problem: 'is not a range: registered, low and high must not go down',
        remedy: VALUE,
      },
    ],
    [
      'a sensitive word with a capital',
      setYaml('nl/sensitive-words.yaml', [0], 'Trouw'),
      { file: 'nl/sensitive-words.yaml', field: '0', problem: 'has capitals; write small letters', remedy: VALUE },
    ],

    // Texts.
    [
      'an unknown directive',
      append(TRAVEL, 'Bel :tell[veilig-thuis].'),
      {
        file: TRAVEL,
        field: 'text',
        problem: '":tell" is not something the site knows',
        remedy: 'correct the spelling (docs/content.md lists them), or put a space after the colon',
      },
    ],
    [
      'a typed telephone number',
      append(TRAVEL, 'Bel 0800 2000.'),
      {
        file: TRAVEL,
        field: 'text',
        problem: 'a telephone number is typed in the text: 0800 2000',
        remedy: 'write :tel[id] in the text, or leave it out, so that the number lives once, in helplines.yaml',
      },
    ],
    [
      'an entry that is too long',
      (content) => content.text('nl/diary/02.md', () => words(351)),
      { file: 'nl/diary/02.md', field: 'text', problem: 'has 351 words', remedy: 'write 120 to 350 words' },
    ],
    [
      'an entry that is too short',
      (content) => content.text('nl/diary/02.md', () => words(119)),
      { file: 'nl/diary/02.md', field: 'text', problem: 'has 119 words', remedy: 'write 120 to 350 words' },
    ],
    [
      'an entry at the place of another day',
      setField('nl/diary/02.md', 'day', 4),
      {
        file: 'nl/diary/02.md',
        field: 'day',
        problem: 'says day 4, but the file has another number',
        remedy: 'give the file the number of its day, in two digits',
      },
    ],

    // Facts.
    [
      'an uncertain fact without its check mark',
      (content) => content.text(ABROAD, (text) => text.replaceAll(':checked[bz]', '')),
      {
        file: ABROAD,
        field: 'facts.bz',
        problem: 'the fact is not certain or its source is older than 2024, and it is shown without its check date',
        remedy: 'put :checked[bz] after the sentence that leans on it',
      },
    ],
    [
      'a check mark of no fact',
      append(TRAVEL, 'Zo is het. :checked[verzonnen]'),
      {
        file: TRAVEL,
        field: 'text',
        problem: ':checked[verzonnen] names a fact that is not listed',
        remedy: 'add it to facts, or correct the id',
      },
    ],
    [
      'a 0800 number first on a page for readers abroad',
      (content) => content.text(ABROAD, (text) => `Bel :tel[veilig-thuis].\n\n${text}`),
      {
        file: ABROAD,
        field: 'helplines',
        problem: 'a reader abroad meets no +31 number, or a 0800 number before it',
        remedy: 'put a helpline with a +31 number first, in the text and in helplines',
      },
    ],
    [
      'a page for readers abroad without a number',
      (content) => {
        content.frontMatter('nl/pages/privacy.md', (document) => document.set('abroad', true))
        content.text('nl/pages/privacy.md', () => 'Tekst zonder nummer.')
      },
      {
        file: 'nl/pages/privacy.md',
        field: 'helplines',
        problem: 'a reader abroad meets no +31 number, or a 0800 number before it',
        remedy: 'put a helpline with a +31 number first, in the text and in helplines',
      },
    ],

    // Neutral words and paths.
    [
      'a sensitive word in a path',
      setField(TRAVEL, 'path', 'gedwongen-op-reis'),
      {
        file: TRAVEL,
        field: 'path',
        problem: '"gedwongen-op-reis" contains "gedwongen", which a relative may read in the tab or the history',
        remedy: 'choose neutral words',
      },
    ],
    [
      'a sensitive word in a tab title',
      setField(TRAVEL, 'tabTitle', 'Uitgehuwelijkt'),
      {
        file: TRAVEL,
        field: 'tabTitle',
        problem: '"Uitgehuwelijkt" contains "huwel", which a relative may read in the tab or the history',
        remedy: 'choose neutral words',
      },
    ],
    [
      'a path that two pages have',
      setField(TRAVEL, 'path', 'regels'),
      {
        file: 'nl/pages',
        field: 'path',
        problem: 'two pages have the path "regels"',
        remedy: 'give each page a path of its own',
      },
    ],
    ...['uit', 'naar', 'beheer', 't', 'ar', '12'].map((path): [string, Change, Problem] => [
      `a path that the site uses: ${path}`,
      setField(TRAVEL, 'path', path),
      {
        file: TRAVEL,
        field: 'path',
        problem: `the path "${path}" is used by the site itself`,
        remedy: 'choose another word',
      },
    ]),

    // Sites.
    [
      'a host name of two sites',
      setYaml('sites.yaml', ['sites', 1, 'local'], 'localhost'),
      {
        file: 'sites.yaml',
        field: 'hosts',
        problem: 'the host name "localhost" is used twice',
        remedy: 'give each site host names of its own',
      },
    ],
    [
      'a site that is not described',
      (content) => content.yaml('sites.yaml', (document) => document.deleteIn(['sites', 1])),
      {
        file: 'sites.yaml',
        field: 'sites',
        problem: 'there must be exactly one site "diary"',
        remedy: 'describe each of the two sites once',
      },
    ],
    [
      'a host name with a path',
      setYaml('sites.yaml', ['sites', 0, 'hosts', 0], 'jouwja.example/x'),
      { file: 'sites.yaml', field: 'sites.0.hosts.0', problem: 'is not a host name', remedy: VALUE },
    ],

    // Helplines.
    [
      'a helpline that is there twice',
      (content) => content.yaml('helplines.yaml', (document) => document.addIn([], (document.toJS() as unknown[])[0])),
      {
        file: 'helplines.yaml',
        field: 'emergency',
        problem: 'the id is used twice',
        remedy: 'keep one of the two: a number lives once',
      },
    ],
    [
      'a telephone line without a number',
      (content) => content.yaml('helplines.yaml', (document) => document.deleteIn([0, 'tel'])),
      {
        file: 'helplines.yaml',
        field: 'emergency.tel',
        problem: 'a telephone line without a number to dial',
        remedy: 'add tel, digits only',
      },
    ],
    [
      'a helpline without words',
      (content) => content.yaml('nl/helplines.yaml', (document) => document.delete('lkha')),
      {
        file: 'nl/helplines.yaml',
        field: 'lkha',
        problem: 'the helpline has no words',
        remedy: 'add name, who, when, cost, talk, trace and group',
      },
    ],
    [
      'words of a helpline that does not exist',
      (content) => content.yaml('nl/helplines.yaml', (document) => document.set('oude-lijn', document.get('lkha'))),
      {
        file: 'nl/helplines.yaml',
        field: 'oude-lijn',
        problem: 'there is no such helpline',
        remedy: 'correct the id, or add the helpline to helplines.yaml',
      },
    ],
    [
      'an estimate without a name',
      (content) => content.yaml('nl/estimates.yaml', (document) => document.deleteIn(['rows', 'captivity'])),
      { file: 'nl/estimates.yaml', field: 'rows.captivity', problem: 'the row has no name', remedy: 'add it' },
    ],

    // The guide.
    [
      'a guide that goes in a circle',
      guideOf(['a', 'b'], { to: { b: 'a' } }),
      {
        file: 'nl/guide.yaml',
        field: 'a',
        problem: 'the questions go round in a circle',
        remedy: 'let every answer lead further',
      },
    ],
    [
      'a guide with six questions',
      guideOf(['a', 'b', 'c', 'd', 'e', 'f']),
      {
        file: 'nl/guide.yaml',
        field: 'f',
        problem: 'more than 5 questions: a → b → c → d → e → f',
        remedy: 'end this path sooner',
      },
    ],
    [
      'an answer that leads nowhere',
      guideOf(['a', 'b'], { to: { b: 'c' } }),
      {
        file: 'nl/guide.yaml',
        field: 'b',
        problem: 'an answer leads to "c", which does not exist',
        remedy: 'name a step or a result',
      },
    ],
    [
      'a question that no answer leads to',
      guideOf(['a', 'b'], { to: { a: 'end' } }),
      {
        file: 'nl/guide.yaml',
        field: 'b',
        problem: 'no answer leads here',
        remedy: 'let an answer lead to it, or take it out',
      },
    ],
    [
      'a result with a page that does not exist',
      guideOf(['a'], { page: 'vertrek' }),
      {
        file: 'nl/guide.yaml',
        field: 'end.page',
        problem: 'names the page "vertrek", which does not exist',
        remedy: oneOf('helplines'),
      },
    ],
    [
      'a result with a helpline that does not exist',
      guideOf(['a'], { helplines: ['oude-lijn'] }),
      {
        file: 'nl/guide.yaml',
        field: 'end.helplines',
        problem: 'names the helpline "oude-lijn", which is not in helplines.yaml',
        remedy: oneOf('emergency'),
      },
    ],

    // Drawings.
    [
      'a drawing with a script',
      write('pictures/knot.svg', svg('<script>alert(1)</script>')),
      {
        file: 'pictures/knot.svg',
        field: 'script',
        problem: 'a drawing may not contain <script>',
        remedy: 'use only svg, g, path, circle, ellipse, rect, line, polyline, polygon',
      },
    ],
    [
      'a drawing with a picture from elsewhere',
      write('pictures/knot.svg', svg('<image href="https://evil.example/x.png"/>')),
      {
        file: 'pictures/knot.svg',
        field: 'image',
        problem: 'a drawing may not contain <image>',
        remedy: expect.stringContaining('use only svg'),
      },
    ],
    ...['onload', 'onclick', 'style', 'href', 'xlink:href', 'id'].map((attribute): [string, Change, Problem] => [
      `a drawing with ${attribute}`,
      write('pictures/knot.svg', svg(`<path d="M0 0" ${attribute}="x"/>`)),
      {
        file: 'pictures/knot.svg',
        field: 'path',
        problem: `a drawing may not use the attribute ${attribute.replace('xlink:', '')}`,
        remedy: 'take it out; colours come from the classes of docs/content.md',
      },
    ]),
  ])('%s', (_what, change, problem) => {
    expect(problemsAfter(change)).toEqual([problem])
  })
})

describe('what lies just inside a rule is no problem', () => {
  it('an entry of 120 or 350 words, a guide of five questions', () => {
    expect(
      problemsAfter(
        (content) => content.text('nl/diary/01.md', () => words(120)),
        (content) => content.text('nl/diary/02.md', () => words(350)),
        guideOf(['a', 'b', 'c', 'd', 'e']),
      ),
    ).toEqual([])
  })
})

describe('a typed telephone number is found however it is written', () => {
  const content = load(contentFolder())
  const withText = (text: string): ContentParts => {
    const pages = content.languages.nl.pages.map((page) =>
      page.id === 'privacy' ? { ...page, ...readMarkdown(text) } : page,
    )
    const nl = {
      ...content.languages.nl,
      pages,
      pageIds: pages.map(({ id }) => id),
      entryFiles: content.languages.nl.entries.map(({ day }) => String(day)),
    }
    return { ...content, languages: { nl } as unknown as ContentParts['languages'] }
  }

  it.each([
    '0800 2000',
    '0800-2000',
    '08002000',
    '06 12 34 56 78',
    '06-12345678',
    '020.123.45.67',
    '+31 247 247 247',
    '+31247247247',
    '0031 247 247 247',
    '**0800** 2000',
    '112',
    '113',
  ])('%s', (number) => {
    expect(checkContent(withText(`Bel ${number} of niet.`)).map(({ file, field }) => [file, field])).toEqual([
      ['nl/pages/privacy.md', 'text'],
    ])
  })

  it.each([
    ['a space that does not break', '\u00a0'],
    ['a narrow space that does not break', '\u202f'],
  ])('with %s', (_name, space) => {
    expect(checkContent(withText(`Bel 0800${space}2000 of niet.`)).map(({ file, field }) => [file, field])).toEqual([
      ['nl/pages/privacy.md', 'text'],
    ])
  })

  it.each([
    'Bel :tel[veilig-thuis].',
    'Op 25 maart 2014.',
    'In 2011-2012: 3.034 keer.',
    'Artikel 1121, 10 000 euro, om 11.00 uur.',
  ])('and not in "%s"', (text) => {
    expect(checkContent(withText(text))).toEqual([])
  })
})

describe('neutral words', () => {
  it.each(['een-geheim-woord', 'geheim-woord-2', 'geheim-woord'])(
    'a sensitive word that is written with a hyphen is found in the path %s',
    (path) => {
      const problems = problemsAfter(
        (content) => content.yaml('nl/sensitive-words.yaml', (document) => document.addIn([], 'geheim-woord')),
        setField(TRAVEL, 'path', path),
      )
      expect(problems.map(({ file, field }) => [file, field])).toEqual([[TRAVEL, 'path']])
    },
  )

  it('the name of a site in the tab is neutral too', () => {
    const problems = problemsAfter(setYaml('sites.yaml', ['sites', 0, 'tabName'], 'Huwelijksdwang'))
    expect(problems.map(({ file }) => file)).toEqual(['sites.yaml'])
  })

  it('the name of a contact is neutral too', () => {
    const problems = problemsAfter(setYaml('nl/contact-names.yaml', ['names', 0, 'name'], 'Veilig Thuis'))
    expect(problems.map(({ file }) => file)).toEqual(['nl/contact-names.yaml'])
  })
})

it.each(['Dit is volledig anoniem.', 'Je laat geen spoor achter.', 'Gegarandeerd veilig.'])(
  'a promise that no text may make is reported: %s',
  (promise) => {
    expect(
      problemsAfter(append(TRAVEL, promise)).map(({ file, field, problem }) => [file, field, problem.split(':')[0]]),
    ).toEqual([[TRAVEL, 'text', 'promises too much']])
  },
)

it('an origin with a path is no origin that may show the window', () => {
  const problems = problemsAfter(
    setYaml('sites.yaml', ['entrance', 'origins'], ['https://www.bibliotheek.example/jeugd']),
  )
  expect(problems.map(({ file, field }) => [file, field])).toEqual([['sites.yaml', 'entrance.origins.0']])
})

it('a host name with capitals is reported, because no request would ever be taken for it', () => {
  const problems = problemsAfter(setYaml('sites.yaml', ['sites', 0, 'hosts', 0], 'WWW.JouwJa.example'))
  expect(problems.map(({ file, field }) => [file, field])).toEqual([['sites.yaml', 'sites.0.hosts.0']])
})

describe('many things that are wrong are reported at once', () => {
  const places = (problems: readonly Problem[]) => problems.map(({ file, field }) => `${file} ${field}`).toSorted()

  const wrongForm = [
    setYaml('runs.yaml', [2, 'lastDay'], '2027-02-30'),
    setYaml('helplines.yaml', [0, 'tel'], 'bel'),
    setYaml('helplines.yaml', [1, 'cost'], 'duur'),
    setField(TRAVEL, 'pad', 'reis'),
    setField('nl/diary/01.md', 'form', 'rap'),
    write('owner.yaml', 'name: [\n'),
    write('nl/texts.json', '{'),
    remove('estimates.yaml'),
    append('nl/pages/rights.md', ':tell[lkha]'),
  ]
  const wrongFormPlaces = [
    'estimates.yaml (the whole file)',
    'helplines.yaml 0.tel',
    'helplines.yaml 1.cost',
    'nl/diary/01.md form',
    'nl/pages/rights.md text',
    'nl/pages/travel.md (the whole file)',
    'nl/texts.json (the whole file)',
    expect.stringMatching(/^owner\.yaml line [12]$/),
    'runs.yaml 2.lastDay',
  ]
  const wrongReferences = [
    setYaml('runs.yaml', [1, 'rememberedUntil'], '2014-06-30'),
    append(ABROAD, '[verder](page:vertrek) [dag](entry:99) Bel 0800 2000.'),
    setField('nl/pages/safety.md', 'path', 'uit'),
    setField('nl/diary/03.md', 'helplines', ['oude-lijn']),
    write('pictures/knot.svg', svg('<script>alert(1)</script>')),
  ]
  const wrongReferencePlaces = [
    'nl/diary/03.md helplines',
    'nl/pages/abroad.md text',
    'nl/pages/abroad.md text',
    'nl/pages/abroad.md text',
    'nl/pages/safety.md path',
    'pictures/knot.svg script',
    'runs.yaml 2014-june.rememberedUntil',
  ]

  it('when the form of files is wrong', () => {
    expect(places(problemsAfter(...wrongForm))).toEqual(wrongFormPlaces)
  })

  it('when what files say of each other is wrong', () => {
    expect(places(problemsAfter(...wrongReferences))).toEqual(wrongReferencePlaces)
  })

  it('when both are wrong', () => {
    const problems = problemsAfter(write('owner.yaml', 'name: [\n'), append(TRAVEL, '[verder](page:vertrek)'))
    expect(places(problems)).toEqual(
      expect.arrayContaining([expect.stringMatching(/^owner\.yaml line/), 'nl/pages/travel.md text']),
    )
  })

  it('in a message with a paragraph for each', () => {
    expect(errorAfter(...wrongReferences)?.message).toMatch(
      /^The content has 7 problems\.\n\n(.+ → .+\n {2}.+\n {2}Remedy: .+\n\n?){7}$/,
    )
  })
})

describe('needsCheckDate', () => {
  it.each([
    ['high', '2024', false],
    ['high', '2025-03', false],
    ['high', '2024-01-01', false],
    ['high', '2023-12', true],
    ['high', 'undated', true],
    ['high', 'undated (2024-2026)', true],
    ['medium-high', '2026', true],
    ['medium', '2026', true],
    ['low', '2026', true],
  ] as const)('of a fact with confidence %s from %s is %s', (confidence, sourceDate, needed) => {
    expect(needsCheckDate({ confidence, sourceDate })).toBe(needed)
  })
})

describe('contentWarnings', () => {
  const real = load(contentFolder())
  const DUE = parseDay('2027-03-01')
  const later = parseDay('2099-12-31')
  const RECORDED = {
    recorded: DUE,
    browser: { name: 'Chromium', version: '1' },
    axe: { version: '1', rules: 1 },
    widths: [320],
    pages: { rules: 1, layout: 1, contrast: 1, exit: 1, keyboard: 1, ownColours: 1, textOnly: 1 },
  }
  const content = {
    ...real,
    owner: { ...real.owner, filled: true },
    traces: { ...real.traces, recorded: DUE },
    accessibility: RECORDED,
    helplines: real.helplines.map((helpline) => ({ ...helpline, reviewBy: helpline.id === 'lkha' ? DUE : later })),
  }

  it('says nothing on the day by which a number must be checked', () => {
    expect(contentWarnings(content, DUE)).toEqual([])
  })

  it('names a number from the day after', () => {
    expect(contentWarnings(content, addDays(DUE, 1))).toEqual([
      {
        file: 'helplines.yaml',
        field: 'lkha.reviewBy',
        problem: '+31 70 345 43 19 should have been checked again by 2027-03-01',
        remedy: 'call or open it, then set checked and reviewBy',
      },
    ])
  })

  it('names every number that is overdue', () => {
    expect(
      contentWarnings(
        { ...content, traces: { ...real.traces, recorded: later }, accessibility: { ...RECORDED, recorded: later } },
        addDays(later, 1),
      ),
    ).toHaveLength(real.helplines.length)
  })

  it('says from the 61st day that what a visit leaves behind must be measured again', () => {
    const recordedDaysBefore = (days: number) =>
      contentWarnings({ ...content, traces: { ...real.traces, recorded: addDays(DUE, -days) } }, DUE)
    expect(recordedDaysBefore(60)).toEqual([])
    expect(recordedDaysBefore(61).map(({ file, field }) => [file, field])).toEqual([['traces.json', 'recorded']])
  })

  it('says from the 61st day that the accessibility tests must be recorded again', () => {
    const recordedDaysBefore = (days: number) =>
      contentWarnings({ ...content, accessibility: { ...RECORDED, recorded: addDays(DUE, -days) } }, DUE)
    expect(recordedDaysBefore(60)).toEqual([])
    expect(recordedDaysBefore(61).map(({ file, field }) => [file, field])).toEqual([['accessibility.json', 'recorded']])
    expect(contentWarnings({ ...content, accessibility: undefined }, DUE).map(({ file }) => file)).toEqual([
      'accessibility.json',
    ])
  })

  it('says that nobody is named as the owner, until somebody is', () => {
    expect(contentWarnings({ ...content, owner: { ...real.owner, filled: false } }, DUE)).toEqual([
      {
        file: 'owner.yaml',
        field: 'filled',
        problem: 'nobody is named as the owner of this site',
        remedy: 'fill in every line and set filled to true before the site goes on line',
      },
    ])
  })
})
