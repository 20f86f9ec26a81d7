'use server'

import { redirect } from 'next/navigation'
import { readDay } from '#campaign/day.ts'
import type { FormState } from '#components/manage/form.tsx'
import { wordOf } from '#server/counts/choice.ts'
import { letterOf } from '#server/counts/letter.ts'
import { management } from '#server/management/management.ts'
import { LONGEST_SHARE, mayShareUntil, shareLetter } from '#server/management/shared-letters.ts'
import { contentNow } from '#server/planned-runs.ts'
import { addressHere } from '../../address-here.ts'
import { typedIn } from '../../form-words.ts'
import { asManager, today } from '../../guard.ts'
import { once } from '../../once.ts'
import { totalsTexts } from '../../totals-texts.ts'
import { dayInWords, nameOfWord } from '../../totals-words.ts'

/** Makes a letter readable for a colleague, and shows the way to it and its password once. */
export const share = once('letter', async (_before, data, carryOut): Promise<FormState> => {
  const manager = await asManager(data)
  const t = totalsTexts(manager.language)
  const typed = typedIn(data, 'choice', 'lastDay')
  const day = await today()
  const lastDay = readDay(typed.lastDay ?? '')
  if (!lastDay || !mayShareUntil(lastDay, day))
    return { values: typed, errors: { lastDay: t('share.badDay', { days: LONGEST_SHARE }) } }
  const here = await management()
  const letter = await letterOf(here.totals, contentNow().runs, typed.choice, day)
  if (!letter) return { values: typed, errors: { form: t('letter.nothing') } }
  const choice = wordOf(letter.choice)
  const { path, password } = await carryOut(async (store) => {
    const shared = await shareLetter({ ...here, store }, { choice, madeBy: manager.name, madeOn: day, lastDay })
    await store.record({
      day,
      by: manager,
      action: 'letter-shared',
      subject: `${nameOfWord(choice)}, ${lastDay}`,
    })
    return shared
  })
  const words = { copy: t('letter.copy'), copied: t('letter.copied') }
  return {
    done: {
      kind: 'made',
      lines: [t('share.made', { day: dayInWords(lastDay, manager.language) })],
      copies: [
        { label: t('share.address'), text: await addressHere(path), ...words },
        { label: t('share.password'), text: password, ...words },
      ],
    },
  }
})

/** Ends a link before its last day. */
export async function takeBack(data: FormData): Promise<void> {
  const manager = await asManager(data)
  const { hash = '', choice = '' } = typedIn(data, 'hash', 'choice')
  const { store } = await management()
  const letter = await store.sharedLetters.takeBack(hash)
  if (letter)
    await store.record({
      day: await today(),
      by: manager,
      action: 'letter-share-withdrawn',
      subject: nameOfWord(letter.choice),
    })
  redirect(`/beheer/brief?toon=${encodeURIComponent(choice)}`)
}
