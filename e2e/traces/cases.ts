// What is measured, as tables: every way in which a reader comes, every way in which her visit ends. One row more is one line here.

/** How she comes. */
export const ARRIVALS = {
  typed: { path: '/', pathWords: [] },
  link: { path: '/', pathWords: [] },
  search: { path: '/kiezen', pathWords: ['kiezen'] },
  /** A program that is no browser opens the address: the camera of a telephone that reads a code. */
  program: { path: '/k/abcd', pathWords: ['abcd'] },
  discreet: { path: '/d/kiezen', pathWords: ['kiezen'] },
  open: { path: '/o/kiezen', pathWords: ['kiezen'] },
  /** From our front, in a tab of its own. */
  middle: { path: '/kiezen', pathWords: ['kiezen'] },
} as const satisfies Record<string, { readonly path: string; readonly pathWords: readonly string[] }>
export type Arrival = keyof typeof ARRIVALS

/** How it ends. */
export const ENDINGS = ['exit', 'close', 'kill', 'reopen', 'back'] as const
export type Ending = (typeof ENDINGS)[number]

/** HIDE_VISITS of the server. */
export const SETTINGS = ['off', 'chromium'] as const
export type Setting = (typeof SETTINGS)[number]

/** One visit that is measured. */
export interface Case {
  readonly arrival: Arrival
  readonly ending: Ending
  readonly hideVisits: Setting
  readonly script: boolean
}

/** Every case, those that tell a reader most first: with all of them it takes half an hour. */
export function allCases(): Case[] {
  const arrivals = Object.keys(ARRIVALS) as Arrival[]
  const cases = [true, false].flatMap((script) =>
    ENDINGS.flatMap((ending) =>
      arrivals.flatMap((arrival) => SETTINGS.map((hideVisits) => ({ arrival, ending, hideVisits, script }))),
    ),
  )
  // The other endings, and what is left without the script, differ by how she came in the first page only.
  return cases.filter(({ arrival, ending, script }) =>
    script && ['exit', 'close'].includes(ending)
      ? true
      : ['typed', 'link'].includes(arrival) && (script || ending === 'exit' || ending === 'close'),
  )
}

export function nameOfCase({ arrival, ending, hideVisits, script }: Case): string {
  return [arrival, ending, `HIDE_VISITS=${hideVisits}`, ...(script ? [] : ['no JavaScript'])].join(', ')
}
