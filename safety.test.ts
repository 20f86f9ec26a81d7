import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { problemsWithTests } from './named-test.ts'

// docs/safety.md tells what must be true for the safety of a reader, and which test proves it.

const DOCUMENT = readFileSync('docs/safety.md', 'utf8')
const LAST = 53

interface Sentence {
  readonly number: number
  readonly says: string
  /** The tests that prove it, or the reason why none can. */
  readonly proof: string
}

describe('docs/safety.md', () => {
  it('has every number from 1 to 53 once, in order', () => {
    expect(sentencesOf(DOCUMENT).map(({ number }) => number)).toEqual(
      Array.from({ length: LAST }, (_, index) => index + 1),
    )
  })

  it('names a test that exists for every sentence, or says why there is none', () => {
    expect(sentencesOf(DOCUMENT).flatMap(problemsWith)).toEqual([])
  })

  it.each([
    ['a test that does not exist', '`e2e/exit.spec.ts`: the exit makes coffee'],
    ['the beginning of a title', '`e2e/exit.spec.ts`: the other tabs of the site'],
    ['a file that does not exist', '`e2e/coffee.spec.ts`: the other tabs leave too'],
    ['nothing', ''],
    ['no reason', 'not run: '],
    ['a title of anything', '`e2e/exit.spec.ts`: …'],
  ])('is refused with %s', (_what, proof) => {
    expect(problemsWith({ number: 1, says: 'A sentence.', proof })).toHaveLength(1)
  })

  it('shows the comparison that was recorded', () => {
    const { browsers, others } = JSON.parse(readFileSync('content/traces.json', 'utf8')) as {
      browsers: { name: string; cases: { left: { visibleRows: number; wordsOnDisk: number } } }[]
      others: { way: string; pages: number; visibleRows: number; backShows: boolean; wordsOnDisk: number }[]
    }
    const left = browsers.find(({ name }) => name === 'Chromium')?.cases.left
    const rows = [
      { way: 'this site', pages: 10, backShows: false, visibleRows: left?.visibleRows, wordsOnDisk: left?.wordsOnDisk },
      ...others,
    ]
    const table = rows.map(
      ({ way, pages, visibleRows, backShows, wordsOnDisk }) =>
        `| ${way} | ${pages} | ${visibleRows} | ${backShows ? 'yes' : 'no'} | ${wordsOnDisk} |`,
    )
    expect(rows.length).toBe(4)
    expect(DOCUMENT).toContain(table.join('\n'))
  })
})

function sentencesOf(document: string): Sentence[] {
  return [...document.matchAll(/^\| (\d+) \| (.+?) \| (.+) \|$/gm)].map(([, number, says = '', proof = '']) => ({
    number: Number(number),
    says,
    proof,
  }))
}

function problemsWith({ number, says, proof }: Sentence): string[] {
  if (/^not run: .{20,}/.test(proof) || says === '') return says === '' ? [`${number} says nothing`] : []
  return problemsWithTests(proof, String(number))
}
