import { createTranslator } from 'use-intl/core'
import en from '#content/en/manage/runs.json'
import nl from '#content/nl/manage/runs.json'

/** The words of the runs and of the preview. */
export function runsTexts(language: 'nl' | 'en') {
  return createTranslator<typeof nl>({ locale: language, messages: { nl, en }[language] })
}

export type RunsTexts = ReturnType<typeof runsTexts>
