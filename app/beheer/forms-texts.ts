import { createTranslator } from 'use-intl/core'
import en from '#content/en/manage/forms.json'
import nl from '#content/nl/manage/forms.json'

/** What a form says that was sent before, or too late. */
export function formsTexts(language: 'nl' | 'en') {
  return createTranslator<typeof nl>({ locale: language, messages: { nl, en }[language] })
}
