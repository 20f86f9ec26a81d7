import { expect, test, type Page } from '@playwright/test'
import { translatorFor } from '#components/translator.ts'
import { content } from '#server/content/content.ts'
import { LANGUAGES } from '#server/content/read.ts'
import { pathOfTextOnly } from '#server/route.ts'
import { ask, BROWSER_ENCODINGS } from './ask.ts'
import { MOMENT_HEADER } from './moment.ts'
import { attribute, elementsIn, PageSource, type textOf } from './page-source.ts'
import { pagesByLook } from './reading-pages.ts'
import { addressOf, HOSTS } from './site.ts'

const { languages } = content()

/** Kinds of page that have a form as text only: all that the foot of the page leads on from. */
const WITHOUT = ['opening', 'entrance', 'early', 'missing']

test('every kind of page in every language is there as text only: its own words and numbers, no drawing, one way out, and smaller than it was', async () => {
  // Entries differ in their form only: the first four have each of them.
  const pages = LANGUAGES.flatMap(pagesByLook).filter(
    ({ kind, path }) => !WITHOUT.includes(kind) && (kind !== 'entry' || /\/[1-4]$/.test(path)),
  )
  expect(new Set(pages.map(({ kind }) => kind))).toEqual(new Set(['front', 'page', 'entry', 'newest', 'sharing']))
  const found = await Promise.all(
    pages.map(async ({ name, site, path, moment, language }) => {
      const at = (asked: string) =>
        ask(HOSTS[site], asked, { [MOMENT_HEADER]: moment, 'Accept-Encoding': BROWSER_ENCODINGS })
      const [whole, plain] = await Promise.all([at(path), at(pathOfTextOnly(path))])
      const [page, text] = [new PageSource(whole.text), new PageSource(plain.text)]
      const numbersIn = (source: PageSource) =>
        source
          .elements('a')
          .map((link) => attribute(link, 'href') ?? '')
          .filter((href) => href.startsWith('tel:'))
      const wordsIn = (source: PageSource) => source.elements('main').map(heardIn)
      const links = text.elements('a').map((link) => attribute(link, 'href') ?? '')
      return [
        ...(plain.status === 200 ? [] : [`answers ${plain.status}`]),
        ...(text.elements('svg').length === 0 ? [] : ['has a drawing']),
        ...(numbersIn(text).join() === numbersIn(page).join() ? [] : ['has other numbers']),
        ...(wordsIn(text).join() === wordsIn(page).join() ? [] : ['has other words']),
        ...(links.filter((href) => href === content().exit).length ===
        1 +
          (page
            .elements('main')
            .flatMap((main) => [...elementsIn(main)])
            .some((link) => attribute(link, 'href') === content().exit)
            ? 1
            : 0)
          ? []
          : ['has not one way out']),
        ...(links.includes(path) ? [] : ['does not lead back']),
        ...(links.includes(pathOfTextOnly(language === 'nl' ? '/' : `/${language}`))
          ? []
          : ['does not lead home as text']),
        ...(plain.wire.length < whole.wire.length ? [] : [`weighs ${plain.wire.length}`]),
      ].map((problem) => `${name} ${problem}`)
    }),
  )
  expect(found.flat()).toEqual([])
})

