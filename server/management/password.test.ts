import * as common from '@zxcvbn-ts/language-common'
import { describe, expect, it } from 'vitest'
import { passwordProblem } from './password.ts'
import { PASSWORD_LENGTH } from './sign-in.ts'

const ANNA = ['anna@example.org', 'Anna de Boer']
const problemWith = (password: string) => passwordProblem(password, ANNA)

describe('a new password', () => {
  it('is none of those that people use most, of the list that comes along', () => {
    const used = Object.values(common.dictionary)
      .flat()
      .map(String)
      .filter((word) => word.length >= PASSWORD_LENGTH.least)
    expect(used.length).toBeGreaterThan(300)
    // One of ten is tried, for the time that all of them would take.
    const tried = used.filter((_word, index) => index % 10 === 0)
    expect(tried.filter((word) => problemWith(word) !== 'easy')).toEqual([])
  })

  it.each([
    'dagboekvanyarah',
    'DagboekVanYarah1!',
    'www.jouwja.example',
    'jouwjabeheerder',
    'annadeboer2027',
    'anna@example.org1',
  ])('is not made of the words of the site or of its owner: %s', (password) => {
    expect(problemWith(password)).toBe('easy')
  })

  it('may have any signs, without a rule for which, and may be as long as a sentence', () => {
    for (const password of [
      'lepel tandem regenwolk vijver',
      'kvqzmwrtjxyhplgd',
      '8302 6174 9950 2718 4417',
      'ÑÜßçø→✓漢字仮名交じり文',
      '  blanks before, and after  ',
    ])
      expect([password, problemWith(password)]).toEqual([password, undefined])
    const sentence = 'lepel tandem regenwolk vijver '.repeat(5)
    expect(problemWith(sentence.slice(0, 64))).toBeUndefined()
    expect(problemWith(sentence.slice(0, PASSWORD_LENGTH.most))).toBeUndefined()
    expect(problemWith(sentence.slice(0, PASSWORD_LENGTH.most + 1))).toBe('long')
    expect(problemWith('kvqz mwrt j')).toBe('short')
  })
})
