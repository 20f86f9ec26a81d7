import { expect, test, type Page } from '@playwright/test'
import { content } from '#server/content/content.ts'
import { LANGUAGES, MAIN_LANGUAGE } from '#server/content/read.ts'
import { pathOfTextOnly } from '#server/route.ts'
import { LOOKED, type Look, WIDTHS } from './accessibility-looks.ts'
import { violationsOn } from './axe.ts'
import { paleTexts } from './contrast.ts'
import { OF_EVERYTHING } from './environment.ts'
import { problemsOfKeyboard } from './keyboard.ts'
import { problemsInOwnColours } from './own-colours.ts'
import { readOn } from './read-on.ts'
import { pagesByLook, type ReadingPage } from './reading-pages.ts'
import { addressOf } from './site.ts'

/** The least contrast of letters: WCAG 2.2 AAA, 1.4.6. */
const LEAST_CONTRAST = 7

/** The least stops of the keyboard, so that an empty page cannot pass. */
const LEAST_STOPS = { page: 15, opening: 2 } as const

/** The least height of the exit, and of any other link that does not stand in a sentence (WCAG 2.5.5 and 2.5.8). */
const EXIT_HEIGHT = 44
const LINK_HEIGHT = 24

/** The width of the telephone that is looked at first. */
const TELEPHONE = 360

/** The screens on which the exit must stay in sight; the last one is a screen of 1280 by 1024 enlarged to 400 % (WCAG 1.4.10). */
const SCREENS = [...WIDTHS.map((width) => [width, width > 1000 ? 720 : 568] as const), [320, 256]] as const

/** The screens on which every stop of the keyboard must be in sight. */
const WALKS = OF_EVERYTHING ? SCREENS.filter(([, height]) => height > 300) : [[TELEPHONE, 740] as const]

const languages = content().languages

/** Where else axe looks than at a telephone of 360 pixels: the elements are the same, so that is for the record only. */
const OTHER_WIDTHS = OF_EVERYTHING ? WIDTHS.filter((width) => width !== TELEPHONE) : []

/** The languages in which the slow walks are made: one from left to right and one from right to left, or all. */
const WALKED = OF_EVERYTHING ? LANGUAGES : LANGUAGES.filter((language) => ['nl', 'ar'].includes(language))

// In groups, so that both workers have something to do.
const groups = LANGUAGES.flatMap((language) => {
  const looks = pagesByLook(language)
  return [
    { language, name: 'the help site', pages: looks.filter(({ site }) => site === 'help') },
    {
      language,
      name: 'the diary site, apart from its entries',
      pages: looks.filter(({ site, kind }) => site === 'diary' && kind !== 'entry'),
    },
    { language, name: 'the entries of the diary', pages: looks.filter(({ kind }) => kind === 'entry') },
  ]
})

test('every page in every language belongs to one group', () => {
  for (const language of LANGUAGES) {
    const pages = groups.filter((group) => group.language === language).flatMap((group) => group.pages)
    expect(pages.length).toBe(pagesByLook(language).length)
    expect(pages.filter(({ kind }) => kind === 'entry').length).toBe(32)
    expect(pages.filter(({ kind, site }) => kind === 'front' && site === 'help').length).toBe(4)
    expect(pages.filter(({ kind, site }) => kind === 'front' && site === 'diary').length).toBe(5)
  }
})

for (const { language, name, pages } of groups) {
  test(`${name} in ${language}: axe finds nothing, letters are dark or light enough, everything fits, and the exit is in sight wherever a reader scrolls`, async ({
    page,
  }) => {
    // The same elements have the same colours in every language, and axe takes Arabic letters for pictures; the colours of every letter are looked at below.
    const colours = language === MAIN_LANGUAGE || (OF_EVERYTHING && language !== 'ar')
    const found: string[] = []
    for (const readingPage of pages) {
      // Each page is read once; then the screen changes around it, and only what that can make wrong is looked at again.
      await page.emulateMedia({ colorScheme: 'light' })
      await readOn(page, readingPage)
      await showWhole(page)
      found.push(...(await violationsOn(page, readingPage.name, { colours })))
      found.push(...(await paleTexts(page, LEAST_CONTRAST)).map((problem) => `${readingPage.name}: ${problem}`))
      await page.emulateMedia({ colorScheme: 'dark' })
      if (colours) found.push(...(await violationsOn(page, `${readingPage.name}, dark`, { rules: ['color-contrast'] })))
      found.push(...(await paleTexts(page, LEAST_CONTRAST)).map((problem) => `${readingPage.name}, dark: ${problem}`))
      for (const width of OTHER_WIDTHS) {
        await showWhole(page, width)
        found.push(...(await violationsOn(page, `${readingPage.name}, ${width}`)))
      }
      for (const [width, height] of SCREENS) {
        await page.setViewportSize({ width, height })
        const at = `${readingPage.name} at ${width} × ${height}`
        if (height > 300)
          found.push(...(await page.evaluate(layoutProblems, LINK_HEIGHT)).map((problem) => `${at}: ${problem}`))
        // The first screen of a discreet link has its way out in the middle (sharing.spec.ts).
        if (readingPage.kind === 'opening') continue
        const exit = await page.evaluate(exitWhileScrolling)
        if (exit.height < EXIT_HEIGHT || exit.steps < 2 || exit.hidden.length > 0)
          found.push(`${at}: ${JSON.stringify(exit)}`)
      }
    }
    expect(found).toEqual([])
    looked('rules', pages.length)
    looked('contrast', pages.length)
    looked('layout', pages.length)
    looked('exit', pages.filter(({ kind }) => kind !== 'opening').length)
  })
}

