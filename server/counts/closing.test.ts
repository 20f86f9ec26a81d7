import { describe, expect, it } from 'vitest'
import { addDays, parseDay, type CalendarDay } from '#campaign/day.ts'
import { periodsBetween } from '#campaign/period.ts'
import type { ContentRun } from '../content/read.ts'
import { closingOf } from './closing.ts'
import type { RunTotal } from './totals.ts'

const FIRST = parseDay('2027-03-25')
const LAST = parseDay('2027-04-25')
const RUN: ContentRun = {
  id: 'spring',
  name: 'Spring',
  firstDay: FIRST,
  lastDay: LAST,
  sites: ['help'],
  visitors: 'standard',
}
const NUMBER = { kind: 'few', atMost: 20 } as const

function closedTo(lastDay: CalendarDay, length: 'day' | 'week' = 'day', site: 'help' | 'diary' = 'help'): RunTotal {
  const periods = periodsBetween(FIRST, lastDay, length).map(({ id, firstDay, lastDay: last }) => ({
    period: id,
    firstDay,
    lastDay: last,
    visitors: NUMBER,
  }))
  return { run: 'spring', site, estimate: { value: 0, error: 0 }, visitors: NUMBER, periods, notes: [] }
}

describe('how far the numbers of a run are final', () => {
  it('is the day that was closed last, and the next one closes tonight', () => {
    expect(closingOf(RUN, [closedTo(parseDay('2027-04-04'))], parseDay('2027-04-05'))).toEqual({
      kind: 'going-on',
      closedTo: '2027-04-04',
      next: { id: '2027-04-05', firstDay: '2027-04-05', lastDay: '2027-04-05' },
      length: 'day',
      when: 'tonight',
    })
  })

  it('is nothing on the first day', () => {
    expect(closingOf(RUN, [], FIRST)).toMatchObject({
      kind: 'going-on',
      closedTo: undefined,
      next: { id: '2027-03-25' },
      when: 'tonight',
    })
  })

  it('is everything when the run is over', () => {
    expect(closingOf(RUN, [closedTo(LAST)], addDays(LAST, 1))).toEqual({ kind: 'closed', lastDay: LAST })
  })

  it('says of a day that just ended that it is being closed, and of an older one that it is late', () => {
    const total = closedTo(parseDay('2027-04-04'))
    expect(closingOf(RUN, [total], parseDay('2027-04-06'))).toMatchObject({ when: 'now', next: { id: '2027-04-05' } })
    expect(closingOf(RUN, [total], parseDay('2027-04-07'))).toMatchObject({ when: 'late', next: { id: '2027-04-05' } })
    expect(closingOf(RUN, [closedTo(addDays(LAST, -1))], addDays(LAST, 9))).toMatchObject({
      when: 'late',
      next: { id: LAST },
    })
  })

  it('is told by week for a small run, whose last week ends with the run', () => {
    const small: ContentRun = { ...RUN, visitors: 'small', lastDay: parseDay('2027-04-22') }
    expect(closingOf(small, [closedTo(parseDay('2027-04-18'), 'week')], parseDay('2027-04-20'))).toMatchObject({
      length: 'week',
      when: 'later',
      closedTo: '2027-04-18',
      next: { lastDay: '2027-04-22' },
    })
  })

  it('is as far as the site that is least far', () => {
    const totals = [closedTo(parseDay('2027-04-05')), closedTo(parseDay('2027-04-04'), 'day', 'diary')]
    expect(closingOf(RUN, totals, parseDay('2027-04-06'))).toMatchObject({ closedTo: '2027-04-04', when: 'now' })
  })

  it('says when nothing was counted, and when visitors are not counted at all', () => {
    expect(closingOf(RUN, [], addDays(LAST, 1))).toEqual({ kind: 'not-counted' })
    expect(closingOf({ ...RUN, visitors: 'none' }, [], FIRST)).toEqual({ kind: 'no-visitors' })
  })
})
