import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, parseDay } from '#campaign/day.ts'
import { periodsBetween } from '#campaign/period.ts'
import { newVisitors } from '#counting/estimate.ts'
import type { PublishedPeriod, PublishedTotals } from '#store/published-totals.ts'
import type { ContentRun, Site } from '../content/read.ts'
import { csvOf, pastedOf } from '../spreadsheet.ts'
import { csvOfLetter, jsonOfLetter } from './letter-files.ts'
import { letterOf, type Letter } from './letter.ts'
import { writtenAs } from './totals.ts'

const FIRST = parseDay('2027-03-25')
const RUN: ContentRun = {
  id: 'spring',
  name: 'Spring',
  firstDay: FIRST,
  lastDay: addDays(FIRST, 9),
  sites: ['help', 'diary'],
  visitors: 'standard',
}
const SITES = [
  { id: 'help', hosts: ['www.help.example'] },
  { id: 'diary', hosts: ['www.diary.example'] },
] as unknown as Site[]
const BUCKETS = 2 ** 14
const REASON = '=HYPERLINK("http://site.invalid"), "een robot"\nkwam langs'

function published(flips: readonly number[], isDemonstration = false): PublishedTotals {
  let zerosBefore = BUCKETS / 2
  const periods = periodsBetween(FIRST, addDays(FIRST, flips.length - 1), 'day').map(
    ({ id, firstDay, lastDay }, index): PublishedPeriod => {
      const count = flips[index] ?? 0
      const row = {
        run: 'spring',
        site: 'help' as const,
        number: 1,
        size: 'standard' as const,
        period: id,
        firstDay,
        lastDay,
        flips: count,
        zerosBefore,
        zerosAfter: zerosBefore - count,
        value: newVisitors(BUCKETS, zerosBefore, zerosBefore - count),
      }
      zerosBefore -= count
      return row
    },
  )
  return {
    runs: async () => (periods.length > 0 ? [{ run: 'spring', firstDay: FIRST, lastDay: RUN.lastDay }] : []),
    periods: async () => periods,
    links: async () => [],
    tallies: async () => [],
    strikes: async () => [{ run: 'spring', site: 'help', period: '2027-03-26', reason: REASON, day: FIRST }],
    earlierTotals: async () => [],
    isDemonstration: async () => isDemonstration,
  }
}

async function letter(flips: readonly number[] = [400, 3000, 4, 100], isDemonstration = false): Promise<Letter> {
  const made = await letterOf(published(flips, isDemonstration), [RUN], 'spring', addDays(FIRST, 4))
  if (!made) throw new Error('there is no letter')
  return made
}

/** The file as a spreadsheet reads it, by the names of its columns. */
function rowsOf(csv: string): Record<string, string>[] {
  return parse(csv, { bom: true, columns: true, delimiter: ';', record_delimiter: '\r\n' })
}

/** Why a number is not shown, as a file says it. */
function reasonOf(row: Record<string, string>): 'nothing' | 'few' {
  return row.visitors_not_shown_because === 'too few to show' ? 'few' : 'nothing'
}

/** A row in the words of the screen. */
function inWords(row: Record<string, string>): string {
  const number = (name: string) => Number(row[name])
  return row.visitors_at_most === ''
    ? writtenAs(
        {
          kind: 'about',
          about: number('visitors_about'),
          low: number('visitors_95_percent_low'),
          high: number('visitors_95_percent_high'),
        },
        'nl',
      )
    : writtenAs({ kind: reasonOf(row), atMost: number('visitors_at_most') }, 'nl')
}

