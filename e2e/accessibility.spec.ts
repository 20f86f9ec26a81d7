import AxeBuilder from '@axe-core/playwright'
import { expect, test, type Page } from '@playwright/test'
import { content } from '#server/content/content.ts'
import { DAY_FOUR, MOMENT_HEADER } from './moment.ts'
import { pagesByLook, type ReadingPage } from './reading-pages.ts'
import { addressOf } from './site.ts'

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** The least height of the exit, and of any other link that does not stand in a sentence (WCAG 2.5.5 and 2.5.8). */
const EXIT_HEIGHT = 44
const LINK_HEIGHT = 24

// In groups, so that both workers have something to do.
const looks = pagesByLook('nl')
const groups: Record<string, readonly ReadingPage[]> = {
  'the help site': looks.filter(({ site }) => site === 'help'),
  'the diary site, apart from its entries': looks.filter(({ site, kind }) => site === 'diary' && kind !== 'entry'),
  'the entries of the diary': looks.filter(({ kind }) => kind === 'entry'),
}

test('every page belongs to one group', () => {
  expect(Object.values(groups).flat().length).toBe(looks.length)
  expect(looks.filter(({ kind }) => kind === 'entry').length).toBe(32)
  expect(looks.filter(({ kind, site }) => kind === 'front' && site === 'help').length).toBe(4)
  expect(looks.filter(({ kind, site }) => kind === 'front' && site === 'diary').length).toBe(5)
})

for (const [group, pages] of Object.entries(groups)) {
  test(`axe finds nothing on ${group}, light and dark`, async ({ page }) => {
    test.setTimeout(180_000)
    const violations: string[] = []
    for (const readingPage of pages) {
      await page.emulateMedia({ colorScheme: 'light' })
      await open(page, readingPage)
      await showWhole(page)
      violations.push(...(await violationsOn(page, readingPage.name)))
      // The dark page has the same elements in other colours, so only colours can be wrong with it.
      await page.emulateMedia({ colorScheme: 'dark' })
      violations.push(...(await violationsOn(page, `${readingPage.name}, dark`, 'color-contrast')))
    }
    expect(violations).toEqual([])
  })

  test(`everything on ${group} fits a screen of 320, 360 and 1280 pixels, and can be pressed with a thumb`, async ({ page }) => {
    test.setTimeout(120_000)
    const found: string[] = []
    for (const readingPage of pages) {
      await open(page, readingPage)
      for (const width of [320, 360, 1280]) {
        await page.setViewportSize({ width, height: 740 })
        found.push(...(await page.evaluate(layoutProblems, LINK_HEIGHT)).map((problem) => `${readingPage.name} at ${width}: ${problem}`))
      }
    }
    expect(found).toEqual([])
  })

  test(`the exit is in sight wherever a reader scrolls on ${group}`, async ({ page }) => {
    test.setTimeout(120_000)
    const found: string[] = []
    for (const readingPage of pages) {
      await open(page, readingPage)
      // The last one is a screen of 1280 by 1024 enlarged to 400 % (WCAG 1.4.10).
      for (const [width, height] of [[320, 568], [390, 844], [1280, 720], [320, 256]] as const) {
        await page.setViewportSize({ width, height })
        const exit = await page.evaluate(exitWhileScrolling)
        if (exit.height < EXIT_HEIGHT || exit.steps < 2 || exit.hidden.length > 0) found.push(`${readingPage.name} at ${width} × ${height}: ${JSON.stringify(exit)}`)
      }
    }
    expect(found).toEqual([])
  })
}

test('axe finds nothing on any step of the guide', async ({ page }) => {
  test.setTimeout(120_000)
  const { steps, results } = content().languages.nl.guide
  const places = [...steps, ...results].map(({ id }) => id)
  const violations: string[] = []
  for (const place of places) {
    await page.goto(addressOf('help', `/vragen#${place}`))
    await expect(page.locator(`#${place}`)).toBeVisible()
    await showWhole(page)
    violations.push(...(await violationsOn(page, place)))
  }
  expect(places.length).toBeGreaterThan(10)
  expect(violations).toEqual([])
})

for (const [name, site, path] of [
  ['the front', 'help', '/'],
  ['a help page', 'help', '/ver-weg'],
  ['the estimates', 'help', '/school'],
  ['an entry', 'diary', '/4'],
] as const) {
  test(`with the keyboard a reader sees where she is on ${name}`, async ({ page }) => {
    await page.setExtraHTTPHeaders({ [MOMENT_HEADER]: DAY_FOUR })
    await page.goto(addressOf(site, path))
    const expected = await page.evaluate(countOfTabStops)
    const found: string[] = []
    let stops = 0
    for (; stops < expected; stops += 1) {
      await page.keyboard.press('Tab')
      const focus = await page.evaluate(focusInSight)
      if (!focus.inSight || !focus.marked) found.push(JSON.stringify(focus))
    }
    expect(expected).toBeGreaterThan(15)
    expect(found).toEqual([])
    // The last stop is the last number of the bar, so nothing was skipped and nothing holds the focus.
    await expect(page.getByRole('navigation', { name: 'Nummers' }).getByRole('link').last()).toBeFocused()
  })
}

async function open(page: Page, { site, path, moment }: ReadingPage): Promise<void> {
  await page.setExtraHTTPHeaders({ [MOMENT_HEADER]: moment })
  await page.goto(addressOf(site, path))
}

