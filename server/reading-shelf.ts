import { existsSync, readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { brotliCompressSync, brotliDecompressSync, gzipSync } from 'node:zlib'
import { brotliOptions, COMPRESSED, READING_PAGES, type ReadingPageFile } from '#adapter/reading-pages-list.js'

/** What the adapter writes into the policy of every page. */
const NO_FRAME = "frame-ancestors 'none'"

/** One prerendered page, as it goes over the line. */
export interface Page {
  readonly status: number
  readonly policy: string
  /** How visitors are counted by what the page tells (VISITOR_COUNTS at the time of the build). */
  readonly counts: string
  /**
   * The page as every browser of today takes it over an encrypted connection (Brotli, RFC 7932), a seventh smaller than gzip. It is kept in
   * this form alone: a thousand pages are then a few megabytes of memory, and none of them is compressed while a reader waits.
   */
  readonly compressed: Buffer
}

/** The text of a page. */
export function textOfPage({ compressed }: Pick<Page, 'compressed'>): string {
  return brotliDecompressSync(compressed).toString('utf8')
}

/** A page that is made while a reader waits: a quality that takes some milliseconds, where the build takes its time. */
const QUALITY_AT_ONCE = 6

/** A page in the form in which it is kept. */
export function compressedPage(html: string): Buffer {
  return brotliCompressSync(html, brotliOptions(QUALITY_AT_ONCE))
}

/** How many pages are kept as gzip; with all of them the oldest gives way. */
const MOST_GZIPPED = 200

/** Pages for who takes gzip but not Brotli: some proxies, old programs, and browsers where the connection is not encrypted. */
const gzipped = new Map<Page, Buffer>()

function gzippedPage(page: Page): Buffer {
  const known = gzipped.get(page)
  if (known) return known
  const [oldest] = gzipped.keys()
  if (oldest && gzipped.size >= MOST_GZIPPED) gzipped.delete(oldest)
  const made = gzipSync(brotliDecompressSync(page.compressed))
  gzipped.set(page, made)
  return made
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
  const encoding = encodingFor(request)
  const body = bodyOf(page, encoding)
  response.writeHead(answer.status, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Length': body.length,
    'Content-Security-Policy':
      framedBy.length === 0 ? page.policy : page.policy.replace(NO_FRAME, `frame-ancestors ${framedBy.join(' ')}`),
    Vary: ['Accept-Encoding', ...answer.vary].join(', '),
    ...(encoding === 'identity' ? {} : { 'Content-Encoding': encoding }),
  })
  response.end(request.method === 'HEAD' ? undefined : body)
}

type Encoding = 'br' | 'gzip' | 'identity'

function bodyOf(page: Page, encoding: Encoding): Buffer {
  if (encoding === 'br') return page.compressed
  return encoding === 'gzip' ? gzippedPage(page) : brotliDecompressSync(page.compressed)
}

/** The smallest form of a page that whoever asks takes (RFC 9110, 12.5.3). */
function encodingFor(request: Pick<IncomingMessage, 'headers'>): Encoding {
  if (takes(request, 'br')) return 'br'
  return takes(request, 'gzip') ? 'gzip' : 'identity'
}

/**
 * Whether whoever asks takes an answer in an encoding. One that is named with a weight of nothing is refused, and so is one with a weight
 * that cannot be read.
 */
export function takes({ headers }: Pick<IncomingMessage, 'headers'>, encoding: 'br' | 'gzip'): boolean {
  return (headers['accept-encoding'] ?? '').split(',').some((part) => {
    const [name, weight = 'q=1'] = part.split(';').map((piece) => piece.trim().toLowerCase())
    return name === encoding && Number(/^q=(\d(?:\.\d{0,3})?)$/.exec(weight)?.[1] ?? 0) > 0
  })
}
