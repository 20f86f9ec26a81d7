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
    response.end(
      `<!doctype html><html lang="nl"><title>${NEUTRAL_TITLE}</title><h1>${NEUTRAL_TITLE}</h1><a href="${to.address}">${to.name}</a>`,
    )
  })
}

/** How sites that want to protect their readers are made elsewhere: how they go from page to page, and how their exit leaves. */
export const WAYS = {
  /** Ordinary links, and an exit that goes on to another address, as the component of the British government does. */
  'links, exit by location.href': { exit: 'location.href = way', inPlace: false },
  /** Ordinary links, and an exit that opens a new tab and replaces the page, as many sites of support organisations have. */
  'links, exit by a new tab and location.replace': {
    exit: `open(way, '_blank'); location.replace(way)`,
    inPlace: false,
  },
  /** Pages that come in place with an entry of the history each, as next/link and other client-side routers do. */
  'history.pushState, exit by location.replace': { exit: 'location.replace(way)', inPlace: true },
} as const
export type Way = keyof typeof WAYS

// What a router does, in as few lines as show it: fetch the page, put it in place, and give it an address and a title of its own.
const ROUTER = `addEventListener('click', async (event) => {
  const link = event.target.closest('a[href^="/"]')
  if (!link) return
  event.preventDefault()
  const next = new DOMParser().parseFromString(await (await fetch(link.href)).text(), 'text/html')
  history.pushState(null, '', link.href)
  document.title = next.title
  document.body.replaceWith(next.body)
})`

/**
 * The pages of a reading as other sites would have them: in one of the ways, with a title that tells, and with headers that let the
 * browser keep everything. Every second page is compressed on its way.
 */
export function tellingSite(way: Way, texts: readonly string[]): Promise<OtherSite> {
  const { exit, inPlace } = WAYS[way]
  const leaving = `addEventListener('click', (event) => { const way = event.target.dataset.way; if (way) { event.preventDefault(); ${exit} } })`
  return serve(TELLING_HOST, ({ url = '/' }, response) => {
    const number = Number(url.slice(1) || 1)
    const text = texts[number - 1]
    if (text === undefined) return notFound(response)
    const page = `<!doctype html><html lang="nl"><title>${TELLING_TITLE} ${number}</title><script>${leaving}
${inPlace ? ROUTER : ''}</script><body><a href="/${number + 1}">Verder</a> <a href="${NEUTRAL_ADDRESS}" data-way="${NEUTRAL_ADDRESS}">Weg</a>${text}`
    response.setHeader('Content-Type', 'text/html; charset=utf-8')
    if (number % 2 === 0) response.setHeader('Content-Encoding', 'gzip')
    response.end(number % 2 === 0 ? gzipSync(page) : page)
  })
}

function notFound(response: ServerResponse): void {
  response.writeHead(404).end()
}

async function serve(
  host: string,
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<OtherSite> {
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
