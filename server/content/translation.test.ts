import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { content, contentFolder, loadContent } from './content.ts'
import { ContentError, type Problem } from './problem.ts'
import { LANGUAGES, type Language } from './read.ts'
import { rememberedMarkdown } from './remembered-markdown.ts'
import { translationStates, translationWarnings, wordVersions } from './translations.ts'

/** The rules are the same in every translation; plurals differ most in Arabic. */
const LANGUAGE: Language = 'ar'
const TRAVEL = 'ar/pages/travel.md'
const ENTRY = 'ar/diary/04.md'

const parse = rememberedMarkdown()
const temporary = mkdtempSync(join(tmpdir(), 'translation-'))
const untouched = join(temporary, 'untouched')
const broken = join(temporary, 'broken')

beforeAll(() => {
  cpSync(contentFolder(), untouched, { recursive: true })
  // Few enough files to read them for every rule: what a rule is about, in Dutch and in the translation.
  for (const language of ['nl', LANGUAGE]) {
    for (const file of readdirSync(join(untouched, language, 'pages')))
      if (language === LANGUAGE && file !== 'travel.md') rmSync(join(untouched, language, 'pages', file))
    for (const file of readdirSync(join(untouched, language, 'diary')))
      if (Number(file.slice(0, 2)) > 4 || (language === LANGUAGE && file !== '04.md'))
        rmSync(join(untouched, language, 'diary', file))
  }
  // The diary may link to days that are not here.
  for (const file of readdirSync(join(untouched, 'nl/diary')))
    edit(join(untouched, 'nl/diary', file), /\]\(entry:\d+\)/g, '](entry:1)', false)
  cpSync(untouched, broken, { recursive: true })
})
afterAll(() => rmSync(temporary, { recursive: true }))

function edit(path: string, from: string | RegExp, to: string, must = true): void {
  const before = readFileSync(path, 'utf8')
  const after = before.replace(from, to)
  if (must && after === before) throw new Error(`${path} is not changed, so the test would prove nothing`)
  writeFileSync(path, after)
}

/** The problems of the content after one change in one file. */
function problemsAfter(file: string, from: string | RegExp, to: string): readonly Problem[] {
  try {
    edit(join(broken, file), from, to)
    loadContent(broken, [LANGUAGE], parse)
    return []
  } catch (error) {
    if (error instanceof ContentError) return error.problems
    throw error
  } finally {
    cpSync(join(untouched, file), join(broken, file))
  }
}

const asJson = (change: (texts: Record<string, Record<string, unknown>>) => void) => {
  const texts = JSON.parse(readFileSync(join(untouched, 'ar/texts.json'), 'utf8')) as Record<
    string,
    Record<string, unknown>
  >
  change(texts)
  return JSON.stringify(texts)
}

it('finds nothing wrong with the translation as it is', () => {
  expect(loadContent(untouched, [LANGUAGE]).languages[LANGUAGE].pages.find(({ id }) => id === 'travel')?.language).toBe(
    LANGUAGE,
  )
})

