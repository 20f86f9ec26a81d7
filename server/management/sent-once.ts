import { createHash, randomBytes } from 'node:crypto'
import { addDays, readDay, type CalendarDay } from '#campaign/day.ts'
import type { ManagementStore } from '#store/management-store.ts'
import type { SentForm } from '#store/sent-forms.ts'
import { ofProcess } from '../of-process.ts'

/** How long an answer is held for a second sending of the same form: a double click or a reload. Unit: milliseconds. */
const HELD_FOR = 2 * 60_000

/** One sending of a form. */
export interface Sending {
  /** Who sends it: the id of the account, empty before anybody signed in. An answer is told to nobody else. */
  readonly account: string
  /** Its one-time token, as `newToken` made it. */
  readonly token: string
  /** Everything that was typed and chosen, as one text. */
  readonly answers: string
  readonly today: CalendarDay
}

/** What the work of a form ended with. */
export interface Ended<Answer> {
  readonly answer: Answer
  /** Whether it changed something. Else the form is shown again, and its token still holds. */
  readonly done: boolean
  /** The path of the page that tells what came of it; empty where the answer itself does. */
  readonly place: string
}

/** What came of sending a form: the answer of its own work, or of the same work before. */
export type Came<Answer> =
  | ({ readonly kind: 'answered' } & Ended<Answer>)
  /** Sent before, and the answer is not held any more. `begun`: nobody wrote down how its work ended. */
  | { readonly kind: 'before'; readonly state: SentForm['state']; readonly place: string }
  /** The token was used for other answers, is missing, or is of an earlier day: nothing was done. */
  | { readonly kind: 'other-answers' | 'no-token' }

/**
 * Does changes in one transaction with taking the token.
 * @param act gets the store of that transaction, and waits for nothing else
 * @param hasChanged whether something was done; else the token still holds
 */
export type CarryOut = <Result>(
  act: (store: ManagementStore) => Promise<Result>,
  hasChanged?: (result: Result) => boolean,
) => Promise<Result>

/**
 * Does the work of a form once for its token, whichever process it is sent to and however often (OWASP, synchronizer token; Post/Redirect/Get).
 * A second sending gets the answer of the first: from memory while it is held, also when it holds a secret, else what the store knows of it.
 * @param work does it; what it changes in the store it does through `carryOut`, together with taking the token
 */
export function sentOnce<Answer>(
  store: ManagementStore,
  sending: Sending,
  work: (carryOut: CarryOut) => Promise<Omit<Ended<Answer>, 'done'>>,
): Promise<Came<Answer>> {
  return once(store, sending, async ({ hash, answers }) => {
    let done = false
    const ended = await work(async (act, hasChanged = () => true) => {
      const [result, changed] = await store.together(async (inside) => {
        const before = await inside.sentForms.take(hash, sending.today, { answers, state: 'done' })
        if (before) throw new SentBefore(before)
        const acted = await act(inside)
        const changed = hasChanged(acted)
        if (!changed) await inside.sentForms.giveBack(hash)
        return [acted, changed] as const
      })
      done = changed
      return result
    })
    if (done) await store.sentForms.finish(hash, ended.place)
    return { ...ended, done }
  })
}

/**
 * As `sentOnce`, for work that is not the store's alone, such as that of the library that signs people in: the token is taken before it. Work that
 * fails half-way leaves its token taken, so that it is not done again by itself.
 */
export function sentOnceApart<Answer>(
  store: ManagementStore,
  sending: Sending,
  work: () => Promise<Ended<Answer>>,
): Promise<Came<Answer>> {
  return once(store, sending, async ({ hash, answers }) => {
    const before = await store.sentForms.take(hash, sending.today, { answers, state: 'begun' })
    if (before) throw new SentBefore(before)
    const ended = await work()
    if (ended.done) await store.sentForms.finish(hash, ended.place)
    else await store.sentForms.giveBack(hash)
    return ended
  })
}

/** A token for one sending of a form that is shown on a day: the day, and 16 bytes of chance. */
export function newToken(today: CalendarDay): string {
  return `${today}.${randomBytes(16).toString('base64url')}`
}

/** Whether a text is a token that the store still remembers: of today, of the day before, or of a clock that is ahead over midnight. */
function isFresh(token: string, today: CalendarDay): boolean {
  const [written = '', chance = ''] = token.split('.')
  const day = readDay(written)
  return day !== undefined && /^[\w-]{22}$/.test(chance) && day >= addDays(today, -1) && day <= addDays(today, 1)
}

/** Thrown out of a transaction in which the token proved to be taken. */
class SentBefore extends Error {
  readonly form: SentForm

  constructor(form: SentForm) {
    super('This form was sent before.')
    this.form = form
  }
}

interface Held {
  readonly answers: string
  readonly came: Promise<Came<unknown>>
}

/** The answers that this process holds, by the hash of the token. */
const held = ofProcess<Map<string, Held>>('sent-forms')

async function once<Answer>(
  store: ManagementStore,
  { account, token, answers: typed, today }: Sending,
  work: (hashes: { readonly hash: string; readonly answers: string }) => Promise<Ended<Answer>>,
): Promise<Came<Answer>> {
  if (!isFresh(token, today)) return { kind: 'no-token' }
  const hash = hashOf(account, token)
  // The token is part of it, so that nobody can guess from the hash what was typed.
  const answers = hashOf(token, typed)
  const answered = (held.value ??= new Map())
  const inMemory = answered.get(hash)
  if (inMemory)
    return inMemory.answers === answers ? (inMemory.came as Promise<Came<Answer>>) : { kind: 'other-answers' }

  // It is held before anything is waited for, so that of two sendings at the same time one has the answer of the other.
  const came = (async () => {
    const before = await store.sentForms.find(hash)
    return before ? cameBefore(before, answers) : comingOf(work({ hash, answers }), answers)
  })()
  answered.set(hash, { answers, came })
  const isDone = await came.then(
    (answer) => answer.kind === 'answered' && answer.done,
    () => false,
  )
  if (isDone) setTimeout(() => answered.delete(hash), HELD_FOR).unref()
  else answered.delete(hash)
  return came
}

async function comingOf<Answer>(work: Promise<Ended<Answer>>, answers: string): Promise<Came<Answer>> {
  try {
    return { kind: 'answered', ...(await work) }
  } catch (error) {
    if (error instanceof SentBefore) return cameBefore(error.form, answers)
    throw error
  }
}

function cameBefore({ answers: sent, state, place }: SentForm, answers: string): Came<never> {
  return sent === answers ? { kind: 'before', state, place } : { kind: 'other-answers' }
}

function hashOf(...what: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(what)).digest('base64url')
}
