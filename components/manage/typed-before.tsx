'use client'

import { createContext, type ReactNode } from 'react'

/** What somebody typed into a form before the sign-in ended, and what the form says of it. */
export interface TypedBefore {
  /** The page of the form, with its question. */
  readonly place: string
  readonly answers: Readonly<Record<string, string>>
  readonly words: string
}

/** What forms within it take up again. */
export const Typed = createContext<TypedBefore | undefined>(undefined)

/** Gives a form within it back what was typed into it. */
export function GiveBackTyped({
  typed,
  children,
}: {
  readonly typed: TypedBefore | undefined
  readonly children: ReactNode
}) {
  return <Typed value={typed}>{children}</Typed>
}
