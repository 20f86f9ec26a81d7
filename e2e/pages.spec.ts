import { createHash } from 'node:crypto'
import { expect, test } from '@playwright/test'
import { HtmlValidate, StaticConfigLoader } from 'html-validate'
import { allFronts, frontOn } from '#campaign/front.ts'
import { dayOf } from '#campaign/day.ts'
import { PLANNED } from '#campaign/run.ts'
import { translatorFor } from '#components/translator.ts'
import { content } from '#server/content/content.ts'
import { LANGUAGE_NAMES } from '#server/content/language.ts'
import { LANGUAGES, TRANSLATIONS, type Language } from '#server/content/read.ts'
import { shareTargets } from '#server/route.ts'
import { addressInProduction } from '#server/sitemap.ts'
import { frontText } from '#server/content/front-text.ts'
import { ask, BROWSER_ENCODINGS, type Answer } from './ask.ts'
import { MOMENT_HEADER, QUIET_MOMENT } from './moment.ts'
import { attribute, elementsIn, PageSource, textOf } from './page-source.ts'
import { everyReadingPage, readingPages, type ReadingPage } from './reading-pages.ts'
import { addressOf, HOSTS } from './site.ts'

/**
 * The most a reading page may weigh, compressed, with its styles, script and drawings: what the first round of a connection brings
 * (RFC 6928, ten segments), less what a notice on top of all pages may need.
 */
const MOST_BYTES = 14 * 1024 - 400

/** The numbers in sight on every page, in this order: danger, abroad, in the Netherlands. */
const HELPLINES = ['tel:112', 'tel:+31247247247', 'tel:08002000']

const { sites, runs, languages } = content()
const { pages: contentPages } = languages.nl

/** A relative may read another language than the reader. */
const sensitiveWords = LANGUAGES.flatMap((language) => languages[language].sensitiveWords)

const wordsIn = (language: Language) => translatorFor(language, languages[language].texts)

interface Delivered extends ReadingPage {
  readonly answer: Answer
  readonly source: PageSource
}

let delivered: readonly Delivered[]

test.beforeAll(async () => {
  delivered = await Promise.all(
    readingPages().map(async (page) => {
      const answer = await ask(HOSTS[page.site], page.path, {
        [MOMENT_HEADER]: page.moment,
        'Accept-Encoding': BROWSER_ENCODINGS,
      })
      return { ...page, answer, source: new PageSource(answer.text) }
    }),
  )
})

test('the list holds every page that a moment can show', () => {
  const count = (kind: ReadingPage['kind'], site?: string, language: Language = 'nl') =>
    delivered.filter(
      (page) => page.kind === kind && page.language === language && (site === undefined || page.site === site),
    ).length
  // The texts of a run that is planned later wait for it (e2e/manage-runs.spec.ts); a run that is not announced has none for before.
  const shown = allFronts(runs, 'help').filter(
    (front) =>
      front === 'quiet' ||
      (front.run !== PLANNED &&
        (front.phase !== 'before' || runs.some(({ id, announcedFrom }) => id === front.run && announcedFrom))),
  )
  const daysOfRuns = 32 + 30 + 32
  expect(count('front', 'help')).toBe(shown.length)
  // While a run is going on the diary has a front for every day.
  expect(count('front', 'diary')).toBe(shown.length - runs.length + daysOfRuns)
  expect(count('page')).toBe(contentPages.flatMap((page) => page.sites).length)
  expect([count('entry'), count('newest'), count('early'), count('missing')]).toEqual([32, 31, 1, 2])
  expect([count('sharing', 'help'), count('sharing', 'diary'), count('opening')]).toEqual([
    ...(['help', 'diary'] as const).map((site) => shareTargets(content(), site).length),
    2,
  ])
  for (const language of TRANSLATIONS) {
    expect([count('page', undefined, language), count('entry', undefined, language)]).toEqual([
      count('page'),
      count('entry'),
    ])
    expect(
      ['front', 'newest', 'early', 'missing', 'entrance', 'sharing', 'opening'].map((kind) =>
        count(kind as ReadingPage['kind'], undefined, language),
      ),
    ).toEqual([9, 1, 1, 2, 2, 2, 2])
  }
  expect(everyReadingPage().length).toBe(
    LANGUAGES.length * delivered.filter(({ language }) => language === 'nl').length,
  )
  expect(new Set(delivered.map(({ name }) => name)).size).toBe(delivered.length)
})

