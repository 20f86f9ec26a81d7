import { describe, expect, it } from 'vitest'
import { addDays, parseDay, type CalendarDay } from '#campaign/day.ts'
import { dayAsPeriod, monthOf, periodsBetween, weekOf } from '#campaign/period.ts'
import { newVisitors } from '#counting/estimate.ts'
import type { TallySeries } from '#store/count-store.ts'
import type { PublishedPeriod, PublishedTally, PublishedTotals } from '#store/published-totals.ts'
import type { ContentRun } from '../content/read.ts'
import { wordOf } from './choice.ts'
import { overviewOf } from './overview.ts'

// A Thursday to a Wednesday, and a year later a Monday to a Sunday.
const SPRING: ContentRun = {
  id: 'spring',
  name: 'Spring',
  firstDay: parseDay('2027-03-25'),
  lastDay: parseDay('2027-04-07'),
  sites: ['help', 'diary'],
  visitors: 'standard',
}
const NEXT: ContentRun = {
  ...SPRING,
  id: 'next',
  name: 'Next',
  firstDay: parseDay('2028-03-20'),
  lastDay: parseDay('2028-04-02'),
}
const TODAY = parseDay('2027-05-10')
const BUCKETS = 2 ** 14
const EARLIER = {
  site: 'help' as const,
  period: '2014',
  firstDay: parseDay('2014-03-25'),
  lastDay: parseDay('2014-09-29'),
  value: 3034,
  source: 'a letter',
}

function visitorsOf(run: ContentRun, flips: number): PublishedPeriod[] {
  return periodsBetween(run.firstDay, run.lastDay, 'day').map(({ id, firstDay, lastDay }, index) => {
    const zerosBefore = BUCKETS / 2 - index * flips
    return {
      run: run.id,
      site: 'help',
      number: 1,
      size: 'standard',
      period: id,
      firstDay,
      lastDay,
      flips,
      zerosBefore,
      zerosAfter: zerosBefore - flips,
      value: newVisitors(BUCKETS, zerosBefore, zerosBefore - flips),
    }
  })
}

function tally(
  series: TallySeries,
  label: string,
  period: { id: string; firstDay: CalendarDay; lastDay: CalendarDay },
  value: number,
  site: 'help' | 'diary' = 'help',
): PublishedTally {
  return { site, series, label, period: period.id, firstDay: period.firstDay, lastDay: period.lastDay, value }
}

/** Published numbers, and what was asked for. */
function published(periods: readonly PublishedPeriod[], tallies: readonly PublishedTally[] = []) {
  const asked: { periods: (readonly string[] | undefined)[]; tallies: [string, string][] } = {
    periods: [],
    tallies: [],
  }
  const totals: PublishedTotals = {
    runs: async () => [
      ...new Map(periods.map(({ run, firstDay, lastDay }) => [run, { run, firstDay, lastDay }])).values(),
    ],
    periods: async (runs) => {
      asked.periods.push(runs)
      return periods.filter(({ run }) => runs?.includes(run) ?? true)
    },
    links: async () => [
      {
        run: 'spring',
        site: 'help',
        label: 'school',
        period: '2027-W13',
        firstDay: SPRING.firstDay,
        value: 60,
        milliError: 9000,
      },
      {
        run: 'spring',
        site: 'help',
        label: 'school',
        period: '2027-W14',
        firstDay: SPRING.firstDay,
        value: 50,
        milliError: 12_000,
      },
      {
        run: 'spring',
        site: 'help',
        label: 'library',
        period: '2027-W13',
        firstDay: SPRING.firstDay,
        value: 12,
        milliError: 9000,
      },
    ],
    tallies: async (from, to) => {
      asked.tallies.push([from, to])
      return tallies.filter(({ firstDay, lastDay }) => firstDay >= from && lastDay <= to)
    },
    strikes: async () => [],
    earlierTotals: async () => [EARLIER],
    isDemonstration: async () => false,
  }
  return { totals, asked }
}

