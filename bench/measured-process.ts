import { fork } from 'node:child_process'
import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { freePort, isListening } from '#store/free-port.ts'

/** A server in a process of its own, on a free port of this machine's loopback address. */
export interface MeasuredProcess {
  readonly port: number
  /** Microseconds of processor that the process has used, its helper threads (compression) included. */
  cpuTime(): Promise<number>
  /** Bytes of real memory that the process takes (resident set), what it shares with others included. */
  memory(): Promise<number>
  stop(): Promise<void>
  /** Ends it as an operator does, so that it writes what it still has in memory. */
  finish(): Promise<void>
}

/** What the preloaded part answers. Units: microseconds, bytes. */
interface Used {
  readonly cpu: number
  readonly memory: number
}

export const REPOSITORY = fileURLToPath(new URL('..', import.meta.url))
const PRELOADED = new URL('./preloaded.js', import.meta.url).href
const START_SECONDS = 60
const ANSWER_SECONDS = 10

/**
 * The production server, as `npm run serve` starts it.
 * @param settings beside HOST, PORT and NODE_ENV
 * @throws Error in one sentence when there is no build.
 */
export async function startProductionServer(settings: Readonly<Record<string, string>> = {}): Promise<MeasuredProcess> {
  if (!existsSync(`${REPOSITORY}.next/BUILD_ID`))
    throw new Error('There is no build to measure; run `npm run build` first.')
  // Next needs to know its port before it listens, so 0 would not do.
  return startProcess(`${REPOSITORY}.next/start.mjs`, await freePort(), [], settings)
}

/**
 * @param file TypeScript too; it then has the compiler in its memory
 * @param port where the file listens when it has started: it finds it in the setting PORT
 * @param settings beside HOST, PORT and NODE_ENV
 */
export async function startProcess(
  file: string,
  port: number,
  args: readonly string[],
  settings: Readonly<Record<string, string>> = {},
): Promise<MeasuredProcess> {
  const child = fork(file, args, {
    cwd: REPOSITORY,
    // Nothing of the developer's own settings, so that every machine measures the same program.
    env: { NODE_ENV: 'production', HOST: '127.0.0.1', PORT: String(port), NEXT_TELEMETRY_DISABLED: '1', ...settings },
    execArgv: [...(file.endsWith('.ts') ? ['--import', 'tsx'] : []), '--import', PRELOADED],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (text: Buffer) => (output = (output + text.toString()).slice(-4000)))
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))

  for (let tries = 0; tries < START_SECONDS * 10 && !(await isListening(port)); tries += 1) {
    if (child.exitCode !== null || tries === START_SECONDS * 10 - 1) {
      child.kill()
      throw new Error(`${file} did not start:\n${output}`)
    }
    await sleep(100)
  }

  const used = () =>
    new Promise<Used>((resolve, reject) => {
      const tooLate = setTimeout(
        () => reject(new Error(`${file} does not say what it used:\n${output}`)),
        ANSWER_SECONDS * 1000,
      )
      child.once('message', (message) => {
        clearTimeout(tooLate)
        resolve(message as Used)
      })
      child.send('used', (error) => error && reject(new Error(`${file} ended by itself:\n${output}`)))
    })

  return {
    port,
    cpuTime: async () => (await used()).cpu,
    memory: async () => (await used()).memory,
    stop: async () => {
      // The preloaded part ends the process when its parent lets go, also when the parent did not come this far.
      if (child.connected) child.disconnect()
      await ended
    },
    finish: async () => {
      child.kill('SIGTERM')
      await ended
    },
  }
}
