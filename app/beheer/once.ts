import { createHash } from 'node:crypto'
import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import type { FormState } from '#components/manage/form.tsx'
import type { FormAction } from '#components/manage/send-form.ts'
import nl from '#content/nl/manage/forms.json'
import { management } from '#server/management/management.ts'
import {
  newToken,
  sentOnce,
  sentOnceApart,
  type Came,
  type CarryOut,
  type Ended,
} from '#server/management/sent-once.ts'
import { aboutIn } from '#server/management/typed-form.ts'
import { typedIn } from './form-words.ts'
import { formsTexts } from './forms-texts.ts'
import { halfSignedIn, languageNow, today } from './guard.ts'

/** What a second sending says where the answer of the first is not held any more. */
type Told = keyof typeof nl.before

/**
 * The action of a form, done once for each time that the form was shown, however often it is sent. Its changes go through `carryOut`, in one
 * transaction with the one-time token of the form; what it needs beside the store it asks for before.
 */
export function once(
  told: Told,
  action: (before: FormState, data: FormData, carryOut: CarryOut) => Promise<FormState>,
): FormAction {
  return async (before, data) => {
    const { store, sending } = await sendingOf(data)
    const came = await sentOnce(store, sending, (carryOut) => endOf(() => action(before, data, carryOut)))
    return answerTo(came, told, data)
  }
}

/** As `once`, for an action whose work is not in the store alone: the token is taken before it begins. */
export function onceApart(told: Told, action: FormAction): FormAction {
  return async (before, data) => {
    const { store, sending } = await sendingOf(data)
    const came = await sentOnceApart(store, sending, () => endOf(() => action(before, data)))
    return answerTo(came, told, data)
  }
}

async function sendingOf(data: FormData) {
  const { store } = await management()
  return {
    store,
    sending: {
      account: (await halfSignedIn())?.id ?? '',
      token: typedIn(data, 'token').token ?? '',
      answers: await answersIn(data),
      today: await today(),
    },
  }
}

/** Everything that was typed and chosen, files too. What the framework sends along is left out: it differs with the way of sending. */
async function answersIn(data: FormData): Promise<string> {
  const answers = []
  for (const [name, value] of data) {
    if (name.startsWith('$ACTION') || name === 'token' || name === 'aboutForm') continue
    answers.push([name, typeof value === 'string' ? value : hashOf(new Uint8Array(await value.arrayBuffer()))])
  }
  return JSON.stringify(answers)
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64url')
}

type Cookie = ReturnType<Awaited<ReturnType<typeof cookies>>['getAll']>[number]

/** What an action answered, with the cookies that it set: of a form that was sent twice the browser takes the last answer alone. */
interface Answer {
  readonly state: FormState
  readonly cookies: readonly Cookie[]
}

/** How an action ended. The framework moves on to another page by throwing. */
async function endOf(action: () => Promise<FormState>): Promise<Ended<Answer>> {
  const jar = await cookies()
  const before = new Map(jar.getAll().map(({ name, value }) => [name, value]))
  const changed = () => jar.getAll().filter(({ name, value }) => before.get(name) !== value)
  try {
    const state = await action()
    return { answer: { state, cookies: changed() }, done: state.errors === undefined, place: '' }
  } catch (error) {
    const place = placeIn(error)
    if (place === undefined) throw error
    return { answer: { state: {}, cookies: changed() }, done: true, place }
  }
}

/** The path of a redirect of the framework: NEXT_REDIRECT;push;/beheer/runs;303; */
function placeIn(error: unknown): string | undefined {
  const { digest } = error as { digest?: unknown }
  return typeof digest === 'string' && digest.startsWith('NEXT_REDIRECT;')
    ? digest.split(';').slice(2, -2).join(';')
    : undefined
}

async function answerTo(came: Came<Answer>, told: Told, data: FormData): Promise<FormState> {
  if (came.kind === 'answered') {
    const jar = await cookies()
    for (const cookie of came.answer.cookies) jar.set(cookie)
    if (came.place !== '') redirect(came.place)
    // Nothing was done: the same sending can still be.
    if (!came.done) return { ...came.answer.state, token: typedIn(data, 'token').token ?? '' }
  }
  if (came.kind === 'before' && came.place !== '') redirect(came.place)
  const token = newToken(await today())
  if (came.kind === 'answered') return { ...came.answer.state, token }
  const t = formsTexts(await languageNow())
  if (came.kind === 'before' && came.state === 'done')
    return { done: { kind: 'told', text: t(`before.${told}`) }, token }
  const problem = came.kind === 'before' ? 'begun' : came.kind === 'other-answers' ? 'other' : 'old'
  return { values: keptIn(data), errors: { form: t(problem) }, token }
}

/** What may stand in the form again, by the names that the form itself tells: no passwords. */
function keptIn(data: FormData): Record<string, string> {
  const { kept, carried } = aboutIn(data) ?? { kept: [], carried: [] }
  return typedIn(data, ...kept, ...carried)
}
