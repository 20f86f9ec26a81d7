/**
 * A name as somebody typed it, in one line. A control character is nothing that somebody typed, and a database refuses some of them.
 */
export function inOneLine(typed: string): string {
  return typed.replace(/[\s\p{Cc}]+/gu, ' ').trim()
}
