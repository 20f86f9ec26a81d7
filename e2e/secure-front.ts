import { execFileSync } from 'node:child_process'
import { createHash, X509Certificate } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
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
import { content } from '#server/content/content.ts'
import { PORT } from './environment.ts'
import { hostPage } from './host-page.ts'
import { NEUTRAL_ADDRESS, NEUTRAL_PAGE } from './neutral-address.ts'
import { HOSTS } from './site.ts'

// The sites as readers have them: under their own names, encrypted, over HTTP/2. A browser keeps more of such a site than of one on a
// developer's machine: that it speaks HTTP/2, and that it must be asked encrypted.

const { sites, entrance } = content()

/** The host names of the two sites in production. */
export const NAMES = Object.fromEntries(sites.map(({ id, hosts }) => [id, hosts[0]])) as Readonly<
  Record<SiteId, string>
>

/** What a library passes on to the help site, as it is told to. */
export const PASSED_ON = new RegExp(
  /^location ~ "(.+)" \{$/m.exec(readFileSync('docs/entrance.md', 'utf8'))?.[1] ?? 'docs/entrance.md has no rule',
)

/** What stands between two servers only (RFC 9110, 7.6.1), and what a library must not take over from the help site. */
const BETWEEN_SERVERS = ['connection', 'keep-alive', 'transfer-encoding']
const NOT_FOR_A_LIBRARY = ['strict-transport-security']

const PASSING_ON = '/zelf'
const NEUTRAL = new URL(NEUTRAL_ADDRESS)

/** A server that encrypts for the server of the tests. */
export interface SecureFront {
  /** The page of a library that has the window from the help site. */
  readonly library: string
  /** The page of a library that passes the window on under its own name. */
  readonly passingOn: string
  /** Where Chromium finds the names of the sites. */
  readonly rules: readonly string[]
  /** Has Chromium believe the certificate of this run, as it would a bought one. */
  readonly belief: string
  /** What the neutral address, which this server stands in for, was told of where its visitors came from. */
  readonly referrers: readonly (string | undefined)[]
  close(): Promise<void>
}

/** Starts it on a free port of this machine. */
export async function secureFront(): Promise<SecureFront> {
  const { key, cert } = certificate()
  const sessions = new Set<ServerHttp2Session>()
  const referrers: (string | undefined)[] = []
  const server = createSecureServer({ key, cert, allowHTTP1: true }, (request, response) => {
    const host = request.headers[':authority'] ?? request.headers.host ?? ''
    if (host === NEUTRAL.host) {
      if (request.url === NEUTRAL.pathname) referrers.push(request.headers.referer)
      response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' })
      return response.end(NEUTRAL_PAGE)
    }
    const library = host.startsWith(`${entrance.local}:`)
    if (!library) return passOn(request, response, host, BETWEEN_SERVERS)
    if (PASSED_ON.test(request.url))
      return passOn(request, response, HOSTS.help, [...BETWEEN_SERVERS, ...NOT_FOR_A_LIBRARY])
    // The page names the help site, so a copy of it may not stay on the disk.
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' })
    response.end(hostPage(request.url === PASSING_ON ? '' : `https://${NAMES.help}`))
  })
  server.on('session', (session) => {
    sessions.add(session)
    session.once('close', () => sessions.delete(session))
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    library: `https://${entrance.local}:${port}/`,
    passingOn: `https://${entrance.local}:${port}${PASSING_ON}`,
    referrers,
    rules: [...Object.values(NAMES), NEUTRAL.host].map((name) => `MAP ${name} 127.0.0.1:${port}`),
    belief: `--ignore-certificate-errors-spki-list=${createHash('sha256')
      .update(new X509Certificate(cert).publicKey.export({ type: 'spki', format: 'der' }))
      .digest('base64')}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const session of sessions) session.destroy()
      }),
  }
}

/** Asks the server of the tests the same, under a host name, and gives its answer without some headers. No cookie is passed on. */
function passOn(
  request: Http2ServerRequest,
  response: Http2ServerResponse,
  host: string,
  without: readonly string[],
): void {
  const asked = Object.entries(request.headers).filter(
    ([name]) => !name.startsWith(':') && !BETWEEN_SERVERS.includes(name) && name !== 'cookie',
  )
  const sent = askServer(
    {
      host: '127.0.0.1',
      port: PORT,
      method: request.method,
      path: request.url,
      headers: { ...Object.fromEntries(asked), host },
    },
    (answer) => {
      const headers = Object.fromEntries(Object.entries(answer.headers).filter(([name]) => !without.includes(name)))
      // As where the owner lists the library in content/sites.yaml; that nobody else can show the window is tried in entrance.spec.ts.
      const policy = headers['content-security-policy']
      if (/\/venster(\/|$)/.test(request.url))
        headers['content-security-policy'] = String(policy).replace(
          "frame-ancestors 'none'",
          `frame-ancestors https://${entrance.local}:*`,
        )
      response.writeHead(answer.statusCode ?? 502, headers)
      answer.pipe(response.stream ?? response)
    },
  )
  sent.on('error', () => response.stream?.close())
  sent.end()
}

/** Without names: it is kept with every page in the cache, so one name would be found beside the page of another. */
function certificate(): { readonly key: Buffer; readonly cert: Buffer } {
  const folder = mkdtempSync(join(tmpdir(), 'certificate-'))
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  try {
    execFileSync(
      'openssl',
      [
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:prime256v1',
        '-nodes',
        '-days',
        '2',
        '-subj',
        '/CN=test',
        '-keyout',
        key,
        '-out',
        cert,
      ],
      { stdio: 'pipe' },
    )
    return { key: readFileSync(key), cert: readFileSync(cert) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
