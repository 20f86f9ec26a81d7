'use client'

import { usePathname, useSearchParams } from 'next/navigation'
import { use, useActionState, useId } from 'react'
import { NoAnswer } from './no-answer.tsx'
import { ScrollTable } from './scroll-table.tsx'
import { OutcomeOfForm, type Outcome } from './outcome.tsx'
import { keepingTyped, type FormAction } from './send-form.ts'
import { Typed, type TypedBefore } from './typed-before.tsx'

/** One question of a form. */
export interface Field {
  readonly name: string
  readonly label: string
  /** A `code` is a code of an app or a recovery code: as secret as a password, and typed from another screen or from paper. */
  readonly type?: 'text' | 'email' | 'password' | 'code' | 'date' | 'select' | 'textarea' | 'file' | 'hidden'
  readonly hint?: string | undefined
  readonly value?: string
  readonly autoComplete?: string
  readonly inputMode?: 'numeric' | 'text'
  readonly options?: readonly { readonly value: string; readonly text: string }[]
  /** Hidden, and always with the value that the page gives it: what was sent of it counts for nothing. */
  readonly fixed?: boolean
  /** Hidden, and what the form was shown with: it comes back with what was typed, so that a change of somebody else is noticed. */
  readonly version?: boolean
}

/** What a form says after it was sent: what was typed, what is wrong with it, and what came of it. */
export interface FormState {
  readonly values?: Readonly<Record<string, string>>
  /** By the name of the field; `form` for the form as a whole. */
  readonly errors?: Readonly<Record<string, string>>
  /** Everything that is wrong with the form as a whole, or has to be looked at, one line each, where it is more than a sentence. */
  readonly problems?: readonly string[]
  /** Versions that stand beside each other, to choose from. */
  readonly table?: {
    readonly label: string
    readonly head: readonly string[]
    readonly rows: readonly (readonly string[])[]
  }
  /** Questions that follow from what was typed. */
  readonly more?: readonly Field[]
  readonly done?: Outcome
  /** The one-time token of the next sending, instead of the one that the form was shown with. */
  readonly token?: string
}

export interface FormProps {
  readonly action: FormAction
  readonly fields: readonly Field[]
  readonly send: string
  readonly quiet?: boolean
  /** Goes away once the form did what it is for. */
  readonly once?: boolean
  /** Lets the server do the work of the form once, however often it is sent (app/beheer/once.ts). */
  readonly token?: string
}

