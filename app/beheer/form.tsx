import { Form as FormOfPage, type FormProps } from '#components/manage/form.tsx'
import { newToken } from '#server/management/sent-once.ts'
import { today } from './guard.ts'

/** A form that changes something: its action is wrapped by `once`, which does it once for the token that is made here. */
export async function Form(props: Omit<FormProps, 'token'>) {
  return <FormOfPage {...props} token={newToken(await today())} />
}
