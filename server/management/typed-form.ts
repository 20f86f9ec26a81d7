import { z } from 'zod'
import type { CalendarDay } from '#campaign/day.ts'
import type { Management } from './management.ts'

/** The field in which a form says on which page it stands, and which of its fields may be given back: no password, code or file. */
const ABOUT_FORM = 'aboutForm'

/** A page of the management; nothing else may be opened after signing in. */
const PAGE = /^\/beheer(?:[/?][\w\-./?=&%:,~+]*)?$/

const aboutSchema = z.object({
  place: z.string().max(500).regex(PAGE),
  kept: z.array(z.string().max(50)).max(50),
  carried: z.array(z.string().max(50)).max(50),
})

/** What a form says of itself: its page, what somebody typed or chose (`kept`), and what is only sent along (`carried`). */
type AboutForm = z.infer<typeof aboutSchema>

/**
 * Keeps what was typed into a form whose sign-in had ended, for the account whose sign-in it was, so that the form has it again after the next
 * one. What says nothing of itself is not kept.
 * @param token that of the ended session; without one nothing is kept, so that nobody fills the store who never was signed in
 */
export async function keepTyped(
  { store }: Pick<Management, 'store'>,
  token: string,
  data: FormData,
  today: CalendarDay,
): Promise<void> {
  const account = await store.signIns.accountOf(token)
  const about = aboutIn(data)
  if (account === undefined || !about) return
  const answers = [...about.kept, ...about.carried].flatMap((name) => {
    const answer = data.get(name)
    return typeof answer === 'string' ? [[name, answer.replaceAll('\0', '')] as const] : []
  })
  if (answers.length > 0)
    await store.keptForms.keep(account, { place: about.place, answers: Object.fromEntries(answers) }, today)
}

/** What a form says of itself; undefined where it says nothing, or nothing that a form of ours would. */
export function aboutIn(data: FormData): AboutForm | undefined {
  const about = data.get(ABOUT_FORM)
  if (typeof about !== 'string') return undefined
  try {
    return aboutSchema.safeParse(JSON.parse(about)).data
  } catch {
    return undefined
  }
}
