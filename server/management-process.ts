import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { setPriority, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Say } from './log.ts'

/** How long the process may say nothing: when it starts, and after, when it says every few seconds that it lives. Unit: milliseconds. */
const SILENCE = 60_000
/** A process that ends sooner than this was not well when it started. Unit: milliseconds. */
const WELL_AFTER = 10_000
/** Between two starts of a process that does not become well. Unit: milliseconds. */
const LONGEST_PAUSE = 30_000
/** How long it may take to end by itself. Unit: milliseconds. */
const STOP_TIMEOUT = 1_500
/** The most memory for its objects: it ends before a reader's machine runs out. Unit: mebibytes. */
const MOST_MEMORY = 512

/** How far it gives way to readers where both want the processor: a tenth of what they get (sched(7)). */
const NICE = 10

/** What the management's process tells this one. */
export type FromManagement = 'ready' | 'alive' | { readonly changed: number }
/** What it is told: that readers see what was changed. */
export interface ToManagement {
  readonly seen: number
}

/**
 * Looks after the process of the management (Next): starts it when the first manager comes, and again when it has ended. It listens on a
 * Unix socket in a folder that only the user of this server can open, and a fault, a flood or a leak of it ends there.
 */
export class ManagementProcess {
  readonly #file: string
  readonly #say: Say
  readonly #changed: () => Promise<void>
  readonly #folder = mkdtempSync(join(tmpdir(), 'campaign-'))
  #child: ChildProcess | undefined
  #ready: Promise<string> | undefined
  #failures = 0
  #stopping = false

  /**
   * @param file what the build made of serve-management.ts
   * @param changed takes in what a manager changed, so that readers see it
   */
  constructor(file: string, say: Say, changed: () => Promise<void>) {
    this.#file = file
    this.#say = say
    this.#changed = changed
  }

  /** Whether it works as far as is known: a process that was not needed yet does. */
  get works(): boolean {
    return this.#failures === 0
  }

  /**
   * The socket of the process, which is started if need be.
   * @throws Error when it does not become ready
   */
  socket(): Promise<string> {
    this.#ready ??= this.#start()
    return this.#ready
  }

  /** Ends the process, and with it whatever it is doing. */
  async stop(): Promise<void> {
    this.#stopping = true
    const child = this.#child
    if (child && child.exitCode === null && child.signalCode === null) {
      const ended = once(child, 'exit')
      // It ends when this process lets go of it.
      if (child.connected) child.disconnect()
      await Promise.race([ended, wait(STOP_TIMEOUT, undefined, { ref: false })])
      child.kill('SIGKILL')
    }
    rmSync(this.#folder, { recursive: true, force: true })
  }

  async #start(): Promise<string> {
    if (this.#failures > 0)
      await wait(Math.min(1_000 * 2 ** (this.#failures - 1), LONGEST_PAUSE), undefined, { ref: false })
    if (this.#stopping) throw new Error('This server is stopping.')
    const socket = join(this.#folder, 'management.sock')
    rmSync(socket, { force: true })
    const begun = performance.now()
    const child = fork(this.#file, [socket], {
      execArgv: [`--max-old-space-size=${MOST_MEMORY}`],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    this.#child = child
    lowerPriority(child)
    const isReady = new Promise<void>((resolve, reject) => {
      const silence = setTimeout(() => child.kill('SIGKILL'), SILENCE).unref()
      child.on('message', (message: FromManagement) => {
        silence.refresh()
        if (message === 'ready') resolve()
        else if (message !== 'alive') void this.#takeIn(child, message.changed)
      })
      child.once('error', reject)
      child.once('exit', (code, signal) => {
        clearTimeout(silence)
        this.#ready = undefined
        reject(new Error('The process of the management ended.'))
        if (this.#stopping) return
        this.#failures = performance.now() - begun < WELL_AFTER ? this.#failures + 1 : 1
        this.#say(
          `The process of the management ended (${signal ?? `code ${code}`}). Readers do not notice; it starts again with the next request for it.`,
          'error',
        )
      })
    })
    await isReady
    this.#failures = 0
    return socket
  }

  async #takeIn(child: ChildProcess, changed: number): Promise<void> {
    await this.#changed()
    if (child.connected) child.send({ seen: changed } satisfies ToManagement, () => {})
  }
}

/** Readers come first where both want the processor. Not every system lets a process do that. */
function lowerPriority({ pid }: ChildProcess): void {
  if (pid === undefined) return
  try {
    setPriority(pid, NICE)
  } catch {
    // Then both are equal, as two processes usually are.
  }
}
