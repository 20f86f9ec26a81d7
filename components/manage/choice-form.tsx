interface Props {
  readonly label: string
  readonly send: string
  readonly options: readonly { readonly value: string; readonly text: string }[]
  readonly chosen: string
}

/** Chooses what a page shows; the choice is in the address, so that it can be kept and sent. */
export function ChoiceForm({ label, send, options, chosen }: Props) {
  return (
    <form method="get" className="no-print flex flex-wrap items-end gap-3">
      <label className="grid min-w-0 gap-1 font-bold">
        {label}
        <select name="toon" defaultValue={chosen} className="font-normal">
          {options.map(({ value, text }) => (
            <option key={value} value={value}>
              {text}
            </option>
          ))}
        </select>
      </label>
      <button className="button quiet">{send}</button>
    </form>
  )
}
