import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { Agent, request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { freePort, isListening } from '#store/free-port.ts'

/** The configuration that is shipped: what the tests do not change of it is what an operator runs. */
const SHIPPED = 'deploy/nginx.conf'

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

/** The shipped proxy before servers of a test, on free ports and with a certificate of its own. */
export class Proxy {
  readonly folder: string
  readonly port: number
  readonly plainPort: number
  readonly #process: ChildProcess
  readonly #certificate: string

  private constructor(folder: string, port: number, plainPort: number, process: ChildProcess) {
    this.folder = folder
    this.port = port
    this.plainPort = plainPort
    this.#process = process
    this.#certificate = readFileSync(join(folder, 'fullchain.pem'), 'utf8')
  }

  /** @param servers the ports of the two servers that it stands before */
  static async start(servers: readonly [number, number]): Promise<Proxy> {
    const folder = mkdtempSync(join(tmpdir(), 'proxy-'))
    const [port, plainPort] = [await freePort(), await freePort()]
    execFileSync(
      'openssl',
      [
        ...[
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
          '/CN=www.jouwja.example',
        ],
        ...[
          '-addext',
          'subjectAltName=DNS:www.jouwja.example,DNS:jouwja.example,DNS:www.dagboekvanyarah.example,DNS:dagboekvanyarah.example',
        ],
        ...['-keyout', join(folder, 'privkey.pem'), '-out', join(folder, 'fullchain.pem')],
      ],
      { stdio: 'pipe' },
    )
    writeFileSync(
      join(folder, 'nginx.conf'),
      changed(readFileSync(SHIPPED, 'utf8'), [
        // This machine may have no IPv6.
        [/^ *listen \[::\].*\n/gm, ''],
        [/listen 443 /g, `listen 127.0.0.1:${port} `],
        [/listen 80( |;)/g, `listen 127.0.0.1:${plainPort}$1`],
        ['/etc/ssl/campaign/', `${folder}/`],
        ['/run/nginx.pid', join(folder, 'nginx.pid')],
        ['/var/log/nginx/error.log', join(folder, 'error.log')],
        ['127.0.0.1:3001', `127.0.0.1:${servers[0]}`],
        ['127.0.0.1:3002', `127.0.0.1:${servers[1]}`],
      ]),
    )
    const child = spawn(
      'nginx',
      ['-c', join(folder, 'nginx.conf'), '-e', join(folder, 'error.log'), '-g', 'daemon off;'],
      { stdio: 'inherit' },
    )
    for (let tries = 0; !(await isListening(port)); tries += 1) {
      if (child.exitCode !== null || tries === 100)
        throw new Error(`nginx did not start with ${SHIPPED}: ${readFileSync(join(folder, 'error.log'), 'utf8')}`)
      await wait(50)
    }
    return new Proxy(folder, port, plainPort, child)
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

  /** Everything that the proxy wrote to its folder, by file. */
  written(): Map<string, string> {
    return new Map(
      readdirSync(this.folder, { recursive: true, withFileTypes: true }).flatMap((entry) =>
        entry.isFile() ? [[entry.name, readFileSync(join(entry.parentPath, entry.name), 'utf8')]] : [],
      ),
    )
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode === null) {
      const ended = once(this.#process, 'exit')
      this.#process.kill('SIGTERM')
      await ended
    }
    rmSync(this.folder, { recursive: true, force: true })
  }
}

/** @throws Error when something that a test must change is not there any more */
function changed(text: string, changes: readonly (readonly [RegExp | string, string])[]): string {
  return changes.reduce((before, [from, to]) => {
    const after = before.replaceAll(from, to)
    if (after === before) throw new Error(`${SHIPPED} has no ${String(from)} any more: change e2e/proxy.ts too.`)
    return after
  }, text)
}
