import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  begin,
  RETRY_AFTER,
  step,
  type Arrival,
  type Awaited,
  type Effect,
  type Happening,
  type State,
  type Step,
} from './machine.ts'

const AT = { at: 5_000 }

/** What follows from what happens one after the other: the last state, and all that was done on the way. */
function after(from: State, ...happenings: readonly Happening[]): { state: State; done: Effect[] } {
  let state = from
  const done: Effect[] = []
  for (const happening of happenings) {
    const [next, ...effects] = step(state, ...happening)
    state = next
    done.push(...effects)
  }
  return { state, done }
}

const READING: State = { name: 'reading', covers: true }
const LOADING: Awaited = { name: 'loading', covers: true, href: '/reis', opened: false }
const OPENED: Awaited = { ...LOADING, opened: true }
const HIDDEN: State = { name: 'hidden' }
const BEHIND: State = { name: 'hidden', awaited: LOADING }
const LEAVING: State = { name: 'leaving', since: 5_000 }

describe('how a page begins', () => {
  it.each<[Arrival, Step]>([
    ['fresh', [READING]],
    ['back', [LEAVING, 'stop', 'blank', 'go']],
    ['discarded', [HIDDEN, 'cover']],
  ])('%s', (arrival, first) => {
    expect(begin(arrival, AT.at)).toEqual(first)
  })
})

describe('the table of transitions', () => {
  it.each<[string, State, Happening, Step]>([
    ['a link is fetched', READING, ['link', { href: '/reis' }], [LOADING, 'stop', 'fetch']],
    ['another link takes its place', LOADING, ['link', { href: '/1' }], [{ ...LOADING, href: '/1' }, 'stop', 'fetch']],
    ['what arrives is put in place', LOADING, ['arrived', { awaited: LOADING }], [READING, 'swap']],
    ['what cannot be shown in place is opened', LOADING, ['failed', { awaited: LOADING }], [OPENED, 'open']],
    ['a page out of sight is covered', READING, ['hide', undefined], [HIDDEN, 'cover']],
    ['one that waits for another goes on waiting', LOADING, ['hide', undefined], [BEHIND, 'cover']],
    ['one that the browser opens is given up', OPENED, ['hide', undefined], [HIDDEN, 'stop', 'cover']],
    [
      'a page without a cover stays',
      { name: 'reading', covers: false },
      ['hide', undefined],
      [{ name: 'reading', covers: false }],
    ],
    [
      'what arrives behind the cover is covered too',
      BEHIND,
      ['arrived', { awaited: LOADING }],
      [HIDDEN, 'swap', 'cover'],
    ],
    ['what fails behind the cover is given up', BEHIND, ['failed', { awaited: LOADING }], [HIDDEN]],
    ['the cover has the keyboard when the reader is back', BEHIND, ['show', undefined], [BEHIND, 'focus']],
    ['the reader goes on', HIDDEN, ['lift', { covers: false }], [{ name: 'reading', covers: false }, 'lift']],
    ['the reader goes on waiting', BEHIND, ['lift', { covers: true }], [LOADING, 'lift']],
    [
      'a press soon after the last does not begin anew',
      LEAVING,
      ['leave', { at: LEAVING.since + RETRY_AFTER - 1 }],
      [LEAVING],
    ],
    [
      'a later press tries again',
      LEAVING,
      ['leave', { at: LEAVING.since + RETRY_AFTER }],
      [{ name: 'leaving', since: LEAVING.since + RETRY_AFTER }, 'go'],
    ],
  ])('%s', (_, state, happening, next) => {
    expect(step(state, ...happening)).toEqual(next)
  })

  it.each([READING, LOADING, OPENED, HIDDEN, BEHIND])('leaving is possible from every state: %o', (state) => {
    expect(step(state, 'leave', AT)).toEqual([LEAVING, 'tell', 'stop', 'blank', 'go'])
    expect(step(state, 'told', AT)).toEqual([LEAVING, 'stop', 'blank', 'go'])
    expect(step(state, 'back', AT)).toEqual([LEAVING, 'stop', 'blank', 'go'])
  })

  it('only the answer to this very request is put in place', () => {
    const twice = after(READING, ['link', { href: '/reis' }], ['link', { href: '/reis' }])
    const [first] = step(READING, 'link', { href: '/reis' }) as [Awaited]
    expect(step(twice.state, 'failed', { awaited: first })).toEqual([twice.state])
    expect(step(twice.state, 'arrived', { awaited: first })).toEqual([twice.state])
  })
})

