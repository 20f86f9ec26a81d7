import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { request as askServer } from 'node:http'
import {
  createSecureServer,
  type Http2ServerRequest,
  type Http2ServerResponse,
  type ServerHttp2Session,
} from 'node:http2'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SiteId } from '#campaign/run.ts'
import { MOMENT_HEADER, QUIET_MOMENT } from '../moment.ts'
import { NEUTRAL_ADDRESS } from '../neutral-address.ts'
import { NAMES } from '../secure-front.ts'

// The sites under names as readers type them: in a browser a name that ends in .example or .test is one of an office's own network,
// and an address there counts as typed even when a link led to it. The certificates are those of an authority of this run.

/** The names of our sites, with the ending that production has. */
export const REAL_NAMES = Object.fromEntries(
  Object.entries(NAMES).map(([id, name]) => [id, name.replace(/\.[a-z]+$/, '.nl')]),
) as Readonly<Record<SiteId, string>>

export const SEARCH_NAME = 'www.zoekmachine.nl'
export const SEARCH_ADDRESS = `https://${SEARCH_NAME}/?q=gedwongen+trouwen`

/** Where other people's links to our site stand: a page that is about nothing. */
export const LINKS_NAME = 'www.linksvandeweek.nl'
export const LINKS_ADDRESS = `https://${LINKS_NAME}/`

/** Only between two servers (RFC 9110, 7.6.1), or named otherwise in HTTP/2. */
const BETWEEN_SERVERS = ['connection', 'keep-alive', 'transfer-encoding', 'host']

/** The neutral page as a test wants it: its title decides what the address bar makes of our addresses. */
export interface Neutral {
  readonly contentType: string
  readonly body: string
  /** What somebody types who looks for it. */
  readonly words: readonly string[]
}

/** As the page is called that the exit leads to. */
const WIKIPEDIA_TITLE = 'Wikipedia, de vrije encyclopedie'
export const LIKE_WIKIPEDIA: Neutral = {
  contentType: 'text/html; charset=utf-8',
  body: `<!doctype html><html lang="nl"><title>${WIKIPEDIA_TITLE}</title><h1>Welkom</h1>`,
  words: ['wiki', 'vrije', 'encyclopedie'],
}

export interface RealNames {
  /** Where the browser finds the names. */
  readonly rules: readonly string[]
  /** A home in which programs trust the authority of this run (NSS). */
  readonly home: string
  close(): Promise<void>
}

/**
 * Stands before a server of the site under its real names, and in for the sites that a reader comes from and goes to.
 * @param port of the server of the site
 * @param linksTo where the one link of the page of results, and of the page of links, leads
 * @param others names of other organisations
 */
export async function realNames(
  port: number,
  linksTo: string,
  others: readonly string[],
  neutral: Neutral = LIKE_WIKIPEDIA,
): Promise<RealNames> {
  const folder = mkdtempSync(join(tmpdir(), 'names-'))
  const names = [...Object.values(REAL_NAMES), SEARCH_NAME, LINKS_NAME, new URL(NEUTRAL_ADDRESS).hostname, ...others]
  const { key, cert } = certificates(folder, names)
  const sessions = new Set<ServerHttp2Session>()
  const server = createSecureServer({ key, cert, allowHTTP1: true }, (request, response) => {
    const host = request.headers[':authority'] ?? request.headers.host ?? ''
    const id = (Object.keys(REAL_NAMES) as SiteId[]).find((id) => REAL_NAMES[id] === host)
    if (id) return passOn(request, response, port, NAMES[id])
    const { contentType, body } =
      host === new URL(NEUTRAL_ADDRESS).hostname
        ? neutral
        : {
            contentType: 'text/html; charset=utf-8',
            body:
              host === SEARCH_NAME || host === LINKS_NAME
                ? `<!doctype html><title>${host === SEARCH_NAME ? 'gedwongen trouwen - Zoeken' : 'Links van de week'}</title><a href="${linksTo}">Leeslijst</a>`
                : '<!doctype html><title>Een organisatie</title><h1>Een organisatie</h1>',
          }
    // A copy of the page of results would hold our address, and that is no trace of the visit.
    response.writeHead(200, { 'Content-Type': contentType, 'Cache-Control': 'no-store' })
    response.end(body)
  })
  server.on('session', (session) => {
    sessions.add(session)
    session.once('close', () => sessions.delete(session))
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve))
  const own = (server.address() as AddressInfo).port
  return {
    rules: names.map((name) => `MAP ${name} 127.0.0.1:${own}`),
    home: folder,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          rmSync(folder, { recursive: true, force: true })
          resolve()
        })
        for (const session of sessions) session.destroy()
      }),
  }
}

function passOn(request: Http2ServerRequest, response: Http2ServerResponse, port: number, host: string): void {
  const asked = Object.entries(request.headers).filter(
    ([name]) => !name.startsWith(':') && !BETWEEN_SERVERS.includes(name),
  )
  const sent = askServer(
    {
      host: '127.0.0.1',
      port,
      method: request.method,
      path: request.url,
      headers: { ...Object.fromEntries(asked), host, [MOMENT_HEADER]: QUIET_MOMENT },
    },
    (answer) => {
      const headers = Object.fromEntries(
        Object.entries(answer.headers).filter(([name]) => !BETWEEN_SERVERS.includes(name)),
      )
      // The server names the other site as production does; here both have another ending.
      for (const [id, name] of Object.entries(NAMES))
        if (headers.location) headers.location = String(headers.location).replace(name, REAL_NAMES[id as SiteId])
      response.writeHead(answer.statusCode ?? 502, headers)
      answer.pipe(response.stream ?? response)
    },
  )
  sent.on('error', () => response.stream?.close())
  sent.end()
}

/** An authority, trusted in the folder as in a person's home, and a certificate of it for some names. */
function certificates(folder: string, names: readonly string[]): { readonly key: Buffer; readonly cert: Buffer } {
  const at = (name: string) => join(folder, name)
  const openssl = (...words: string[]) => execFileSync('openssl', words, { stdio: 'pipe' })
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  openssl('req', '-x509', ...newKey, '-days', '2', '-subj', '/CN=test', '-keyout', at('ca.key'), '-out', at('ca.pem'))
  openssl('req', ...newKey, '-subj', '/CN=server', '-keyout', at('key.pem'), '-out', at('request.pem'))
  writeFileSync(at('extensions'), `subjectAltName=${names.map((name) => `DNS:${name}`).join(',')}\n`)
  openssl(
    ...['x509', '-req', '-in', at('request.pem'), '-CA', at('ca.pem'), '-CAkey', at('ca.key'), '-CAcreateserial'],
    ...['-days', '2', '-extfile', at('extensions'), '-out', at('cert.pem')],
  )
  const store = join(folder, '.pki', 'nssdb')
  mkdirSync(store, { recursive: true })
  const certutil = (...words: string[]) => execFileSync('certutil', ['-d', `sql:${store}`, ...words], { stdio: 'pipe' })
  certutil('-N', '--empty-password')
  certutil('-A', '-t', 'C,,', '-n', 'test', '-i', at('ca.pem'))
  return { key: readFileSync(at('key.pem')), cert: readFileSync(at('cert.pem')) }
}