test('every page answers with its status and as HTML', () => {
  expect(problems(({ status, answer }) => (answer.status === status ? [] : [`answers ${answer.status}`]))).toEqual([])
  expect(problems(({ answer }) => differs(answer.headers['content-type'], 'text/html; charset=utf-8'))).toEqual([])
})

test('every front says what the content says for its moment', () => {
  expect(
    problems(({ kind, site, language, moment, source }) => {
      if (kind !== 'front') return []
      const { title, text } = frontText(languages[language].fronts, frontOn(runs, site, dayOf(new Date(moment))), site)
      return [
        ...differs(source.texts('h1')[0], title),
        ...(source.html.includes(text) ? [] : ['does not hold its text']),
      ]
    }),
  ).toEqual([])
})

test('every entry shows its own title, and only the newest one says that another follows', () => {
  expect(
    problems(({ kind, language, path, source }) => {
      if (kind !== 'entry' && kind !== 'newest') return []
      const says = wordsIn(language)('diary.newest')
      const title = languages[language].entries[Number(path.split('/').at(-1)) - 1]?.title
      return [
        ...differs(source.texts('h1')[0], title),
        ...(source.html.includes(says) === (kind === 'newest') ? [] : ['is wrong about being the newest']),
      ]
    }),
  ).toEqual([])
})

test('no page may be kept, names its maker, or sets a cookie', () => {
  expect(
    problems(({ answer: { headers } }) => [
      ...differs(headers['cache-control'], 'no-store'),
      ...differs(headers['referrer-policy'], 'no-referrer'),
      ...differs(headers['x-content-type-options'], 'nosniff'),
      ...Object.keys(headers).filter((name) =>
        /^(set-cookie|etag|last-modified|server|x-powered-by|x-nextjs-.*|x-middleware-.*)$/.test(name),
      ),
    ]),
  ).toEqual([])
})

test('the policy of every page allows its own script and style by their hashes, and nothing else', () => {
  expect(
    problems(({ kind, answer: { headers }, source }) => {
      const policy = new Map(
        String(headers['content-security-policy'])
          .split('; ')
          .map((directive) => [directive.split(' ')[0], directive.split(' ').slice(1)]),
      )
      return [
        ...differs(policy.get('default-src')?.join(' '), "'none'"),
        ...differs(policy.get('script-src')?.join(' '), source.texts('script').map(hash).join(' ')),
        ...differs(policy.get('style-src')?.join(' '), source.texts('style').map(hash).join(' ')),
        ...differs(policy.get('connect-src')?.join(' '), "'self'"),
        ...differs(
          policy.get('frame-ancestors')?.join(' '),
          kind === 'entrance' ? `http://${content().entrance.local}:*` : "'none'",
        ),
        ...differs(policy.get('form-action')?.join(' '), "'none'"),
        ...differs(policy.get('base-uri')?.join(' '), "'none'"),
        // On a developer's machine the host of the window may have any port.
        ...(/unsafe|\*/.test(
          String(headers['content-security-policy']).replace(`http://${content().entrance.local}:*`, ''),
        )
          ? ['has a policy with a hole']
          : []),
        ...source
          .elements()
          .flatMap(({ attrs }) =>
            attrs
              .filter(({ name }) => name === 'style' || name.startsWith('on'))
              .map(({ name }) => `has an inline ${name}`),
          ),
      ]
    }),
  ).toEqual([])
})