/** What a walk does next. An answer is to one of the requests that were made so far, by its number from the last. */
type Move =
  | { readonly kind: 'happening'; readonly happening: Happening }
  | { readonly kind: 'answer'; readonly what: 'arrived' | 'failed'; readonly number: number }

const move: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .oneof(
        fc.constantFrom('/reis', '/1', '/naar/diary').map((href): Happening => ['link', { href }]),
        fc.constantFrom<Happening>(['hide', undefined], ['show', undefined]),
        fc.boolean().map((covers): Happening => ['lift', { covers }]),
      )
      .map((happening): Move => ({ kind: 'happening', happening })),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('answer' as const),
      what: fc.constantFrom('arrived' as const, 'failed' as const),
      number: fc.nat(2),
    }),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom('leave' as const, 'told' as const, 'back' as const), fc.nat(20_000))
      .map(([what, at]): Move => ({ kind: 'happening', happening: [what, { at }] })),
  },
)

/** What a reader has before her, as the effects make it: the model that the machine is compared with. */
interface Seen {
  /** Whether the text can be seen. */
  text: boolean
  /** Whether it may be: she looks at the page, or has switched the privacy screen off. */
  left: boolean
}

const RUNS = 5_000

describe('any order of events', () => {
  it('ends at the neutral address once the reader has left, and shows nothing after it', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<Arrival>('fresh', 'back', 'discarded'),
        fc.array(move, { maxLength: 60 }),
        (arrival, moves) => {
          const requests: Awaited[] = []
          const seen: Seen = { text: true, left: false }
          let [state, ...effects] = begin(arrival, 0)
          const look = () => {
            for (const effect of effects) {
              if (seen.left) expect(['stop', 'blank', 'go', 'tell'], 'done after leaving').toContain(effect)
              if (effect === 'fetch') requests.push(state as Awaited)
              if (effect === 'cover' || effect === 'blank') seen.text = false
              // A page that is put in place, and one that the browser opens, can be seen.
              if (effect === 'swap' || effect === 'lift' || effect === 'open') seen.text = true
              if (effect === 'blank') seen.left = true
            }
            if (seen.left) expect(effects.length === 0 || effects.at(-1) === 'go', 'the last is the way out').toBe(true)
            expect(seen.text, `the text in the state ${state.name}`).toBe(
              state.name === 'reading' || state.name === 'loading',
            )
            expect(seen.left).toBe(state.name === 'leaving')
          }
          look()
          for (const next of moves) {
            const happening: Happening | undefined =
              next.kind === 'happening'
                ? next.happening
                : requests.length > 0
                  ? [next.what, { awaited: requests.at(-1 - (next.number % requests.length)) as Awaited }]
                  : undefined
            if (!happening) continue
            ;[state, ...effects] = step(state, ...happening)
            look()
          }
        },
      ),
      { numRuns: RUNS },
    )
  })

  it('a page that was left stays left, whatever happens', () => {
    fc.assert(
      fc.property(fc.array(move, { maxLength: 60 }), (moves) => {
        const happenings = moves.flatMap((next): Happening[] =>
          next.kind === 'happening' ? [next.happening] : [[next.what, { awaited: LOADING }]],
        )
        const { state, done } = after(LEAVING, ...happenings)
        expect(state.name).toBe('leaving')
        expect(done.filter((effect) => effect !== 'go' && effect !== 'stop' && effect !== 'blank')).toEqual([])
      }),
      { numRuns: RUNS },
    )
  })
})