for (const language of LANGUAGES) {
  test(`axe finds nothing on any step of the guide in ${language}`, async ({ page }) => {
    const { steps, results } = languages[language].guide
    const places = [...steps, ...results].map(({ id }) => id)
    const violations: string[] = []
    await page.goto(addressOf('help', `${language === MAIN_LANGUAGE ? '' : `/${language}`}/vragen`))
    for (const place of places) {
      await page.evaluate((id) => {
        const link = document.createElement('a')
        link.href = `#${id}`
        document.body.append(link)
        link.click()
        link.remove()
      }, place)
      await expect(page.locator(`#${place}`)).toBeVisible()
      await showWhole(page)
      // The rest of the page is the same at every step, and looked at above.
      violations.push(...(await violationsOn(page, place, { within: '.guide', colours: language === 'nl' })))
    }
    expect(places.length).toBeGreaterThan(10)
    expect(violations).toEqual([])
  })
}

for (const { language, name, pages } of groups.filter((group) => WALKED.includes(group.language))) {
  test(`with the keyboard a reader reaches everything, and sees where she is, on ${name} in ${language}`, async ({
    page,
  }) => {
    const found: string[] = []
    const walked = pages.filter(isWalked)
    for (const readingPage of walked) {
      await readOn(page, readingPage)
      for (const [width, height] of WALKS) {
        await page.setViewportSize({ width, height })
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme })
          const problems = await problemsOfKeyboard(
            page,
            LEAST_STOPS[readingPage.kind === 'opening' ? 'opening' : 'page'],
          )
          found.push(...problems.map((problem) => `${readingPage.name} at ${width}, ${colorScheme}: ${problem}`))
        }
      }
    }
    expect(found).toEqual([])
    looked('keyboard', walked.length)
  })
}

for (const language of WALKED) {
  test(`in the colours of the reader's device, and without movement, nothing of ${language} is lost`, async ({
    page,
  }) => {
    const found: string[] = []
    const pages = groups
      .filter((group) => group.language === language)
      .flatMap((group) => group.pages)
      .filter(isWalked)
    await page.setViewportSize({ width: TELEPHONE, height: 740 })
    for (const readingPage of pages) {
      await readOn(page, readingPage)
      found.push(...(await problemsInOwnColours(page)).map((problem) => `${readingPage.name}: ${problem}`))
    }
    expect(found).toEqual([])
    looked('ownColours', pages.length)
  })

  test(`as text only nothing of ${language} is in the way: axe finds nothing, and everything fits`, async ({
    page,
  }) => {
    const found: string[] = []
    const pages = groups
      .filter((group) => group.language === language)
      .flatMap((group) => group.pages)
      .filter(
        (readingPage) => isWalked(readingPage) && ['front', 'page', 'entry', 'sharing'].includes(readingPage.kind),
      )
      .map((readingPage) => ({ ...readingPage, path: pathOfTextOnly(readingPage.path) }))
    for (const readingPage of pages) {
      await readOn(page, readingPage)
      await showWhole(page)
      found.push(...(await violationsOn(page, readingPage.name, { colours: false })))
      for (const width of [320, 1280]) {
        await page.setViewportSize({ width, height: 740 })
        found.push(
          ...(await page.evaluate(layoutProblems, LINK_HEIGHT)).map(
            (problem) => `${readingPage.name} at ${width}: ${problem}`,
          ),
        )
      }
    }
    expect(found).toEqual([])
    looked('textOnly', pages.length)
  })
}

/** For the record every page; else those whose controls differ: one entry of each form, and one of the fronts that differ in their words. */
function isWalked({ kind, path, name }: ReadingPage): boolean {
  if (OF_EVERYTHING) return true
  if (kind === 'entry') return /\/[1-4]$/.test(path)
  return kind !== 'front' || /quiet|during, 4|help front 2027-spring.during/.test(name)
}

/** Tells `npm run accessibility` what was looked at and found right. */
function looked(look: Look, pages: number): void {
  test.info().annotations.push({ type: LOOKED, description: JSON.stringify({ look, pages }) })
}

// A phone as high as the page, with everything folded open: axe takes a link that is half under the bar for one that is too small to press, although
// it can be scrolled out of there. That nothing stays covered is looked at in the tests with the keyboard.
async function showWhole(page: Page, width = TELEPHONE): Promise<void> {
  await page.setViewportSize({ width, height: 740 })
  const height = await page.evaluate(() => {
    for (const details of document.querySelectorAll('details')) details.open = true
    return document.documentElement.scrollHeight
  })
  await page.setViewportSize({ width, height })
}

