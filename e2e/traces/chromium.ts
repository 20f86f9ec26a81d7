import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { chromium, type Browser, type BrowserContext, type Page } from '@playwright/test'
import { chromiumArguments } from '../chromium-arguments.ts'
import { CHROMIUM, environmentWith } from '../environment.ts'
import type { RealNames } from './real-names.ts'
import type { Screen } from './screen.ts'

/** Where Chromium writes on which port it can be driven. */
const PORT_FILE = 'DevToolsActivePort'
/** How long a browser with a window may take to answer on a machine that is busy. Unit: milliseconds. */
const SLOW_START = 120_000

/** Unit: milliseconds. */
const UNTIL_KEYS = 1_500

/**
 * Chromium in a window, started as a person starts it: none of what a driver would change of it is set. It is driven from outside, and
 * typed in with the keys of the screen.
 */
export class WindowedChromium {
  readonly context: BrowserContext
  readonly version: string
  readonly #browser: Browser
  readonly #process: ChildProcess
  readonly #screen: Screen

  private constructor(browser: Browser, process: ChildProcess, screen: Screen) {
    const [context] = browser.contexts()
    if (!context) throw new Error('Chromium opened without a profile.')
    this.context = context
    this.version = browser.version()
    this.#browser = browser
    this.#process = process
    this.#screen = screen
  }

  /**
   * @param profile its folder
   * @param address what another program has it open; left out: what it opens by itself
   */
  static async start(profile: string, names: RealNames, screen: Screen, address?: string): Promise<WindowedChromium> {
    rmSync(join(profile, PORT_FILE), { force: true })
    const child = spawn(
      CHROMIUM,
      [
        ...chromiumArguments([], names.rules),
        `--user-data-dir=${profile}`,
        '--remote-debugging-port=0',
        '--password-store=basic',
        '--lang=nl',
        '--no-default-browser-check',
        '--window-size=1200,850',
        ...(address === undefined ? [] : [address]),
      ],
      { env: environmentWith({ ...screen.environment, HOME: names.home }), stdio: 'ignore', detached: true },
    )
    const file = join(profile, PORT_FILE)
    const lines = () => (existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [])
    for (let tries = 0; lines().length < 2; tries += 1) {
      if (child.exitCode !== null || tries === 600) throw new Error('Chromium did not start.')
      await wait(50)
    }
    const [port = '', path = ''] = lines()
    const browser = await chromium.connectOverCDP(`ws://127.0.0.1:${port}${path}`, { timeout: SLOW_START })
    const started = new WindowedChromium(browser, child, screen)
    await screen.bringToFront('chromium')
    // A window that has just come takes no keys yet.
    await (await started.firstPage()).waitForLoadState()
    await wait(UNTIL_KEYS)
    return started
  }

  /** Opens a tab with the page that Chromium shows in every new one. */
  async newTab(): Promise<Page> {
    const opened = this.context.waitForEvent('page')
    await this.#screen.press('ctrl+t')
    return opened
  }

  /** The tab that was opened at the start. */
  async firstPage(): Promise<Page> {
    return this.context.pages()[0] ?? this.context.waitForEvent('page')
  }

  /** Types an address in the bar, as a person does. */
  async typeAddress(address: string): Promise<void> {
    await this.#screen.press('ctrl+l')
    await wait(UNTIL_KEYS)
    await this.#screen.type(address)
    await this.#screen.press('Return')
  }

  /** Closes every window in order, so that all it keeps is in its files. */
  async close(): Promise<void> {
    const ended = once(this.#process, 'exit')
    const session = await this.#browser.newBrowserCDPSession()
    await session.send('Browser.close').catch(() => undefined)
    await ended
  }

  /** Ends it as a telephone does that runs out of power; nothing happens where it has ended. */
  async kill(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return
    const ended = once(this.#process, 'exit')
    if (this.#process.pid !== undefined) process.kill(-this.#process.pid, 'SIGKILL')
    await ended
  }
}
