import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** The page of a school or library with the window of help on it, as docs/entrance.md tells them to make it. */
function hostPage(helpOrigin: string): string {
  return `<!doctype html><html lang="nl"><title>Bibliotheek</title>
<h1>De bibliotheek</h1><p>Vandaag open tot zes uur.</p>
<button type="button" data-venster>Even iets vragen?</button>
<script src="${helpOrigin}/venster.js" defer></script>`
}

/** Serves that page on a free port of this machine, whatever name it is asked by. */
export async function serveHostPage(helpOrigin: string): Promise<{ server: Server; port: number }> {
  const server = createServer((_request, response) => {
    response.setHeader('Content-Type', 'text/html; charset=utf-8')
    // The page names the help site, so a copy of it may not stay on the disk.
    response.setHeader('Cache-Control', 'no-store')
    response.end(hostPage(helpOrigin))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { server, port: (server.address() as AddressInfo).port }
}
