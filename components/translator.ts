import { createTranslator } from 'use-intl/core'
import type texts from '#content/nl/texts.json'
import { localeOf } from './format.ts'

type Texts = typeof texts

/** Gives the words of the screen in one language; a key that does not exist is a type error. */
export type Translator = ReturnType<typeof createTranslator<Texts>>

/** The translator of a language. A text that is missing or wrong stops the build instead of showing its key. */
export function translatorFor(language: string, messages: Record<string, unknown>): Translator {
  return createTranslator<Texts>({
    locale: localeOf(language),
    messages: messages as Texts,
    onError: (error) => {
      throw error
    },
  })
}
