import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { promisify } from 'node:util'
import { environmentWith } from '../environment.ts'

const run = promisify(execFile)

/** How long a person takes from key to key. Unit: milliseconds. */
const BETWEEN_KEYS = 40

/** A screen of its own with a window manager: a browser without a window has no address bar to type in. */
export class Screen {
  readonly #display: string
  readonly #processes: readonly ChildProcess[]

  private constructor(display: string, processes: readonly ChildProcess[]) {
    this.#display = display
    this.#processes = processes
  }

  /** Starts Xvfb on the first number that is free, and openbox on it. */
  static async start(): Promise<Screen> {
    const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x900x24', '-nolisten', 'tcp'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    })
    const display = await new Promise<string>((resolve, reject) => {
      server.once('error', reject)
      server.once('exit', () => reject(new Error('Xvfb did not start.')))
      server.stdio[3]?.once('data', (part: Buffer) => resolve(`:${part.toString().trim()}`))
    })
    const manager = spawn('openbox', [], { env: environmentWith({ DISPLAY: display }), stdio: 'ignore' })
    return new Screen(display, [manager, server])
  }

  /** What a program needs to open its window here. */
  get environment(): { readonly DISPLAY: string } {
    return { DISPLAY: this.#display }
  }

  /** Presses keys together, as `ctrl+l`. */
  async press(keys: string): Promise<void> {
    await this.#tell('key', '--clearmodifiers', keys)
  }

  async type(text: string): Promise<void> {
    await this.#tell('type', '--delay', String(BETWEEN_KEYS), text)
  }

  /** Brings the window of a program to the front, once there is one. @param name of its class */
  async bringToFront(name: string): Promise<void> {
    for (let tries = 0; ; tries += 1) {
      try {
        return await this.#tell('search', '--onlyvisible', '--class', name, 'windowactivate', '--sync')
      } catch (error) {
        if (tries === 100) throw error
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
    }
  }

  stop(): void {
    for (const process of this.#processes) process.kill()
  }

  async #tell(...words: string[]): Promise<void> {
    await run('xdotool', words, { env: environmentWith(this.environment) })
  }
}
