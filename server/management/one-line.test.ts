import fc from 'fast-check'
import { expect, it } from 'vitest'
import { inOneLine, LONGEST_LINE } from './one-line.ts'

it('is one line without signs that are not seen, however long and whatever was typed', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (typed) => {
      const line = inOneLine(`a\n${typed}\u202e\u2066\ufeff\0\u2028b`)
      expect(line).toMatch(/^a .*b$/u)
      expect(line).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]|\s{2}/u)
      expect(line).not.toMatch(/\p{Cs}/u)
      expect(inOneLine(line)).toBe(line)
    }),
    { numRuns: 300 },
  )
  expect(Array.from(inOneLine('😀'.repeat(2 * LONGEST_LINE)))).toHaveLength(LONGEST_LINE)
})

it('leaves names of every writing as they are', () => {
  for (const name of ['Zoë D’Arcy-Özdemir', 'محمد علی', 'می‌خواهم', 'ශ්‍රී']) expect(inOneLine(` ${name}\t`)).toBe(name)
})
