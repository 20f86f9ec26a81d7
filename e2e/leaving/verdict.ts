import type { Result } from './walk.ts'

/** What is wrong with the end of a visit, in words, with the number to repeat it by; undefined: nothing. */
export function failureOf({ number, neutral, frames, read, address }: Result): string | undefined {
  const wrong = [
    neutral ? [] : [`ends at ${address}`],
    frames ? [`${frames} pictures of a page after the cover`] : [],
    read.length > 0 ? [`shows "${read[0]}" after the press`] : [],
  ].flat()
  return wrong.length > 0 ? `walk ${number}: ${wrong.join(', ')}` : undefined
}
