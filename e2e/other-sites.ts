import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { NEUTRAL_ADDRESS } from './neutral-address.ts'

/** A site of somebody else, on this machine. */
export interface OtherSite {
  readonly address: string
  close(): Promise<void>
}

export interface Link {
  readonly name: string
  readonly address: string
}

/** The name of a site that a reader comes from; the browser is told that it is this machine. */
export const NEUTRAL_HOST = 'neutraal.test'
export const NEUTRAL_TITLE = 'Links van de week'

/** The name of a site that does everything wrong. */
export const TELLING_HOST = 'opvallend.test'
export const TELLING_TITLE = 'Gedwongen trouwen: hulp en nummers'

/** A page with one link, to where the reader is going. */
export function neutralSite(to: Link): Promise<OtherSite> {
  return serve(NEUTRAL_HOST, ({ url }, response) => {
    if (url !== '/') return notFound(response)
    response.setHeader('Content-Type', 'text/html; charset=utf-8')
    // A copy of this page would hold the address of ours, and that one is not a trace of the visit.
    response.setHeader('Cache-Control', 'no-store')
    response.end(`<!doctype html><html lang="nl"><title>${NEUTRAL_TITLE}</title><h1>${NEUTRAL_TITLE}</h1><a href="${to.address}">${to.name}</a>`)
  })
}

/**
 * The pages of a reading as most sites would have them: an ordinary link to each next page, a title that tells, an exit
 * that is a link, and headers that let the browser keep everything. Every second page is compressed on its way.
 */
export function tellingSite(texts: readonly string[]): Promise<OtherSite> {
  return serve(TELLING_HOST, ({ url = '/' }, response) => {
    const number = Number(url.slice(1) || 1)
    const text = texts[number - 1]
    if (text === undefined) return notFound(response)
    const page = `<!doctype html><html lang="nl"><title>${TELLING_TITLE} ${number}</title><a href="/${number + 1}">Verder</a> <a href="${NEUTRAL_ADDRESS}">Weg</a>${text}`
    response.setHeader('Content-Type', 'text/html; charset=utf-8')
    if (number % 2 === 0) response.setHeader('Content-Encoding', 'gzip')
    response.end(number % 2 === 0 ? gzipSync(page) : page)
  })
}

function notFound(response: ServerResponse): void {
  response.writeHead(404).end()
}

async function serve(host: string, answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<OtherSite> {
  const server = createServer(answer)
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { address: `http://${host}:${port}/`, close: () => close(server) }
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
