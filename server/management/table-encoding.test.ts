import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeTable, OLD_ENCODINGS, readAgain } from './table-encoding.ts'

const bytes = (text: string) => Uint8Array.from(text, (sign) => sign.charCodeAt(0))

describe('the letters of a file with a table', () => {
  it.each([
    ['utf-8', Buffer.from('Café Zoë ışğ', 'utf8'), 'Café Zoë ışğ', 'utf-8'],
    ['utf-8 with its mark', Buffer.from('\ufeffCafé', 'utf8'), 'Café', 'utf-8'],
    ['utf-16, as Excel saves "Unicode text"', Buffer.from('\ufeffCafé\tşığı', 'utf16le'), 'Café\tşığı', 'utf-16'],
    ['utf-16 the other way around', Buffer.from('\ufeffCafé', 'utf16le').swap16(), 'Café', 'utf-16'],
    ['windows-1252', bytes('Caf\xe9 Zo\xeb \x80 \x93x\x94'), 'Café Zoë € “x”', 'windows-1252'],
  ])('are read from %s', (_, file, text, encoding) => {
    expect(decodeTable(file)).toEqual({ text, encoding })
  })

  it.each([
    ['a workbook', bytes('PK\x03\x04\x14\0\x06\0\xe9')],
    ['UTF-16 without its mark', Buffer.from('Cafe', 'utf16le')],
    ['half a sign of UTF-16', bytes('\xff\xfea')],
    ['a half of a pair in UTF-16', bytes('\xff\xfe\0\xd8a\0')],
    ['a byte that windows-1252 does not have', bytes('Caf\xe9 \x81')],
  ])('are not guessed from %s', (_, file) => {
    expect(decodeTable(file)).toBeUndefined()
  })

  it('of Turkish Windows are those that the platform reads, also by way of the guess', () => {
    // 0x80–0x9F that only one of the two has, 0x8E and 0x9E, is no Turkish text.
    const all = Uint8Array.from({ length: 224 }, (_, index) => index + 32).filter(
      (byte) => ![0x81, 0x8d, 0x8e, 0x8f, 0x90, 0x9d, 0x9e].includes(byte),
    )
    const guess = decodeTable(all)
    expect(guess?.encoding).toBe('windows-1252')
    expect(readAgain(guess?.text ?? '', 'windows-1252', 'windows-1254')).toBe(
      new TextDecoder('windows-1254').decode(all),
    )
  })

  it('can be read again in either way without losing one', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (file) => {
        const guess = decodeTable(file)
        if (guess?.encoding !== 'windows-1252') return
        for (const other of OLD_ENCODINGS)
          expect(readAgain(readAgain(guess.text, 'windows-1252', other), other, 'windows-1252')).toBe(guess.text)
      }),
    )
  })
})