// The functions below run in the page and may use nothing from outside themselves.

function layoutProblems(leastHeight: number): string[] {
  const width = document.documentElement.clientWidth
  const problems: string[] = []
  const nameOf = (element: Element) =>
    `<${element.tagName.toLowerCase()} class="${element.getAttribute('class') ?? ''}"> ${element.textContent?.slice(0, 40)}`
  if (document.documentElement.scrollWidth > width)
    problems.push(`scrolls sideways: ${document.documentElement.scrollWidth} of ${width}`)

  for (const element of document.body.querySelectorAll('*')) {
    const box = element.getBoundingClientRect()
    // What may be wider stands in a part that scrolls by itself (WCAG 1.4.10 excepts tables); the part itself may not be.
    const scrolls = element.parentElement?.closest('[role=region], section[tabindex="0"]')
    const clipped = element.closest('.sr-only, .skip, svg svg, svg *')
    if (box.width === 0 || scrolls || clipped) continue
    const parent = element.parentElement?.getBoundingClientRect()
    const told =
      element.parentElement !== document.body && parent !== undefined && (parent.left < -1 || parent.right > width + 1)
    if (!told && (box.left < -1 || box.right > width + 1))
      problems.push(`sticks out (${Math.round(box.left)} to ${Math.round(box.right)}): ${nameOf(element)}`)
  }

  for (const link of document.querySelectorAll<HTMLElement>('main a, nav a')) {
    const box = link.getBoundingClientRect()
    if (box.width === 0) continue
    // In a sentence the height of the line decides (WCAG 2.5.8 excepts it); a line here is at least as high.
    const inSentence =
      getComputedStyle(link).display === 'inline' &&
      (link.parentElement?.textContent?.trim().length ?? 0) > (link.textContent?.trim().length ?? 0)
    const height = inSentence ? parseFloat(getComputedStyle(link).lineHeight) : box.height
    if (height < leastHeight || box.width < leastHeight)
      problems.push(`is too small to press (${Math.round(box.width)} × ${Math.round(height)}): ${nameOf(link)}`)
  }

  // Every line of text by itself, without the third of its height in which the next line may begin.
  const lines: { left: number; right: number; top: number; bottom: number; text: Node; name: string }[] = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const range = document.createRange()
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const holder = text.parentElement
    // The two bars lie over the page on purpose, a table scrolls by itself, and marks of a source stand above the line.
    if (
      !holder ||
      !text.nodeValue?.trim() ||
      holder.closest(
        'script, style, .sr-only, [role=status], .skip, header, .help-bar, section[tabindex="0"], sup, [hidden]',
      )
    )
      continue
    range.selectNodeContents(text)
    const box = holder
      .closest('a, button, p, li, td, th, dt, dd, h1, h2, h3, summary, figcaption')
      ?.getBoundingClientRect()
    for (const { left, right, top, bottom, width: wide, height } of range.getClientRects()) {
      if (wide < 2 || height < 2) continue
      const name = `"${text.nodeValue.trim().slice(0, 40)}"`
      if (box && (left < box.left - 2 || right > box.right + 2)) problems.push(`runs out of its box: ${name}`)
      lines.push({ left: left + 1, right: right - 1, top: top + height / 3, bottom: bottom - height / 3, text, name })
    }
  }
  lines.sort((a, b) => a.top - b.top)
  lines.forEach((line, index) => {
    for (let next = index + 1; next < lines.length; next += 1) {
      const other = lines[next]
      if (!other || other.top >= line.bottom) break
      if (other.text !== line.text && other.left < line.right && line.left < other.right)
        problems.push(`lies over other text: ${line.name} and ${other.name}`)
    }
  })

  for (const part of document.body.querySelectorAll('main *, footer *, header *')) {
    const { overflowX, overflowY } = getComputedStyle(part)
    const clips = overflowX === 'hidden' || overflowX === 'clip' || overflowY === 'hidden' || overflowY === 'clip'
    if (
      clips &&
      !part.closest('.sr-only, svg') &&
      (part.scrollWidth > part.clientWidth + 1 || part.scrollHeight > part.clientHeight + 1)
    )
      problems.push(`is cut off: ${nameOf(part)}`)
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
    for (const [x, y] of [
      [centre, middle],
      [left + 6, middle],
      [right - 6, middle],
      [centre, upper + 3],
      [centre, bottom - 3],
    ] as const) {
      const there = document.elementFromPoint(x, y)
      if (there !== exit && !exit.contains(there))
        hidden.push(
          `${Math.round(x)},${Math.round(y)} shows ${there?.tagName ?? 'nothing'}, scrolled to ${Math.round(scrollY)}`,
        )
    }
  }
  return { height: exit.getBoundingClientRect().height, steps, hidden: hidden.slice(0, 2) }
}
