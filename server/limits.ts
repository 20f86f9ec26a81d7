import type { IncomingMessage, ServerOptions, ServerResponse } from 'node:http'
import { readRequestPath } from './request-path.ts'
import { isManaged } from './route.ts'

/**
 * What a connection may ask for, and for how long. Units: bytes, milliseconds. Between `keepAliveTimeout` and the time after which a
 * proxy lets go of a connection it no longer uses (nginx: 60 seconds) must be room: else a reader's request is lost.
 */
export const CONNECTION_LIMITS = {
  maxHeaderSize: 16 * 1024,
  headersTimeout: 10_000,
  requestTimeout: 20_000,
  connectionsCheckingInterval: 2_000,
  keepAliveTimeout: 75_000,
} as const satisfies ServerOptions

/** Connections at a time; one more is not taken. Each may hold a socket open for as long as the limits above. */
export const MOST_CONNECTIONS = 8_000

/** How long a connection may take nothing of an answer. Unit: milliseconds. */
export const SILENCE = 60_000

/** The longest address there is a use for. Unit: characters. */
const LONGEST_TARGET = 4_000

/** The largest form of the management: a table of 500 links. Unit: bytes. */
export const LARGEST_BODY = 320 * 1024

/** Why a request is not answered, in words for whoever sent it; nothing of the request is repeated. */
export interface Refusal {
  readonly status: 400 | 403 | 404 | 405 | 411 | 413 | 414 | 421 | 503
  readonly sentence: string
  readonly headers?: Readonly<Record<string, string>>
}

/**
 * Whether a request is one that no reader, manager or robot in good faith sends, by its first line and its headers alone. What Node's
 * parser refuses (a length and a coding at once, a header without an end) does not come this far.
 */
export function refusalOf({
  method = '',
  url = '',
  headers,
  rawHeaders,
}: Pick<IncomingMessage, 'method' | 'url' | 'headers' | 'rawHeaders'>): Refusal | undefined {
  // RFC 9112, 3.2: more than one Host must be refused. Node hands on the first.
  if (rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host').length > 1)
    return { status: 400, sentence: 'A request has one Host.' }
  if (url.length > LONGEST_TARGET)
    return { status: 414, sentence: `An address has ${LONGEST_TARGET} characters at most.` }
  // A proxy of ours sends paths only; a whole address would name a second host (RFC 9112, 3.2.2).
  if (!url.startsWith('/')) return { status: 400, sentence: 'The address of a request begins with a slash.' }
  const managed = isManaged(readRequestPath(url).path ?? '')

  const length = headers['content-length']
  const hasBody = (length !== undefined && length !== '0') || headers['transfer-encoding'] !== undefined
  if (method === 'GET' || method === 'HEAD')
    return hasBody ? { status: 400, sentence: 'Reading sends nothing but an address.' } : undefined
  if (method !== 'POST' || !managed)
    return managed ? { ...READING_ONLY, headers: { Allow: 'GET, HEAD, POST' } } : READING_ONLY
  if (headers['transfer-encoding'] !== undefined || length === undefined)
    return { status: 411, sentence: 'Say how long the form is (Content-Length).' }
  if (Number(length) > LARGEST_BODY) return { status: 413, sentence: `A form has ${LARGEST_BODY} bytes at most.` }
  return undefined
}

/**
 * Answers with a status and a sentence, and lets go of the connection: what else was sent on it is not read.
 * @param connection `kept` when all of the request was read
 */
export function refuse(
  { status, sentence, headers = {} }: Refusal,
  response: ServerResponse,
  connection: 'closed' | 'kept' = 'closed',
): void {
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': Buffer.byteLength(`${sentence}\n`),
    ...(connection === 'closed' ? { Connection: 'close' } : {}),
    ...headers,
  })
  response.end(`${sentence}\n`)
}

/** What is said to whoever sends a form to what takes none. */
export const READING_ONLY: Refusal = {
  status: 405,
  sentence: 'This can only be read.',
  headers: { Allow: 'GET, HEAD' },
}

/** What is said to whoever sends a form whose parts cannot be told apart (readable-form.ts). */
export const UNREADABLE_FORM: Refusal = {
  status: 400,
  sentence: 'The form cannot be read: open its page again, and send it from there.',
}

/** What is said to whoever writes an address that could be read in two ways (request-path.ts). */
export const AMBIGUOUS_ADDRESS: Refusal = {
  status: 400,
  sentence: 'The address can be read in two ways: write it without dots between slashes, and without an encoded slash.',
}

/** What is said where the framework's files would be, and there is none of that name. */
export const NO_SUCH_FILE: Refusal = { status: 404, sentence: 'There is no such file.' }

/** What is said to whoever comes when too many others are asking (management-gateway.ts). Unit of Retry-After: seconds. */
export const TOO_BUSY: Refusal = {
  status: 503,
  sentence: 'Too many people ask for this at the moment. Try again in a few seconds.',
  headers: { 'Retry-After': '5' },
}

/**
 * What is said to a browser that fetches a page ahead. A page that was fetched ahead is shown without asking again, so that its reader
 * would never be counted; after 503 the browser asks again when the page is opened (HTML, "prefetch": only an ok status is kept).
 */
export const NOT_AHEAD: Refusal = {
  status: 503,
  sentence: 'This page is given when it is opened.',
  headers: { 'Cache-Control': 'no-store' },
}

/** What is said to whoever asks by a name that is in no list of ours; the name itself is not repeated. */
export const UNKNOWN_HOST: Refusal = {
  status: 421,
  sentence: 'This server does not know the host name of this request. Add it to content/sites.yaml.',
}
