interface Props {
  readonly name: string
  readonly host: string
  readonly visitors: string
  /** What must be told with the number. */
  readonly notes: readonly string[]
}

/** The number of one site, with everything that must be told with it. */
export function SiteCard({ name, host, visitors, notes }: Props) {
  return (
    <section className="min-w-0 rounded-2xl border-2 border-line bg-sheet p-5">
      <h3 className="mt-0!">{name}</h3>
      <p className="text-soft">{host}</p>
      <p className="big-number mt-2">{visitors}</p>
      {notes.length > 0 ? (
        <ul className="mt-3 grid gap-2">
          {notes.map((note) => (
            <li key={note} className="note">
              {note}
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  )
}