describe('the table of a letter for a spreadsheet', () => {
  it('says the same of each total and day as the screen', async () => {
    const made = await letter()
    const rows = rowsOf(csvOfLetter(made, SITES))
    const [help] = made.sites
    const [run] = help?.runs ?? []
    expect(rows.map(({ level }) => level)).toEqual(['total', 'run', 'day', 'day', 'day', 'day'])
    expect(rows.map(inWords)).toEqual(
      [help?.visitors, run?.visitors, ...(run?.periods ?? []).map(({ visitors }) => visitors)].map((shown) =>
        shown ? writtenAs(shown, 'nl') : '',
      ),
    )
    expect(rows[0]).toMatchObject({ host: 'www.help.example', first_day: '2027-03-25', last_day: '2027-03-28' })
    expect(rows[4]).toMatchObject({
      period: '2027-03-27',
      visitors_about: '',
      visitors_95_percent_low: '',
      visitors_95_percent_high: '',
      visitors_at_most: '60',
      visitors_not_shown_because: 'cannot be told from nothing',
    })
  })

  it('keeps the reason of a day that is left out, whatever signs it has, and runs none of it as a formula', async () => {
    const rows = rowsOf(csvOfLetter(await letter(), SITES))
    expect(rows[3]?.left_out_because).toBe(`'${REASON}`)
  })

  it('says that made-up numbers are made up', async () => {
    expect(rowsOf(csvOfLetter(await letter([400], true), SITES))[0]?.notes).toBe('demonstration, made up')
  })

  it('is read back by another program as it was written, whatever is in it', () => {
    const withoutQuotes = (rows: readonly (readonly string[])[]) =>
      rows.map((row) => row.map((cell) => cell.replaceAll("'", '')))
    const cells = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: fc.constantFrom('=', '+', '-', '@', '＝', '\t', '\r', '\n', ' ', ';', ',', '"', "'", 'a') }),
    )
    fc.assert(
      fc.property(fc.array(fc.array(cells, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 }), (rows) => {
        const back: string[][] = parse(csvOf(rows), {
          bom: true,
          delimiter: ';',
          relax_column_count: true,
          record_delimiter: '\r\n',
        })
        expect(withoutQuotes(back)).toEqual(withoutQuotes(rows))
        // Also when a spreadsheet takes a comma, a semicolon, a tab or a line for the end of a cell.
        for (const text of [...back.flat(), ...pastedOf(rows).split(/[\t\n]/)])
          expect(text).not.toMatch(/(^|[,;\t\r\n]) *[=+\-@＝]|^[\t\r\n]/)
        // What is pasted has the cells that were given, whatever is in them.
        expect(
          pastedOf(rows)
            .split('\n')
            .map((row) => row.split('\t').length),
        ).toEqual(rows.map((row) => row.length))
      }),
      { numRuns: 100 },
    )
  })

  it('begins with the mark of UTF-8 and has semicolons, so that a Dutch Excel shows its columns and letters', async () => {
    const file = Buffer.from(csvOfLetter(await letter(), SITES))
    expect([...file.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    expect(file.toString('utf8').split('\r\n', 1)[0]).toMatch(/^\ufefflevel;site;host;run;/)
  })
})

describe('the data of a letter', () => {
  it('has the numbers of the screen with their interval and unit', async () => {
    const made = await letter()
    const data = JSON.parse(jsonOfLetter(made, SITES)) as {
      sites: { visitors: unknown; runs: { periods: Record<string, unknown>[] }[] }[]
    }
    expect(data).toMatchObject({
      format: 2,
      demonstration: false,
      of: 'spring',
      first_day: '2027-03-25',
      closed_to: '2027-03-28',
      unit: 'visitors',
      interval_percent: 95,
    })
    const visitors = made.sites[0]?.visitors
    expect(data.sites[0]?.visitors).toEqual(
      visitors?.kind === 'about' ? { about: visitors.about, low: visitors.low, high: visitors.high } : {},
    )
    expect(data.sites[0]?.runs[0]?.periods[1]).toMatchObject({ period: '2027-03-26', left_out_because: REASON })
    expect(data.sites[0]?.runs[0]?.periods[2]).toMatchObject({
      new_visitors: { at_most: 60, not_shown_because: 'cannot be told from nothing' },
    })
  })
})

describe('a letter', () => {
  it('is there when a day is closed, and about what is closed only', async () => {
    expect(await letterOf(published([]), [RUN], 'spring', FIRST)).toBeUndefined()
    const made = await letter()
    expect(made.lastDay).toBe('2027-03-28')
    expect(made.sites.map(({ site }) => site)).toEqual(['help'])
    expect(made.closings[0]?.closing).toMatchObject({ kind: 'going-on', closedTo: '2027-03-28', when: 'tonight' })
  })
})
