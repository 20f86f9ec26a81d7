import { BackupCodes, type Codes } from './backup-codes.tsx'
import { CopyText, type TextToCopy } from './copy-text.tsx'
import { LetterSheet, type Sheet } from './letter-sheet.tsx'

/**
 * What came of a form, as data and never as an element: where the form was sent before its script ran, or without one, Next
 * renders the page with it and writes it into the page as JSON, for React to go on from.
 */
export type Outcome =
  | { readonly kind: 'told'; readonly text: string }
  /** Something that is shown this once, to be copied. */
  | { readonly kind: 'made'; readonly lines: readonly string[]; readonly copies: readonly TextToCopy[] }
  | ({ readonly kind: 'backup-codes' } & Codes)
  /** The secret of a second factor. */
  | {
      readonly kind: 'second-factor'
      readonly scan: string
      readonly picture: { readonly alt: string; readonly src: string }
      readonly type: string
      readonly key: string
      readonly codes: Codes
    }
  | { readonly kind: 'sheet'; readonly until: string; readonly sentence: string; readonly sheet: Sheet }

/** Shows what came of a form. */
export function OutcomeOfForm({ outcome }: { readonly outcome: Outcome }) {
  switch (outcome.kind) {
    case 'told':
      return outcome.text
    case 'made':
      return (
        <div className="note">
          {outcome.lines.map((line) => (
            <p key={line}>{line}</p>
          ))}
          {outcome.copies.map((copy) => (
            <CopyText key={copy.label} {...copy} />
          ))}
        </div>
      )
    case 'backup-codes':
      return <BackupCodes {...outcome} />
    case 'second-factor':
      return (
        <>
          <h2>{outcome.scan}</h2>
          <img className="qr" {...outcome.picture} />
          <p>
            {outcome.type} <code>{outcome.key}</code>
          </p>
          <BackupCodes {...outcome.codes} />
        </>
      )
    case 'sheet':
      return (
        <>
          <p className="no-print">{outcome.until}</p>
          <p className="no-print mt-4 font-bold">{outcome.sentence}</p>
          <LetterSheet sheet={outcome.sheet} />
        </>
      )
  }
}