describe('what can be chosen', () => {
  it('is every run that began and every year with numbers, the last first; first of all the run that began last', async () => {
    const overview = await overviewOf(published(visitorsOf(SPRING, 40)).totals, [SPRING, NEXT], undefined, TODAY)
    expect(overview?.choices.map(wordOf)).toEqual(['spring', 'jaar:2027', 'jaar:2014'])
    expect(overview?.choice).toEqual({ kind: 'run', run: SPRING })
    expect(overview?.coming).toBe(NEXT)
  })

  it('has a run of which numbers were published though nobody names it any more', async () => {
    const overview = await overviewOf(published(visitorsOf(SPRING, 40)).totals, [], 'spring', TODAY)
    expect(overview?.sites[0]?.visitors).toMatchObject({ kind: 'about' })
  })

  it('is nothing under a name that is not there', async () => {
    for (const word of ['autumn', 'jaar:2013', "'; drop table sketch"])
      expect(await overviewOf(published([]).totals, [SPRING], word, TODAY)).toBeUndefined()
  })
})

describe('the overview of a run', () => {
  it('adds up visits outside the run by the days they lie on, and never those of another run', async () => {
    const before = weekOf(SPRING.firstDay)
    const after = weekOf(SPRING.lastDay)
    const { totals } = published(visitorsOf(SPRING, 40), [
      tally('visits', '', weekOf(addDays(SPRING.firstDay, -7)), 70),
      tally('visits', '', before, 30),
      ...periodsBetween(SPRING.firstDay, SPRING.lastDay, 'day').map((day) => tally('visits', '', day, 100)),
      tally('visits', '', after, 40),
      tally('visits', '', weekOf(addDays(SPRING.lastDay, 7)), 70),
      // A run of somebody else, a day after.
      tally('visits', '', dayAsPeriod(addDays(SPRING.lastDay, 1)), 999),
    ])
    const overview = await overviewOf(totals, [SPRING], undefined, TODAY)
    const help = overview?.around.find(({ site }) => site === 'help')?.phases
    // The week in which the run begins has three days before it, the one in which it ends four days after it.
    expect(help?.map(({ phase, days, visits }) => [phase, days, visits.kind === 'about' && visits.about])).toEqual([
      ['before', 10, 100],
      ['during', 14, 1400],
      ['after', 11, 110],
    ])
    expect(help?.[1]?.perWeek).toMatchObject({ about: 700 })
  })

  it('adds up page opens of the months it touches, keeps the days of the diary in order, and shows none below a hundred', async () => {
    const month = monthOf(SPRING.firstDay)
    const { totals } = published(visitorsOf(SPRING, 40), [
      tally('opens', 'travel', month, 400),
      tally('opens', 'rights', month, 90),
      tally('opens', 'front', monthOf(addDays(SPRING.firstDay, -28)), 5000),
      tally('opens', 'entry-10', month, 300, 'diary'),
      tally('opens', 'entry-2', month, 800, 'diary'),
    ])
    const overview = await overviewOf(totals, [SPRING], undefined, TODAY)
    expect(overview?.pages).toMatchObject([
      {
        site: 'help',
        most: [
          { label: 'travel', shown: { kind: 'about', about: 400 } },
          { label: 'rights', shown: { kind: 'few', atMost: 160 } },
        ],
      },
    ])
    expect(overview?.entries.map(({ day }) => day)).toEqual([2, 10])
  })

  it('tells in which language visits began, and nothing of a language that was never counted', async () => {
    const month = monthOf(SPRING.firstDay)
    const { totals } = published(visitorsOf(SPRING, 40), [
      tally('languages', 'ar', month, 30),
      tally('languages', 'nl', month, 400),
      tally('languages', 'nl', monthOf(SPRING.lastDay), 300),
      tally('languages', 'nl', month, 900, 'diary'),
      tally('languages', 'tr', month, 12),
      tally('languages', 'tr', monthOf(addDays(SPRING.firstDay, -28)), 5000),
      tally('opens', 'travel', month, 400),
    ])
    const overview = await overviewOf(totals, [SPRING], undefined, TODAY)
    // A noise of 0.1 has a standard error of 14 for one month and 20 for two.
    expect(overview?.languages).toEqual([
      {
        language: 'nl',
        visits: [
          { site: 'help', shown: { kind: 'about', about: 700, low: 660, high: 740 } },
          { site: 'diary', shown: { kind: 'about', about: 900, low: 870, high: 930 } },
        ],
      },
      { language: 'tr', visits: [{ site: 'help', shown: { kind: 'nothing', atMost: 80 } }] },
      { language: 'ar', visits: [{ site: 'help', shown: { kind: 'nothing', atMost: 80 } }] },
    ])
    expect(overview?.pages).toMatchObject([{ site: 'help', most: [{ label: 'travel' }] }])
  })

  it('adds up share links over their cells when the run is over, and shows nothing of them before', async () => {
    const overview = await overviewOf(published(visitorsOf(SPRING, 40)).totals, [SPRING], undefined, TODAY)
    // Independent errors of 9 and 12 make one of 15.
    expect(overview?.links).toEqual([
      {
        run: SPRING.id,
        site: 'help',
        label: 'school',
        firstDay: SPRING.firstDay,
        visitors: { kind: 'about', about: 110, low: 80, high: 140 },
      },
      {
        run: SPRING.id,
        site: 'help',
        label: 'library',
        firstDay: SPRING.firstDay,
        visitors: { kind: 'nothing', atMost: 50 },
      },
    ])
    const before = await overviewOf(published(visitorsOf(SPRING, 40)).totals, [SPRING], undefined, SPRING.lastDay)
    expect(before?.links).toEqual([])
  })

  it('reads five earlier runs and the weeks around its own, however many years there are', async () => {
    const years = Array.from({ length: 30 }, (_, index): ContentRun => ({
      ...SPRING,
      id: `run-${index}`,
      firstDay: addDays(SPRING.firstDay, -365 * index),
      lastDay: addDays(SPRING.lastDay, -365 * index),
    }))
    const { totals, asked } = published(years.flatMap((run) => visitorsOf(run, 40)))
    await overviewOf(totals, years, undefined, TODAY)
    expect(asked.periods).toEqual([['run-0', 'run-1', 'run-2', 'run-3', 'run-4', 'run-5']])
    expect(asked.tallies).toEqual([['2027-02-22', '2027-05-09']])
  })
})

