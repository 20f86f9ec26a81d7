import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { Agent, request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { freePort, isListening } from '#store/free-port.ts'
import { environmentWith } from './environment.ts'

/** The proxies of which a configuration is shipped. */
export const PROXIES = ['nginx', 'haproxy', 'caddy', 'apache'] as const
export type ProxyName = (typeof PROXIES)[number]

/** Where a proxy of a test listens, and what it stands before. */
interface Place {
  readonly folder: string
  readonly port: number
  readonly plainPort: number
  readonly servers: readonly [number, number]
}

type Change = readonly [RegExp | string, string]

/** A proxy as it is shipped: what the tests do not change of its file is what an operator runs. */
interface Shipped {
  readonly file: string
  readonly program: string
  readonly args: (file: string, folder: string) => readonly string[]
  readonly changes: (place: Place) => readonly Change[]
  /** The lines that nobody but root can follow. */
  readonly ofRoot: RegExp
}

/** This machine may have no IPv6, and readers of a test come from IPv4. */
const SHIPPED: Readonly<Record<ProxyName, Shipped>> = {
  nginx: {
    file: 'deploy/nginx.conf',
    program: '/usr/sbin/nginx',
    args: (file, folder) => ['-c', file, '-e', join(folder, 'error.log'), '-g', 'daemon off;'],
    changes: ({ folder, port, plainPort, servers }) => [
      [/^ *listen \[::\].*\n/gm, ''],
      [/listen 443 /g, `listen 127.0.0.1:${port} `],
      [/listen 80( |;)/g, `listen 127.0.0.1:${plainPort}$1`],
      ['/etc/ssl/campaign/', `${folder}/`],
      ['/run/nginx.pid', join(folder, 'nginx.pid')],
      ['/var/log/nginx/error.log', join(folder, 'error.log')],
      ['127.0.0.1:3001', `127.0.0.1:${servers[0]}`],
      ['127.0.0.1:3002', `127.0.0.1:${servers[1]}`],
    ],
    ofRoot: /^user .*\n/gm,
  },
  haproxy: {
    file: 'deploy/haproxy.cfg',
    program: '/usr/sbin/haproxy',
    args: (file) => ['-db', '-f', file],
    changes: ({ folder, port, plainPort, servers }) => [
      [/^ *bind \[::\].*\n/gm, ''],
      [/bind :443 /g, `bind 127.0.0.1:${port} `],
      [/bind :80$/gm, `bind 127.0.0.1:${plainPort}`],
      ['/etc/ssl/campaign/', `${folder}/`],
      ['127.0.0.1:3001', `127.0.0.1:${servers[0]}`],
      ['127.0.0.1:3002', `127.0.0.1:${servers[1]}`],
    ],
    ofRoot: /^ *(user|group|chroot) .*\n/gm,
  },
  caddy: {
    file: 'deploy/Caddyfile',
    program: '/usr/bin/caddy',
    args: (file) => ['run', '--adapter', 'caddyfile', '--config', file],
    changes: ({ folder, port, plainPort, servers }) => [
      // It takes the ports of its names from these two settings.
      [
        '\tauto_https off\n',
        `\tauto_https off\n\tdefault_bind 127.0.0.1\n\thttps_port ${port}\n\thttp_port ${plainPort}\n\tstorage file_system ${folder}\n`,
      ],
      [/^:80 \{/gm, `:${plainPort} {`],
      ['/etc/ssl/campaign/', `${folder}/`],
      ['127.0.0.1:3001', `127.0.0.1:${servers[0]}`],
      ['127.0.0.1:3002', `127.0.0.1:${servers[1]}`],
    ],
    ofRoot: /^$/g,
  },
  apache: {
    file: 'deploy/apache.conf',
    program: '/usr/sbin/apache2',
    args: (file) => ['-f', file, '-DFOREGROUND'],
    changes: ({ folder, port, plainPort, servers }) => [
      ['ServerRoot /etc/apache2', `ServerRoot ${folder}`],
      ['/run/apache2', folder],
      [/^Listen 443$/gm, `Listen 127.0.0.1:${port} https`],
      [/^Listen 80$/gm, `Listen 127.0.0.1:${plainPort}`],
      [/\*:443>/g, `*:${port}>`],
      [/\*:80>/g, `*:${plainPort}>`],
      ['/etc/ssl/campaign/', `${folder}/`],
      ['127.0.0.1:3001', `127.0.0.1:${servers[0]}`],
      ['127.0.0.1:3002', `127.0.0.1:${servers[1]}`],
    ],
    ofRoot: /^(User|Group) .*\n/gm,
  },
}

/** The network in the commented lines of every file that open the management to the offices only (RFC 5737). */
const OFFICES = '203.0.113.0/24'

/** Somebody on an address of their own: each address of 127.0.0.0/8 is one of this machine. */
export interface Sender {
  readonly localAddress: string
  readonly agent: Agent
}

/** What came back: of a connection that broke, the code of the error. */
export interface Read {
  readonly status: number
  readonly location: string | undefined
  readonly text: string
}

/** A shipped proxy before servers of a test, on free ports and with a certificate of its own. */
export class Proxy {
  readonly name: ProxyName
  readonly folder: string
  readonly port: number
  readonly plainPort: number
  readonly #process: ChildProcess
  readonly #certificate: string
  #said = ''
  /** What it wrote, when its folder is gone. */
  #kept: Map<string, string> | undefined

  private constructor(name: ProxyName, { folder, port, plainPort }: Place, process: ChildProcess) {
    this.name = name
    this.folder = folder
    this.port = port
    this.plainPort = plainPort
    this.#process = process
    this.#certificate = readFileSync(join(folder, 'fullchain.pem'), 'utf8')
    for (const stream of [process.stdout, process.stderr])
      stream?.on('data', (part: Buffer) => (this.#said += part.toString()))
  }

  /**
   * @param servers the ports of the two servers that it stands before
   * @param offices the network that may open the management, in CIDR; left out: everybody, as the file is shipped
   */
  static async start(name: ProxyName, servers: readonly [number, number], offices?: string): Promise<Proxy> {
    const { file, program, args, changes, ofRoot } = SHIPPED[name]
    const folder = mkdtempSync(join(tmpdir(), 'proxy-'))
    const place = { folder, port: await freePort(), plainPort: await freePort(), servers }
    makeCertificate(folder)
    // What it writes lies apart from what the test gives it.
    mkdirSync(join(folder, 'home'))
    const shipped = readFileSync(file, 'utf8')
    const asRoot = process.getuid?.() === 0 ? shipped : shipped.replace(ofRoot, '')
    const chosen =
      offices === undefined
        ? []
        : ([
            [/^(\s*)#(?=\S)/gm, '$1'],
            [OFFICES, offices],
          ] as const)
    const used = join(folder, file.slice('deploy/'.length))
    writeFileSync(used, changed(asRoot, file, [...changes(place), ...chosen]))
    const child = spawn(program, args(used, folder), { env: environmentWith({ HOME: join(folder, 'home') }) })
    const proxy = new Proxy(name, place, child)
    let failed: Error | undefined
    child.once('error', (error) => (failed = error))
    for (let tries = 0; !(await isListening(place.port)); tries += 1) {
      if (failed || child.exitCode !== null || tries === 200)
        throw new Error(
          `${program} did not start with ${file}: ${failed?.message ?? ''}${[...proxy.written().values()].join('\n')}`,
        )
      await wait(50)
    }
    return proxy
  }

  /** Somebody on an address of their own, who keeps a connection open between pages. */
  sender(localAddress: string): Sender {
    return { localAddress, agent: new Agent({ keepAlive: true, maxSockets: 1 }) }
  }

  /** Asks for a page over TLS. It does not fail: what went wrong is in the answer, so that a test can tell of all of it. */
  read(
    { localAddress, agent }: Sender,
    host: string,
    path: string,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Read> {
    return new Promise((resolve) => {
      const broken = (error: NodeJS.ErrnoException) =>
        resolve({ status: 0, location: undefined, text: error.code ?? error.message })
      const sent = request(
        {
          agent,
          localAddress,
          host: '127.0.0.1',
          port: this.port,
          servername: host,
          ca: this.#certificate,
          path,
          headers: { Host: host, ...headers },
        },
        (response) => {
          const parts: Buffer[] = []
          response.on('data', (part: Buffer) => parts.push(part))
          response.on('error', broken)
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              location: response.headers.location,
              text: Buffer.concat(parts).toString('utf8'),
            }),
          )
        },
      )
      sent.on('error', broken)
      sent.end()
    })
  }

  /** Everything that the proxy wrote: to its folder, by file, and to its terminal. What the test gave it is not among it. */
  written(): Map<string, string> {
    if (this.#kept) return this.#kept
    // Caddy keeps its configuration once more.
    const given = new Set([
      'fullchain.pem',
      'privkey.pem',
      'haproxy.pem',
      'autosave.json',
      SHIPPED[this.name].file.slice('deploy/'.length),
    ])
    return new Map([
      ...readdirSync(this.folder, { recursive: true, withFileTypes: true }).flatMap((entry) =>
        entry.isFile() && !given.has(entry.name)
          ? [[entry.name, readFileSync(join(entry.parentPath, entry.name), 'latin1')] as const]
          : [],
      ),
      ['terminal', this.#said],
    ])
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode === null && this.#process.signalCode === null) {
      const ended = once(this.#process, 'exit')
      this.#process.kill('SIGTERM')
      await ended
    }
    this.#kept ??= this.written()
    rmSync(this.folder, { recursive: true, force: true })
  }
}

function makeCertificate(folder: string): void {
  const [key, chain] = [join(folder, 'privkey.pem'), join(folder, 'fullchain.pem')]
  const names = ['www.jouwja.example', 'jouwja.example', 'www.dagboekvanyarah.example', 'dagboekvanyarah.example']
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'],
      ...['-subj', `/CN=${names[0]}`, '-addext', `subjectAltName=${names.map((name) => `DNS:${name}`).join(',')}`],
      ...['-keyout', key, '-out', chain],
    ],
    { stdio: 'pipe' },
  )
  writeFileSync(join(folder, 'haproxy.pem'), `${readFileSync(chain, 'utf8')}${readFileSync(key, 'utf8')}`)
}

/** @throws Error when something that a test must change is not there any more */
function changed(text: string, file: string, changes: readonly Change[]): string {
  return changes.reduce((before, [from, to]) => {
    const after = before.replaceAll(from, to)
    if (after === before) throw new Error(`${file} has no ${String(from)} any more: change e2e/proxy.ts too.`)
    return after
  }, text)
}
