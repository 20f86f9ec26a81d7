import { ChartFigure } from './chart-figure.tsx'
import { ScrollTable } from './scroll-table.tsx'

/** A table of a sheet, with its heading. */
export interface SheetTable {
  readonly title: string
  readonly label: string
  readonly head: readonly string[]
  readonly rows: readonly { readonly key: string; readonly cells: readonly string[] }[]
}

/** Everything on the sheet of a letter, in words and drawings: it is also what a colleague gets who has the password. */
export interface Sheet {
  /** What stands above the printed sheet only. */
  readonly printed: { readonly title: string; readonly dutch: string; readonly english: string }
  readonly method: { readonly title: string; readonly text: string }
  /** Without lines it is left out. */
  readonly notes: { readonly title: string; readonly lines: readonly string[] }
  readonly totals: SheetTable
  readonly charts: {
    readonly title: string
    readonly sites: readonly { readonly site: string; readonly wide: string; readonly narrow: string }[]
  }
  /** The days or weeks, where there is one run. */
  readonly periods?: SheetTable & { readonly fitsOnPaper: boolean }
  readonly made: string
}

/** The sheet of a letter: sentence, method, table and chart. Printed it is one page. */
export function LetterSheet({
  sheet: { printed, method, notes, totals, charts, periods, made },
}: {
  readonly sheet: Sheet
}) {
  return (
    <div className="sheet-of-letter">
      <div className="print-only">
        <h1>{printed.title}</h1>
        <p lang="nl">{printed.dutch}</p>
        <p lang="en">{printed.english}</p>
      </div>
      <h2>{method.title}</h2>
      <p>{method.text}</p>
      {notes.lines.length > 0 ? (
        <>
          <h2>{notes.title}</h2>
          <ul>
            {notes.lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </>
      ) : null}
      <h2>{totals.title}</h2>
      <ScrollTable {...totals} />
      <h2>{charts.title}</h2>
      <div className="charts-of-letter">
        {charts.sites.map(({ site, wide, narrow }) => (
          <section key={site}>
            <h3>{site}</h3>
            <ChartFigure wide={wide} narrow={narrow} />
          </section>
        ))}
      </div>
      {periods ? (
        <div className={periods.fitsOnPaper ? undefined : 'no-print'}>
          <h2>{periods.title}</h2>
          <ScrollTable {...periods} />
        </div>
      ) : null}
      <p className="text-soft mt-4">{made}</p>
    </div>
  )
}
