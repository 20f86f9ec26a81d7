import type { ReactNode } from 'react'
import { LANGUAGE_NAMES } from '#server/content/language.ts'
import type { Language } from '#server/content/read.ts'
import { readingOf, type Reading } from './reading-page.tsx'

interface Props {
  readonly reading: Reading
  /** The language that the text is written in. */
  readonly written: Language
  readonly children: (reading: Reading) => ReactNode
}

/** A text in the language of the reader; or one that is not translated, in its own language under a notice that says so. */
export function InMainLanguage({ reading, written, children }: Props) {
  const { language, place, t } = reading
  if (written === language) return children(reading)
  return (
    <>
      <p className="warning mb-6">{t('languages.missing')}</p>
      <div lang={written} dir={LANGUAGE_NAMES[written].direction}>
        {children(readingOf(written, place, language))}
      </div>
    </>
  )
}
