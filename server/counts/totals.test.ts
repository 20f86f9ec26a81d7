import { describe, expect, it } from 'vitest'
import { addDays, parseDay } from '#campaign/day.ts'
import { periodsBetween } from '#campaign/period.ts'
import { newVisitors } from '#counting/estimate.ts'
import type { PublishedPeriod, PublishedTally, PublishedTotals, Strike } from '#store/published-totals.ts'
import { runTotals, tallyTotals, writtenAs } from './totals.ts'

const FIRST = parseDay('2027-03-25')
const RUN = { id: 'spring', name: 'Spring', firstDay: FIRST, lastDay: addDays(FIRST, 9), sites: ['help' as const] }
const BUCKETS = 2 ** 14

/** Days of a sketch on which so many buckets were touched. */
function published(
  flips: readonly number[],
  changes: Partial<PublishedPeriod> & { from?: number; zeros?: number } = {},
): PublishedPeriod[] {
  const { from = 0, zeros = BUCKETS / 2, ...rest } = changes
  let zerosBefore = zeros
  return periodsBetween(addDays(FIRST, from), addDays(FIRST, from + flips.length - 1), 'day').map(
    ({ id, firstDay, lastDay }, index) => {
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
        ...rest,
      }
      zerosBefore -= count
      return row
    },
  )
}

function store(periods: PublishedPeriod[], strikes: Strike[] = [], tallies: PublishedTally[] = []): PublishedTotals {
  return {
    runs: async () => [],
    periods: async () => periods,
    links: async () => [],
    tallies: async () => tallies,
    strikes: async () => strikes,
    earlierTotals: async () => [],
    isDemonstration: async () => false,
  }
}

describe('the total of a run', () => {
  it('is the sum of its published days, to the last visitor', async () => {
    const periods = published([150, 120, 0, -3, 90])
    const [total] = await runTotals(store(periods), [RUN])
    expect(total?.estimate.value).toBe(periods.reduce((sum, { value }) => sum + value, 0))
    expect(total?.periods.map(({ period }) => period)).toEqual([
      '2027-03-25',
      '2027-03-26',
      '2027-03-27',
      '2027-03-28',
      '2027-03-29',
    ])
  })

  it('shows a number with its interval, and a day with few visitors as fewer than twenty', async () => {
    const [total] = await runTotals(store(published([400, 4])), [RUN])
    expect(total?.periods.map(({ visitors }) => visitors.kind)).toEqual(['about', 'few'])
    // 820 and 8 visitors, standard error 31: 768 to 888, rounded away from the middle.
    expect(writtenAs(total?.visitors ?? { kind: 'few', atMost: 0 }, 'en')).toBe('about 830 (760–890)')
  })

  it('leaves a struck day out, keeps the others as they were, and says why', async () => {
    const periods = published([150, 2000, 100])
    const strike: Strike = {
      run: 'spring',
      site: 'help',
      period: '2027-03-26',
      reason: 'a flood',
      day: addDays(FIRST, 2),
    }
    const [whole] = await runTotals(store(periods), [RUN])
    const [total] = await runTotals(store(periods, [strike]), [RUN])
    expect(total?.estimate.value).toBe((periods[0]?.value ?? 0) + (periods[2]?.value ?? 0))
    expect(total?.periods[1]).toMatchObject({ struck: 'a flood', visitors: whole?.periods[1]?.visitors })
    expect(total?.periods[0]).toEqual(whole?.periods[0])
  })

  it('does not take the strike of another run or site', async () => {
    const elsewhere = [
      { run: 'autumn', site: 'help' as const, period: '2027-03-25', reason: 'a flood', day: FIRST },
      { run: 'spring', site: 'diary' as const, period: '2027-03-25', reason: 'a flood', day: FIRST },
    ]
    const [total] = await runTotals(store(published([150]), elsewhere), [RUN])
    expect(total?.periods[0]).not.toHaveProperty('struck')
  })

  it('adds up the counts before and after a loss, shows a day that both saw once, and tells of it', async () => {
    const before = published([150, 100])
    const after = published([80, 70], { number: 2, from: 1 })
    const [total] = await runTotals(store([...before, ...after]), [RUN])
    expect(total?.estimate.value).toBe([...before, ...after].reduce((sum, { value }) => sum + value, 0))
    expect(total?.periods.map(({ period }) => period)).toEqual(['2027-03-25', '2027-03-26', '2027-03-27'])
    expect(total?.notes).toEqual([{ kind: 'counted-from', day: '2027-03-26' }])
  })

  it('tells when counting began late, and when the count was too small for so many', async () => {
    const [late] = await runTotals(store(published([150], { from: 2 })), [RUN])
    expect(late?.notes).toEqual([{ kind: 'counted-from', day: '2027-03-27' }])
    const [full] = await runTotals(store(published([BUCKETS / 2 - 700])), [RUN])
    expect(full?.notes).toEqual([{ kind: 'saturated' }])
  })

  it('keeps runs and sites apart', async () => {
    const totals = await runTotals(
      store([...published([150]), ...published([10], { site: 'diary' }), ...published([20], { run: 'autumn' })]),
      [RUN],
    )
    expect(totals.map(({ run, site }) => `${run} ${site}`)).toEqual(['spring help', 'spring diary', 'autumn help'])
  })

  it('is nothing while no day is closed', async () => {
    expect(await runTotals(store([]), [RUN])).toEqual([])
  })
})

describe('the totals of the counters without identity', () => {
  const tally = (label: string, period: string, value: number): PublishedTally => ({
    site: 'help',
    series: 'opens',
    label,
    period,
    firstDay: FIRST,
    lastDay: FIRST,
    value,
  })

  it('add up their periods, the noise below zero too, the largest first', async () => {
    const totals = await tallyTotals(
      store(
        [],
        [],
        [
          tally('travel', '2027-W12', -9),
          tally('front', '2027-W12', 500),
          tally('travel', '2027-W13', 129),
          tally('front', '2027-W13', 700),
        ],
      ),
      FIRST,
      FIRST,
    )
    expect(totals.map(({ label, estimate }) => [label, estimate.value])).toEqual([
      ['front', 1200],
      ['travel', 120],
    ])
    // The noise of two cells of 0.05 has a standard deviation of 40.
    expect(totals[0]?.estimate.error).toBeCloseTo(Math.sqrt(2) * 28.3, 0)
  })

  it('are not shown below a hundred page opens', async () => {
    const [total] = await tallyTotals(store([], [], [tally('rights', '2027-W12', 99)]), FIRST, FIRST)
    expect(total?.shown).toEqual({ kind: 'few', atMost: 160 })
  })
})

describe('a number in words', () => {
  const about = { kind: 'about', about: 3030, low: 2870, high: 3200 } as const

  it('is never bare', () => {
    expect(writtenAs(about, 'nl')).toBe('ongeveer 3.030 (2.870–3.200)')
    expect(writtenAs(about, 'en')).toBe('about 3,030 (2,870–3,200)')
  })

  it('is not told when chance may have made it of nothing', () => {
    expect(writtenAs({ kind: 'nothing', atMost: 1060 }, 'nl')).toBe('niet te onderscheiden van geen, hooguit 1.060')
    expect(writtenAs({ kind: 'nothing', atMost: 1060 }, 'en')).toBe('cannot be told from nothing, at most 1,060')
  })

  it('is not told when it is small', () => {
    expect(writtenAs({ kind: 'few', atMost: 40 }, 'nl')).toBe('te weinig om te tonen, hooguit 40')
    expect(writtenAs({ kind: 'few', atMost: 40 }, 'en')).toBe('too few to show, at most 40')
  })
})
