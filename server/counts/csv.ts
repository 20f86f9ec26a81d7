/** A cell that a spreadsheet would take for a formula, by its first sign (OWASP, CSV Injection). */
const FORMULA = /^[=+\-@\t\r]/

/**
 * Rows as a file of comma-separated values (RFC 4180: commas, CRLF, quotes doubled). A text that a spreadsheet would run as a
 * formula gets a quote before it, so that it stays a text.
 */
export function csvOf(rows: readonly (readonly (string | number | undefined)[])[]): string {
  return rows.map((row) => `${row.map(cellOf).join(',')}\r\n`).join('')
}

function cellOf(value: string | number | undefined): string {
  if (typeof value !== 'string') return value === undefined ? '' : String(value)
  const text = FORMULA.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
