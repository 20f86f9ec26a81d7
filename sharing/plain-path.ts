/** Where an address ends that a query was glued to: `&utm_source=…` without its question mark, `%3F`, `%23`, `=20` of a mail. */
const GLUED_ON = /[?&#;=]/

/** What nobody sees: zero width, marks of direction, soft hyphens, variation selectors, byte order marks (Unicode, UAX 44); and blanks. */
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Z}]/gu

/** What telephones make of a hyphen: hyphens, dashes and the minus sign. */
const DASHES = /[\p{Pd}\u2212]/gu

/** The dot that is left of a Turkish capital İ in small letters, and the small letter of a Turkish capital I. */
const DOT_ABOVE = /\u0307/g
const DOTLESS = /ı/g

/** From the first letter or digit of a text to its last: around them stands punctuation, of whatever script. */
const BETWEEN_PUNCTUATION = /[\p{L}\p{N}](?:.*[\p{L}\p{N}])?/su

/**
 * A path as it was meant, from how it came: by a messenger that takes the full stop of a sentence for a part of the address, from a poster, or
 * with something put behind it by a program that follows readers. Paths of ours are words of a to z, digits and hyphens between single
 * slashes, so these are dropped: what is glued on like a query, what nobody sees, blanks, capitals, empty parts and slashes at the end, and
 * punctuation and signs around each part. Of what can be seen nothing in the middle of a part is dropped, so no address comes to mean
 * another page.
 * @param path decoded once (RFC 3986, 2.1), beginning with a slash
 * @returns a path that begins with a slash, and ends with one only when it is that slash
 */
export function plainPath(path: string): string {
  const [meant = ''] = path.split(GLUED_ON, 1)
  const parts = meant
    .replace(UNSEEN, '')
    .replace(DASHES, '-')
    .toLowerCase()
    .replace(DOT_ABOVE, '')
    .replace(DOTLESS, 'i')
    .split('/')
    .map((part) => BETWEEN_PUNCTUATION.exec(part)?.[0] ?? '')
  return `/${parts.filter((part) => part !== '').join('/')}`
}

/** One or more bytes that are percent-encoded. */
const ENCODED = /(?:%[\da-f]{2})+/gi

/**
 * The path that an address which is refused looks most like: slashes and letters whatever way they are written. It may only choose the screen
 * that is shown in place of a refusal, and never a page.
 * @param target the target of a request line (RFC 9112, 3.2)
 */
export function likelyPath(target: string): string {
  return target.replace(ENCODED, (bytes) => decodedOnce(bytes) ?? '').replaceAll('\\', '/')
}

/** Undoes the percent-encoding of a text once. @returns undefined when what follows a percent sign is no text in UTF-8 */
export function decodedOnce(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
