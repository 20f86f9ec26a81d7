import { connect } from 'node:net'
import { performance } from 'node:perf_hooks'
import { fetchRaw } from './raw-answer.ts'

/** The page that is opened. */
export interface OpenedPage {
  readonly port: number
  readonly host: string
  readonly path: string
}

/** What was answered in a stretch of time. */
export interface Answers {
  readonly count: number
  readonly perSecond: number
  /** Part of one processor that asking took; near 1 nobody can ask faster. */
  readonly loader: number
}

/** How long an answer may take. Unit: milliseconds. */
const PATIENCE = 10_000
const VERSIONS = 50

/** Browsers that many people have, by what they say of themselves. */
const BROWSERS = [
  (version: number) =>
    `Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${100 + version}.0.0.0 Mobile Safari/537.36`,
  (version: number) =>
    `Mozilla/5.0 (iPhone; CPU iPhone OS ${14 + (version % 5)}_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/${14 + (version % 5)}.4 Mobile/15E148 Safari/604.1`,
  (version: number) =>
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${100 + version}.0.0.0 Safari/537.36 Edg/${100 + version}.0.0.0`,
  (version: number) =>
    `Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/${20 + (version % 8)}.0 Chrome/121.0.0.0 Mobile Safari/537.36`,
  (version: number) =>
    `Mozilla/5.0 (X11; Linux x86_64; rv:${100 + version}.0) Gecko/20100101 Firefox/${100 + version}.0`,
]

/**
 * Opens a page as people do who come from elsewhere. It does little for each request, so that the server is the one that can
 * go no faster.
 * @param kept whether connections stay open for the next one, as those of a proxy do; readers bring one each
 * @param person the number of the one who opens the page, of the number of the opening
 * @throws Error when an answer has another status or another length than the first
 */
export async function openAsPeople(
  page: OpenedPage,
  connections: number,
  kept: boolean,
  seconds: number,
  person: (opening: number) => number,
): Promise<Answers> {
  const first = await fetchRaw(page.port, { ...page, encoding: 'gzip' })
  if (first.status !== 200) throw new Error(`The server answers ${page.host}${page.path} with ${first.status}.`)
  const before = process.cpuUsage()
  const start = performance.now()
  let opened = 0
  const more = () => (performance.now() < start + seconds * 1000 ? requestOf(page, person(opened++)) : undefined)
  await Promise.all(Array.from({ length: connections }, () => askOneByOne(page.port, first.bytes.length, kept, more)))
  const milliseconds = performance.now() - start
  const { user, system } = process.cpuUsage(before)
  return { count: opened, perSecond: (opened / milliseconds) * 1000, loader: (user + system) / (milliseconds * 1000) }
}

/** Sends requests, each when the one before it was answered, until there are no more. */
function askOneByOne(port: number, length: number, kept: boolean, more: () => string | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const open = (request: string) => {
      const socket = connect(port, '127.0.0.1')
      let received = 0
      socket.setTimeout(PATIENCE, () =>
        reject(new Error(`The server did not answer within ${PATIENCE / 1000} seconds.`)),
      )
      socket.once('error', reject)
      socket.once('connect', () => void socket.write(request, 'latin1'))
      socket.on('data', (data) => {
        if (received === 0 && data.toString('latin1', 9, 12) !== '200')
          reject(new Error(`The server answered ${data.toString('latin1', 9, 12)}.`))
        received += data.length
        if (received > length)
          reject(new Error(`The server sent ${received} bytes where the first answer had ${length}.`))
        if (received !== length) return
        received = 0
        const next = more()
        if (next !== undefined && kept) return void socket.write(next, 'latin1')
        // An orderly end would keep the port for a minute, and there are not so many.
        socket.resetAndDestroy()
        if (next === undefined) resolve()
        else open(next)
      })
    }
    const first = more()
    if (first === undefined) resolve()
    else open(first)
  })
}

/** What every browser says that follows a link from another site. */
const OF_EVERYBODY = {
  Accept: 'text/html',
  'Accept-Language': 'nl-NL,nl;q=0.9',
  'Sec-Fetch-Site': 'cross-site',
  'Sec-Fetch-Mode': 'navigate',
  'Sec-Fetch-Dest': 'document',
}
const LINES_OF_EVERYBODY = Object.entries(OF_EVERYBODY)
  .map(([name, value]) => `${name}: ${value}\r\n`)
  .join('')

/** What the browser of somebody says beside what it asks for. No two people have the same network and browser. */
export function headersOf(person: number): Record<string, string> {
  return { 'User-Agent': userAgentOf(person), ...OF_EVERYBODY, 'X-Forwarded-For': addressOf(person) }
}

/** 4096 neighbourhoods of 24 bits (RFC 6598), so that none of them has more new visitors than are believed. */
export function addressOf(person: number): string {
  return `100.${64 + (person % 64)}.${Math.floor(person / 64) % 64}.${1 + (Math.floor(person / 4096) % 250)}`
}

function userAgentOf(person: number): string {
  return BROWSERS[person % BROWSERS.length]?.(person % VERSIONS) ?? ''
}

/** The same in one piece, for it is written for every request. */
function requestOf({ host, path }: OpenedPage, person: number): string {
  return `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: keep-alive\r\nUser-Agent: ${userAgentOf(person)}\r\nAccept-Encoding: gzip\r\n${LINES_OF_EVERYBODY}X-Forwarded-For: ${addressOf(person)}\r\n\r\n`
}