/** A form that works without JavaScript, keeps what was typed when something is wrong with it, and says what. */
export function Form({ action, fields, send, quiet, once, token }: FormProps) {
  const noAnswer = use(NoAnswer)
  // The server writes the form for browsers without scripts, and for that it needs the action itself.
  const sent = typeof window === 'undefined' ? action : keepingTyped(action, noAnswer)
  const [state, post, sending] = useActionState(sent, {})
  const asked = [...fields, ...(state.more ?? [])]
  const form = useId()
  const place = [usePathname(), useSearchParams().toString()].filter(Boolean).join('?')
  const before = typedInto(use(Typed), place, fields)
  // A question that is not shown has no place for what is wrong with it.
  const problem = ['form', ...asked.filter(({ type }) => type === 'hidden').map(({ name }) => name)]
    .flatMap((name) => state.errors?.[name] ?? [])
    .join(' ')
  const outcome = state.done ? (
    <div role="status">
      <OutcomeOfForm outcome={state.done} />
    </div>
  ) : null
  if (once && outcome) return outcome
  return (
    <form action={post} noValidate className="grid gap-5">
      <input type="hidden" name="aboutForm" value={JSON.stringify({ place, ...namesIn(asked) })} />
      {before && !state.values ? (
        <p role="status" className="note">
          {before.words}
        </p>
      ) : null}
      {problem ? (
        <p role="alert" className="note font-bold">
          {problem}
        </p>
      ) : null}
      {state.problems ? (
        <ul className="list-disc ps-6">
          {state.problems.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      ) : null}
      {state.table ? (
        <ScrollTable
          label={state.table.label}
          head={state.table.head}
          rows={state.table.rows.map((cells) => ({ key: cells[0] ?? '', cells }))}
        />
      ) : null}
      {outcome}
      {/* A browser that fills a form in again after a reload must not bring an old token back. */}
      {token === undefined ? null : (
        <input type="hidden" name="token" autoComplete="off" value={state.token ?? token} />
      )}
      {asked.map((field) => (
        <Question
          key={field.name}
          id={`${form}-${field.name}`}
          field={field}
          value={
            (field.fixed ? undefined : (state.values?.[field.name] ?? before?.answers[field.name])) ?? field.value ?? ''
          }
          error={state.errors?.[field.name]}
        />
      ))}
      <p>
        <button className={quiet ? 'button quiet' : 'button'} disabled={sending}>
          {send}
        </button>
      </p>
    </form>
  )
}

/** The names of the answers that may be given back: those that somebody typed or chose, and those that are sent along. */
function namesIn(fields: readonly Field[]): { readonly kept: readonly string[]; readonly carried: readonly string[] } {
  const namesOf = (isOne: (type: Field['type']) => boolean) =>
    fields.filter(({ type }) => isOne(type)).map(({ name }) => name)
  return {
    kept: namesOf((type) => !['password', 'code', 'file', 'hidden'].includes(type ?? 'text')),
    carried: namesOf((type) => type === 'hidden'),
  }
}

/** What was typed into this form before the sign-in ended: the form of that page, with the same questions about the same thing. */
function typedInto(typed: TypedBefore | undefined, place: string, fields: readonly Field[]): TypedBefore | undefined {
  const { kept } = namesIn(fields)
  if (typed?.place !== place || kept.length === 0 || kept.some((name) => !(name in typed.answers))) return undefined
  const isSame = fields.every(
    ({ name, type, value, fixed, version }) => type !== 'hidden' || fixed || version || typed.answers[name] === value,
  )
  return isSame ? typed : undefined
}

function Question({
  id,
  field,
  value,
  error,
}: {
  readonly id: string
  readonly field: Field
  readonly value: string
  readonly error: string | undefined
}) {
  const { name, label, type = 'text', hint, autoComplete, inputMode, options } = field
  if (type === 'hidden') return <input type="hidden" name={name} value={value} />
  const described = [error ? `${id}-error` : '', hint ? `${id}-hint` : ''].filter(Boolean).join(' ') || undefined
  // React leaves a select alone after a form was sent; a new key gives it the value that was chosen.
  const common = {
    id,
    name,
    defaultValue: value,
    'aria-invalid': error ? true : undefined,
    'aria-describedby': described,
    autoComplete,
  }
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="font-bold">
        {label}
      </label>
      {hint ? (
        <p id={`${id}-hint`} className="text-soft">
          {hint}
        </p>
      ) : null}
      {type === 'select' ? (
        <select key={value} {...common}>
          {options?.map((option) => (
            <option key={option.value} value={option.value}>
              {option.text}
            </option>
          ))}
        </select>
      ) : type === 'textarea' ? (
        <textarea rows={6} spellCheck={false} {...common} />
      ) : type === 'file' ? (
        // What was chosen cannot be given back to a browser: the page says with what it read.
        <input
          type="file"
          accept=".csv,.tsv,.txt,text/csv"
          id={id}
          name={name}
          aria-invalid={common['aria-invalid']}
          aria-describedby={described}
          className="min-h-11"
        />
      ) : type === 'code' ? (
        <input
          type="text"
          inputMode={inputMode}
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          {...common}
          autoComplete="one-time-code"
        />
      ) : (
        <input type={type} inputMode={inputMode} {...common} />
      )}
      {error ? (
        <p id={`${id}-error`} className="font-bold text-accent">
          {error}
        </p>
      ) : null}
    </div>
  )
}
