import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import { expect, type Page } from '@playwright/test'
import type { AxeResults, RunOptions } from 'axe-core'

const SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** The rules of WCAG 2.2 A and AA, and the best practices. */
export const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** Least number of rules that a whole page must give axe something to look at, so that an empty page cannot pass. */
const LEAST_RULES = 15

/**
 * What axe finds on the page, one line each. It stays in the page for the next one that is read in place, and tells of what
 * is wrong only; @axe-core/playwright puts it into every page anew and brings back every element that is right.
 * @param only the rules to look at, all of WCAG 2.2 A and AA and the best practices when none is given; the part of the page; and
 * whether its colours are looked at, which takes two thirds of the time
 */
export async function violationsOn(
  page: Page,
  name: string,
  { rules, within, colours = true }: { rules?: readonly string[]; within?: string; colours?: boolean } = {},
): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(SOURCE)
  const options: RunOptions = {
    runOnly: rules ? { type: 'rule', values: [...rules] } : { type: 'tag', values: TAGS },
    ...(colours ? {} : { rules: { 'color-contrast': { enabled: false } } }),
    resultTypes: ['violations'],
    preload: false,
    iframes: false,
  }
  const { looked, found } = await page.evaluate(
    async ({ part, options: given }) => {
      const { axe } = window as unknown as {
        axe: { run: (context: Document | string, options: RunOptions) => Promise<AxeResults> }
      }
      const { passes, violations } = await axe.run(part ?? document, given)
      return {
        looked: passes.length + violations.length,
        found: violations.flatMap(({ id, nodes }) =>
          nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary}`),
        ),
      }
    },
    { part: within, options },
  )
  expect(looked, `rules that axe could apply to ${name}`).toBeGreaterThan(rules || within ? 0 : LEAST_RULES)
  return found.map((text) => `${name}: ${text}`)
}
