import { createTranslator } from 'use-intl/core'
import type { CalendarDay } from '#campaign/day.ts'
import en from '#content/en/manage/account-mail.json' with { type: 'json' }
import nl from '#content/nl/manage/account-mail.json' with { type: 'json' }
import type { ManagerRow } from '#store/accounts.ts'
import type { Actor } from '#store/audit-log.ts'
import type { Environment } from '../environment.ts'
import type { Management } from './management.ts'
import { openPost } from './post.ts'

/** What happens to somebody's account that they are told of. */
export type AccountNews = 'invited' | 'renewal-offered' | 'renewed' | 'removed' | 'role-raised' | 'role-lowered'

/** Whom it happens to. */
export type Concerned = Pick<ManagerRow, 'name' | 'email' | 'language'>

/**
 * Tells a person by mail what happens to their account, in plain sentences without a secret. The act stands, whether the mail can be sent or
 * not: when it cannot, the log says so. Without a mail server nothing is sent.
 */
export async function tellByMail(
  { store }: Pick<Management, 'store'>,
  settings: Pick<Environment, 'SMTP_URL' | 'MAIL_FROM'>,
  news: AccountNews,
  { name, email, language }: Concerned,
  by: Actor,
  day: CalendarDay,
): Promise<void> {
  const { SMTP_URL, MAIL_FROM } = settings
  if (SMTP_URL === undefined || MAIL_FROM === undefined) return
  const t = createTranslator<typeof nl>({ locale: language, messages: { nl, en }[language] })
  const post = openPost({ SMTP_URL, MAIL_FROM })
  try {
    await post.sendMail({
      from: MAIL_FROM,
      to: { name, address: email },
      subject: t('subject'),
      text: `${[t('hello', { name }), t(news, { by: by.name }), t('strange')].join('\n\n')}\n`,
    })
  } catch {
    // Nobody waits for the mail. Where the store is gone too there is nowhere left to say so.
    await store.record({ day, by, action: 'mail-failed', subject: email }).catch(() => {})
  } finally {
    post.close()
  }
}
