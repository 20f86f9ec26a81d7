import { createHash } from 'node:crypto'
import { expect, test } from '@playwright/test'
import { walkAll } from './leaving/browsers.ts'
import type { Rewrite } from './leaving/line.ts'
import { planOf, type BrowserName, type Plan } from './leaving/plan.ts'
import { failureOf } from './leaving/verdict.ts'
import type { Result } from './leaving/walk.ts'

// The exit, pressed at the worst moment: at seeded moments, on lines of four kinds, with real presses (docs/testing.md). More of the same:
// `npm run leave -- --walks 2400 --seed 1`.

const SEED = 15
const WALKS = 60

// Walks in Firefox are part of the command alone: its driver loses pages, and not every walk ends there (docs/testing.md).
for (const browser of ['chromium'] as const) {
  test(`in ${browser}, the exit ends at the neutral page, whenever it is pressed and whatever the line does`, async () => {
    const plans = plansOf(browser, WALKS)
    const results = await resultsOf(browser, plans)
    expect(results.length).toBe(plans.length)
    expect(results.flatMap((result) => failureOf(result) ?? [])).toEqual([])
    // A press that never falls on the exit would prove nothing.
    expect(results.filter(({ presses }) => presses > 0).length).toBeGreaterThan(plans.length / 2)
  })
}

test('the search of the pictures finds a page that is not covered', async () => {
  const plans = plansOf('chromium', 200)
    .filter(({ line, way }) => line === 'hanging' && way === 'mouse')
    .slice(0, 6)
  const results = await resultsOf('chromium', plans, withoutCover)
  const pressed = results.filter(({ presses }) => presses > 0)
  expect(pressed.length).toBeGreaterThan(0)
  expect(pressed.filter((result) => failureOf(result) === undefined)).toEqual([])
  // A line that hangs late lets the neutral page come at once, and then there is no picture of the page to find.
  expect(pressed.filter(({ frames }) => frames).length).toBeGreaterThanOrEqual(pressed.length / 2)
})

function plansOf(browser: BrowserName, walks: number): Plan[] {
  return Array.from({ length: walks }, (_, number) => planOf(SEED, number)).filter((plan) => plan.browser === browser)
}

async function resultsOf(browser: BrowserName, plans: readonly Plan[], rewrite?: Rewrite): Promise<Result[]> {
  const results: Result[] = []
  await walkAll(browser, plans, SEED, (result) => results.push(result), rewrite)
  return results
}

/** Takes the effect `blank` out of the script of a page on its way, and has the policy of the page allow that script. */
const withoutCover: Rewrite = (headers, page) =>
  page.replace(/(<script>)([^]*?)(<\/script>)/, (_, begin: string, script: string, end: string) => {
    const changed = script.replace(/document\.body\.append\(\w+\),document\.body\.className="cover"/, '0')
    if (changed === script)
      throw new Error('The script has no effect `blank` as this test knows it: change the test too.')
    const policy = headers['content-security-policy']
    headers['content-security-policy'] = String(policy).replace(hashOf(script), hashOf(changed))
    return begin + changed + end
  })

function hashOf(script: string): string {
  return createHash('sha256').update(script).digest('base64')
}
