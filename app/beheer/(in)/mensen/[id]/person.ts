import { notFound } from 'next/navigation'
import { management } from '#server/management/management.ts'
import { accountTexts } from '../../../account-texts.ts'
import { asManager } from '../../../guard.ts'

/** What a page about somebody with an account begins with: the account, the words for it, and the texts of the manager who looks. */
export async function personOf(params: Promise<{ readonly id: string }>) {
  const manager = await asManager()
  const { id } = await params
  const person = await (await management()).store.accounts.find(id)
  if (!person) notFound()
  const words = { name: person.name, email: person.email, role: person.role }
  return { person, words, t: accountTexts(manager.language) }
}
