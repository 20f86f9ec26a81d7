import { describe, expect, it } from 'vitest'
import { content } from '../content/content.ts'
import { countedLabels, countedPage } from './counted-page.ts'

describe('countedPage', () => {
  it.each([
    ['/reading/nl/help/front/quiet', 'help', 'front'],
    ['/reading/nl/help/front/2027-spring-during', 'help', 'front'],
    ['/reading/nl/diary/front/quiet/32', 'diary', 'front'],
    ['/reading/nl/help/page/travel', 'help', 'travel'],
    ['/reading/nl/diary/page/helplines', 'diary', 'helplines'],
    ['/reading/nl/diary/entry/7/open', 'diary', 'entry-7'],
    ['/reading/nl/diary/entry/7/newest', 'diary', 'entry-7'],
    ['/reading/nl/entrance/front', 'help', 'window'],
    ['/reading/nl/entrance/page/travel', 'help', 'window'],
  ])('%s counts for the %s site as %s', (path, site, label) => {
    expect(countedPage(content(), path)).toEqual({ site, label, language: 'nl' })
  })

  it.each([
    '/reading/nl/help/page/safety',
    '/reading/nl/help/page/practice',
    '/reading/nl/help/page/share',
    '/reading/nl/help/sharing/travel',
    '/reading/ar/diary/sharing/entry-4',
    '/reading/nl/diary/page/safety',
    '/reading/nl/entrance/page/safety',
    '/reading/nl/entrance/closed',
    '/reading/nl/help/page/unknown',
    '/files/security',
  ])('%s is never counted', (path) => {
    expect(countedPage(content(), path)).toBeUndefined()
  })
})

it('has a tally for every page that can be counted, and for none about the safety of the reader', () => {
  const labels = countedLabels(content(), 'help')
  expect(labels).toContain('front')
  expect(labels).toContain('window')
  expect(labels).toContain('travel')
  expect(labels).not.toContain('safety')
  expect(labels).not.toContain('practice')
  expect(countedLabels(content(), 'diary').filter((label) => label.startsWith('entry-'))).toHaveLength(32)
})
