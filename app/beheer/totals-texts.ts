import { createTranslator } from 'use-intl/core'
import type { TotalsTexts } from '#components/manage/totals-translator.ts'
import en from '#content/en/manage/totals.json'
import nl from '#content/nl/manage/totals.json'

/** The words of the overview, the letter and the files. */
export function totalsTexts(language: 'nl' | 'en'): TotalsTexts {
  return createTranslator<typeof nl>({ locale: language, messages: { nl, en }[language] })
}
