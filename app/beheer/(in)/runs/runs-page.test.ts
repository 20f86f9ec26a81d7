import { describe, expect, it } from 'vitest'
import { addDays, parseDay } from '#campaign/day.ts'
import { content } from '#server/content/content.ts'
import type { ContentRun } from '#server/content/read.ts'
import { calendarYear, runsByPhase, sitesInWords } from './runs-page.ts'

const [HELP = '', DIARY = ''] = content().sites.map(({ name }) => name)
const TODAY = parseDay('2027-04-10')

function run(id: string, firstDay: string, lastDay: string, more: Partial<ContentRun> = {}): ContentRun {
  return {
    id,
    name: id,
    firstDay: parseDay(firstDay),
    lastDay: parseDay(lastDay),
    sites: ['help', 'diary'],
    visitors: 'standard',
    ...more,
  }
}

const RUNS = [
  run('old', '2014-03-25', '2014-04-25'),
  run('winter', '2027-01-01', '2027-01-05'),
  run('later', '2027-09-01', '2027-09-30'),
  run('spring', '2027-03-25', '2027-04-25', { announcedFrom: parseDay('2027-03-11') }),
  run('june', '2027-06-01', '2027-06-30', { sites: ['help'] }),
]

it('runs are listed by where they stand: the next one first, and the one that ended last first', () => {
  const { before, during, after } = runsByPhase(RUNS, TODAY)
  expect([before, during, after].map((runs) => runs.map(({ id }) => id))).toEqual([
    ['june', 'later'],
    ['spring'],
    ['winter', 'old'],
  ])
})

describe('the calendar', () => {
  it('has twelve months, beginning a little before today', () => {
    const { firstDay, lastDay, months, earlier, later } = calendarYear(RUNS, undefined, TODAY, 'nl')
    expect([firstDay, lastDay, earlier, later]).toEqual(['2027-02-01', '2028-01-31', '2026-02', '2028-02'])
    expect(months.map(({ text }) => text)).toEqual([
      'feb 2027',
      'mrt',
      'apr',
      'mei',
      'jun',
      'jul',
      'aug',
      'sep',
      'okt',
      'nov',
      'dec',
      'jan 2028',
    ])
  })

  it.each([
    ['2014-01', '2014-01-01'],
    ['2028-02', '2028-02-01'],
    ['2099-12', '2099-12-01'],
    ['9999-12', '2027-02-01'],
    ['2027-13', '2027-02-01'],
    ['<script>', '2027-02-01'],
  ])('asked for %s begins on %s', (asked, firstDay) => {
    const calendar = calendarYear(RUNS, asked, TODAY, 'en')
    expect(calendar.firstDay).toBe(firstDay)
    expect(calendar.months).toHaveLength(12)
  })

  it('has what each front shows, with the name of a run where it is first spoken of', () => {
    const [help, diary] = calendarYear(RUNS, undefined, TODAY, 'nl').rows
    expect(help?.bars.map(({ name, phase, firstDay, lastDay }) => [name, phase, firstDay, lastDay])).toEqual([
      ['winter', 'after', '2027-02-01', '2027-03-10'],
      ['spring', 'before', '2027-03-11', '2027-03-24'],
      [undefined, 'during', '2027-03-25', '2027-04-25'],
      [undefined, 'after', '2027-04-26', '2027-05-31'],
      ['june', 'during', '2027-06-01', '2027-06-30'],
      [undefined, 'after', '2027-07-01', '2027-08-31'],
      ['later', 'during', '2027-09-01', '2027-09-30'],
      [undefined, 'after', '2027-10-01', addDays(parseDay('2028-02-01'), -1)],
    ])
    expect(diary?.bars.map(({ name }) => name)).not.toContain('june')
  })
})

it('sites are named as readers know them', () => {
  expect(sitesInWords(['help', 'diary'], 'nl')).toBe(`${HELP} en ${DIARY}`)
  expect(sitesInWords(['diary'], 'en')).toBe(DIARY)
})
