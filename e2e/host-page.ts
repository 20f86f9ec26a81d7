import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ask } from './ask.ts'
import { MOMENT_HEADER } from './moment.ts'
import { HOSTS } from './site.ts'

/**
 * The page of a school or library with the window of help on it, as docs/entrance.md tells them to make it.
 * @param helpOrigin where the script comes from; empty for a library that passes it on itself
 */
export function hostPage(helpOrigin: string): string {
  return `<!doctype html><html lang="nl"><title>Bibliotheek</title>
<h1>De bibliotheek</h1><p>Vandaag open tot zes uur.</p>
<button type="button" data-venster>Even iets vragen?</button>
<script src="${helpOrigin}/venster.js" defer></script>`
}

/** The same with the window in a plain frame, which needs no script. */
function framingPage(helpOrigin: string): string {
  return `<!doctype html><html lang="nl"><title>Bibliotheek</title>
<h1>De bibliotheek</h1><iframe src="${helpOrigin}/venster" title="Info" referrerpolicy="no-referrer" width="340" height="600"></iframe>`
}

/** A long page with more to press, which has the script twice, and makes another button when its first one is there. */
function longPage(helpOrigin: string): string {
  return `<!doctype html><html lang="nl"><title>Bibliotheek</title>
<a href="#boeken">Naar de boeken</a><h1>De bibliotheek</h1>
<button type="button" data-venster>Even iets vragen?</button>
<script src="${helpOrigin}/venster.js" defer></script><script src="${helpOrigin}/venster.js" defer></script>
<p style="height:3000px">Vandaag open tot zes uur.</p><h2 id="boeken">Boeken</h2><a href="#top">Naar boven</a>
<script>addEventListener('load', () => {
  const button = document.querySelector('button').cloneNode()
  button.textContent = 'Of in het Engels?'
  button.dataset.venster = 'en'
  document.querySelector('h1').after(button)
})</script>`
}

/**
 * Serves these pages, the others at `/kader` and `/lang`, on a free port of this machine, whatever name it is asked by.
 * @param passedOn for a library that passes the window on itself (docs/entrance.md): the paths that it gets from the help site
 */
export async function serveHostPage(helpOrigin: string, passedOn?: RegExp): Promise<{ server: Server; port: number }> {
  const server = createServer((request, response) => {
    const { url = '/' } = request
    if (passedOn?.test(url)) return void passOn(url, request, response)
    response.setHeader('Content-Type', 'text/html; charset=utf-8')
    // The page names the help site, so a copy of it may not stay on the disk.
    response.setHeader('Cache-Control', 'no-store')
    response.end(
      url === '/kader' ? framingPage(helpOrigin) : url === '/lang' ? longPage(helpOrigin) : hostPage(helpOrigin),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { server, port: (server.address() as AddressInfo).port }
}

async function passOn(url: string, { headers }: IncomingMessage, response: ServerResponse): Promise<void> {
  const moment = headers[MOMENT_HEADER.toLowerCase()]
  const answer = await ask(HOSTS.help, url, typeof moment === 'string' ? { [MOMENT_HEADER]: moment } : {})
  for (const name of ['content-type', 'content-security-policy', 'cache-control']) {
    const value = answer.headers[name]
    if (value !== undefined) response.setHeader(name, value)
  }
  response.writeHead(answer.status).end(answer.text)
}
