import { createHash } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import en from '#content/en/manage/failure.json' with { type: 'json' }
import nl from '#content/nl/manage/failure.json' with { type: 'json' }
import { escaped } from '#sharing/escaped.ts'

/** A form as a browser sent it. */
interface SentRequest {
  /** Path and query, as in the request line. */
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly body: Uint8Array<ArrayBuffer>
}

/** An answer that takes the place of the one of the framework. */
interface Page {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** The framework marks its answer to a form that this build does not know (next, NEXT_ACTION_NOT_FOUND_HEADER). */
const NOT_FOUND = 'x-nextjs-action-not-found'

/** What the script of a page sends with a form; it reads the mark itself (components/manage/send-form.ts). */
const BY_SCRIPT = 'next-action'

const STYLE =
  'body{font:1.125rem/1.6 system-ui,sans-serif;max-width:40rem;margin:0 auto;padding:2rem 1rem}a{display:inline-block;padding:.6rem 0}pre{white-space:pre-wrap;overflow-wrap:anywhere;border:1px solid;padding:.6rem;font:inherit}'

const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/**
 * The page for a form of an earlier build that was sent without a script: what to do, in Dutch and English, and what was typed. The framework
 * answers such a form with a white page in English (409).
 * @param answer the status and headers of the framework's answer; its body is not needed
 * @returns undefined for every other answer, which is passed on as it is
 */
export async function renewedSite(
  request: SentRequest,
  answer: { readonly status: number; readonly headers: IncomingHttpHeaders },
): Promise<Page | undefined> {
  if (answer.headers[NOT_FOUND] === undefined || request.headers[BY_SCRIPT] !== undefined) return undefined
  const typed = await typedInto(request)
  const back = escaped(/^\/(?!\/)/.test(request.url) ? request.url : '/beheer')
  const inWords = ({ renewedTitle, renewedText, renewedTyped, renewedBack }: typeof nl) =>
    [
      `<h1>${escaped(renewedTitle)}</h1><p>${escaped(renewedText)}</p>`,
      ...(typed.length > 0 ? [`<p>${escaped(renewedTyped)}</p>`] : []),
      `<p><a href="${back}">${escaped(renewedBack)}</a></p>`,
    ].join('')
  return {
    status: answer.status,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': POLICY,
      'Cache-Control': 'no-store',
      'Referrer-Policy': 'no-referrer',
      'X-Robots-Tag': 'noindex, nofollow',
    },
    body: `<!doctype html><html lang="nl"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Beheer</title><style>${STYLE}</style></head><body><main>${inWords(nl)}${typed
      .map((text) => `<pre dir="auto">${escaped(text)}</pre>`)
      .join('')}<section lang="en">${inWords(en).replaceAll('h1>', 'h2>')}</section></main></body></html>`,
  }
}

/** What somebody typed or chose, by the names that the form itself tells (components/manage/form.tsx): no passwords. */
async function typedInto({ headers, body }: SentRequest): Promise<string[]> {
  try {
    const type = headers['content-type'] ?? ''
    const data = await new Response(body, { headers: { 'Content-Type': type } }).formData()
    const kept = data.get('kept')
    return (typeof kept === 'string' ? kept.split(',') : [])
      .map((name) => data.get(name))
      .filter((value) => typeof value === 'string')
      .filter((value) => value.trim() !== '')
  } catch {
    // A body that is no form has nothing to show.
    return []
  }
}
