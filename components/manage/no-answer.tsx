'use client'

import { createContext, type ReactNode } from 'react'

/** What a form says that gets no answer, for each reason. */
export interface FailureWords {
  /** The connection broke, or there is none. */
  readonly unreached: string
  /** The server answered that it cannot. */
  readonly failed: string
  /** It was not sent, because the server takes nothing of its size. */
  readonly tooLarge: string
  /** A new version of the site does not know this form. */
  readonly renewed: string
}

export const NoAnswer = createContext<FailureWords>({ unreached: '', failed: '', tooLarge: '', renewed: '' })

/** Gives every form within it the words for when it gets no answer: then the server cannot be asked for them. */
export function NoAnswerWords({ words, children }: { readonly words: FailureWords; readonly children: ReactNode }) {
  return <NoAnswer value={words}>{children}</NoAnswer>
}
