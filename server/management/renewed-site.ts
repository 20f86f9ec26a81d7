import { createHash } from 'node:crypto'
import type { IncomingHttpHeaders, ServerResponse } from 'node:http'
import en from '#content/en/manage/failure.json' with { type: 'json' }
import nl from '#content/nl/manage/failure.json' with { type: 'json' }
import { escaped } from '#sharing/escaped.ts'
import { aboutIn } from './typed-form.ts'

/** A form as a browser sent it. */
interface SentRequest {
  /** Path and query, as in the request line. */
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly body: Uint8Array<ArrayBuffer>
}

/** The framework marks its answer to a form that this build does not know (next, NEXT_ACTION_NOT_FOUND_HEADER). */
const NOT_FOUND = 'x-nextjs-action-not-found'

/** What the script of a page sends with a form; it reads the mark itself (components/manage/send-form.ts). */
const BY_SCRIPT = 'next-action'

const STYLE =
  'body{font:1.125rem/1.6 system-ui,sans-serif;max-width:40rem;margin:0 auto;padding:2rem 1rem;background:#fff;color:#000}a{display:inline-block;padding:.6rem 0}a:focus-visible{outline:3px solid CanvasText;outline-offset:2px}pre{white-space:pre-wrap;overflow-wrap:anywhere;border:1px solid;padding:.6rem;font:inherit}'

const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const HEADERS = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': POLICY,
  'X-Robots-Tag': 'noindex, nofollow',
}

/**
 * Puts the page for a form of an earlier build in the place of the framework's answer, which is a white page in English (409). Every other
 * answer goes out as it is.
 * @param response of a request that the framework is about to answer: compressed or not, in one piece or in several
 */
export function answerRenewed(request: SentRequest, response: ServerResponse): void {
  if (request.headers[BY_SCRIPT] !== undefined) return
  const [writeHead, write, end] = [response.writeHead, response.write, response.end].map(
    (method) => method.bind(response) as (...given: unknown[]) => unknown,
  ) as [Method, Method, Method]
  let isOurs = false
  const isTaken = (): boolean => {
    if (isOurs || response.headersSent || !response.hasHeader(NOT_FOUND)) return isOurs
    isOurs = true
    void renewedSite(request).then((page) => {
      for (const name of response.getHeaderNames())
        if (name.startsWith('content-') || name === 'etag') response.removeHeader(name)
      writeHead(response.statusCode, HEADERS)
      end(page)
    })
    return true
  }
  Object.assign(response, {
    writeHead: (...given: unknown[]) => (isTaken() ? response : writeHead(...given)),
    write: (...given: unknown[]) => isTaken() || write(...given),
    end: (...given: unknown[]) => (isTaken() ? response : end(...given)),
  })
}

type Method = (...given: unknown[]) => unknown

/** What to do, in Dutch and English, and what was typed. */
async function renewedSite(request: SentRequest): Promise<string> {
  const typed = await typedInto(request)
  const back = escaped(/^\/(?!\/)/.test(request.url) ? request.url : '/beheer')
  const inWords = ({ renewedTitle, renewedText, renewedTyped, renewedBack }: typeof nl) =>
    [
      `<h1>${escaped(renewedTitle)}</h1><p>${escaped(renewedText)}</p>`,
      ...(typed.length > 0 ? [`<p>${escaped(renewedTyped)}</p>`] : []),
      `<p><a href="${back}">${escaped(renewedBack)}</a></p>`,
    ].join('')
  return `<!doctype html><html lang="nl"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Beheer</title><style>${STYLE}</style></head><body><main>${inWords(nl)}${typed
    .map((text) => `<pre dir="auto">${escaped(text)}</pre>`)
    .join('')}<section lang="en">${inWords(en).replaceAll('h1>', 'h2>')}</section></main></body></html>`
}

/** What somebody typed or chose, by the names that the form itself tells (components/manage/form.tsx): no passwords. */
async function typedInto({ headers, body }: SentRequest): Promise<string[]> {
  try {
    const type = headers['content-type'] ?? ''
    const data = await new Response(body, { headers: { 'Content-Type': type } }).formData()
    return (aboutIn(data)?.kept ?? [])
      .map((name) => data.get(name))
      .filter((value) => typeof value === 'string')
      .filter((value) => value.trim() !== '')
  } catch {
    // A body that is no form has nothing to show.
    return []
  }
}
