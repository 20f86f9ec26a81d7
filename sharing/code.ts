/**
 * The 23 signs of a code: digits and small letters that are not taken for each other, without a vowel, so that hardly a code is read as a
 * word. Their number is a prime, which the check needs.
 */
const SIGNS = '23456789bcdfghjkmnprstw'

/** Signs of a code, the check included. Unit: characters. */
export const CODE_LENGTH = 6

/** What people write between groups of a code, or a telephone puts there. */
const SEPARATORS = /[\s\-–—_.·]+/g

/**
 * What nobody wants on a poster, as far as the signs can spell it: abuse, sex and threats as they are shortened, and the signs of hatred and of
 * armed groups, in Dutch, English and Turkish. Digits stand for letters too: 3 for e, 4 for a, 5 for s, 7 for t, 8 for ate.
 */
export const UNWANTED = [
  ...['kk', 'knkr', 'tfs', 'nsb', 'n3g', 't3r'],
  ...[
    'wtf',
    'fck',
    'fk',
    'sht',
    'sh7',
    'btch',
    'b7ch',
    'cnt',
    'dck',
    'prn',
    'ngr',
    'ngg',
    'wnk',
    'kms',
    'd34d',
    'd3d',
    'r4p',
  ],
  ...['h8', 's3k', 'fgt', 'f4g', 'rtrd'],
  ...['4mk', 'mk', 'skt', 'skm', 'sg', 'pc'],
  ...['ss', '55', 's5', '5s', 'hh', '88', 'wpww', '666'],
] as const
const IS_UNWANTED = new RegExp(UNWANTED.join('|'))

/** Whether a code reads as something that one would not print; codes that were made before this was asked stay as they are. */
export function isUnwanted(code: string): boolean {
  return IS_UNWANTED.test(code)
}

/**
 * One code of chance, drawn again where it reads as something that one would not print.
 * @param randomBelow an even chance of a whole number from 0 to below its argument (a CSPRNG)
 */
export function newCode(randomBelow: (limit: number) => number): string {
  for (;;) {
    const values = Array.from({ length: CODE_LENGTH - 1 }, () => randomBelow(SIGNS.length))
    const code = [...values, checkOf(values)].map((value) => SIGNS[value]).join('')
    if (!isUnwanted(code)) return code
  }
}

/**
 * A code as it is kept, from how somebody typed it: capitals and separators are as good.
 * @returns undefined when it is not a code: another length or sign, or a check that does not fit
 */
export function readCode(typed: string): string | undefined {
  const signs = typed.toLowerCase().replace(SEPARATORS, '')
  const values = [...signs].map((sign) => SIGNS.indexOf(sign))
  if (values.length !== CODE_LENGTH || values.includes(-1)) return undefined
  return checkOf(values.slice(0, -1)) === values.at(-1) ? signs : undefined
}

/** A code as it stands on paper: in two groups, for the eye. */
export function printedCode(code: string): string {
  return `${code.slice(0, CODE_LENGTH / 2)}-${code.slice(CODE_LENGTH / 2)}`
}

/**
 * The value of the last sign, so that the sum of all values, each times its place, is a multiple of 23 (the method of
 * ISBN-10, ISO 2108:1992). Places are below the prime and differ, so one wrong sign changes the sum, and so does any swap
 * of two different ones.
 */
function checkOf(values: readonly number[]): number {
  const prime = SIGNS.length
  const sum = values.reduce((total, value, index) => total + value * (index + 1), 0)
  // The check stands at place n: n · check ≡ −sum. The inverse of n exists because 23 is a prime.
  const place = values.length + 1
  for (let check = 0; check < prime; check += 1) if ((sum + check * place) % prime === 0) return check
  throw new RangeError('A code cannot be longer than the number of its signs.')
}
