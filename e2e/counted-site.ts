import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { join } from 'node:path'
import { content } from '#server/content/content.ts'
import { runTotals, type RunTotal } from '#server/counts/totals.ts'
import { openEmbeddedStore } from '#store/embedded.ts'
import { freePort } from '#store/free-port.ts'
import { openPostgresStore } from '#store/postgres.ts'
import { INHERITED } from './environment.ts'

/** A server of its own, with a clock and a store that a test chooses. */
export class CountedSite {
  readonly port: number
  readonly #process: ChildProcess
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 16 })
  /** Everything the server wrote to its log. */
  log = ''

  private constructor(port: number, process: ChildProcess) {
    this.port = port
    this.#process = process
    for (const stream of [process.stdout, process.stderr])
      stream?.on('data', (part: Buffer) => (this.log += part.toString()))
  }

  /**
   * Starts a server and waits until it answers.
   * @param settings beside HOST and NODE_ENV; with PORT, a server that listens where one did before
   * @param folder with the build
   */
  static async start(settings: Readonly<Record<string, string>>, folder = '.'): Promise<CountedSite> {
    const port = settings.PORT === undefined ? await freePort() : Number(settings.PORT)
    // A write beyond a limit is to fail like one on a full disk, not to end the process.
    const child = spawn('bash', ['-c', "trap '' XFSZ; exec node --max-semi-space-size=4 server/serve.js"], {
      cwd: folder,
      env: {
        ...INHERITED,
        HOST: '127.0.0.1',
        PORT: String(port),
        NODE_ENV: 'production',
        FIXED_MOMENT: 'off',
        ...settings,
      },
    })
    const site = new CountedSite(port, child)
    for (let waited = 0; !site.log.includes('http://dagboek.localhost'); waited += 50) {
      if (child.exitCode !== null || waited > 60_000) throw new Error(`The server did not start:\n${site.log}`)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    return site
  }

  get pid(): number {
    return this.#process.pid ?? 0
  }

  /** Whether the process is gone, whatever ended it. */
  get hasEnded(): boolean {
    return this.#process.exitCode !== null || this.#process.signalCode !== null
  }

  /** Asks for a page as a browser does that opens it from elsewhere, unless other headers say otherwise. @returns the status */
  open(
    host: 'localhost' | 'dagboek.localhost',
    path: string,
    person: { address?: string; userAgent: string },
    headers: Readonly<Record<string, string>> = {},
  ): Promise<number> {
    return new Promise((resolve, reject) => {
      const sent = request(
        {
          agent: this.#agent,
          host: '127.0.0.1',
          port: this.port,
          path,
          headers: {
            Host: `${host}:${this.port}`,
            'User-Agent': person.userAgent,
            'Accept-Language': 'nl-NL,nl;q=0.9',
            'Sec-Fetch-Site': 'none',
            'Sec-Fetch-Mode': 'navigate',
            'Sec-Fetch-Dest': 'document',
            ...(person.address === undefined ? {} : { 'X-Forwarded-For': person.address }),
            ...headers,
          },
        },
        (response) => {
          response.resume()
          response.on('end', () => resolve(response.statusCode ?? 0))
          response.on('error', reject)
        },
      )
      sent.on('error', reject)
      sent.end()
    })
  }

  /** Ends the server as an operator does. */
  async stop(): Promise<void> {
    await this.#end('SIGTERM')
  }

  /** Ends the server as a power cut does. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL')
  }

  async #end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    this.#agent.destroy()
    if (this.hasEnded) return
    const ended = once(this.#process, 'exit')
    this.#process.kill(signal)
    await ended
  }
}

/**
 * Makes one visit for each item, so many at a time. To ask `expect` of every answer would take longer than the visits.
 * @param visit gives the status of its answer
 * @returns every status but 200
 */
export async function refusedOf<T>(
  items: readonly T[],
  atATime: number,
  visit: (item: T) => Promise<number>,
): Promise<number[]> {
  let next = 0
  const refused: number[] = []
  await Promise.all(
    Array.from({ length: atATime }, async () => {
      while (next < items.length) {
        const item = items[next] as T
        next += 1
        const status = await visit(item)
        if (status !== 200) refused.push(status)
      }
    }),
  )
  return refused
}

/** A person by a number: no two have the same network and browser. */
export function somebody(number: number): { address: string; userAgent: string } {
  return {
    address: `100.${64 + (number % 64)}.${Math.floor(number / 64) % 256}.${20 + Math.floor(number / 16_384)}`,
    userAgent: `Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${100 + (number % 50)}.0.0.0 Mobile Safari/537.36`,
  }
}

/**
 * The totals as another process reads them. Reading draws no chance.
 * @param folder the folder of data of the server
 * @param url its PostgreSQL, when it does not count in the file
 */
export async function publishedTotals(folder: string, url: string | undefined): Promise<RunTotal[]> {
  const noRandom = () => {
    throw new Error('reading draws no chance')
  }
  const store =
    url === undefined
      ? await openEmbeddedStore(join(folder, 'counts.sqlite'), noRandom)
      : await openPostgresStore(url, noRandom)
  const totals = await runTotals(store, content().runs)
  await store.close()
  return totals
}
