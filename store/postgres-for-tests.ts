import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { freePort } from './free-port.ts'

/** Where the packages of Debian and Ubuntu put PostgreSQL, in a folder for each version. */
const DEBIAN_VERSIONS = '/usr/lib/postgresql'

const MISSING =
  'These tests count in a PostgreSQL of their own, and there is none. On Debian or Ubuntu: sudo apt-get install postgresql. Elsewhere: put the folder with initdb and postgres into PATH. What needs no PostgreSQL is tested by: npm run check'

/** A PostgreSQL of the tests alone: a cluster in a temporary folder, on a free port of this machine. */
export class PostgresForTests {
  readonly folder: string
  readonly #port: number
  readonly #versions: string
  readonly #as: { uid?: number; gid?: number }
  #process: ChildProcess | undefined

  private constructor(folder: string, port: number, versions: string, as: { uid?: number; gid?: number }) {
    this.folder = folder
    this.#port = port
    this.#versions = versions
    this.#as = as
  }

  /**
   * Makes a cluster and starts it.
   * @param versions the folder with one folder for each installed version; where it has none, PATH is searched
   * @throws Error that says how to install PostgreSQL
   */
  static async start(versions = DEBIAN_VERSIONS): Promise<PostgresForTests> {
    const folder = mkdtempSync(join(tmpdir(), 'counts-postgres-'))
    try {
      // PostgreSQL refuses to run as root; its package brings a user of its own.
      const as = process.getuid?.() === 0 ? { uid: idOfPostgres('-u'), gid: idOfPostgres('-g') } : {}
      if (as.uid !== undefined && as.gid !== undefined) chownSync(folder, as.uid, as.gid)
      const made = spawnSync(
        program('initdb', versions),
        ['--pgdata', join(folder, 'data'), '--username', 'site', '--auth', 'trust', '--no-sync', '--encoding', 'UTF8'],
        { ...as, cwd: folder, encoding: 'utf8' },
      )
      // The name of a system call would help nobody here, so it is no cause of this error.
      if (made.error && isMissingProgram(made.error)) throw new Error(MISSING)
      if (made.error) throw made.error
      if (made.status !== 0) throw new Error(`PostgreSQL could not make a cluster in ${folder}:\n${made.stderr}`)
      const server = new PostgresForTests(folder, await freePort(), versions, as)
      await server.goOn()
      return server
    } catch (error) {
      rmSync(folder, { recursive: true, force: true })
      throw error
    }
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
      program('postgres', this.#versions),
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

function program(name: string, versions: string): string {
  const found = (existsSync(versions) ? readdirSync(versions) : [])
    .map((version) => join(versions, version, 'bin', name))
    .filter((path) => existsSync(path))
  return found.at(-1) ?? name
}

/** A program that is nowhere, or was not found because PATH also leads to a folder that the user may not look into (execvp(3)). */
function isMissingProgram(error: NodeJS.ErrnoException): boolean {
  return error.code === 'ENOENT' || error.code === 'EACCES'
}

/** The number of the user or group that the package of PostgreSQL brings. @throws Error that says how to install it */
function idOfPostgres(flag: '-u' | '-g'): number {
  const { error, status, stdout } = spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' })
  if (error || status !== 0) throw new Error(MISSING)
  return Number(stdout)
}
