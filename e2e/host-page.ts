import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

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

/** Serves both pages, the second at `/kader`, on a free port of this machine, whatever name it is asked by. */
export async function serveHostPage(helpOrigin: string): Promise<{ server: Server; port: number }> {
  const server = createServer(({ url }, response) => {
    response.setHeader('Content-Type', 'text/html; charset=utf-8')
    // The page names the help site, so a copy of it may not stay on the disk.
    response.setHeader('Cache-Control', 'no-store')
    response.end(url === '/kader' ? framingPage(helpOrigin) : hostPage(helpOrigin))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { server, port: (server.address() as AddressInfo).port }
}
