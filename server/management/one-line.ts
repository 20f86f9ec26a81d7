/** The longest text of somebody that stands in a line of the log. Unit: characters. */
export const LONGEST_LINE = 500

/**
 * A name or a reason as somebody typed it, in one clean line. A control character is nothing that somebody typed, and a database refuses some
 * of them. A sign that turns the direction of text, or has no width, makes a line say something else than what is kept (Unicode TR 36); the
 * two joiners stay, which Persian and Indian names are written with.
 */
export function inOneLine(typed: string): string {
  const line = typed
    .replace(/(?![\u200c\u200d])[\p{Cf}\p{Cs}]/gu, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
  return Array.from(line).slice(0, LONGEST_LINE).join('').trimEnd()
}
