/**
 * A contact file with one name and its numbers, in vCard 3.0, the version that every telephone reads (RFC 2426).
 * The first number is the preferred one.
 */
export function contactFile(name: string, numbers: readonly string[]): string {
  // RFC 2426 4: backslash, comma, semicolon and line break are escaped in a text value.
  const text = name.replace(/[\\,;]/g, '\\$&').replace(/\r?\n/g, '\\n')
  const lines = [
    'BEGIN:VCARD',
    'VERSION:3.0',
    `N:${text};;;;`,
    `FN:${text}`,
    ...numbers.map((number, index) => `TEL;TYPE=${index === 0 ? 'VOICE,PREF' : 'VOICE'}:${number}`),
    'END:VCARD',
  ]
  return lines.map((line) => `${line}\r\n`).join('')
}
