/** How the letters of a file were written down. The last two are those of Windows before UTF-8: West European and Turkish. */
export type TableEncoding = 'utf-8' | 'utf-16' | OldEncoding
export const OLD_ENCODINGS = ['windows-1252', 'windows-1254'] as const
export type OldEncoding = (typeof OLD_ENCODINGS)[number]

/** The letters of windows-1252 at 0x80 to 0x9F; a blank where it has none. Node 20 reads them as control characters. */
const IN_1252 = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ'

/** Where windows-1254 differs from windows-1252 (WHATWG Encoding, index windows-1254); it has no Ž and no ž. */
const WESTERN = 'ÐÝÞðýþ'
const TURKISH = 'ĞİŞğış'

/**
 * The text of a file with a table, as its bytes say: UTF-16 where it begins with the mark of it, UTF-8 where every byte fits, else the encoding
 * in which a Windows of Western Europe writes. The last is a guess, since Turkish bytes fit as well: a person must see the names.
 * @returns undefined for what is no text: a workbook, a picture, or bytes that no encoding has
 */
export function decodeTable(
  bytes: Uint8Array,
): { readonly text: string; readonly encoding: TableEncoding } | undefined {
  const utf16 =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : ''
  const text = utf16 === '' ? decodedAs('utf-8', bytes) : decodedAs(utf16, bytes)
  if (text !== undefined) return isText(text) ? { text, encoding: utf16 === '' ? 'utf-8' : 'utf-16' } : undefined
  if (utf16 !== '') return undefined
  const western = Array.from(bytes, (byte) =>
    byte >= 0x80 && byte < 0xa0 ? (IN_1252[byte - 0x80] as string) : String.fromCharCode(byte),
  ).join('')
  const hasUnknown = bytes.some((byte) => byte >= 0x80 && byte < 0xa0 && IN_1252[byte - 0x80] === ' ')
  return isText(western) && !hasUnknown ? { text: western, encoding: 'windows-1252' } : undefined
}

/** A text that was read in one of the encodings of Windows, read in another one. */
export function readAgain(text: string, from: OldEncoding, as: OldEncoding): string {
  if (from === as) return text
  const [before, after] = from === 'windows-1252' ? [WESTERN, TURKISH] : [TURKISH, WESTERN]
  return text.replace(new RegExp(`[${before}]`, 'g'), (letter) => after[before.indexOf(letter)] as string)
}

/** Which encoding of Windows a form names; undefined for none. */
export function oldEncodingIn(text: string | undefined): OldEncoding | undefined {
  return OLD_ENCODINGS.find((known) => known === text)
}

function decodedAs(encoding: string, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** No table has U+0000; workbooks, pictures and UTF-16 without its mark do. */
function isText(text: string): boolean {
  return !text.includes('\0')
}
