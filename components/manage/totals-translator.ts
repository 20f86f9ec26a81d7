import type { createTranslator } from 'use-intl/core'
import type nl from '#content/nl/manage/totals.json'

/** Gives the words of the totals in one language; a key that does not exist is a type error. */
export type TotalsTexts = ReturnType<typeof createTranslator<typeof nl>>