describe('the overview of a year', () => {
  it('adds up its runs for each site, with the numbers of others apart', async () => {
    const autumn: ContentRun = {
      ...SPRING,
      id: 'autumn',
      firstDay: parseDay('2027-09-06'),
      lastDay: parseDay('2027-09-12'),
    }
    const { totals } = published([...visitorsOf(SPRING, 40), ...visitorsOf(autumn, 40)])
    const overview = await overviewOf(totals, [SPRING, autumn], 'jaar:2027', parseDay('2027-12-01'))
    const [help] = overview?.sites ?? []
    expect(help?.runs.map(({ run }) => run)).toEqual(['autumn', 'spring'])
    const sum = help?.runs.reduce((all, { estimate }) => all + estimate.value, 0) ?? 0
    expect(help?.visitors).toMatchObject({ kind: 'about', about: Math.round(sum / 10) * 10 })
    expect(overview?.closings.map(({ closing }) => closing.kind)).toEqual(['closed', 'closed'])
  })

  it('has no number of ours for a year in which others counted', async () => {
    const overview = await overviewOf(published([]).totals, [SPRING], 'jaar:2014', TODAY)
    expect(overview?.sites).toEqual([
      { site: 'help', visitors: undefined, runs: [] },
      { site: 'diary', visitors: undefined, runs: [] },
    ])
    expect(overview?.earlier).toEqual([EARLIER])
    expect(overview?.isNew).toBe(true)
  })
})