test('every page is complete in itself: one inline script, no framework, nothing to load', () => {
  // Attributes with which an element makes the browser load something.
  const loading = ['src', 'srcset', 'poster', 'data', 'background', 'ping', 'xlink:href']
  expect(
    problems(({ source }) => {
      const scripts = source.elements('script')
      return [
        ...(scripts.length === 1 && scripts[0]?.attrs.length === 0
          ? []
          : [`has ${scripts.length} scripts, or one with attributes`]),
        ...(/\/_next\/|__next|self\.__next|<template/.test(source.html) ? ['holds a part of the framework'] : []),
        ...source
          .elements('link')
          .flatMap((link) =>
            attribute(link, 'rel') === 'icon'
              ? differs(attribute(link, 'href'), 'data:,')
              : attribute(link, 'rel') === 'canonical'
                ? []
                : [`links a ${attribute(link, 'rel')}`],
          ),
        ...source
          .elements()
          .flatMap(({ tagName, attrs }) =>
            attrs
              .filter(({ name }) => loading.includes(name))
              .map(({ name }) => `loads something with ${name} of ${tagName}`),
          ),
        ...source
          .texts('style')
          .flatMap((style) => (/url\(|@import/.test(style) ? ['loads something from its styles'] : [])),
      ]
    }),
  ).toEqual([])
})

test('no page in any language weighs more than 14 kB on the wire', async () => {
  const weighed = await Promise.all(
    everyReadingPage().map(async ({ name, site, path, moment }) => ({
      name,
      answer: await ask(HOSTS[site], path, { [MOMENT_HEADER]: moment, 'Accept-Encoding': BROWSER_ENCODINGS }),
    })),
  )
  const byWeight = weighed.toSorted((a, b) => b.answer.wire.length - a.answer.wire.length)
  const [largest] = byWeight
  const report = `largest of ${byWeight.length} pages: ${largest?.name}, ${largest?.answer.wire.length} bytes compressed, ${largest?.answer.text.length} characters of HTML`
  test.info().annotations.push({ type: 'largest page', description: report })
  console.log(report)
  expect(byWeight.filter(({ answer }) => answer.headers['content-encoding'] !== 'br').map(({ name }) => name)).toEqual(
    [],
  )
  expect(
    byWeight
      .filter(({ answer }) => answer.wire.length > MOST_BYTES)
      .map(({ name, answer }) => `${name} weighs ${answer.wire.length} bytes`),
  ).toEqual([])
})

test('nothing that a browser remembers of a page tells what it is about', () => {
  expect(
    problems(({ site, language, path, source }) => {
      const titles = source.texts('title')
      const metas = source
        .elements('meta')
        .filter(
          (meta) =>
            !['viewport', 'theme-color', 'color-scheme', 'referrer', 'format-detection', 'robots'].includes(
              attribute(meta, 'name') ?? '',
            ) && attribute(meta, 'charset') === undefined,
        )
      const remembered = [path, ...titles.slice(0, 1), ...metas.map((meta) => attribute(meta, 'content') ?? '')]
      return [
        ...(titles[0]?.endsWith(languages[language].siteNames[site].tabName) ? [] : [`has the title "${titles[0]}"`]),
        ...remembered.flatMap((text) =>
          sensitiveWords
            .filter((word) => text.toLowerCase().replaceAll('-', ' ').includes(word))
            .map((word) => `"${text}" holds "${word}"`),
        ),
      ]
    }),
  ).toEqual([])
})

test('every page names its language and its direction', () => {
  expect(
    problems(({ language, source }) => [
      ...differs(attribute(source.elements('html')[0], 'lang'), language),
      ...differs(attribute(source.elements('html')[0], 'dir'), LANGUAGE_NAMES[language].direction),
    ]),
  ).toEqual([])
})

test('every page has the languages by their own names, each leading to the same page, and says which one it is in', () => {
  const shownAlone = new Set(['missing', 'early'])
  expect(
    problemsOfFramed(({ kind, language, path, source }) => {
      const links = source.elements('a').filter((link) => attribute(link, 'hreflang') !== undefined)
      const base = language === 'nl' ? path : path.slice(language.length + 1) || '/'
      // A page that stands for one that is not there leads to the front of each language.
      const expected = (other: Language) =>
        `${other === 'nl' ? '' : `/${other}`}${shownAlone.has(kind) || base === '/' ? '' : base}` || '/'
      return [
        ...differs(links.map(textOf).join(' '), LANGUAGES.map((other) => LANGUAGE_NAMES[other].name).join(' ')),
        ...links.flatMap((link, index) => differs(attribute(link, 'lang'), LANGUAGES[index])),
        ...links.flatMap((link, index) => differs(attribute(link, 'href'), expected(LANGUAGES[index] as Language))),
        ...links.flatMap((link) =>
          differs(attribute(link, 'aria-current'), attribute(link, 'lang') === language ? 'true' : undefined),
        ),
      ]
    }),
  ).toEqual([])
})

test('search engines list each page once, and show no text of a page about the safety of the reader', () => {
  const unlisted = ['missing', 'early', 'sharing', 'opening']
  expect(
    problems(({ kind, path, source }) => {
      const links = (rel: string) => source.elements('link').filter((link) => attribute(link, 'rel') === rel)
      const canonical = links('canonical').map((link) => attribute(link, 'href'))
      const page = contentPages.find((candidate) => path.endsWith(`/${candidate.path}`))
      const robots = source
        .elements('meta')
        .filter((meta) => attribute(meta, 'name') === 'robots')
        .map((meta) => attribute(meta, 'content'))
      if (unlisted.includes(kind))
        return [
          ...differs(String(canonical.length), '0'),
          ...(kind === 'sharing' || kind === 'opening' ? differs(robots.join(), 'noindex') : []),
        ]
      return [
        ...differs(String(canonical.length), '1'),
        ...(kind === 'entrance' && canonical[0]?.includes('/venster') ? ['lists the window'] : []),
        ...differs(robots.join(), page?.counted === false ? 'nosnippet' : ''),
      ]
    }),
  ).toEqual([])
})

for (const { id, name } of sites) {
  test(`the sitemap of ${name} lists every page that says it lives there, and no other`, async () => {
    const { text, headers } = await ask(HOSTS[id], '/sitemap.xml')
    expect(headers['content-type']).toBe('application/xml; charset=utf-8')
    const listed = [...text.matchAll(/<loc>(.*?)<\/loc>/g)].map(([, address]) => address ?? '')
    const home = addressInProduction(content(), id, '')
    const canonical = delivered.map(
      ({ source }) =>
        source
          .elements('link')
          .find((link) => attribute(link, 'rel') === 'canonical')
          ?.attrs.find(({ name: attr }) => attr === 'href')?.value ?? '',
    )
    expect(listed.toSorted()).toEqual([...new Set(canonical.filter((address) => address.startsWith(home)))].toSorted())
    // Each stands beside its other languages.
    for (const [, entry = ''] of text.matchAll(/<url>(.*?)<\/url>/g))
      expect([...entry.matchAll(/hreflang="(.*?)"/g)].map(([, language]) => language)).toEqual([
        ...LANGUAGES,
        'x-default',
      ])
    expect((await ask(HOSTS[id], '/robots.txt')).text).toContain(`Sitemap: ${home}/sitemap.xml`)
  })
}

test('a translation that no native speaker has read says so at its foot', () => {
  expect(
    problemsOfFramed(({ language, source }) => {
      const says = wordsIn(language)('languages.unread')
      return source.html.includes(says) === (language !== 'nl') ? [] : ['is wrong about being read']
    }),
  ).toEqual([])
})

test('every page has the exit and the three numbers, in the same place and order', () => {
  expect(
    problemsOfFramed(({ kind, language, source }) => {
      const t = wordsIn(language)
      const [bar] = source.elements('nav').filter((nav) => attribute(nav, 'aria-label') === t('helpBar.label'))
      const numbers = bar
        ? [...elementsIn(bar)].filter(({ tagName }) => tagName === 'a').map((link) => attribute(link, 'href'))
        : []
      const [header] = source.elements('header')
      const exits = header
        ? [...elementsIn(header)].filter(
            (link) =>
              attribute(link, 'href') ===
              (kind === 'entrance' ? `${language === 'nl' ? '' : `/${language}`}/venster/dicht` : content().exit),
          )
        : []
      const frame = source
        .elements()
        .filter((element) => ['header', 'main', 'footer'].includes(element.tagName) || element === bar)
        .map(({ tagName }) => tagName)
      return [
        ...differs(numbers.join(' '), HELPLINES.join(' ')),
        ...differs(
          exits.map(textOf).join('|'),
          `${t('skip.exit')}|${kind === 'entrance' ? t('exit.close') : t('exit.label')}`,
        ),
        // Who speaks to her telephone says what she sees, so no other name may stand before it (WCAG 2.5.3).
        ...exits.flatMap((exit) =>
          (attribute(exit, 'aria-label') ?? attribute(exit, 'aria-labelledby') ?? attribute(exit, 'title'))
            ? ['has an exit with another name than its label']
            : [],
        ),
        ...differs(frame.join(' '), 'header main footer nav'),
        ...differs(String(source.elements('h1').length), '1'),
      ]
    }),
  ).toEqual([])
})

test('every page for readers abroad shows a +31 number before any number that works in the Netherlands only', () => {
  const abroad = contentPages.filter((page) => page.abroad).map(({ path }) => `/${path}`)
  expect(abroad).not.toEqual([])
  expect(
    problems(({ kind, path, source }) => {
      if (kind !== 'page' || !abroad.some((end) => path.endsWith(end))) return []
      const [main] = source.elements('main')
      const numbers = main
        ? [...elementsIn(main)]
            .map((element) => attribute(element, 'href') ?? '')
            .filter((href) => href.startsWith('tel:'))
        : []
      return numbers[0]?.startsWith('tel:+31') ? [] : [`first shows ${numbers[0]}`]
    }),
  ).toEqual([])
})

test('no link leads nowhere, and none tells another site where the reader came from', async () => {
  const links = delivered.flatMap(({ name, site, source }) =>
    source.elements('a').map((link) => ({ name, site, source, link, href: attribute(link, 'href') ?? '' })),
  )
  const foreign = links.filter(({ href }) => /^https?:/.test(href))
  expect(foreign).not.toEqual([])
  expect(
    foreign
      .filter(({ link }) => !attribute(link, 'rel')?.split(' ').includes('noreferrer'))
      .map(({ name, href }) => `${name}: ${href}`),
  ).toEqual([])

  const places = links.filter(({ href }) => href.startsWith('#'))
  expect(
    places
      .filter(({ source, href }) => !source.elements().some((element) => attribute(element, 'id') === href.slice(1)))
      .map(({ name, href }) => `${name}: ${href}`),
  ).toEqual([])

  // Of a diary that is complete, for on an earlier day a link may lead to an entry that is still to come.
  const paths = [
    ...new Set(links.filter(({ href }) => href.startsWith('/')).map(({ site, href }) => `${site} ${href}`)),
  ]
  expect(paths.length).toBeGreaterThan(50)
  const answers = await Promise.all(
    paths.map(async (path) => {
      const [site = '', href = ''] = path.split(' ')
      const { status } = await ask(HOSTS[site as ReadingPage['site']], href, { [MOMENT_HEADER]: QUIET_MOMENT })
      return { path, status }
    }),
  )
  expect(
    answers.filter(
      ({ path, status }) => status !== (path.endsWith(' /uit') ? 302 : path.includes('/naar/') ? 307 : 200),
    ),
  ).toEqual([])
})

test('before the first day of the diary a reader is led to what stays behind: history, programs, another device, the list of calls', () => {
  const [safety] = contentPages.filter(({ id }) => id === 'safety')
  const fronts = delivered.filter(({ kind, site }) => kind === 'front' && site === 'diary')
  expect(fronts.length).toBeGreaterThan(90)
  expect(
    fronts.flatMap(({ name, language, source }) => {
      const main = source.elements('main')[0]
      const links = main
        ? [...elementsIn(main)].filter(({ tagName }) => tagName === 'a').map((link) => attribute(link, 'href'))
        : []
      const at = links.indexOf(`${language === 'nl' ? '' : `/${language}`}/${safety?.path}`)
      const list = links.findLastIndex((href) => href?.endsWith('/1'))
      return at >= 0 && at < list ? [] : [name]
    }),
  ).toEqual([])
  const text = delivered
    .filter(({ path, language }) => language === 'nl' && path === `/${safety?.path}`)
    .map(({ source }) => source.elements('main').map(textOf).join().toLowerCase())
  expect(text.length).toBe(2)
  for (const word of ['geschiedenis', 'programma dat meekijkt', 'ander toestel', 'bellijst'])
    expect(text.filter((words) => words.includes(word)).length, word).toBe(2)
})

test('over a line of 50 kbit/s the heaviest page is there within five seconds', async ({ page }) => {
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 400,
    downloadThroughput: 50_000 / 8,
    uploadThroughput: 50_000 / 8,
  })
  const { path } = delivered
    .filter(({ site }) => site === 'help')
    .toSorted((a, b) => b.answer.wire.length - a.answer.wire.length)[0] as Delivered
  await page.goto(addressOf('help', path), { waitUntil: 'load' })
  const took = await page.evaluate(
    () => (performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming).responseEnd,
  )
  expect(took).toBeLessThan(5_000)
  // It was a slow line.
  expect(took).toBeGreaterThan(2_000)
})

