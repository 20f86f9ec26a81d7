/** Codes to keep, with what must be told of them. */
export interface Codes {
  readonly title: string
  readonly text: string
  readonly codes: readonly string[]
}

/** The codes to keep for when a telephone is gone; they are shown once. */
export function BackupCodes({ title, text, codes }: Codes) {
  return (
    <section>
      <h2>{title}</h2>
      <p>{text}</p>
      <ul className="codes mt-4">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
    </section>
  )
}
