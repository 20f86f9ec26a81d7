import { createTranslator } from 'use-intl/core'
import en from '#content/en/manage/texts.json'
import nl from '#content/nl/manage/texts.json'

/** The words of the page about the state of the content. */
export function contentStateTexts(language: 'nl' | 'en') {
  return createTranslator<typeof nl>({ locale: language, messages: { nl, en }[language] })
}
