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
