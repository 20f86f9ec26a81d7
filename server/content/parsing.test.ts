import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { parse, stringify } from 'yaml'
import { problemsOfRuns } from '#campaign/run-rules.ts'
import { contentFolder } from './content.ts'
import { isTooDeep, readMarkdown } from './markdown.ts'
import { formOfMessage, messagesByPath } from './messages.ts'
import type { Problem } from './problem.ts'
import { readContentFolder } from './read-folder.ts'
import {
  frontsSchema,
  helplinesSchema,
  pageSchema,
  runsSchema,
  shareSchema,
  sitesSchema,
  textsSchema,
  tracesSchema,
} from './schema.ts'
import { translationsSchema } from './translation-schema.ts'

/** Every code unit of a text, halves of signs too. The unit `binary` takes two seconds to prepare. */
const anyUnit = fc.nat({ max: 0xffff }).map((code) => String.fromCharCode(code))

/** Whatever a person, a program or somebody with bad intentions could leave in a file, in pieces of what the parsers look for. */
const written = (...pieces: string[]) =>
  fc.oneof(
    fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((all) => all.join('')),
    fc.string({ unit: anyUnit, maxLength: 60 }),
    fc.tuple(fc.constantFrom(...pieces), fc.nat({ max: 150 })).map(([piece, often]) => piece.repeat(often)),
  )
const yaml = written(
  'a: ',
  '- ',
  '\n',
  '  ',
  '*x',
  '&x ',
  '<<: ',
  '!!js ',
  '|\n',
  '"',
  "'",
  '{',
  '}',
  '[',
  ']',
  ',',
  '? ',
  '# ',
  '---\n',
  '__proto__: ',
  'null',
  '2027-03-25',
  '1e999',
  '\t',
  '\0',
  '\ud800',
  '%YAML 9\n',
)
const markdown = written(
  '---\n',
  'a: *x\n',
  ':::do\n',
  ':::\n',
  ':tel[',
  ']',
  '::numbers{ids="',
  '"}',
  '[a](',
  'page:',
  'entry:',
  'javascript:',
  ')',
  '![',
  '<',
  '>',
  '\n',
  '\n\n',
  '- ',
  '> ',
  '**',
  '_',
  '`',
  '```\n',
  '|',
  '|-',
  '\\',
  '[b]: ',
  '&#0;',
  '{',
  '}',
  '  ',
  '1. ',
  'ik',
  '\0',
  '\ud800',
  'www.',
  'a@b.nl',
)
const messages = written(
  '{',
  '}',
  '{n, plural, ',
  'one ',
  'other ',
  '{n, select, ',
  '{n, number, ::',
  '{d, date, ::',
  '.00/w',
  'E+0#',
  'QQ',
  'e',
  "'",
  '#',
  '<b>',
  '</b>',
  '<',
  'n',
  '=0 ',
  'offset:',
  '__proto__',
  '\0',
)

/** A folder with one file at a time: what else is missing is told as problems of other files. */
const folder = mkdtempSync(join(tmpdir(), 'parsing-'))
mkdirSync(join(folder, 'nl'))
afterAll(() => rmSync(folder, { recursive: true }))

/** What is wrong with a file that says this. */
function problemsOf(file: string, text: string): Problem[] {
  writeFileSync(join(folder, file), text)
  try {
    return readContentFolder(folder, []).problems.filter((problem) => problem.file === file)
  } finally {
    rmSync(join(folder, file))
  }
}

/** Processor time of this process since a moment of it, which no other process makes longer. Unit: milliseconds. */
const spentSince = (begun: NodeJS.CpuUsage) => process.cpuUsage(begun).user / 1000