describe('what is missing or too much is reported with its file, its field and a remedy', () => {
  it.each<[what: string, file: string, from: string | RegExp, to: string, expected: string]>([
    ['a fact that is not translated', TRAVEL, /^facts:\n {2}[\w-]+: .*\n/m, 'facts:\n', `${TRAVEL} facts.`],
    [
      'a fact that the Dutch page does not have',
      TRAVEL,
      /^facts:\n/m,
      'facts:\n  verzonnen: "نص"\n',
      `${TRAVEL} facts.verzonnen`,
    ],
    ['a door that is not translated', TRAVEL, /^door: .*\n/m, '', `${TRAVEL} door`],
    ['a field that lives in the Dutch page', TRAVEL, /^title:/m, 'order: 3\ntitle:', `${TRAVEL} (the whole file)`],
    ['a number that was left out', TRAVEL, /:tel\[[\w-]+\]/, '', `${TRAVEL} text`],
    ['a link that was left out', TRAVEL, /\[([^\]]+)\]\(page:[\w-]+\)/, '$1', `${TRAVEL} text`],
    ['a check mark that was left out', TRAVEL, /:checked\[[\w-]+\]/, '', `${TRAVEL} text`],
    ['a box that was left out', TRAVEL, /:::steps\n([\s\S]*?):::\n/, '$1', `${TRAVEL} text`],
    ['a typed number', TRAVEL, /\n$/, '\n0800 2000\n', `${TRAVEL} text`],
    [
      'a sensitive word of the same language in a title',
      TRAVEL,
      /^tabTitle: .*$/m,
      'tabTitle: "زواج"',
      `${TRAVEL} tabTitle`,
    ],
    [
      'a sensitive word of another language in a title',
      TRAVEL,
      /^tabTitle: .*$/m,
      'tabTitle: "Gedwongen"',
      `${TRAVEL} tabTitle`,
    ],
    ['a chat in which nobody is the writer', ENTRY, /\*\*ik\*\*/gi, '**أنا**', `${ENTRY} text`],
    [
      'a guide with an answer too few',
      'ar/guide.yaml',
      /(answers:\s*\n\s+- ).*\n\s+- /,
      '$1',
      'ar/guide.yaml steps.q1.answers',
    ],
    ['a helpline without words', 'ar/helplines.yaml', /^lkha:\n(?: {2}.*\n)+/m, '', 'ar/helplines.yaml lkha'],
    [
      'a front that is not translated',
      'ar/fronts.yaml',
      /^ {2}2014-june:/m,
      '  2015-june:',
      'ar/fronts.yaml runs.2014-june.help.before',
    ],
    [
      'a contact without a name',
      'ar/contact-names.yaml',
      /^ {2}contact-1: .*\n/m,
      '',
      'ar/contact-names.yaml names.contact-1',
    ],
    [
      'a sensitive word in the name of a contact',
      'ar/contact-names.yaml',
      /^( {2}contact-1): .*\n/m,
      '$1: Veilig Thuis\n',
      'ar/contact-names.yaml contact-1',
    ],
  ])('%s', (_what, file, from, to, expected) => {
    const places = problemsAfter(file, from, to).map((problem) => `${problem.file} ${problem.field}`)
    expect(places.length).toBeGreaterThan(0)
    expect(places[0]).toContain(expected)
  })

  it.each<
    [what: string, change: (texts: Record<string, Record<string, unknown>>) => void, field: string, problem: string]
  >([
    ['a message that is not there', (texts) => delete texts.footer?.home, 'footer.home', 'is not translated'],
    [
      'a message too many',
      (texts) => Object.assign(texts.footer ?? {}, { welcome: 'مرحبا' }),
      'footer.welcome',
      'is not in the Dutch file',
    ],
    [
      'another argument',
      (texts) => Object.assign(texts.diary ?? {}, { day: 'اليوم {dag}' }),
      'diary.day',
      'takes in dag instead of day',
    ],
    [
      'a tag that was left out',
      (texts) => Object.assign(texts.helpline ?? {}, { call: 'اتصال' }),
      'helpline.call',
      'takes in nothing instead of <number>',
    ],
    [
      'a plural with the words of two numbers only',
      (texts) => Object.assign(texts.traces ?? {}, { wordsFound: '{words, plural, one {#} other {#}}' }),
      'traces.wordsFound',
      'has no words for',
    ],
    [
      'braces that do not close',
      (texts) => Object.assign(texts.diary ?? {}, { day: 'اليوم {day' }),
      'diary.day',
      'is not a message: ',
    ],
  ])('%s', (_what, change, field, problem) => {
    const problems = problemsAfter('ar/texts.json', /^[\s\S]*$/, asJson(change))
    expect(problems.map((one) => [one.file, one.field])).toEqual([['ar/texts.json', field]])
    expect(problems[0]?.problem).toContain(problem)
  })
})

describe('a page or entry that is not translated', () => {
  it('stays in Dutch and is told of, but stops nothing', () => {
    const small = loadContent(untouched, [LANGUAGE])
    const { pages, entries } = small.languages[LANGUAGE]
    expect(pages.map(({ language }) => language).toSorted()).toEqual([
      LANGUAGE,
      ...Array.from({ length: pages.length - 1 }, () => 'nl'),
    ])
    expect(entries.map(({ language }) => language)).toEqual(['nl', 'nl', 'nl', LANGUAGE])
    const missing = translationStates(small).filter(({ state }) => state === 'missing')
    expect(missing.length).toBe(pages.length - 1 + 3)
    expect(translationWarnings(small)).toContainEqual({
      file: 'ar/pages/rights.md',
      field: '(the whole file)',
      problem: 'is not translated, so readers get the Dutch text with a notice',
      remedy: 'translate it, then run `npm run content:translated -- ar pages/rights.md`',
    })
  })
})

describe('what a translation was made from', () => {
  const real = content()
  const withTitle = (title: string) => {
    const { nl } = real.languages
    return {
      ...real,
      languages: {
        ...real.languages,
        nl: { ...nl, pages: nl.pages.map((page) => (page.id === 'travel' ? { ...page, title } : page)) },
      },
    }
  }

  it('is written down for every file of every translation, and is the Dutch of today', () => {
    expect(translationStates(real).filter(({ state }) => state !== 'current')).toEqual([])
    expect(translationStates(real).length).toBe(
      (LANGUAGES.length - 1) * Object.keys(wordVersions(real.languages.nl)).length,
    )
  })

  it('is stale in every translation once the Dutch words change', () => {
    const stale = translationStates(withTitle('Ga je ver weg?')).filter(({ state }) => state === 'stale')
    expect(stale.map(({ language, file }) => `${language}/${file}`)).toEqual([
      'en/pages/travel.md',
      'tr/pages/travel.md',
      'ar/pages/travel.md',
    ])
    expect(
      translationWarnings(withTitle('Ga je ver weg?')).map(({ problem, remedy }) => [problem, remedy]),
    ).toContainEqual([
      'was made from an earlier Dutch text',
      'compare it with the Dutch text, then run `npm run content:translated -- en pages/travel.md`',
    ])
  })

  it('does not change with what has no words: an order, a source, the day of a check', () => {
    const { nl } = real.languages
    const pages = nl.pages.map((page) => ({
      ...page,
      order: page.order + 1,
      facts: page.facts.map((fact) => ({ ...fact, source: 'https://elders.example' })),
    }))
    expect(wordVersions({ ...nl, pages })).toEqual(wordVersions(nl))
  })
})
