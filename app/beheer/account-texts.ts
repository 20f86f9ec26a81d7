import { createTranslator } from 'use-intl/core'
import en from '#content/en/manage/account.json'
import nl from '#content/nl/manage/account.json'

/** The words of sign-in, accounts and people. */
export function accountTexts(language: 'nl' | 'en') {
  return createTranslator<typeof nl>({ locale: language, messages: { nl, en }[language] })
}

export type AccountTexts = ReturnType<typeof accountTexts>