test('nothing plays by itself, and who asked for less motion gets none', async ({ page }) => {
  expect(
    problems(({ source }) =>
      source
        .elements()
        .flatMap(({ tagName }) =>
          ['audio', 'video', 'marquee', 'iframe', 'animate', 'animatetransform', 'set'].includes(tagName.toLowerCase())
            ? [`has a ${tagName}`]
            : [],
        ),
    ),
  ).toEqual([])
  const moving = () =>
    page.evaluate(
      () =>
        [...document.querySelectorAll('*')].filter((element) => {
          const { animationName, transitionDuration, scrollBehavior } = getComputedStyle(element)
          return animationName !== 'none' || /[1-9]/.test(transitionDuration) || scrollBehavior === 'smooth'
        }).length,
    )
  for (const [site, path] of [
    ['help', '/'],
    ['help', '/ver-weg'],
    ['diary', '/'],
    ['diary', '/1'],
  ] as const) {
    await page.goto(addressOf(site, path))
    await page.emulateMedia({ reducedMotion: 'no-preference' })
    if (path === '/') expect(await moving(), `${site}, without that wish`).toBeGreaterThan(0)
    await page.emulateMedia({ reducedMotion: 'reduce' })
    expect(await moving(), `${site} ${path}`).toBe(0)
  }
})

