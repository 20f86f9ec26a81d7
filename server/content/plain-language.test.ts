import { describe, expect, it } from 'vitest'
import { content as contentOfFolder } from './content.ts'
import { alarmsIn, plainLanguageAlarms } from './plain-language.ts'
import { LANGUAGES } from './read.ts'

const content = contentOfFolder()

it('no text in any language raises the alarm, but for what was accepted', () => {
  expect(plainLanguageAlarms(content)).toEqual([])
})

it.each(LANGUAGES)('what was accepted in %s is still in the text it names', (language) => {
  const { pages, plainLanguage } = content.languages[language]
  const gone = plainLanguage.accepted.filter(
    ({ file, words }) => !pages.some((page) => page.file === `${language}/${file}` && page.plainText.includes(words)),
  )
  expect(gone).toEqual([])
})

describe('the alarm', () => {
  const rules = {
    ...content.languages.nl.plainLanguage,
    longestSentence: 5,
    accepted: [{ file: 'pages/about.md', words: 'mag zo', why: 'test' }],
  }
  const problemsOf = (text: string, file = 'nl/pages/rights.md') =>
    alarmsIn(file, text, rules).map(({ problem }) => problem)

  it.each([
    ['Een twee drie vier vijf zes.', ['a sentence of 6 words; 5 is long']],
    ['Een twee drie. Vier vijf zes!', []],
    ['Een twee drie\nvier vijf zes', []],
    ['Indien nodig bel je.', ['a hard word: indien']],
    ['We implementeren iets.', ['a hard word: implementer*']],
    ['Bel bijv. een docent.', ['shortened: bijv.']],
    ['Kijk op politie.nl.', []],
    ['Vraag het de AVVN.', ['a name in capitals: AVVN']],
    ['Vraag het de IND.', []],
  ])('on "%s" says %j', (text, problems) => {
    expect(problemsOf(text)).toEqual(problems)
  })

  it('is still for a sentence that was accepted, in the file that it was accepted for', () => {
    const text = 'Een twee drie vier vijf mag zo.'
    expect(problemsOf(text, 'nl/pages/about.md')).toEqual([])
    expect(problemsOf(text)).toHaveLength(1)
  })

  it('knows hard words in other letters, with marks or without', () => {
    const problems = alarmsIn('ar/pages/rights.md', 'المذكور آنفًا.', content.languages.ar.plainLanguage)
    expect(problems.map(({ problem }) => problem)).toEqual(['a hard word: آنفا'])
  })
})
