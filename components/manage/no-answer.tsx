'use client'

import { createContext, type ReactNode } from 'react'

/** What a form says that gets no answer. */
export const NoAnswer = createContext('')

/** Gives every form within it the words for when it gets no answer: then the server cannot be asked for them. */
export function NoAnswerWords({ words, children }: { readonly words: string; readonly children: ReactNode }) {
  return <NoAnswer value={words}>{children}</NoAnswer>
}