test('with the script a reader goes to the text and back without a line in the history, and each has its own style', async ({
  page,
}) => {
  const { title } = pageOf('abroad')
  await page.goto(addressOf('help', '/ver-weg'))
  const before = await page.evaluate(() => history.length)
  const paper = await background(page)
  await page.getByRole('link', { name: 'Alleen tekst' }).click()
  await expect(page).toHaveURL(addressOf('help', '/t/ver-weg'))
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(title)
  expect(await background(page)).not.toBe(paper)
  // From text to text it is read in place, in another language too.
  await page.getByRole('link', { name: 'العربية' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    languages.ar.pages.find(({ id }) => id === 'abroad')?.title ?? '',
  )
  expect(page.url()).toBe(addressOf('help', '/t/ver-weg'))
  expect(await page.evaluate(() => document.documentElement.dir)).toBe('rtl')
  await page.getByRole('link', { name: translatorFor('ar', languages.ar.texts)('footer.withDrawings') }).click()
  await expect(page).toHaveURL(addressOf('help', '/ar/ver-weg'))
  expect(await background(page)).toBe(paper)
  expect(await page.evaluate(() => history.length)).toBe(before)
})

test('the exit of a page as text only is in sight wherever a reader scrolls, and covers the page at once', async ({
  page,
}) => {
  await page.goto(addressOf('help', '/t/bellen'))
  const exit = page.getByRole('link', { name: 'Verlaat deze site' })
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight))
  await expect(exit).toBeInViewport({ ratio: 1 })
  expect((await exit.boundingBox())?.height).toBeGreaterThanOrEqual(44)
  await page.route('**/uit', () => {})
  // In one turn, for a page on its way out is not looked at from outside.
  const covered = await exit.evaluate((link: HTMLElement) => {
    link.click()
    return {
      text: document.body.innerText.trim(),
      there: document.elementFromPoint(innerWidth / 2, innerHeight / 2)?.id,
    }
  })
  expect(covered).toEqual({ text: '', there: 'cover' })
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('a reader finds the text by a link, reads on as text, on the other site too, and keeps nothing on the device', async ({
    page,
    context,
  }) => {
    await page.goto(addressOf('help', '/reis'))
    await page.getByRole('link', { name: 'Alleen tekst' }).click()
    await page
      .getByRole('navigation', { name: 'Alle pagina’s' })
      .getByRole('link', { name: pageOf('helplines').title })
      .click()
    await expect(page).toHaveURL(addressOf('help', '/t/bellen'))
    await expect(page.getByRole('main').locator('a[href="tel:+31247247247"]').first()).toBeVisible()
    await page.getByRole('link', { name: 'Naar het dagboek van Yarah' }).click()
    await expect(page).toHaveURL(addressOf('diary', '/t'))
    await page.getByRole('link', { name: 'Begin bij dag 1' }).click()
    await expect(page).toHaveURL(addressOf('diary', '/t/1'))
    expect(await context.cookies()).toEqual([])
  })

  test('on paper every help page has its text, its numbers and where its links lead, in dark letters, and nothing to press', async ({
    page,
  }) => {
    const found: string[] = []
    for (const language of LANGUAGES) {
      for (const { id, path } of languages[language].pages.filter(({ sites }) => sites.includes('help'))) {
        if (language !== 'nl' && !['abroad', 'helplines', 'guide'].includes(id)) continue
        await page.emulateMedia({ media: 'print' })
        await page.goto(addressOf('help', `${language === 'nl' ? '' : `/${language}`}/${path}`))
        found.push(...(await page.evaluate(problemsOnPaper)).map((problem) => `${language} ${path}: ${problem}`))
      }
    }
    expect(found).toEqual([])
  })
})

function pageOf(id: string) {
  const page = languages.nl.pages.find((candidate) => candidate.id === id)
  if (!page) throw new Error(`There is no page "${id}".`)
  return page
}

/** The words of a part of a page that a screen reader says, without spaces. */
function heardIn(part: { childNodes: readonly unknown[] }): string {
  return (part.childNodes as Parameters<typeof textOf>[0]['childNodes'])
    .map((node) =>
      'value' in node
        ? node.value.replace(/\s+/g, '')
        : 'tagName' in node && attribute(node, 'aria-hidden') !== 'true' && node.tagName !== 'svg'
          ? heardIn(node)
          : '',
    )
    .join('')
}

function background(page: Page): Promise<string> {
  return page.evaluate(() => getComputedStyle(document.body).backgroundColor)
}

// Runs in the page and may use nothing from outside itself.
function problemsOnPaper(): string[] {
  const problems: string[] = []
  for (const part of document.querySelectorAll('header, footer, nav, .help-bar'))
    if (part.checkVisibility())
      problems.push(`shows <${part.tagName.toLowerCase()} aria-label="${part.getAttribute('aria-label') ?? ''}">`)
  const main = document.querySelector('main')
  if (!main?.checkVisibility() || (main.textContent ?? '').length < 200) problems.push('has no text')
  for (const link of document.querySelectorAll<HTMLElement>('main a')) {
    const href = link.getAttribute('href') ?? ''
    if (/^tel:/.test(href) && !link.checkVisibility()) problems.push(`hides ${href}`)
    if (
      href.startsWith('https:') &&
      link.checkVisibility() &&
      !getComputedStyle(link, '::after').content.includes(href)
    )
      problems.push(`does not tell ${href}`)
  }
  // White paper: every letter must be dark, for a printer leaves out the background.
  for (const element of document.querySelectorAll<HTMLElement>('main *')) {
    if (
      ![...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.nodeValue?.trim()) ||
      !element.checkVisibility()
    )
      continue
    const [red = 0, green = 0, blue = 0] = (getComputedStyle(element).color.match(/[\d.]+/g) ?? []).map(Number)
    if (0.2126 * red + 0.7152 * green + 0.0722 * blue > 110)
      problems.push(`is pale: "${element.textContent?.slice(0, 30)}"`)
  }
  return problems
}
