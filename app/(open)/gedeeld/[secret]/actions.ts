'use server'

import type { FormState } from '#components/manage/form.tsx'
import { letterOf } from '#server/counts/letter.ts'
import { management } from '#server/management/management.ts'
import { openSharedLetter } from '#server/management/shared-letters.ts'
import { contentNow } from '#server/planned-runs.ts'
import { typedIn } from '#app/beheer/form-words.ts'
import { languageNow, today } from '#app/beheer/guard.ts'
import { sentenceOf } from '#app/beheer/letter-words.ts'
import { sheetOf } from '#app/beheer/sheet-of-letter.ts'
import { totalsTexts } from '#app/beheer/totals-texts.ts'
import { dayInWords } from '#app/beheer/totals-words.ts'

/** Shows a shared sheet to who has its password. Nothing is remembered of it: the next time asks again. */
export async function openShared(_before: FormState, data: FormData): Promise<FormState> {
  const language = await languageNow()
  const t = totalsTexts(language)
  const { secret = '', password = '' } = typedIn(data, 'secret', 'password')
  const here = await management()
  const day = await today()
  const shared = await openSharedLetter(here, secret, password, day)
  if (shared === 'gone') return { errors: { form: t('share.gone') } }
  if (shared === 'refused') return { errors: { password: t('share.refused') } }
  if (shared === 'wait') return { errors: { form: t('share.wait') } }
  const letter = await letterOf(here.totals, contentNow().runs, shared.choice, day)
  if (!letter) return { errors: { form: t('letter.nothing') } }
  return {
    done: {
      kind: 'sheet',
      until: t('share.readUntil', { day: dayInWords(shared.lastDay, language) }),
      sentence: sentenceOf(letter, language),
      sheet: sheetOf(letter, language),
    },
  }
}
