import { createTranslator } from 'use-intl/core'
import en from '#content/en/manage/audit.json'
import nl from '#content/nl/manage/audit.json'

/** What was done, in words. A code of an older version that is no longer known stands there as it is. */
export function auditSentence(language: 'nl' | 'en', action: string, subject: string): string {
  const t = createTranslator<typeof nl>({ locale: language, messages: { nl, en }[language] })
  return action in nl ? t(action as keyof typeof nl, { subject }) : `${action} ${subject}`
}

/** Every kind of act, in words, to choose from. */
export function auditActions(language: 'nl' | 'en'): { readonly value: string; readonly text: string }[] {
  return Object.keys(nl).map((action) => ({ value: action, text: auditSentence(language, action, '…') }))
}
