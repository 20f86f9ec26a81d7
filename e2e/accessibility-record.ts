import { createRequire } from 'node:module'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FullResult, Reporter, TestCase, TestResult } from '@playwright/test/reporter'
import { chromium } from '@playwright/test'
import type { getRules } from 'axe-core'
import { dayOf } from '#campaign/day.ts'
import { now } from '#server/clock.ts'
import { contentFolder } from '#server/content/content.ts'
import { LANGUAGES } from '#server/content/read.ts'
import { LOOKED, LOOKS, WIDTHS, type Look } from './accessibility-looks.ts'
import { TAGS } from './axe.ts'
import { chromiumArguments } from './chromium-arguments.ts'
import { CHROMIUM, OF_EVERYTHING } from './environment.ts'
import { pagesByLook } from './reading-pages.ts'

const axe = createRequire(import.meta.url)('axe-core') as { version: string; getRules: typeof getRules }

/** Writes down what a run of accessibility.spec.ts looked at (`npm run accessibility`). Only what passed in full is told to a reader. */
export default class AccessibilityRecord implements Reporter {
  readonly #pages = new Map<Look, number>()

  onTestEnd(_: TestCase, result: TestResult): void {
    for (const { type, description } of result.annotations) {
      if (type !== LOOKED) continue
      const { look, pages } = JSON.parse(description ?? '') as { look: Look; pages: number }
      this.#pages.set(look, (this.#pages.get(look) ?? 0) + pages)
    }
  }

  async onEnd({ status }: FullResult): Promise<void> {
    const whole = LANGUAGES.reduce((sum, language) => sum + pagesByLook(language).length, 0)
    if (!OF_EVERYTHING || status !== 'passed' || this.#pages.get('rules') !== whole)
      return console.log('Nothing was written down: a test failed, or not all of them were run.')
    const browser = await chromium.launch({ executablePath: CHROMIUM, args: chromiumArguments() })
    const version = browser.version()
    await browser.close()
    const record = {
      recorded: dayOf(now()),
      browser: { name: 'Chromium', version },
      axe: { version: axe.version, rules: axe.getRules([...TAGS]).length },
      widths: WIDTHS,
      pages: Object.fromEntries(LOOKS.map((look) => [look, this.#pages.get(look) ?? 0])),
    }
    writeFileSync(join(contentFolder(), 'accessibility.json'), `${JSON.stringify(record, undefined, 2)}\n`)
  }
}
