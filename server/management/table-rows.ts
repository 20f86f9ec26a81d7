import { CsvError, parse } from 'csv-parse/sync'

/** A row of a table, with the line of the text on which it begins; the first line is 1. */
export interface TableRow {
  readonly line: number
  readonly cells: readonly string[]
}

/** The rows of a table without its empty ones, or the line of the first row that cannot be read. */
export type TableRows = { readonly rows: readonly TableRow[] } | { readonly unreadable: number }

/**
 * Reads a table as spreadsheets write and copy it: separated by commas or semicolons (RFC 4180), or by tabs. What stands most in the first line
 * separates the cells.
 */
export function readRows(table: string): TableRows {
  // Whatever ends a line on some machine: so a line is counted once.
  const text = table.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n')
  const head = text.trimStart().split('\n', 1)[0] ?? ''
  const [delimiter = ','] = [',', ';', '\t'].toSorted((a, b) => head.split(b).length - head.split(a).length)
  return delimiter === '\t' ? { rows: rowsWithTabs(text) } : rowsWithQuotes(text, delimiter)
}

function rowsWithQuotes(text: string, delimiter: string): TableRows {
  let ended = 0
  try {
    const records = parse(text, {
      delimiter,
      info: true,
      raw: true,
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      trim: true,
      on_record: (record, { lines }) => {
        ended = lines
        return record
      },
    }) as unknown as { info: { lines: number }; raw: string; record: string[] }[]
    // The library tells the line on which a row ends.
    return {
      rows: records.map(({ info, raw, record }) => ({
        line: info.lines - (raw.trim().split('\n').length - 1),
        cells: record,
      })),
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const empty = text
      .split('\n')
      .slice(ended)
      .findIndex((line) => line.trim() !== '')
    return { unreadable: ended + 1 + Math.max(empty, 0) }
  }
}

/** A cell that was quoted because it has to be: with a line break, a tab, a comma or a doubled quote in it, up to where the cell ends. */
const QUOTED = /[ ]*"((?:[^"]|"")*)"[ ]*(?=[\t\n]|$)/y
const HAS_TO_BE_QUOTED = /[\t\n,]|""/

/**
 * Cells between tabs. Spreadsheets copy a quote as it is: `5" screen` and `"The Bridge" school` are names. Only a cell with a line break they
 * quote, and a file with tabs also has cells with a comma or a quote in quotes.
 */
function rowsWithTabs(text: string): TableRow[] {
  const rows: TableRow[] = []
  let cells: string[] = []
  let [at, line, begun] = [0, 1, 1]
  while (at <= text.length) {
    QUOTED.lastIndex = at
    const quoted = QUOTED.exec(text)
    let end: number
    if (quoted?.[1] !== undefined && HAS_TO_BE_QUOTED.test(quoted[1])) {
      end = QUOTED.lastIndex
      cells.push(quoted[1].replaceAll('""', '"').trim())
      line += quoted[1].split('\n').length - 1
    } else {
      end = at
      while (end < text.length && text[end] !== '\t' && text[end] !== '\n') end += 1
      cells.push(text.slice(at, end).trim())
    }
    if (text[end] !== '\t') {
      if (cells.some((cell) => cell !== '')) rows.push({ line: begun, cells })
      cells = []
      line += 1
      begun = line
    }
    at = end + 1
  }
  return rows
}
