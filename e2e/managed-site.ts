import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { violationsOn } from './axe.ts'
import { problemsOfKeyboard } from './keyboard.ts'
import { problemsInOwnColours } from './own-colours.ts'
import { CountedSite } from './counted-site.ts'

/** A server with a management of its own, in a folder that goes away with it. */
export class ManagedSite {
  readonly folder: string
  readonly server: CountedSite
  readonly #chosen: Readonly<Record<string, string>>

  private constructor(folder: string, server: CountedSite, chosen: Readonly<Record<string, string>>) {
    this.folder = folder
    this.server = server
    this.#chosen = chosen
  }

  /** @param ofServer what only the process of the server gets, and no command that is run beside it */
  static async start(
    settings: Readonly<Record<string, string>> = {},
    ofServer: Readonly<Record<string, string>> = {},
  ): Promise<ManagedSite> {
    const folder = mkdtempSync(join(tmpdir(), 'managed-'))
    return new ManagedSite(folder, await CountedSite.start({ DATA_FOLDER: folder, ...settings, ...ofServer }), settings)
  }

  /** The settings with which the commands of this server are run. */
  get settings(): Readonly<Record<string, string>> {
    return { ...this.#chosen, DATA_FOLDER: this.folder, PORT: String(this.server.port), NODE_ENV: 'production' }
  }

  get address(): string {
    return `http://localhost:${this.server.port}`
  }

  async stop(): Promise<void> {
    await this.server.stop()
    rmSync(this.folder, { recursive: true, force: true })
  }
}

/** The least stops of the keyboard on a page of the management: it has a link, a field or a button. */
const LEAST_STOPS = 1

/**
 * What a page of the management has against it, light and dark, at 360 pixels and 1280: rules of axe, and anything wider than the screen; what the
 * keyboard alone does not reach, and what is lost in the colours of the device.
 */
export async function problemsOf(page: Page, name: string): Promise<string[]> {
  const problems: string[] = []
  for (const [width, colorScheme, rules] of [
    [1280, 'light', undefined],
    [360, 'light', undefined],
    // The dark page has the same elements in other colours, so only colours can be wrong with it.
    [360, 'dark', ['color-contrast']],
  ] as const) {
    await page.setViewportSize({ width, height: 740 })
    await page.emulateMedia({ colorScheme })
    problems.push(...(await violationsOn(page, `${name}, ${width}, ${colorScheme}`, rules && { rules })))
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    if (wider > 0) problems.push(`${name}, ${width}: ${wider} pixels wider than the screen`)
  }
  const ofHand = [...(await problemsOfKeyboard(page, LEAST_STOPS)), ...(await problemsInOwnColours(page))]
  return [...problems, ...ofHand.map((problem) => `${name}: ${problem}`)]
}
