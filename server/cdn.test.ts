import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayOf } from '#campaign/day.ts'
import { cdnCacheControl } from './cdn.ts'

describe('cdnCacheControl', () => {
  it('lets a network keep a page for as long as the setting says', () => {
    expect(cdnCacheControl(60, new Date('2027-03-25T12:00:00+01:00'))).toBe('public, max-age=60')
    expect(cdnCacheControl(0, new Date('2027-03-25T12:00:00+01:00'))).toBe('no-store')
  })

  it('lets go of it at midnight in Amsterdam, also on the days that the clock changes', () => {
    expect(cdnCacheControl(60, new Date('2027-03-24T23:59:30+01:00'))).toBe('public, max-age=30')
    expect(cdnCacheControl(60, new Date('2027-03-24T23:59:59.5+01:00'))).toBe('no-store')
    expect(cdnCacheControl(3600, new Date('2027-03-28T23:30:00+02:00'))).toBe('public, max-age=1800')
    expect(cdnCacheControl(3600, new Date('2027-10-31T23:30:00+01:00'))).toBe('public, max-age=1800')
  })

  it('never keeps one over midnight', () => {
    const moments = fc.date({
      min: new Date('2027-01-01T00:00:00Z'),
      max: new Date('2028-12-31T00:00:00Z'),
      noInvalidDate: true,
    })
    fc.assert(
      fc.property(moments, fc.integer({ min: 0, max: 3600 }), (moment, seconds) => {
        const kept = Number(/max-age=(\d+)/.exec(cdnCacheControl(seconds, moment))?.[1] ?? 0)
        expect(kept).toBeLessThanOrEqual(seconds)
        expect(dayOf(new Date(moment.getTime() + kept * 1000 - 1))).toBe(dayOf(moment))
      }),
    )
  })
})
