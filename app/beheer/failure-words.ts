import type { FailureWords } from '#components/manage/no-answer.tsx'
import en from '#content/en/manage/failure.json'
import nl from '#content/nl/manage/failure.json'

/** What a form says that gets no answer, in the language of who sends it. */
export function failureWords(language: 'nl' | 'en'): FailureWords {
  const { unreached, failed, tooLarge, renewed } = { nl, en }[language]
  return { unreached, failed, tooLarge, renewed }
}
