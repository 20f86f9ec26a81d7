/**
 * The state of a reading page, as a machine: four states, one table of transitions, and what is to be done at each. It knows no browser, so
 * that every order of events can be tried (machine.test.ts). reader.ts does what it says (docs/decisions/0028).
 */

interface States {
  /** The text. `covers`: whether the privacy screen comes when it goes out of sight; a reader can switch that off for one page. */
  reading: { readonly name: 'reading'; readonly covers: boolean }
  /** The text, with another page on its way. `opened`: the browser opens that page, for it could not be shown in place. */
  loading: { readonly name: 'loading'; readonly covers: boolean; readonly href: string; readonly opened: boolean }
  /** The privacy screen. `awaited`: the page that is still on its way behind it. */
  hidden: { readonly name: 'hidden'; readonly awaited?: States['loading'] | undefined }
  /** Nothing of ours any more. `since`: when the neutral address was asked for last, in milliseconds of the browser's own clock. */
  leaving: { readonly name: 'leaving'; readonly since: number }
}

/** What the reader sees. */
export type State = States[keyof States]

/** A page that was asked for. It is a value of its own: only the answer to this very request fits it. */
export type Awaited = States['loading']

interface Happenings {
  /** The reader follows a link within the site. */
  link: { readonly href: string }
  /** The page that a state waited for is there. */
  arrived: { readonly awaited: Awaited }
  /** The page that a state waited for cannot be shown in place. */
  failed: { readonly awaited: Awaited }
  /** The page goes out of sight. */
  hide: undefined
  /** The page comes back into sight. */
  show: undefined
  /** The reader goes on from the privacy screen. */
  lift: { readonly covers: boolean }
  /** The reader leaves: by the exit, by the key, or by a press on what covers the page. */
  leave: { readonly at: number }
  /** Another tab of the site was left. */
  told: { readonly at: number }
  /** The browser shows a page again that was left. */
  back: { readonly at: number }
}

/** The name of what can happen, with what is told of it. */
export type Happening = { [What in keyof Happenings]: readonly [What, Happenings[What]] }[keyof Happenings]

/**
 * What is to be done. `stop` ends everything that is on its way. `fetch` asks for the page that is awaited, `open` has the browser open it,
 * `swap` puts it in place. `cover`, `focus` and `lift` are of the privacy screen. `tell` tells the other tabs, `blank` covers the page for
 * good, `go` asks for the neutral address.
 */
export type Effect = 'stop' | 'fetch' | 'open' | 'swap' | 'cover' | 'focus' | 'lift' | 'tell' | 'blank' | 'go'

/** The next state, and what is to be done in this order. */
export type Step = readonly [State, ...Effect[]]

/** How a page came to be here. One that the browser dropped to save memory is not somebody who comes back. */
export type Arrival = 'fresh' | 'back' | 'discarded'

/** A press sooner than this after the last one would only begin the same request anew. Units: milliseconds. */
export const RETRY_AFTER = 1000

/** The first state of a page, decided before anything of it is painted. @param at milliseconds of the browser's own clock */
export function begin(arrival: Arrival, at: number): Step {
  if (arrival === 'back') return gone({}, { at })
  return arrival === 'discarded' ? [{ name: 'hidden' }, 'cover'] : [{ name: 'reading', covers: true }]
}

/** The state after something happened. What the table does not name changes nothing. */
export function step(state: State, ...[what, told]: Happening): Step {
  const transition = TRANSITIONS[state.name][what] as ((state: State, told: unknown) => Step) | undefined
  return transition?.(state, told) ?? [state]
}

const gone = (_: object, { at }: { readonly at: number }): Step => [
  { name: 'leaving', since: at },
  'stop',
  'blank',
  'go',
]

const leave = (_: object, { at }: { readonly at: number }): Step => [
  { name: 'leaving', since: at },
  'tell',
  'stop',
  'blank',
  'go',
]

const follow = ({ covers }: { readonly covers: boolean }, { href }: { readonly href: string }): Step => [
  { name: 'loading', covers, href, opened: false },
  'stop',
  'fetch',
]

/** The one table. Leaving is final: nothing leads out of it, and a press only asks for the neutral address again. */
const TRANSITIONS: {
  readonly [Name in keyof States]: {
    readonly [What in keyof Happenings]?: (state: States[Name], told: Happenings[What]) => Step
  }
} = {
  reading: {
    link: follow,
    hide: (state) => (state.covers ? [{ name: 'hidden' }, 'cover'] : [state]),
    leave,
    told: gone,
    back: gone,
  },
  loading: {
    link: follow,
    arrived: (state, { awaited }) => (awaited === state ? [{ name: 'reading', covers: true }, 'swap'] : [state]),
    failed: (state, { awaited }) => (awaited === state ? [{ ...state, opened: true }, 'open'] : [state]),
    // A page that the browser opens would come without its privacy screen: it is given up.
    hide: (state) =>
      !state.covers
        ? [state]
        : state.opened
          ? [{ name: 'hidden' }, 'stop', 'cover']
          : [{ name: 'hidden', awaited: state }, 'cover'],
    leave,
    told: gone,
    back: gone,
  },
  hidden: {
    arrived: (state, { awaited }) => (awaited === state.awaited ? [{ name: 'hidden' }, 'swap', 'cover'] : [state]),
    failed: (state, { awaited }) => (awaited === state.awaited ? [{ name: 'hidden' }] : [state]),
    show: (state) => [state, 'focus'],
    lift: ({ awaited }, { covers }) => [awaited ?? { name: 'reading', covers }, 'lift'],
    leave,
    told: gone,
    back: gone,
  },
  leaving: {
    leave: (state, { at }) => (at - state.since < RETRY_AFTER ? [state] : [{ name: 'leaving', since: at }, 'go']),
    back: gone,
  },
}
