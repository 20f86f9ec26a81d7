import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { freePort } from './free-port.ts'

/** A PostgreSQL of the tests alone: a cluster in a temporary folder, on a free port of this machine. */
export class PostgresForTests {
  readonly folder: string
  readonly #port: number
  readonly #as: { uid?: number; gid?: number }
  #process: ChildProcess | undefined

  private constructor(folder: string, port: number, as: { uid?: number; gid?: number }) {
    this.folder = folder
    this.#port = port
    this.#as = as
  }

  /**
   * Makes a cluster and starts it.
   * @throws Error that says how to install PostgreSQL
   */
  static async start(): Promise<PostgresForTests> {
    const folder = mkdtempSync(join(tmpdir(), 'counts-postgres-'))
    // PostgreSQL refuses to run as root; its package brings a user of its own.
    const as = process.getuid?.() === 0 ? { uid: idOf('-u'), gid: idOf('-g') } : {}
    if (as.uid !== undefined && as.gid !== undefined) chownSync(folder, as.uid, as.gid)
    execFileSync(
      program('initdb'),
      ['--pgdata', join(folder, 'data'), '--username', 'site', '--auth', 'trust', '--no-sync', '--encoding', 'UTF8'],
      { ...as, cwd: folder, stdio: 'pipe' },
    )
    const server = new PostgresForTests(folder, await freePort(), as)
    await server.goOn()
    return server
  }

  /** The address of a database: `postgres` is there from the start. */
  url(database = 'postgres'): string {
    return `postgres://site@127.0.0.1:${this.#port}/${database}`
  }

  /** Starts the server again after `crash` or `stop`. */
  async goOn(): Promise<void> {
    const settings = [
      'listen_addresses=127.0.0.1',
      `port=${this.#port}`,
      `unix_socket_directories=${this.folder}`,
      'logging_collector=off',
      'shared_buffers=16MB',
      'max_connections=40',
    ]
    this.#process = spawn(
      program('postgres'),
      ['-D', join(this.folder, 'data'), ...settings.flatMap((setting) => ['-c', setting])],
      { ...this.#as, cwd: this.folder, stdio: 'ignore' },
    )
    for (let tries = 0; ; tries += 1) {
      const client = new pg.Client({ connectionString: this.url(), connectionTimeoutMillis: 1000 })
      try {
        await client.connect()
        await client.end()
        return
      } catch (error) {
        if (tries === 100) throw error
        await wait(100)
      }
    }
  }

  /** Ends the server as a power cut would. */
  crash(): Promise<void> {
    return this.#end('SIGQUIT')
  }

  /** Ends the server as an operator does: what is in memory comes to stand on the disk. */
  stop(): Promise<void> {
    return this.#end('SIGINT')
  }

  /** Ends the server and deletes its folder. */
  async remove(): Promise<void> {
    await this.#end('SIGINT')
    rmSync(this.folder, { recursive: true, force: true })
  }

  async #end(signal: 'SIGQUIT' | 'SIGINT'): Promise<void> {
    if (!this.#process || this.#process.exitCode !== null) return
    const ended = once(this.#process, 'exit')
    this.#process.kill(signal)
    await ended
  }
}

/** Makes an empty database beside the one at this address, and gives its address. */
export async function newDatabase(server: string): Promise<string> {
  const name = `counts_${randomBytes(6).toString('hex')}`
  const client = new pg.Client(server)
  await client.connect()
  await client.query(`create database ${name}`)
  await client.end()
  return server.replace(/[^/]*$/, name)
}

function program(name: string): string {
  const versions = existsSync('/usr/lib/postgresql') ? readdirSync('/usr/lib/postgresql') : []
  const found = versions
    .map((version) => `/usr/lib/postgresql/${version}/bin/${name}`)
    .filter((path) => existsSync(path))
  return found.at(-1) ?? name
}

function idOf(flag: '-u' | '-g'): number {
  return Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
}
