import { expect, it } from 'vitest'
import { formatDay, formatDayOfYear, formatSourceDate } from './format.ts'

it.each([
  ['nl', '25 maart 2027', '25 maart'],
  ['en', '25 March 2027', '25 March'],
  ['tr', '25 Mart 2027', '25 Mart'],
  ['ar', '25 مارس 2027', '25 مارس'],
])('writes a day in %s in the order of Europe and the digits of the telephone', (language, day, dayOfYear) => {
  expect(formatDay('2027-03-25', language)).toBe(day)
  expect(formatDayOfYear('2027-03-25', language)).toBe(dayOfYear)
})

it('says as much of a source as is known of it', () => {
  expect(
    ['2014-09-29', '2014-09', '2014', 'undated (checked)'].map((date) => formatSourceDate(date, 'en', 'undated')),
  ).toEqual(['29 September 2014', 'September 2014', '2014', 'undated'])
})
