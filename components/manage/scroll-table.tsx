import type { ReactNode } from 'react'

interface Props {
  /** What the table is of, for somebody who moves through the page by ear or keyboard. */
  readonly label: string
  readonly head: readonly string[]
  /** The first cell names the row. */
  readonly rows: readonly { readonly key: string; readonly cells: readonly ReactNode[] }[]
}

/** A table that is scrolled sideways where it does not fit, also with the keyboard. */
export function ScrollTable({ label, head, rows }: Props) {
  return (
    <div className="wide" tabIndex={0} role="region" aria-label={label}>
      <table className="w-full">
        <thead>
          <tr>
            {head.map((text, index) =>
              text === '' ? (
                <td key={index} />
              ) : (
                <th key={index} scope="col">
                  {text}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells: [first, ...others] }) => (
            <tr key={key}>
              <th scope="row">{first}</th>
              {others.map((cell, index) => (
                <td key={index}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
