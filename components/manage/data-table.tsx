import type { ReactNode } from 'react'

interface Props {
  /** What the table holds; read aloud before it. */
  readonly label: string
  readonly head: readonly string[]
  readonly rows: readonly { readonly key: string; readonly cells: readonly ReactNode[] }[]
}

/** A table whose rows are named by their first cell. It moves sideways by itself where the screen is too narrow. */
export function DataTable({ label, head, rows }: Props) {
  return (
    <div className="wide mt-3" tabIndex={0} role="region" aria-label={label}>
      <table className="w-full">
        <thead>
          <tr>
            {head.map((name, index) => (
              <th key={name === '' ? index : name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells: [first, ...others] }) => (
            <tr key={key}>
              <th scope="row">{first}</th>
              {others.map((cell, index) => (
                <td key={head[index + 1] === '' ? index : head[index + 1]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
