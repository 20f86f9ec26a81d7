/**
 * Where a spreadsheet would begin a formula (OWASP, CSV Injection): at a sign of one, in the wide form of Japanese too, at the
 * beginning of a cell or after what begins a new cell in a spreadsheet that separates by semicolons, as the Dutch ones do.
 */
const FORMULA = /(?<=^|[;\t\r\n])(?= *[=+\-@＝＋－＠])|^(?=[\t\r\n])/g

/**
 * Rows as a file of comma-separated values (RFC 4180: commas, CRLF, quotes doubled). A text that a spreadsheet would run as a
 * formula gets a quote before it, so that it stays a text.
 */
export function csvOf(rows: readonly (readonly (string | number | undefined)[])[]): string {
  return rows.map((row) => `${row.map(cellOf).join(',')}\r\n`).join('')
}

function cellOf(value: string | number | undefined): string {
  if (typeof value !== 'string') return value === undefined ? '' : String(value)
  const text = value.replace(FORMULA, "'")
  return /[",;\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
