import { unstable_isUnrecognizedActionError, unstable_rethrow } from 'next/navigation'
import type { FormState } from './form.tsx'
import type { FailureWords } from './no-answer.tsx'

export type FormAction = (before: FormState, data: FormData) => Promise<FormState>

/**
 * The action of a form as a browser with scripts sends it: where no answer comes, or the server met an error, the form says so and
 * keeps what was typed; without this the page of errors would take its place.
 * @param words what it says then
 */
export function keepingTyped(action: FormAction, words: FailureWords): FormAction {
  return async (before, data) => {
    if (sizeOf(data) > LARGEST) return keptWith(words.tooLarge, before, data)
    try {
      return await action(before, data)
    } catch (error) {
      // The framework moves on to another page by throwing.
      unstable_rethrow(error)
      return keptWith(words[kindOf(error)], before, data)
    }
  }
}

/** What the server takes is a little more (LARGEST_BODY in server/limits.ts): the framework adds some of its own. Unit: bytes. */
const LARGEST = 300 * 1024

function sizeOf(data: FormData): number {
  return [...data.values()].reduce((size, value) => size + new Blob([value]).size, 0)
}

/** What a form says of itself (form.tsx). */
interface AboutForm {
  readonly kept: readonly string[]
  readonly carried: readonly string[]
}

/** The form as it was, with everything that was typed but for passwords, and a sentence. */
function keptWith(sentence: string, before: FormState, data: FormData): FormState {
  const text = (name: string) => {
    const value = data.get(name)
    return typeof value === 'string' ? value : ''
  }
  const { kept, carried } = JSON.parse(text('aboutForm')) as AboutForm
  return {
    values: Object.fromEntries([...kept, ...carried].map((name) => [name, text(name)])),
    errors: { form: sentence },
    ...(before.more ? { more: before.more } : {}),
    ...(data.has('token') ? { token: text('token') } : {}),
  }
}

/**
 * Which of the failures it is: a new version of the site does not know the form; the server answered with an error, which the framework gives a
 * digest; or no answer came, for which `fetch` throws a TypeError.
 */
function kindOf(error: unknown): keyof FailureWords {
  if (unstable_isUnrecognizedActionError(error)) return 'renewed'
  return error instanceof TypeError ? 'unreached' : 'failed'
}
