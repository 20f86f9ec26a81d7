import { unstable_rethrow } from 'next/navigation'
import type { FormState } from './form.tsx'

export type FormAction = (before: FormState, data: FormData) => Promise<FormState>

/**
 * The action of a form as a browser with scripts sends it: where no answer comes, or the server met an error, the form says so and
 * keeps what was typed; without this the page of errors would take its place.
 * @param kept the fields that may stand in the form again: no passwords
 * @param noAnswer what it says then
 */
export function keepingTyped(action: FormAction, kept: readonly string[], noAnswer: string): FormAction {
  return async (before, data) => {
    try {
      return await action(before, data)
    } catch (error) {
      // The framework moves on to another page by throwing.
      unstable_rethrow(error)
      const typed = kept.flatMap((name) => {
        const value = data.get(name)
        return typeof value === 'string' ? [[name, value] as const] : []
      })
      const token = data.get('token')
      return {
        values: Object.fromEntries(typed),
        errors: { form: noAnswer },
        ...(typeof token === 'string' ? { token } : {}),
      }
    }
  }
}