// A phone as high as the page: axe takes a link that is half under the bar for one that is too small to press, although
// it can be scrolled out of there. That nothing stays covered is looked at in the tests with the keyboard.
async function showWhole(page: Page): Promise<void> {
  await page.setViewportSize({ width: 360, height: 740 })
  await page.setViewportSize({ width: 360, height: await page.evaluate(() => document.documentElement.scrollHeight) })
}

async function violationsOn(page: Page, name: string, rule?: string): Promise<string[]> {
  // The pages have no frames, so nothing is lost by looking at one document; it is a good deal faster.
  const axe = new AxeBuilder({ page }).setLegacyMode(true)
  const { violations, passes } = await (rule ? axe.withRules([rule]) : axe.withTags(RULES)).analyze()
  expect(passes.length, `rules that axe could apply to ${name}`).toBeGreaterThan(rule ? 0 : 15)
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${name}: ${id} at ${target.join(' ')}: ${failureSummary}`))
}

// The functions below run in the page and may use nothing from outside themselves.

function layoutProblems(leastHeight: number): string[] {
  const width = document.documentElement.clientWidth
  const problems: string[] = []
  const nameOf = (element: Element) => `<${element.tagName.toLowerCase()} class="${element.getAttribute('class') ?? ''}"> ${element.textContent?.slice(0, 40)}`
  if (document.documentElement.scrollWidth > width) problems.push(`scrolls sideways: ${document.documentElement.scrollWidth} of ${width}`)

  for (const element of document.body.querySelectorAll('*')) {
    const box = element.getBoundingClientRect()
    // What may be wider stands in a part that scrolls by itself (WCAG 1.4.10 excepts tables); the part itself may not be.
    const scrolls = element.parentElement?.closest('[role=region], section[tabindex="0"]')
    const clipped = element.closest('.sr-only, .skip, svg svg, svg *')
    if (box.width === 0 || scrolls || clipped) continue
    const parent = element.parentElement?.getBoundingClientRect()
    const told = element.parentElement !== document.body && parent !== undefined && (parent.left < -1 || parent.right > width + 1)
    if (!told && (box.left < -1 || box.right > width + 1)) problems.push(`sticks out (${Math.round(box.left)} to ${Math.round(box.right)}): ${nameOf(element)}`)
  }

  for (const link of document.querySelectorAll<HTMLElement>('main a')) {
    const box = link.getBoundingClientRect()
    if (box.width === 0) continue
    // In a sentence the height of the line decides (WCAG 2.5.8 excepts it); a line here is at least as high.
    const inSentence = getComputedStyle(link).display === 'inline' && (link.parentElement?.textContent?.trim().length ?? 0) > (link.textContent?.trim().length ?? 0)
    const height = inSentence ? parseFloat(getComputedStyle(link).lineHeight) : box.height
    if (height < leastHeight || box.width < leastHeight) problems.push(`is too small to press (${Math.round(box.width)} × ${Math.round(height)}): ${nameOf(link)}`)
  }

  for (const number of document.querySelectorAll('a[href^="tel:"] bdi')) {
    const lines = new Set([...number.getClientRects()].map(({ top }) => Math.round(top)))
    if (lines.size > 1) problems.push(`breaks a number over two lines: ${nameOf(number)}`)
  }
  return problems
}

function exitWhileScrolling(): { height: number; steps: number; hidden: string[] } {
  const exit = document.querySelector('header a[data-exit]:not(.skip)')
  if (!exit) return { height: 0, steps: 0, hidden: ['there is no exit'] }
  const hidden: string[] = []
  const last = document.documentElement.scrollHeight - innerHeight
  const stride = innerHeight / 2
  let steps = 0
  for (let top = 0; top < last + stride; top += stride, steps += 1) {
    scrollTo({ top, behavior: 'instant' })
    const { left, right, top: upper, bottom } = exit.getBoundingClientRect()
    const [centre, middle] = [(left + right) / 2, (upper + bottom) / 2]
    // Its centre and its four sides, a little inside for the round corners.
    for (const [x, y] of [[centre, middle], [left + 6, middle], [right - 6, middle], [centre, upper + 3], [centre, bottom - 3]] as const) {
      const there = document.elementFromPoint(x, y)
      if (there !== exit && !exit.contains(there)) hidden.push(`${Math.round(x)},${Math.round(y)} shows ${there?.tagName ?? 'nothing'}, scrolled to ${Math.round(scrollY)}`)
    }
  }
  return { height: exit.getBoundingClientRect().height, steps, hidden: hidden.slice(0, 2) }
}

function countOfTabStops(): number {
  return [...document.querySelectorAll<HTMLElement>('a[href], summary, [tabindex="0"]')].filter((element) => element.getClientRects().length > 0).length
}

function focusInSight(): { inSight: boolean; marked: boolean; at: string } {
  const focused = document.activeElement
  if (!focused || focused === document.body) return { inSight: false, marked: false, at: 'nothing has the focus' }
  const points = [...focused.getClientRects()].flatMap(({ left, right, top, bottom }) =>
    [0.1, 0.3, 0.5, 0.7, 0.9].flatMap((part) => [0.1, 0.5, 0.9].map((across) => [left + (right - left) * across, top + (bottom - top) * part] as const)),
  )
  const inSight = points.some(([x, y]) => {
    const there = document.elementFromPoint(x, y)
    return there === focused || focused.contains(there)
  })
  const { outlineStyle, outlineWidth } = getComputedStyle(focused)
  return { inSight, marked: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2, at: `${focused.tagName} ${focused.textContent?.slice(0, 40)}` }
}