describe('a file of content', () => {
  it('that is anything at all is read, or its problems are told with a remedy', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('runs.yaml', 'sites.yaml', 'nl/texts.json', 'traces.json'),
        fc.oneof(yaml, fc.json()),
        (file, text) => {
          const problems = problemsOf(file, text)
          for (const problem of problems)
            expect(Object.values(problem).every((words) => words !== '' && !words.includes('\n'))).toBe(true)
          // Only an empty list of runs, and an empty group of texts, are in order.
          if (problems.length === 0)
            expect([file, text.trim()]).toEqual(
              file === 'runs.yaml'
                ? [file, expect.stringMatching(/^\[\s*\]/)]
                : ['nl/texts.json', expect.stringMatching(/^\{/)],
            )
        },
      ),
      { numRuns: 100 },
    )
  })

  it.each([
    ['runs.yaml', 'a: *x', 'write out what *name stands for'],
    // Nine times nine times nine … of the same.
    [
      'runs.yaml',
      `a: &a [x, x]\n${Array.from({ length: 9 }, (_, index) => `b${index}: &${'bcdefghij'[index]} [${Array(9).fill(`*${'abcdefghi'[index]}`).join()}]`).join('\n')}`,
      'write out what *name stands for',
    ],
    ['nl/texts.json', 'null', 'write a record here'],
    ['nl/texts.json', '{"a": {"b": 4}}', 'correct the value'],
  ])('%s is told what is wrong with %.20s', (file, text, remedy) => {
    expect(problemsOf(file, text).map((problem) => problem.remedy)).toEqual([expect.stringContaining(remedy)])
  })
})

describe('the form of a file', () => {
  const real = (file: string): unknown => parse(readFileSync(join(contentFolder(), file), 'utf8'))
  const samples = [
    [sitesSchema, real('sites.yaml')],
    [runsSchema, real('runs.yaml')],
    [helplinesSchema, real('helplines.yaml')],
    [tracesSchema, real('traces.json')],
    [shareSchema, real('nl/share.yaml')],
    [frontsSchema, real('nl/fronts.yaml')],
    [textsSchema, real('nl/texts.json')],
    [translationsSchema, real('tr/translations.yaml')],
    [pageSchema, readMarkdown(readFileSync(join(contentFolder(), 'nl/pages/travel.md'), 'utf8')).frontMatter],
  ] as const

  it('takes what was written again after it was read', () => {
    for (const [schema, value] of samples) {
      const read = schema.parse(value)
      expect(schema.parse(parse(stringify(read)))).toEqual(read)
      expect(schema.parse(JSON.parse(JSON.stringify(read)))).toEqual(read)
    }
  })

  /** One value somewhere inside, in place of another. */
  function changed(value: unknown, path: readonly number[], by: unknown): unknown {
    const [first = 0, ...rest] = path
    if (typeof value !== 'object' || value === null || path.length === 0) return by
    const keys = Object.keys(value)
    const key = keys[first % Math.max(1, keys.length)]
    const copy = Array.isArray(value) ? [...(value as unknown[])] : { ...value }
    return key === undefined
      ? by
      : Object.assign(copy, { [key]: changed((value as Record<string, unknown>)[key], rest, by) })
  }

  it('says what is wrong with any one value, and never fails by itself', () => {
    const values = fc.oneof(
      fc.anything(),
      fc.constantFrom(
        '',
        ' ',
        'https:',
        'https://',
        'http://[',
        'nonsense',
        '2027-02-30',
        '0000-00-00',
        '{address}',
        '__proto__',
        -1,
        1.5,
        Number.NaN,
        null,
        undefined,
        [],
        {},
      ),
      fc.string({ unit: anyUnit }),
    )
    fc.assert(
      fc.property(
        fc.constantFrom(...samples),
        fc.array(fc.nat(), { maxLength: 4 }),
        values,
        ([schema, value], path, by) => {
          const result = schema.safeParse(changed(value, path, by))
          if (!result.success) for (const issue of result.error.issues) expect(issue.message).not.toBe('')
          else if (schema === runsSchema) problemsOfRuns(result.data as never)
        },
      ),
      { numRuns: 300 },
    )
  })
})

