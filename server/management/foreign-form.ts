import type { ServerResponse } from 'node:http'
import en from '#content/en/manage/account.json' with { type: 'json' }
import nl from '#content/nl/manage/account.json' with { type: 'json' }
import { refuse } from '../limits.ts'

/** What a browser says of where a form came from. */
interface Sender {
  readonly host: string | null
  readonly origin: string | null
  /** Sec-Fetch-Site: browsers of the last years say it, and no page can say it for them. */
  readonly site: string | null
}

/**
 * Whether a form was sent by another site than this one (CSRF). Our pages tell no address of theirs, so a browser that sends a form
 * without a script calls its origin `null` (Fetch, "append a request Origin header"); then only Sec-Fetch-Site knows.
 * What says neither is no browser, and has no cookie that somebody else gave it.
 */
export function isForeignForm({ host, origin, site }: Sender): boolean {
  if (site !== null) return site !== 'same-origin'
  if (origin === null) return false
  return !URL.canParse(origin) || new URL(origin).host !== host
}

/** Answers a form of another site: nothing of it is read. */
export function refuseForeignForm(response: ServerResponse): void {
  refuse({ status: 403, sentence: FOREIGN_FORM }, response)
}

/** What is said then, in both languages of managers: nobody knows who was sent here. */
export const FOREIGN_FORM = [nl, en].map(({ foreignForm }) => foreignForm).join('\n')
