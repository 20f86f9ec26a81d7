import { createTranslator } from 'use-intl/core'
import en from '#content/en/manage/links.json'
import nl from '#content/nl/manage/links.json'

/** The words of share links and their kits. */
export function linksTexts(language: 'nl' | 'en') {
  return createTranslator<typeof nl>({ locale: language, messages: { nl, en }[language] })
}

export type LinksTexts = ReturnType<typeof linksTexts>