describe('a Markdown text', () => {
  const SCRIPT = /^\s*(javascript|data|vbscript)/i

  it('is read without delay whatever it says, and what it leads to is a known address or is told', () => {
    fc.assert(
      fc.property(markdown, (text) => {
        if (isTooDeep(text)) return
        const begun = process.cpuUsage()
        let read
        try {
          read = readMarkdown(text)
        } catch (error) {
          // Of the front matter alone; it is told as a problem of the file.
          expect(text).toMatch(/^\ufeff?---/)
          expect(String(error)).toMatch(/YAML|alias|anchor|Tag/i)
          return
        }
        expect(spentSince(begun)).toBeLessThan(3000)
        expect(read.words).toBeLessThanOrEqual(text.length)
        const addresses = JSON.stringify(read.body).matchAll(/"(?:href|src)":"((?:[^"\\]|\\.)*)"/g)
        for (const [, address = ''] of addresses)
          if (SCRIPT.test(address)) expect(read.references.unknownLinks.length).toBeGreaterThan(0)
      }),
      { numRuns: 80 },
    )
  })

  it('is too deep before the parser takes seconds for it', () => {
    const deep = [
      ...['- ', '> ', '1. ', '>'].map((mark) => mark.repeat(61)),
      `${'    '.repeat(20)}- a`,
      ':::do\n'.repeat(200),
      '::::warning\n'.repeat(100),
    ]
    expect(deep.map(isTooDeep)).toEqual(deep.map(() => true))
    expect(
      [
        '- '.repeat(12),
        '-'.repeat(300),
        `|${'-|'.repeat(300)}`,
        '* a\n'.repeat(300),
        ':::do\nDoe dit.\n:::\n'.repeat(20),
        ' a'.repeat(5000),
      ].map(isTooDeep),
    ).toEqual(Array(6).fill(false))
    // Its own work grows with the length of the text, and no faster.
    const begun = process.cpuUsage()
    for (const piece of ['- ', '1', '1.', ' ', '\t', ':', '\n:', '-']) isTooDeep(`${piece.repeat(200_000)}x`)
    expect(spentSince(begun)).toBeLessThan(2000)
  })

  it('leads to pages, entries, safe addresses and places of its own, and shows no picture from elsewhere', () => {
    const { references } = readMarkdown(
      '[a](page:travel) [b](https://example.org/) [c](mailto:a@example.org) [d](#d) [e](javascript:alert(1)) [f][g] ![h](https://example.org/h.png) www.example.org [i](/uit) [j](//example.org)\n\n[g]: http://example.org/\n',
    )
    expect(references.pages).toEqual(['travel'])
    expect(references.unknownLinks).toEqual([
      'javascript:alert(1)',
      'https://example.org/h.png',
      'http://www.example.org',
      '/uit',
      '//example.org',
      'http://example.org/',
    ])
  })
})

describe('a message', () => {
  it('has a form, or is told to be none by a SyntaxError', () => {
    const accepted = new Set<string>()
    fc.assert(
      fc.property(messages, (message) => {
        try {
          accepted.add(typeof formOfMessage(message))
        } catch (error) {
          expect(error).toBeInstanceOf(SyntaxError)
        }
      }),
      { numRuns: 1000 },
    )
    expect([...accepted]).toEqual(['object'])
  })

  it.each([
    '{n, date, ::yyyyQQ}',
    '{n, number, ::E+0#}',
    `{n, number, ::${'#'.repeat(30_000)}}`,
    '{n,select,other{'.repeat(3000),
  ])('is none when the parser does not support it: %.30s', (message) => {
    expect(() => formOfMessage(message)).toThrow(SyntaxError)
  })

  it('is found under its path', () => {
    const groups = fc.letrec<{ group: Record<string, unknown> }>((tie) => ({
      group: fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), fc.oneof(fc.string(), tie('group')), { maxKeys: 4 }),
    })).group
    fc.assert(
      fc.property(groups, (texts) => {
        for (const [path, message] of messagesByPath(texts))
          expect(path.split('.').reduce<unknown>((part, key) => (part as Record<string, unknown>)[key], texts)).toBe(
            message,
          )
      }),
    )
  })
})
