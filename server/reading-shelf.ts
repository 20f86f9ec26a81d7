import { existsSync, readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { COMPRESSED, READING_PAGES, type ReadingPageFile } from '#adapter/reading-pages-list.js'

/** What the adapter writes into the policy of every page. */
const NO_FRAME = "frame-ancestors 'none'"

/** One prerendered page, as it goes over the line. */
export interface Page {
  readonly status: number
  readonly policy: string
  /** How visitors are counted by what the page tells (VISITOR_COUNTS at the time of the build). */
  readonly counts: string
  /**
   * The page as nearly every browser takes it (gzip, RFC 1952). It is kept in this form alone: a thousand pages are then a few megabytes
   * of memory, and none of them is compressed while a reader waits.
   */
  readonly compressed: Buffer
}

/** The text of a page. */
export function textOfPage({ compressed }: Pick<Page, 'compressed'>): string {
  return gunzipSync(compressed).toString('utf8')
}

/** A page in the form in which it is kept. */
export function compressedPage(html: string): Buffer {
  return gzipSync(html, { level: 9 })
}

/** Every reading page of a build, in memory by its internal path. */
export type ReadingShelf = ReadonlyMap<string, Page>

/**
 * Takes the reading pages of a build into memory.
 * @param buildFolder the folder that Next built into
 * @throws Error when there is no build, or one that was made without the adapter
 */
export function readingShelf(buildFolder: string): ReadingShelf {
  return new Map(
    pagesOf(buildFolder).map(({ pathname, file, status, policy, counts }) => [
      pathname,
      { status, policy, counts, compressed: readFileSync(join(buildFolder, `${file}${COMPRESSED}`)) },
    ]),
  )
}

/**
 * One reading page of a build, read from the disk: for who looks at a page now and then.
 * @throws Error when there is no build, or one that was made without the adapter
 */
export function readingPageOf(
  buildFolder: string,
  path: string,
): (Pick<Page, 'status' | 'policy'> & { readonly html: string }) | undefined {
  const page = pagesOf(buildFolder).find(({ pathname }) => pathname === path)
  return page && { status: page.status, policy: page.policy, html: readFileSync(join(buildFolder, page.file), 'utf8') }
}

/**
 * How visitors are counted by what the pages of a build tell.
 * @throws Error when there is no build, or one that was made without the adapter
 */
export function countsOfBuild(buildFolder: string): string | undefined {
  return pagesOf(buildFolder)[0]?.counts
}

function pagesOf(buildFolder: string): ReadingPageFile[] {
  const index = join(buildFolder, READING_PAGES)
  if (!existsSync(index)) throw new Error('There is no build of this site: run "npm run build" first.')
  return JSON.parse(readFileSync(index, 'utf8')) as ReadingPageFile[]
}

/**
 * Sends a page from the shelf. Its headers for privacy are set already (headers.ts).
 * @param framedBy the origins that may show it in a frame; for most pages none
 * @param answer with which status, and on which headers of the request it depends beside `Accept-Encoding`
 */
export function sendPage(
  page: Page,
  framedBy: readonly string[],
  answer: { readonly status: number; readonly vary: readonly string[] },
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const compressed = takesGzip(request)
  response.writeHead(answer.status, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Length': compressed ? page.compressed.length : lengthOfPlain(page.compressed),
    'Content-Security-Policy':
      framedBy.length === 0 ? page.policy : page.policy.replace(NO_FRAME, `frame-ancestors ${framedBy.join(' ')}`),
    Vary: ['Accept-Encoding', ...answer.vary].join(', '),
    ...(compressed ? { 'Content-Encoding': 'gzip' } : {}),
  })
  if (request.method === 'HEAD') response.end()
  else response.end(compressed ? page.compressed : gunzipSync(page.compressed))
}

/** Whether whoever asks takes a compressed answer (RFC 9110, 12.5.3). */
export function takesGzip({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
  return /\bgzip\b/.test(headers['accept-encoding'] ?? '')
}

/** How long a page is before it is compressed, by its last four bytes (RFC 1952, 2.3.1). Unit: bytes. */
function lengthOfPlain(compressed: Buffer): number {
  return compressed.readUInt32LE(compressed.length - 4)
}
