import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import asvs from './supply/asvs-5.0.0.json' with { type: 'json' }
import { problemsWithTests } from './named-test.ts'

// docs/asvs.md goes through the requirements of OWASP ASVS 5.0.0, levels 1 and 2; the numbers and levels are in supply/asvs-5.0.0.json.

const DOCUMENT = readFileSync('docs/asvs.md', 'utf8')

/** What a document must say, for the requirements that ask for a document and nothing else. */
const DOCUMENTED: readonly (readonly [number: string, file: string, sentence: string])[] = [
  ['2.1.3', 'docs/security.md', 'A table of links is at most 500 lines and 200,000 characters'],
  ['5.1.1', 'docs/security.md', 'It is read as text whatever its name is, is not kept, and is served to nobody'],
  ['6.1.1', 'docs/security.md', 'five tries in a quarter of an hour for each address and network'],
  ['6.1.2', 'docs/management.md', 'names of the sites, their host names'],
  ['6.1.3', 'docs/management.md', 'an invitation for somebody who lost a password or a telephone'],
  ['7.1.1', 'docs/management.md', 'A sign-in ends after half an hour without a request, at midnight in Amsterdam'],
  ['7.1.2', 'docs/management.md', 'signed in with any number of browsers at once'],
  ['8.1.1', 'docs/management.md', '| read totals, letters, files, the log, the state of the texts | yes | yes |'],
  ['13.1.1', 'docs/operate.md', 'it can send nothing to another machine'],
  ['15.1.3', 'docs/security.md', 'forty requests at a time of one network and 120 in all'],
]
const DOCUMENTED_TITLE = '`asvs.test.ts`: the document that … asks for is …'

interface Requirement {
  readonly number: string
  readonly level: string
  readonly state: string
  /** The tests that prove it, why it does not apply, or what is to be done. */
  readonly because: string
}

describe('docs/asvs.md', () => {
  it('has every requirement of levels 1 and 2 once, with its level, in order', () => {
    const wanted = Object.entries(asvs.levels).flatMap(([level, numbers]) => numbers.map((number) => [number, level]))
    expect(wanted).toHaveLength(253)
    expect(requirementsOf(DOCUMENT).map(({ number, level }) => [number, level])).toEqual(
      wanted.toSorted(([one = ''], [other = '']) => one.localeCompare(other, 'en', { numeric: true })),
    )
  })

  it('names a test that exists for every requirement that holds, and says of every other why or what is to be done', () => {
    expect(requirementsOf(DOCUMENT).flatMap(problemsWith)).toEqual([])
  })

  it('counts at its top what stands in it', () => {
    const of = (state: string) => requirementsOf(DOCUMENT).filter((one) => one.state === state).length
    expect(DOCUMENT).toContain(
      `Of 253 requirements ${of('holds')} hold, ${of('does not apply')} do not apply and ${of('open')} are open.`,
    )
  })

  it.each([
    ['a test that does not exist', 'holds', '`e2e/exit.spec.ts`: the exit makes coffee'],
    ['a sentence instead of a test', 'holds', 'everybody knows that this is so'],
    ['a document that nobody looked for', 'holds', DOCUMENTED_TITLE],
    ['no reason', 'does not apply', 'no'],
    ['nothing to be done', 'open', ''],
    ['another state', 'partly', '`e2e/exit.spec.ts`: the other tabs leave too'],
  ])('is refused with %s', (_what, state, because) => {
    expect(problemsWith({ number: '1.1.1', level: '2', state, because })).toHaveLength(1)
  })

  it.each(DOCUMENTED)('the document that %s asks for is %s', (number, file, sentence) => {
    expect(readFileSync(file, 'utf8').replaceAll(/\s+/g, ' ')).toContain(sentence)
    expect(requirementsOf(DOCUMENT).find((one) => one.number === number)?.because).toContain(DOCUMENTED_TITLE)
  })
})

function requirementsOf(document: string): Requirement[] {
  return [...document.matchAll(/^\| (\d+\.\d+\.\d+) \| (\d) \| .+? \| \*\*(.+?)\*\* \| (.*) \|$/gm)].map(
    ([, number = '', level = '', state = '', because = '']) => ({ number, level, state, because }),
  )
}

function problemsWith({ number, state, because }: Requirement): string[] {
  if (state === 'open' || state === 'does not apply')
    return because.length < 15 ? [`${number} is "${state}" without a sentence`] : []
  if (state !== 'holds') return [`${number} is "${state}"`]
  if (because.includes(DOCUMENTED_TITLE) && !DOCUMENTED.some(([documented]) => documented === number))
    return [`${number} names a document that no test looks for`]
  return problemsWithTests(because, number)
}
