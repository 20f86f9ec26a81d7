import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { content } from '#server/content/content.ts'
import { setSecurityHeaders } from '#server/headers.ts'
import { readingShelf, sendPage } from '#server/reading-shelf.ts'
import { routeFor } from '#server/route.ts'
import { QUIET_MOMENT } from './moment.ts'

/** What the host was asked outside the pages: `/_vercel/…`. */
export interface HostRequest {
  readonly name: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** A host like Vercel, on this machine: the pages of a build, and the two addresses of its count of visits. */
export interface VercelHost {
  /** The address of a page of the help site. */
  addressOf(path: string): string
  /** Every request for the count, in order. */
  readonly asked: HostRequest[]
  close(): void
}

/**
 * Stands in for the script that Vercel serves, which is closed and not to be had here. It does what the tests of the
 * package expect of that script (github.com/vercel/analytics, apps/nextjs/e2e/production): it takes over the queue, sends a
 * page view at once and after every new entry of the history, and the referrer with the first.
 */
const STAND_IN = `(() => {
  const { sdkn, sdkv, disableAutoTrack } = document.currentScript.dataset
  const queue = window.vaq || []
  let beforeSend = (event) => event
  let first = true
  const send = () => {
    const event = beforeSend({ type: 'pageview', url: location.href })
    if (!event) return
    const body = { o: event.url, ts: Date.now(), ...(first ? { r: document.referrer } : {}), sv: 'v1', sdkn, sdkv }
    first = false
    fetch('/_vercel/insights/view', { method: 'POST', keepalive: true, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) })
  }
  window.va = (name, value) => {
    if (name === 'beforeSend') beforeSend = value
    if (name === 'pageview') send()
  }
  for (const [name, value] of queue) window.va(name, value)
  if (disableAutoTrack) return
  send()
  for (const name of ['pushState', 'replaceState']) {
    const original = history[name]
    history[name] = function (...parameters) {
      original.apply(history, parameters)
      send()
    }
  }
})()`

/** Serves the reading pages of a build as the site's own server does, and the count of visits beside them. */
export async function serveLikeVercel(buildFolder: string): Promise<VercelHost> {
  const shelf = readingShelf(buildFolder)
  const asked: HostRequest[] = []

  const answerCount = async (path: string, request: IncomingMessage, response: ServerResponse) => {
    asked.push({ name: `${request.method} ${path}`, headers: request.headers, body: await text(request) })
    if (path === '/_vercel/insights/script.js') response.setHeader('Content-Type', 'text/javascript').end(STAND_IN)
    else response.end('OK')
  }

  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname
    setSecurityHeaders(path, response)
    if (path.startsWith('/_vercel/')) return void answerCount(path, request, response)
    const route = routeFor(content(), { host: request.headers.host ?? '', path, moment: new Date(QUIET_MOMENT) })
    const page = route.kind === 'show' ? shelf.get(route.path) : undefined
    if (route.kind === 'show' && page)
      sendPage(page, route.framedBy, { status: page.status, vary: [] }, request, response)
    else response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    addressOf: (path) => `http://localhost:${port}${path}`,
    asked,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}