test('every page is valid HTML', async () => {
  const validator = new HtmlValidate(
    new StaticConfigLoader({
      root: true,
      extends: ['html-validate:recommended'],
      rules: {
        // The pages are written out by parse5, which gives every attribute a value; `download=""` and `download` are the same.
        'attribute-empty-style': 'off',
        // A number that is copied keeps ordinary spaces, which every telephone takes; that it stays on one line is the
        // work of the styles, and accessibility.spec.ts looks at it.
        'tel-non-breaking': 'off',
      },
    }),
  )
  const reports = await Promise.all(
    delivered.map(async ({ name, source }) => {
      const { results } = await validator.validateString(source.html, name)
      return results.flatMap(({ messages }) =>
        messages.map(({ ruleId, message, line, column }) => `${ruleId}: ${message} (${line}:${column} of ${name})`),
      )
    }),
  )
  // Many pages share the frame, so each message is told once.
  const told = new Map(reports.flat().map((report) => [report.replace(/ \(.*$/, ''), report]))
  expect([...told.values()]).toEqual([])
})

for (const site of sites) {
  test(`a browser opens every page of ${site.name} with one request, in silence`, async ({ page }) => {
    const requests: string[] = []
    const said: string[] = []
    page.on('request', (request) => requests.push(`${request.method()} ${request.url()}`))
    page.on('console', (message) => said.push(message.text()))
    page.on('pageerror', (error) => said.push(String(error)))
    const found: string[] = []
    for (const { name, path, moment, status } of readingPages().filter((candidate) => candidate.site === site.id)) {
      requests.length = 0
      said.length = 0
      await page.setExtraHTTPHeaders({ [MOMENT_HEADER]: moment })
      await page.goto(addressOf(site.id, path), { waitUntil: 'load' })
      const expected = `GET ${addressOf(site.id, path)}`
      if (requests.join(', ') !== expected) found.push(`${name}: requests ${requests.join(', ')}`)
      // Chromium itself says in the console that a page answered 404.
      const complaints =
        status === 404 ? said.filter((text) => !text.includes('the server responded with a status of 404')) : said
      found.push(...complaints.map((text) => `${name}: ${text}`))
    }
    expect(found).toEqual([])
  })
}

/** What is wrong with the pages, each with the name of the page. */
function problems(of: (page: Delivered) => readonly string[]): string[] {
  return delivered.flatMap((page) => of(page).map((problem) => `${page.name}: ${problem}`))
}

/** The same for every page but the first screen of a discreet link, which has no frame (sharing.spec.ts). */
function problemsOfFramed(of: (page: Delivered) => readonly string[]): string[] {
  return problems((page) => (page.kind === 'opening' ? [] : of(page)))
}

function differs(found: string | readonly string[] | undefined, expected: string | undefined): string[] {
  return found === expected ? [] : [`"${found}" instead of "${expected}"`]
}

function hash(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
}
