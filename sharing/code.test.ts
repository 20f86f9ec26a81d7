import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CODE_LENGTH, isUnwanted, newCode, printedCode, readCode, UNWANTED } from './code.ts'

/** Every code unit of a text, halves of signs too. The unit `binary` takes two seconds to prepare. */
const anyUnit = fc.nat({ max: 0xffff }).map((code) => String.fromCharCode(code))

/** A code of chance, from the values of its signs. */
const codes = fc
  .array(fc.nat({ max: 22 }), { minLength: CODE_LENGTH - 1, maxLength: CODE_LENGTH - 1 })
  .map((values) => {
    const chance = values.values()
    return newCode((limit) => (chance.next().value ?? 0) % limit)
  })
const place = fc.nat({ max: CODE_LENGTH - 1 })
const RUNS = { numRuns: 10_000 }

describe('a code', () => {
  it('is read as it was made, in capitals, in groups, and with spaces around it', () => {
    fc.assert(
      fc.property(codes, (code) => {
        for (const typed of [
          code,
          code.toUpperCase(),
          printedCode(code),
          ` ${printedCode(code).toUpperCase()} `,
          [...code].join(' '),
          code.replace(/^(...)/, '$1–'),
        ])
          expect(readCode(typed)).toBe(code)
      }),
      RUNS,
    )
  })

  it('has no vowel and no sign that is taken for another', () => {
    fc.assert(
      fc.property(codes, (code) => {
        expect(code).toMatch(/^[2-9bcdfghjkmnprstw]{6}$/)
      }),
      RUNS,
    )
  })

  it('spells nothing that one would not print, and is drawn again where it would', () => {
    fc.assert(
      fc.property(codes, (code) => {
        expect(UNWANTED.filter((word) => code.includes(word))).toEqual([])
      }),
      RUNS,
    )
    // The values of `kkk22`, and then of a code that nobody minds.
    const draws = [...'kkk22', ...'bcd23'].map((sign) => '23456789bcdfghjkmnprstw'.indexOf(sign)).values()
    expect(newCode(() => draws.next().value as number)).toMatch(/^bcd23/)
    for (const code of ['kkk22b', 'wtf225', 'nsb22t', 'fck225', '2pkk22', '2288b2', 'bcd4mk'])
      expect(isUnwanted(code)).toBe(true)
    // Each can be spelled, and few codes are lost.
    for (const word of UNWANTED) expect(word).toMatch(/^[2-9bcdfghjkmnprstw]{2,6}$/)
  })

  it('that was made before it was unwanted is read as before', () => {
    expect(['wtf225', 'kkk22b', 'nsb22t', 'fck225'].map(readCode)).toEqual(['wtf225', 'kkk22b', 'nsb22t', 'fck225'])
  })

  it('is drawn again for at most one code in six', () => {
    let [drawn, state] = [0, 1]
    const below = (limit: number) => {
      drawn += 1
      state = (state * 48_271) % 2_147_483_647
      return state % limit
    }
    for (let made = 0; made < 10_000; made += 1) newCode(below)
    expect(drawn / 5).toBeLessThan(12_000)
  })

  it('is not read with one sign wrong, whichever it is and whatever stands there', () => {
    fc.assert(
      fc.property(codes, place, fc.constantFrom(...'23456789bcdfghjkmnprstw'), (code, index, sign) => {
        fc.pre(code[index] !== sign)
        expect(readCode(code.slice(0, index) + sign + code.slice(index + 1))).toBeUndefined()
      }),
      RUNS,
    )
  })

  it('is not read with two signs swapped, beside each other or not', () => {
    fc.assert(
      fc.property(codes, place, place, (code, one, other) => {
        const signs = [...code]
        fc.pre(signs[one] !== signs[other])
        ;[signs[one], signs[other]] = [signs[other] as string, signs[one] as string]
        expect(readCode(signs.join(''))).toBeUndefined()
      }),
      RUNS,
    )
  })

  it('is nothing else that somebody could type', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string({ unit: anyUnit }),
          fc.constantFrom(
            '',
            '../../etc/passwd',
            '%2e%2e',
            '<script>',
            'constructor',
            '__proto__',
            '٣٤٥٦٧٨',
            'ＢＣＤＦＧＨ',
          ),
        ),
        (typed) => {
          const signs = typed.toLowerCase().replace(/[\s\-–—_.·]/g, '')
          expect([undefined, signs]).toContain(readCode(typed))
        },
      ),
      RUNS,
    )
  })
})
