/**
 * Where a spreadsheet would begin a formula (OWASP, CSV Injection): at a sign of one, in the wide form of Japanese too, at the
 * beginning of a cell or after what begins a new cell in some spreadsheet: a semicolon in a Dutch one, a comma in an English one, a tab, a line.
 */
const FORMULA = /(?<=^|[,;\t\r\n])(?= *[=+\-@＝＋－＠])|^(?=[\t\r\n])/g

type Cell = string | number | undefined

/**
 * Rows as a file that a Dutch spreadsheet opens by a double click: in UTF-8 with its mark, without which Excel takes letters for those of Windows,
 * and with the semicolons that it expects where a comma is written in numbers. Otherwise as RFC 4180 (CRLF, quotes doubled). A text that would
 * run as a formula gets a quote before it, so that it stays a text.
 */
export function csvOf(rows: readonly (readonly Cell[])[]): string {
  return `\ufeff${rows.map((row) => `${row.map(quoted).join(';')}\r\n`).join('')}`
}

/** Rows as they are pasted into a spreadsheet: tabs between cells, one line for each row. A formula stays a text, as in a file. */
export function pastedOf(rows: readonly (readonly Cell[])[]): string {
  return rows.map((row) => row.map((cell) => textOf(cell).replace(/[\t\r\n]+/g, ' ')).join('\t')).join('\n')
}

function quoted(cell: Cell): string {
  const text = textOf(cell)
  return /[",;\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

function textOf(cell: Cell): string {
  return typeof cell === 'string' ? cell.replace(FORMULA, "'") : String(cell ?? '')
}
