import { expect, it } from 'vitest'
import { completenessOf, completenessTable } from './completeness.ts'
import { content as contentOfFolder } from './content.ts'
import { LANGUAGES, type Content } from './read.ts'

const content = contentOfFolder()

it('every language has every text of every kind', () => {
  const rows = completenessOf(content)
  expect(rows.filter(({ there, of }) => there !== of)).toEqual([])
  expect(rows.length).toBe(LANGUAGES.length * 11)
  expect(rows.every(({ of }) => of > 0)).toBe(true)
})

it('a page that is in Dutch still is missing from its language, with its facts', () => {
  const { nl, tr } = content.languages
  const travel = nl.pages.find(({ id }) => id === 'travel')
  if (!travel) throw new Error('The content has no page "travel".')
  const without: Content = {
    ...content,
    languages: {
      ...content.languages,
      tr: { ...tr, pages: tr.pages.map((page) => (page.id === 'travel' ? travel : page)) },
    },
  }
  const missing = completenessOf(without).filter(({ there, of }) => there < of)
  expect(missing.map(({ language, kind, there, of }) => [language, kind, of - there])).toEqual([
    ['tr', 'pages', 1],
    ['tr', 'facts under the pages', travel.facts.length],
  ])
  const all = `${nl.pages.length} of ${nl.pages.length}, 100 %`
  expect(completenessTable(without)).toMatch(
    new RegExp(
      `\\| pages \\| ${all} \\| ${all} \\| ${nl.pages.length - 1} of ${nl.pages.length}, 9\\d % \\| ${all} \\|`,
    ),
  )
})
