import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { CountedSite } from './counted-site.ts'

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** A server with a management of its own, in a folder that goes away with it. */
export class ManagedSite {
  readonly folder: string
  readonly server: CountedSite

  private constructor(folder: string, server: CountedSite) {
    this.folder = folder
    this.server = server
  }

  static async start(settings: Readonly<Record<string, string>> = {}): Promise<ManagedSite> {
    const folder = mkdtempSync(join(tmpdir(), 'managed-'))
    return new ManagedSite(folder, await CountedSite.start({ DATA_FOLDER: folder, ...settings }))
  }

  /** The settings with which the commands of this server are run. */
  get settings(): Readonly<Record<string, string>> {
    return { DATA_FOLDER: this.folder, PORT: String(this.server.port), NODE_ENV: 'production' }
  }

  get address(): string {
    return `http://localhost:${this.server.port}`
  }

  async stop(): Promise<void> {
    await this.server.stop()
    rmSync(this.folder, { recursive: true, force: true })
  }
}

/** What a page of the management has against it, light and dark, at 360 pixels and 1280: rules of axe, and anything wider than the screen. */
export async function problemsOf(page: Page, name: string): Promise<string[]> {
  const problems: string[] = []
  for (const [width, colorScheme, rules] of [
    [1280, 'light', RULES],
    [360, 'light', RULES],
    [360, 'dark', undefined],
  ] as const) {
    await page.setViewportSize({ width, height: 740 })
    await page.emulateMedia({ colorScheme })
    const axe = new AxeBuilder({ page })
    const { violations } = await (rules ? axe.withTags([...rules]) : axe.withRules(['color-contrast'])).analyze()
    problems.push(...violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${name}, ${width}, ${colorScheme}: ${id}: ${html}`)))
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    if (wider > 0) problems.push(`${name}, ${width}: ${wider} pixels wider than the screen`)
  }
  return problems
}
