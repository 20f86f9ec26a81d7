import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, parseDay } from '#campaign/day.ts'
import { allFronts, frontKey } from '#campaign/front.ts'
import { newCode, readCode } from '#sharing/code.ts'
import { plainPath } from '#sharing/plain-path.ts'
import type { ShareLink } from '#store/share-links.ts'
import { content as contentOfFolder } from './content/content.ts'
import { LANGUAGES, TRANSLATIONS, type Content } from './content/read.ts'
import {
  allDiaryFronts,
  isShownIn,
  pathOfCard,
  pathOfClosedWindow,
  pathOfContactFile,
  pathOfEntry,
  pathOfFront,
  pathOfLink,
  pathOfPage,
  pathOfShared,
  pathOfSharing,
  pathOfTextOnly,
  pathToOtherSite,
  pathWithDrawings,
  routeFor,
  routeOfRefused,
  shareTargets,
  TOOLKIT,
  type Route,
} from './route.ts'

/** Every code unit of a text, halves of signs too. The unit `binary` takes two seconds to prepare. */
const anyUnit = fc.nat({ max: 0xffff }).map((code) => String.fromCharCode(code))

const content = contentOfFolder()
const { pages, entries, contactNames } = content.languages.nl

const HELP = 'www.jouwja.example'
const DIARY = 'www.dagboekvanyarah.example'
/** Between two runs: every entry is open and the June run of 2014 is no longer remembered. */
const QUIET = '2026-11-23T12:00:00+01:00'

const route = (host: string, path: string, moment = QUIET) =>
  routeFor(content, { host, path, moment: new Date(moment) })
const show = (path: string, framedBy: readonly string[] = [], language = 'nl'): Route => ({
  kind: 'show',
  path: `/reading/${language}/${path}`,
  framedBy,
})

/** Every page that the build makes: what app/reading generates beforehand. */
const BUILT = new Set(
  LANGUAGES.flatMap((language) => [
    ...allFronts(content.runs, 'help').map((front) => `/reading/${language}/help/front/${frontKey(front)}`),
    ...allDiaryFronts(content, entries.length).map(
      ({ front, published }) => `/reading/${language}/diary/front/${front}/${published}`,
    ),
    ...pages.flatMap(({ id, sites }) => sites.map((site) => `/reading/${language}/${site}/page/${id}`)),
    ...pages.filter((page) => isShownIn(page, 'entrance')).map(({ id }) => `/reading/${language}/entrance/page/${id}`),
    ...(['help', 'diary'] as const).flatMap((site) => [
      ...shareTargets(content, site).map(({ label }) => `/reading/${language}/${site}/sharing/${label}`),
      `/reading/${language}/${site}/opening`,
    ]),
    ...entries.flatMap(({ day }) =>
      ['open', 'newest'].map((place) => `/reading/${language}/diary/entry/${day}/${place}`),
    ),
    `/reading/${language}/diary/early`,
    `/reading/${language}/help/missing`,
    `/reading/${language}/diary/missing`,
    `/reading/${language}/entrance/front`,
    `/reading/${language}/entrance/missing`,
    `/reading/${language}/entrance/closed`,
  ]),
)

describe('the host name tells the site', () => {
  it.each([
    HELP,
    'jouwja.example',
    'WWW.JouwJa.Example',
    'www.jouwja.example:443',
    'localhost',
    'LocalHost:3000',
    '127.0.0.1',
    '127.0.0.1:3000',
    '[::1]',
    '[::1]:3000',
  ])('%s is the help site', (host) => {
    expect(route(host, '/')).toEqual(show('help/front/quiet'))
  })

  it.each([
    DIARY,
    'dagboekvanyarah.example',
    'DagboekVanYarah.example:8443',
    'dagboek.localhost',
    'dagboek.localhost:3000',
  ])('%s is the diary', (host) => {
    expect(route(host, '/')).toEqual(show('diary/front/quiet/32'))
  })

  it.each([
    '',
    ':3000',
    'evil.example',
    'www.jouwja.example.evil.example',
    'xjouwja.example',
    'a.localhost',
    '192.0.2.7',
    '127.0.0.2',
    '::1',
    '[::2]',
    'evil.example@localhost',
    'localhost/x',
    'localhost:3000:3000',
    'localhost:',
    'localhost:65536',
    `localhost:${'9'.repeat(400)}`,
  ])('"%s" is no site of ours, whatever the path', (host) => {
    for (const path of ['/', '/uit', '/reis', '/1', '/naar/help', '/kaartje/contact-1.vcf'])
      expect(route(host, path)).toEqual({ kind: 'unknown-host' })
  })
})

describe('the exit', () => {
  it.each([HELP, DIARY, 'localhost:3000', '[::1]'])('leads from %s to the same neutral address', (host) => {
    expect(route(host, '/uit')).toEqual({ kind: 'exit', location: content.exit })
  })

  it.each(['/uit/', '/UIT', '/uit.', '//uit'])('is at %s too', (path) => {
    expect(route(HELP, path)).toEqual({ kind: 'exit', location: content.exit })
  })

  it.each(['/uit/x', '/en/uit', '/uitx'])('is not at %s', (path) => {
    expect(route(HELP, path)).toEqual(show('help/missing', [], path.startsWith('/en') ? 'en' : 'nl'))
  })
})

describe('the path tells the page', () => {
  it('shows every page on the sites that have it, and says that it is missing on the other', () => {
    for (const page of pages) {
      for (const [site, host] of [
        ['help', HELP],
        ['diary', DIARY],
      ] as const) {
        expect(route(host, `/${page.path}`)).toEqual(
          show(page.sites.includes(site) ? `${site}/page/${page.id}` : `${site}/missing`),
        )
      }
    }
  })

  it('has pages for the help site alone and for both', () => {
    expect(route(DIARY, '/bellen')).toEqual(show('diary/page/helplines'))
    expect(route(DIARY, '/ver-weg')).toEqual(show('diary/missing'))
  })

  it.each([
    '/reis/x',
    '/travel',
    '/page/travel',
    '/reading/nl/help/page/travel',
    '/reis%2F',
    '/__proto__',
    '/constructor',
    '/%00',
    '/beheer-x',
  ])('"%s" is missing', (path) => {
    expect(route(HELP, path)).toEqual(show('help/missing'))
  })

  it.each(['/beheer', '/beheer/', '/beheer/runs', '/beheer/%2e%2e/bellen'])(
    '"%s" belongs to the management, on the help site alone',
    (path) => {
      expect(route(HELP, path)).toEqual({ kind: 'management' })
      expect(route(DIARY, path)).toEqual(show('diary/missing'))
    },
  )

  it('has contact files under the card, on both sites', () => {
    for (const { file } of contactNames.names) {
      expect(route(HELP, `/kaartje/${file}.vcf`)).toEqual({ kind: 'file', path: `/files/nl/kaartje/${file}.vcf` })
      expect(route(DIARY, `/kaartje/${file}.vcf`)).toEqual({ kind: 'file', path: `/files/nl/kaartje/${file}.vcf` })
    }
  })

  it.each([
    '/kaartje/contact-99.vcf',
    '/kaartje/contact-1',
    '/kaartje/../contact-1.vcf',
    '/reis/contact-1.vcf',
    '/contact-1.vcf',
    '/files/nl/kaartje/contact-1.vcf',
  ])('has no contact file at %s', (path) => {
    expect(route(HELP, path)).toEqual(show('help/missing'))
  })
})

describe('the moment tells the front', () => {
  it.each([
    ['2014-03-24T23:59:59+01:00', 'quiet', 'quiet/32'],
    ['2014-03-25T00:00:00+01:00', '2014-spring.during', '2014-spring.during/1'],
    ['2014-03-30T23:59:59+02:00', '2014-spring.during', '2014-spring.during/6'],
    ['2014-03-31T00:00:00+02:00', '2014-spring.during', '2014-spring.during/7'],
    ['2014-04-25T23:59:59+02:00', '2014-spring.during', '2014-spring.during/32'],
    ['2014-04-26T00:00:00+02:00', '2014-spring.after', '2014-spring.after/32'],
    ['2014-05-25T00:00:00+02:00', '2014-june.before', '2014-june.before/32'],
    ['2014-06-01T00:00:00+02:00', '2014-june.during', '2014-june.during/1'],
    ['2014-06-30T23:59:59+02:00', '2014-june.during', '2014-june.during/30'],
    ['2014-07-01T00:00:00+02:00', '2014-june.after', '2014-june.after/32'],
    ['2014-09-01T00:00:00+02:00', 'quiet', 'quiet/32'],
    ['2027-03-10T23:59:59+01:00', 'quiet', 'quiet/32'],
    ['2027-03-11T00:00:00+01:00', '2027-spring.before', '2027-spring.before/32'],
    ['2027-03-24T23:59:59+01:00', '2027-spring.before', '2027-spring.before/32'],
    ['2027-03-25T00:00:00+01:00', '2027-spring.during', '2027-spring.during/1'],
    ['2027-03-28T23:59:59+02:00', '2027-spring.during', '2027-spring.during/4'],
    ['2027-03-29T00:00:00+02:00', '2027-spring.during', '2027-spring.during/5'],
    ['2027-04-25T23:59:59+02:00', '2027-spring.during', '2027-spring.during/32'],
    ['2027-04-26T00:00:00+02:00', '2027-spring.after', '2027-spring.after/32'],
  ])('at %s', (moment, help, diary) => {
    expect(route(HELP, '/', moment)).toEqual(show(`help/front/${help}`))
    expect(route(DIARY, '/', moment)).toEqual(show(`diary/front/${diary}`))
  })

  it('leaves the help pages as they are', () => {
    for (const moment of [
      '2014-03-24T23:59:59+01:00',
      '2014-03-25T00:00:00+01:00',
      '2014-04-26T00:00:00+02:00',
      '2027-03-25T00:00:00+01:00',
    ]) {
      expect(route(HELP, '/ver-weg', moment)).toEqual(show('help/page/abroad'))
    }
  })
})

describe('a diary entry', () => {
  const DAY_THREE = '2027-03-27T00:00:00+01:00'

  it('is open on an earlier day of the run, newest on its own day and early before', () => {
    expect(route(DIARY, '/2', DAY_THREE)).toEqual(show('diary/entry/2/open'))
    expect(route(DIARY, '/3', DAY_THREE)).toEqual(show('diary/entry/3/newest'))
    expect(route(DIARY, '/4', DAY_THREE)).toEqual(show('diary/early'))
    expect(route(DIARY, '/32', DAY_THREE)).toEqual(show('diary/early'))
  })

  it.each([
    // One second before midnight the entry of tomorrow is early, on both sides of the clock change.
    [3, '2027-03-26T23:59:59+01:00', '2027-03-27T00:00:00+01:00'],
    [5, '2027-03-28T23:59:59+02:00', '2027-03-29T00:00:00+02:00'],
    [6, '2014-03-29T23:59:59+01:00', '2014-03-30T00:00:00+01:00'],
    [7, '2014-03-30T23:59:59+02:00', '2014-03-31T00:00:00+02:00'],
  ])('%i appears at midnight: early at %s, newest at %s', (day, before, after) => {
    expect(route(DIARY, `/${day}`, before)).toEqual(show('diary/early'))
    expect(route(DIARY, `/${day}`, after)).toEqual(show(`diary/entry/${day}/newest`))
  })

  it('is open when it completes the diary: nothing comes after it', () => {
    expect(route(DIARY, '/32', '2027-04-25T00:00:00+02:00')).toEqual(show('diary/entry/32/open'))
    expect(route(DIARY, '/31', '2027-04-25T23:59:59+02:00')).toEqual(show('diary/entry/31/open'))
  })

  it('stays early until the end of a run that is shorter than the diary', () => {
    expect(route(DIARY, '/30', '2014-06-30T23:59:59+02:00')).toEqual(show('diary/entry/30/newest'))
    expect(route(DIARY, '/31', '2014-06-30T23:59:59+02:00')).toEqual(show('diary/early'))
    expect(route(DIARY, '/31', '2014-07-01T00:00:00+02:00')).toEqual(show('diary/entry/31/open'))
  })

  it('is open outside every run', () => {
    for (const { day } of entries) expect(route(DIARY, `/${day}`)).toEqual(show(`diary/entry/${day}/open`))
  })

  it.each(['/0', '/33', '/99', '/100', '/01', '/1.0', '/1e1', '/٣'])('is not at %s', (path) => {
    expect(route(DIARY, path)).toEqual(show('diary/missing'))
    expect(route(DIARY, path, DAY_THREE)).toEqual(show('diary/missing'))
  })

  it('is not on the help site', () => {
    expect(route(HELP, '/1')).toEqual(show('help/missing'))
  })
})

describe('the way to the other site', () => {
  it.each([
    [HELP, '/naar/diary', 'https://www.dagboekvanyarah.example/'],
    [HELP, '/naar/diary/', 'https://www.dagboekvanyarah.example/'],
    [HELP, '/naar/diary/12', 'https://www.dagboekvanyarah.example/12'],
    [HELP, '/naar/diary/bellen', 'https://www.dagboekvanyarah.example/bellen'],
    [DIARY, '/naar/help', 'https://www.jouwja.example/'],
    [DIARY, '/naar/help/ver-weg', 'https://www.jouwja.example/ver-weg'],
    ['dagboekvanyarah.example', '/naar/help/reis', 'https://www.jouwja.example/reis'],
    ['jouwja.example:8443', '/naar/diary/1', 'https://www.dagboekvanyarah.example/1'],
    ['localhost:3000', '/naar/diary/1', 'http://dagboek.localhost:3000/1'],
    ['localhost', '/naar/diary', 'http://dagboek.localhost/'],
    ['dagboek.localhost:3000', '/naar/help/reis', 'http://localhost:3000/reis'],
    ['127.0.0.1:3000', '/naar/diary', 'http://dagboek.localhost:3000/'],
    ['[::1]:3000', '/naar/diary', 'http://dagboek.localhost:3000/'],
    ['[::1]', '/naar/diary', 'http://dagboek.localhost/'],
  ])('leads from %s%s to %s', (host, path, location) => {
    expect(route(host, path)).toEqual({ kind: 'other-site', location })
  })

  it.each([
    '/naar/help/reis/',
    '/naar//help/reis',
    '/NAAR/Help/Reis.',
    '/naar/help/reis?x=//evil.example',
    '/naar/help/reis\n',
  ])('leads from %j to the plain address', (path) => {
    expect(route(DIARY, path)).toEqual({ kind: 'other-site', location: 'https://www.jouwja.example/reis' })
  })

  it.each([
    '/naar/help//evil.example',
    '/naar/help///evil.example',
    '/naar/help/\\evil.example',
    '/naar/help/%2F%2Fevil.example',
    '/naar/help/%5Cevil.example',
    '/naar/help/../x',
    '/naar/help/%2e%2e/x',
    '/naar/help/@evil.example',
    '/naar/help@evil.example',
    '/naar/help.evil.example',
    '/naar/help/https://evil.example',
    '/naar/help/\r\nLocation: https://evil.example',
    '/naar/help/uit',
    '/naar/help/1',
    '/naar/help/naar/diary',
    '/naar/diary/33',
    '/naar/diary/0',
    '/naar/diary/01',
    '/naar/diary/ver-weg',
    '/naar/evil.example',
    '/naar//evil.example',
    '/naar',
    '/naar/',
  ])('is closed for %j', (path) => {
    expect(route(HELP, path)).toEqual(show('help/missing'))
    expect(route(DIARY, path)).toEqual(show('diary/missing'))
  })
})

describe('a page as text only', () => {
  it('is the same page, for every page and entry in every language', () => {
    for (const language of LANGUAGES) {
      for (const path of [
        ...pages.filter(({ sites }) => sites.includes('help')).map((page) => pathOfPage(page, 'help', language)),
        pathOfFront('help', language),
      ]) {
        expect(route(HELP, pathOfTextOnly(path))).toEqual({ ...route(HELP, path), textOnly: true })
        expect(pathWithDrawings(pathOfTextOnly(path))).toBe(path)
      }
      expect(route(DIARY, pathOfTextOnly(pathOfEntry(4, 'diary', language)))).toEqual({
        ...route(DIARY, pathOfEntry(4, 'diary', language)),
        textOnly: true,
      })
    }
  })

  it('stays text only on the other site', () => {
    expect(route(HELP, '/t/naar/diary/12')).toEqual({
      kind: 'other-site',
      location: 'https://www.dagboekvanyarah.example/t/12',
    })
    expect(route('localhost:3000', '/ar/t/naar/diary')).toEqual({
      kind: 'other-site',
      location: 'http://dagboek.localhost:3000/ar/t',
    })
  })

  it.each([
    '/t/t/reis',
    '/t/uit',
    '/t/beheer',
    '/t/d/reis',
    '/t/venster',
    '/t/kaartje/contact-1.vcf',
    '/t/k/k7m3pd',
    '/t//evil.example',
    '/t/naar/help//evil.example',
  ])('is not at %s', (path) => {
    expect(route(HELP, path)).toMatchObject({ kind: 'show', path: '/reading/nl/help/missing' })
  })

  it('has a path of its own beside words that begin alike', () => {
    expect(route(HELP, '/toegankelijk')).toEqual(show('help/page/accessibility'))
    expect(route(HELP, '/tx')).toEqual(show('help/missing'))
  })
})

describe('whatever somebody asks', () => {
  const hosts = fc.constantFrom(HELP, DIARY, 'localhost:3000', 'dagboek.localhost:3000', '[::1]:3000')
  /** Ways to write a path that fooled other servers: twice the slash, backslashes, percents, other dots, control characters, a whole address, no end. */
  const tricks = fc
    .array(
      fc.constantFrom(
        '/',
        '//',
        '\\',
        '/\\',
        '..',
        '/../',
        '%2e%2e',
        '%2f',
        '%5c',
        '%00',
        '%',
        '%zz',
        '%c0%af',
        '．',
        '\0',
        '\r\n',
        '\t',
        ' ',
        '@',
        ':',
        '#',
        '?',
        'https:',
        '//evil.example',
        'naar',
        '/naar/help',
        '/naar/diary',
        '/k/',
        '/d',
        '/o',
        '/en',
        '/uit',
        '/beheer',
        '/venster',
        '/delen',
        '/reis',
        '/4',
        '/__proto__',
        'Location: x',
      ),
      { maxLength: 12 },
    )
    .chain((parts) =>
      fc.constantFrom(
        parts.join(''),
        `/${parts.join('')}`,
        `/naar/help${parts.join('')}`,
        `/naar/diary/${parts.join('')}`,
        `/k/${parts.join('')}`,
        parts.join('').repeat(500),
      ),
    )
  const hostTricks = fc.oneof(
    fc
      .tuple(
        fc.constantFrom(HELP, DIARY, 'localhost', 'dagboek.localhost', '127.0.0.1', '[::1]'),
        fc.constantFrom('', '.', ':', '@evil.example', '.evil.example', '/', '\r\nX: y', '%00', ' '),
        fc.oneof(
          fc.constant(''),
          fc.nat().map((port) => `:${port}`),
          fc.string({ unit: fc.constantFrom('0', '9', ':') }),
        ),
      )
      .map((parts) => parts.join('')),
    fc.string({ unit: anyUnit }),
    fc.nat({ max: 20_000 }).map((length) => `localhost${':9'.repeat(length)}`),
  )
  const paths = fc.oneof(
    fc.webPath(),
    fc.string({ unit: anyUnit }).map((text) => `/${text}`),
    fc
      .constantFrom('/naar/help', '/naar/diary', '/naar/help/', '/kaartje/')
      .chain((start) => fc.oneof(fc.string(), fc.webPath(), fc.webUrl()).map((rest) => start + rest)),
    fc.integer({ min: -5, max: 120 }).map((day) => `/${day}`),
    fc.constantFrom(...pages.map(({ path }) => `/${path}`), '/', '/uit'),
    // In another language, shared, or the way to sharing.
    fc
      .tuple(
        fc.constantFrom('', '/en', '/ar'),
        fc.constantFrom('', '/d', '/o', '/k', '/delen', '/venster', '/t'),
        fc.constantFrom('', '/', ...pages.map(({ path }) => `/${path}`), '/4', '/begin', '/dicht', '/d/reis'),
      )
      .map((parts) => parts.join('') || '/'),
  )
  const moments = fc.date({
    min: new Date('2013-01-01T00:00:00Z'),
    max: new Date('2029-01-01T00:00:00Z'),
    noInvalidDate: true,
  })
  const ANY_LINK = {
    community: 'Noord',
    readers: 150,
    madeBy: 'Anna',
    madeOn: parseDay('2020-01-01'),
    lastDay: parseDay('2027-01-01'),
    revoked: false,
  }
  const LOCATIONS =
    /^(https:\/\/www\.(jouwja|dagboekvanyarah)\.example|http:\/\/(dagboek\.)?localhost(:\d{1,5})?)\/[a-z0-9/-]*$/
  const codes = fc.infiniteStream(fc.nat({ max: 22 })).map((stream) => newCode(() => stream.next().value as number))

  it('no host name and no path leads anywhere but to our two sites and the exit, by an address that can be sent', () => {
    const links = fc.tuple(
      codes,
      fc.constantFrom(...shareTargets(content, 'help'), ...shareTargets(content, 'diary')),
      fc.constantFrom('open' as const, 'discreet' as const),
      fc.constantFrom(...LANGUAGES),
    )
    fc.assert(
      fc.property(
        fc.oneof(hosts, hostTricks),
        fc.oneof(fc.constant('/k/'), tricks, tricks, paths),
        links,
        moments,
        (host, tricky, [code, target, kind, language], moment) => {
          const path = tricky.replaceAll('/k/', `/k/${code}`)
          const answer = routeFor(content, { host, path, moment }, (asked) =>
            asked === code ? { ...ANY_LINK, code, target, kind, language } : undefined,
          )
          if (answer.kind === 'other-site') {
            expect(answer.location).toMatch(LOCATIONS)
            expect(URL.canParse(answer.location)).toBe(true)
          } else if (answer.kind === 'exit') expect([plainPath(path), answer.location]).toEqual(['/uit', content.exit])
          else if (answer.kind === 'show') expect(BUILT.has(answer.path)).toBe(true)
          else if (answer.kind === 'file') expect(answer.path).toMatch(/^\/files\/[a-z0-9./-]+$/)
          else if (answer.kind === 'management') expect(path).toMatch(/^\/beheer(\/|$)/)
        },
      ),
      { numRuns: 1000 },
    )
  })

  const ours = [
    'https://www.jouwja.example',
    'https://www.dagboekvanyarah.example',
    'http://localhost:3000',
    'http://dagboek.localhost:3000',
  ]

  it('the answer is a page that is built, a file, the exit or one of the two sites', () => {
    fc.assert(
      fc.property(hosts, paths, moments, (host, path, moment) => {
        const answer = routeFor(content, { host, path, moment })
        switch (answer.kind) {
          case 'show':
            return BUILT.has(answer.path)
          case 'file':
            return contactNames.names.some(({ file }) =>
              LANGUAGES.some((language) => answer.path === `/files/${language}/kaartje/${file}.vcf`),
            )
          case 'other-site':
            return ours.includes(new URL(answer.location).origin)
          case 'exit':
            return plainPath(path) === '/uit' && answer.location === content.exit
          case 'unknown-host':
            return false
        }
      }),
      { numRuns: 2000 },
    )
  })

  it('the front of each day from 2014 to 2028 is built', () => {
    for (let day = parseDay('2014-01-01'); day < '2029-01-01'; day = addDays(day, 1)) {
      for (const host of [HELP, DIARY]) {
        const answer = route(host, '/', `${day}T12:00:00+01:00`)
        if (answer.kind !== 'show' || !BUILT.has(answer.path))
          expect.fail(`on ${day} ${host} shows ${JSON.stringify(answer)}, which is not built`)
      }
    }
  })
})

describe('the paths that pages link to', () => {
  it('of a page: its own where the site has it, else the way to the site that has it', () => {
    expect(pathOfPage({ path: 'reis', sites: ['help'] }, 'help', 'nl')).toBe('/reis')
    expect(pathOfPage({ path: 'reis', sites: ['help'] }, 'diary', 'nl')).toBe('/naar/help/reis')
    expect(pathOfPage({ path: 'bellen', sites: ['help', 'diary'] }, 'diary', 'nl')).toBe('/bellen')
  })

  it('of an entry: its number on the diary, else the way there', () => {
    expect(pathOfEntry(12, 'diary', 'nl')).toBe('/12')
    expect(pathOfEntry(12, 'help', 'nl')).toBe('/naar/diary/12')
  })

  it('all lead somewhere, from both sites', () => {
    for (const [site, host] of [
      ['help', HELP],
      ['diary', DIARY],
    ] as const) {
      for (const language of LANGUAGES) {
        const paths = [
          pathOfFront(site, language),
          pathToOtherSite(site, language),
          ...pages.map((page) => pathOfPage(page, site, language)),
          ...entries.map(({ day }) => pathOfEntry(day, site, language)),
        ]
        for (const path of paths) expect(route(host, path), path).not.toEqual(show(`${site}/missing`, [], language))
      }
    }
  })
})

describe('sharing', () => {
  it('leads from everything that can be shared to a page that is built, in every language', () => {
    for (const [site, host] of [
      ['help', HELP],
      ['diary', DIARY],
    ] as const) {
      for (const target of shareTargets(content, site)) {
        expect(BUILT).toContain(`/reading/nl/${site}/sharing/${target.label}`)
        for (const language of LANGUAGES)
          expect(route(host, pathOfSharing(content, target, language) ?? '')).toEqual(
            show(`${site}/sharing/${target.label}`, [], language),
          )
      }
    }
  })

  it('gives an address without a query, the same for everybody, in which nothing of the page is told but its path', () => {
    for (const site of ['help', 'diary'] as const) {
      for (const target of shareTargets(content, site)) {
        expect(pathOfShared(content, 'discreet', target, 'ar')).toMatch(/^\/ar\/d(\/[a-z0-9-]+)?$/)
        expect(pathOfShared(content, 'open', target, 'nl')).toMatch(/^\/o(\/[a-z0-9-]+)?$/)
      }
    }
  })

  it('shares a page where it lives, and none about the safety of the reader', () => {
    const labels = (site: 'help' | 'diary') => shareTargets(content, site).map(({ label }) => label)
    expect(labels('help')).toEqual(expect.arrayContaining(['front', 'travel', 'helplines']))
    for (const label of ['safety', 'practice', 'share'])
      expect([...labels('help'), ...labels('diary')]).not.toContain(label)
    expect(labels('diary').filter((label) => !label.startsWith('entry-'))).toEqual(['front'])
    expect(route(DIARY, '/delen/bellen')).toEqual(show('diary/missing'))
  })
})

describe('allDiaryFronts', () => {
  const keys = (total: number) => allDiaryFronts(content, total).map(({ front, published }) => `${front}/${published}`)

  it('has each number of entries during a run, and the whole diary otherwise', () => {
    const during = (id: string, days: number) => Array.from({ length: days }, (_, index) => `${id}.during/${index + 1}`)
    expect(keys(32)).toEqual([
      'quiet/32',
      ...['planned.before/32', ...during('planned', 32), 'planned.after/32'],
      ...['2014-spring.before/32', ...during('2014-spring', 32), '2014-spring.after/32'],
      ...['2014-june.before/32', ...during('2014-june', 30), '2014-june.after/32'],
      ...['2027-spring.before/32', ...during('2027-spring', 32), '2027-spring.after/32'],
    ])
  })

  it('has no more fronts than entries in a run that is longer than the diary', () => {
    expect(keys(2).filter((key) => key.startsWith('2014-june'))).toEqual([
      '2014-june.before/2',
      '2014-june.during/1',
      '2014-june.during/2',
      '2014-june.after/2',
    ])
  })
})

describe('the window of help on another site', () => {
  const listed: Content = {
    ...content,
    entrance: { origins: ['https://www.bibliotheek.example'], local: 'gastheer.localhost' },
  }
  const inWindow = (host: string, path: string) => routeFor(listed, { host, path, moment: new Date(QUIET) })

  it.each([
    ['/venster', 'entrance/front'],
    ['/venster/reis', 'entrance/page/travel'],
    ['/venster/dicht', 'entrance/closed'],
    // What it lists would lead out of the window.
    ['/venster/delen', 'entrance/missing'],
    ['/venster/delen/reis', 'entrance/missing'],
    ['/venster/bestaat-niet', 'entrance/missing'],
    ['/venster/', 'entrance/front'],
    ['/Venster/Reis.', 'entrance/page/travel'],
    ['/venster/venster', 'entrance/missing'],
  ])('%s is shown to the listed origins and to nobody else', (path, view) => {
    expect(inWindow(HELP, path)).toEqual(show(view, ['https://www.bibliotheek.example']))
    expect(inWindow('localhost:3000', path)).toEqual(show(view, ['http://gastheer.localhost:*']))
  })

  it('is on the help site only, and no page outside it can be framed', () => {
    expect(inWindow(DIARY, '/venster')).toEqual(show('diary/missing'))
    expect(inWindow(HELP, '/vensters')).toEqual(show('help/missing'))
    expect(inWindow(HELP, '/reis')).toEqual(show('help/page/travel'))
  })

  it('has a script that other sites load', () => {
    expect(inWindow(HELP, '/venster.js')).toEqual({ kind: 'file', path: '/files/entrance' })
    expect(inWindow(DIARY, '/venster.js')).toEqual(show('diary/missing'))
  })
})

describe('what others hang up and show', () => {
  it('is one archive on the help site', () => {
    expect(route(HELP, TOOLKIT)).toEqual({ kind: 'file', path: '/files/toolkit' })
    expect(route(DIARY, TOOLKIT)).toEqual(show('diary/missing'))
  })

  it.each(LANGUAGES)('and a picture of each site in each language: %s', (language) => {
    expect(route(HELP, pathOfCard(language))).toEqual({ kind: 'file', path: `/files/card/${language}/help` })
    expect(route(DIARY, pathOfCard(language))).toEqual({ kind: 'file', path: `/files/card/${language}/diary` })
  })

  it('and of no other language', () => {
    expect(route(HELP, '/beeld-xx.png')).toEqual(show('help/missing'))
  })
})

describe('the language is in the path', () => {
  it.each(TRANSLATIONS)('%s shows the same views as the main language', (language) => {
    for (const [host, path, view] of [
      [HELP, '', 'help/front/quiet'],
      [HELP, '/', 'help/front/quiet'],
      [HELP, '/reis', 'help/page/travel'],
      [HELP, '/bestaat-niet', 'help/missing'],
      [HELP, '/12', 'help/missing'],
      [DIARY, '', 'diary/front/quiet/32'],
      [DIARY, '/12', 'diary/entry/12/open'],
      [DIARY, '/reis', 'diary/missing'],
    ] as const) {
      expect(route(host, `/${language}${path}`), path).toEqual(show(view, [], language))
    }
    expect(route('localhost:3000', `/${language}/venster/reis`)).toEqual(
      show('entrance/page/travel', ['http://gastheer.localhost:*'], language),
    )
  })

  it.each([
    '/nl',
    '/nl/reis',
    '/enreis',
    '/en/tr/reis',
    '/tr/en',
    '/so',
    '/en/uit',
    '/en/venster.js',
    '/en/robots.txt',
  ])('%s is no page', (path) => {
    expect(route(HELP, path)).toEqual(
      show('help/missing', [], path.startsWith('/en/') ? 'en' : path.startsWith('/tr/') ? 'tr' : 'nl'),
    )
  })

  it('the way to the other site keeps it', () => {
    expect(route(HELP, '/ar/naar/diary')).toEqual({
      kind: 'other-site',
      location: 'https://www.dagboekvanyarah.example/ar',
    })
    expect(route('localhost:3000', '/tr/naar/diary/12')).toEqual({
      kind: 'other-site',
      location: 'http://dagboek.localhost:3000/tr/12',
    })
    expect(route(DIARY, '/naar/help/reis')).toEqual({ kind: 'other-site', location: 'https://www.jouwja.example/reis' })
    expect(route(DIARY, '/en/naar/help/bestaat-niet')).toEqual(show('diary/missing', [], 'en'))
  })

  it('the window is closed and a contact file is fetched in it', () => {
    const card = pages.find(({ id }) => id === 'wallet-card')
    for (const language of LANGUAGES) {
      expect(route('localhost', pathOfClosedWindow(language))).toMatchObject({
        path: `/reading/${language}/entrance/closed`,
      })
      for (const { file } of contactNames.names) {
        expect(route(HELP, pathOfContactFile({ path: card?.path ?? '' }, file, language))).toEqual({
          kind: 'file',
          path: `/files/${language}/kaartje/${file}.vcf`,
        })
      }
    }
  })
})

it('each site has its own list of pages for search engines', () => {
  expect(route(HELP, '/sitemap.xml')).toEqual({ kind: 'file', path: '/files/sitemap.xml/help' })
  expect(route(DIARY, '/robots.txt')).toEqual({ kind: 'file', path: '/files/robots.txt/diary' })
})

it('both sites ask the proxies of search engines not to fetch ahead', () => {
  for (const host of [HELP, DIARY])
    expect(route(host, '/.well-known/traffic-advice')).toEqual({ kind: 'file', path: '/files/traffic-advice' })
})

it('both sites tell where to report a weakness', () => {
  for (const host of [HELP, DIARY])
    expect(route(host, '/.well-known/security.txt')).toEqual({ kind: 'file', path: '/files/security' })
})

describe('an address that was shared', () => {
  const shared = (path: string, differences: object, language = 'nl') => ({
    ...show(path, [], language),
    shared: differences,
  })

  it('of a page that is open for all shows the page itself', () => {
    expect(route(HELP, '/o/reis')).toEqual(shared('help/page/travel', { kind: 'open', site: 'help', language: 'nl' }))
    expect(route(HELP, '/en/o/reis')).toEqual(
      shared('help/page/travel', { kind: 'open', site: 'help', language: 'en' }, 'en'),
    )
    expect(route(DIARY, '/ar/o/4')).toEqual(
      shared('diary/entry/4/open', { kind: 'open', site: 'diary', language: 'ar' }, 'ar'),
    )
    for (const path of ['/o', '/o/'])
      expect(route(HELP, path)).toEqual(shared('help/front/quiet', { kind: 'open', site: 'help', language: 'nl' }))
  })

  it('of a discreet page shows its first screen, which leads to the page', () => {
    expect(route(HELP, '/d/reis')).toEqual(
      shared('help/opening', { kind: 'discreet', site: 'help', language: 'nl', opens: '/reis' }),
    )
    expect(route(DIARY, '/tr/d/4')).toEqual(
      shared('diary/opening', { kind: 'discreet', site: 'diary', language: 'tr', opens: '/tr/4' }, 'tr'),
    )
    for (const path of ['/en/d', '/en/d/'])
      expect(route(HELP, path)).toEqual(
        shared('help/opening', { kind: 'discreet', site: 'help', language: 'en', opens: '/en' }, 'en'),
      )
  })

  it('of a page that is not there shows the screen that tells nothing, which leads to the front with a line', () => {
    for (const path of ['/o/nergens', '/d/nergens', '/d/4', '/d/d/reis', '/o/uit', '/d/beheer', '/d/%E0%A4%A'])
      expect(route(HELP, path)).toEqual(
        shared('help/opening', { kind: 'discreet', site: 'help', language: 'nl', opens: '/begin' }),
      )
    expect(route(DIARY, '/ar/o/99')).toEqual(
      shared('diary/opening', { kind: 'discreet', site: 'diary', language: 'ar', opens: '/ar/begin' }, 'ar'),
    )
    // There is no such language.
    for (const path of ['/de/d/reis', '/xx/k/bcd236'])
      expect(route(HELP, path)).toMatchObject({ path: '/reading/nl/help/opening', shared: { opens: '/begin' } })
    expect(route(DIARY, '/ar/begin')).toEqual(
      shared('diary/front/quiet/32', { kind: 'discreet', site: 'diary', language: 'ar', notice: 'unknown' }, 'ar'),
    )
    expect(route(HELP, '/begin')).toEqual(
      shared('help/front/quiet', { kind: 'discreet', site: 'help', language: 'nl', notice: 'unknown' }),
    )
  })

  it('is the same whoever shares it, and leads back to what it is of', () => {
    for (const site of ['help', 'diary'] as const) {
      const targets = shareTargets(content, site)
      expect(targets.length).toBeGreaterThan(site === 'help' ? 10 : 32)
      for (const target of targets) {
        for (const language of LANGUAGES) {
          for (const kind of ['discreet', 'open'] as const) {
            const path = pathOfShared(content, kind, target, language) ?? ''
            expect(path).toMatch(/^(\/(en|tr|ar))?\/[do](\/[a-z0-9-]+)?$/)
            const found = route(site === 'help' ? HELP : DIARY, path)
            expect(found).toMatchObject({ kind: 'show', shared: { kind, site, language } })
            expect(found).not.toMatchObject({ shared: { notice: 'unknown' } })
          }
          expect(route(site === 'help' ? HELP : DIARY, pathOfSharing(content, target, language) ?? '')).toEqual(
            show(`${site}/sharing/${target.label}`, [], language),
          )
        }
      }
    }
    expect(pathOfShared(content, 'open', { site: 'help', label: 'nothing' }, 'nl')).toBeUndefined()
    expect(pathOfSharing(content, { site: 'help', label: 'entry-4' }, 'nl')).toBeUndefined()
  })
})

describe('the short path of a link', () => {
  const LINK: ShareLink = {
    code: 'bcd236',
    kind: 'open',
    target: { site: 'help', label: 'travel' },
    language: 'tr',
    community: 'Noord',
    readers: 150,
    madeBy: 'Anna',
    madeOn: parseDay('2026-11-01'),
    lastDay: parseDay('2026-11-23'),
    revoked: false,
  }
  const codes = fc.array(fc.nat({ max: 22 }), { minLength: 5, maxLength: 5 }).map((values) => {
    const chance = values.values()
    return newCode((limit) => (chance.next().value ?? 0) % limit)
  })
  const code = newCode((limit) => limit - 1)
  const links = (changes: Partial<ShareLink> = {}) => new Map([[code, { ...LINK, code, ...changes }]])
  const open = (path: string, known = links(), host = HELP, moment = QUIET) =>
    routeFor(content, { host, path, moment: new Date(moment) }, (asked) => known.get(asked))

  it('shows the page of the link in its language, and counts it', () => {
    expect(open(`/k/${code}`)).toEqual({
      ...show('help/page/travel', [], 'tr'),
      shared: { kind: 'open', site: 'help', language: 'tr', code },
    })
    expect(open(`/k/${code.toUpperCase().replace(/^(...)/, '$1-')}`)).toEqual(open(`/k/${code}`))
    expect(open(`/k/${code}`, links({ kind: 'discreet' }))).toEqual({
      ...show('help/opening', [], 'tr'),
      shared: { kind: 'discreet', site: 'help', language: 'tr', opens: '/tr/reis', code },
    })
    expect(open(`/k/${code}`, links({ kind: 'discreet', target: { site: 'help', label: 'front' } }))).toMatchObject({
      shared: { opens: '/tr' },
    })
  })

  it('goes to the other site where its page is', () => {
    const known = links({ target: { site: 'diary', label: 'entry-4' } })
    expect(open(`/k/${code}`, known)).toEqual({ kind: 'other-site', location: `https://${DIARY}/k/${code}` })
    expect(open(`/k/${code}`, known, 'localhost:3000')).toEqual({
      kind: 'other-site',
      location: `http://dagboek.localhost:3000/k/${code}`,
    })
    expect(open(`/k/${code}`, known, DIARY)).toMatchObject({
      kind: 'show',
      path: '/reading/tr/diary/entry/4/open',
      shared: { code },
    })
  })

  it('of one that ended or was taken back shows its page all the same, with a line, and is not counted', () => {
    const ended = {
      ...show('help/page/travel', [], 'tr'),
      shared: { kind: 'open', site: 'help', language: 'tr', notice: 'ended' },
    }
    expect(open(`/k/${code}`, links(), HELP, '2026-11-23T23:59:59+01:00')).toMatchObject({ shared: { code } })
    expect(open(`/k/${code}`, links(), HELP, '2026-11-24T00:00:00+01:00')).toEqual(ended)
    expect(open(`/k/${code}`, links({ revoked: true }))).toEqual(ended)
  })

  it('of a discreet one that ended or was taken back shows the screen that tells nothing, in its language', () => {
    for (const changes of [{ revoked: true }, { lastDay: parseDay('2026-11-01') }])
      expect(open(`/k/${code}`, links({ kind: 'discreet', ...changes }))).toEqual({
        ...show('help/opening', [], 'tr'),
        shared: { kind: 'discreet', site: 'help', language: 'tr', opens: '/tr/reis', notice: 'ended' },
      })
  })

  it('shows the link in another language that stands behind it or before it, and counts it all the same', () => {
    for (const language of LANGUAGES) {
      const expected = {
        ...show('help/page/travel', [], language),
        shared: { kind: 'open', site: 'help', language, code },
      }
      for (const path of [
        `/k/${code}/${language}`,
        `/K/${code.toUpperCase()}/${language.toUpperCase()}/.`,
        `/${language}/k/${code}`,
      ])
        expect(open(path), path).toEqual(expected)
      expect(open(`/k/${code}/${language}`, links({ kind: 'discreet' }))).toEqual({
        ...show('help/opening', [], language),
        shared: {
          kind: 'discreet',
          site: 'help',
          language,
          opens: language === 'nl' ? '/reis' : `/${language}/reis`,
          code,
        },
      })
      expect(open(pathOfLink(code, language), links({ target: { site: 'diary', label: 'entry-4' } }))).toEqual({
        kind: 'other-site',
        location: `https://${DIARY}/k/${code}/${language}`,
      })
      // Of a code that is not known the language is.
      expect(open(`/k/xxxxxx/${language}`)).toMatchObject({ path: `/reading/${language}/help/opening` })
    }
    // A language that there is not.
    for (const path of [`/k/${code}/xx`, `/k/${code}/english`]) expect(open(path)).toEqual(open(`/k/${code}`))
    expect(open(`/k/${code}/en/x`)).toMatchObject({ path: '/reading/nl/help/opening', shared: { opens: '/begin' } })
  })

  it('of one whose page is not there any more shows the front of its site, with a line', () => {
    expect(open(`/k/${code}`, links({ target: { site: 'help', label: 'gone' } }))).toMatchObject({
      path: '/reading/tr/help/front/quiet',
    })
  })

  it('shows no wrong page, whatever is typed: ten thousand codes, of chance and of malice', () => {
    const known = links()
    const unknown = {
      ...show('help/opening'),
      shared: { kind: 'discreet', site: 'help', language: 'nl', opens: '/begin' },
    }
    const typed = fc.oneof(
      codes,
      fc.string(),
      fc.string({ unit: anyUnit }),
      fc.constantFrom(
        '',
        '/',
        '..',
        '../beheer',
        '%2e%2e%2fbeheer',
        'constructor',
        '__proto__',
        'toString',
        '?x=1',
        '#',
        '\u0000',
        'a'.repeat(5000),
      ),
    )
    fc.assert(
      fc.property(typed, (text) => {
        expect(open(`/k/${text}`, known)).toEqual(readCode(text) === code ? open(`/k/${code}`) : unknown)
      }),
      { numRuns: 10_000 },
    )
  })
})

describe('an address that was not written as it should be', () => {
  const [code = '', other = ''] = [1, 2].map((last) => newCode((limit) => limit - last))
  const LINK = {
    code,
    kind: 'discreet',
    target: { site: 'help', label: 'travel' },
    language: 'ar',
    community: 'Noord',
    readers: 150,
    madeBy: 'Anna',
    madeOn: parseDay('2026-11-01'),
    lastDay: parseDay('2027-11-23'),
    revoked: false,
  } as const satisfies ShareLink
  const KNOWN = new Map<string, ShareLink>([
    [code, LINK],
    [other, { ...LINK, code: other, kind: 'open', target: { site: 'diary', label: 'entry-4' } }],
  ])
  const at = (host: string, path: string) =>
    routeFor(content, { host, path, moment: new Date(QUIET) }, (asked) => KNOWN.get(asked))
  const SHARED_OR_NOT = [
    ...[
      '/',
      '/en',
      '/reis',
      '/ar/reis',
      '/ver-weg',
      '/t/reis',
      '/tr/t/bellen',
      '/delen',
      '/delen/reis',
      '/delen/begin',
    ],
    ...['/4', '/en/4', '/delen/4', '/bellen', '/uit', '/naar/diary/4', '/ar/naar/help/reis', '/venster/reis', '/begin'],
    ...['/d', '/o', '/d/reis', '/o/reis', '/d/4', '/o/4', '/en/d/reis', '/ar/d', '/tr/o/4'],
    ...[
      `/k/${code}`,
      `/k/${other}`,
      `/k/${code}/en`,
      `/k/${other}/tr`,
      '/k',
      '/k/xxxxxx',
      '/d/nergens',
      '/ar/o/nergens',
    ],
  ]
  const signs = fc
    .array(
      fc.constantFrom(
        ...[
          '/',
          '//',
          '.',
          ')',
          '”',
          '’',
          '…',
          '*',
          '_',
          '~',
          '>',
          '،',
          '؛',
          '؟',
          '۔',
          ' ',
          '\u00a0',
          '\u200b',
          '\u200f',
          '\u00ad',
          '\ufeff',
        ],
      ),
      { minLength: 1, maxLength: 4 },
    )
    .map((some) => some.join(''))
  const gluedOn = fc.constantFrom('', '&utm_source=x', '?fbclid=y', '/?fbclid=z', ';x=1')

  it('leads where the plain one leads, without a redirect there, on both sites', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(HELP, DIARY),
        fc.constantFrom(...SHARED_OR_NOT),
        signs,
        gluedOn,
        fc.boolean(),
        (host, path, behind, glued, capitals) => {
          const written = `${capitals ? path.toUpperCase() : path}${behind}${glued}`
          expect(at(host, written), written).toEqual(at(host, path))
        },
      ),
      { numRuns: 3_000, seed: 15 },
    )
  })

  it('is never less covered than the plain one: one sign more, less or wrong in a shared address opens its page, or the screen that tells nothing', () => {
    const discreet = ['/d/reis', '/ar/d/reis', '/d', `/k/${code}`, `/k/${code}/en`]
    const change = fc.tuple(fc.nat(), fc.constantFrom('', 'x', '7', 'q', 'ü', 'و', '.', '/', '%', ' '), fc.boolean())
    fc.assert(
      fc.property(
        fc.constantFrom(HELP, DIARY),
        fc.constantFrom(...discreet),
        fc.array(change, { minLength: 1, maxLength: 3 }),
        (host, path, changes) => {
          // What comes before is the beginning of a discreet link; it stays as it is.
          const from = path.search(/[dk](\/|$)/) + 1
          let behind = path.slice(from)
          for (const [place, sign, instead] of changes) {
            const index = 1 + (place % (behind.length + 1))
            behind = behind.slice(0, index) + sign + behind.slice(instead ? index + 1 : index)
          }
          const written = path.slice(0, from) + behind
          // Where the letter itself got a sign behind it, this is another address.
          fc.pre(behind === '' || behind.startsWith('/'))
          const answer = at(host, written)
          if (answer.kind === 'other-site') expect(answer.location).toContain('/k/')
          else
            expect(answer, written).toMatchObject({ kind: 'show', path: expect.stringMatching(/\/opening$/) as string })
        },
      ),
      { numRuns: 5_000, seed: 15 },
    )
  })

  it.each([
    ...[
      '/Beheer',
      '/BEHEER/aanmelden',
      '/beheer.',
      '/\u200bbeheer',
      '/ beheer/aanmelden',
      '/beheer&x',
      '//beheer',
      '/en/beheer',
    ],
    ...['/Pakket/x', '/pakket.', '/Gedeeld/x', '/gedeeld)'],
  ])('%j is no address of the management', (path) => {
    for (const host of [HELP, DIARY])
      expect(at(host, path)).toMatchObject({ kind: 'show', path: expect.stringMatching(/missing$/) as string })
  })

  it.each([
    '/Robots.txt',
    '/robots.txt.',
    '/robots.txt/',
    '/sitemap.xml/',
    '/venster.js.',
    '/materiaal.ZIP',
    '/beeld-NL.png',
    '/kaartje/contact-1.vcf.',
    '/.well-known/Security.txt',
  ])('%s is no file', (path) => {
    expect(at(HELP, path)).toEqual(show('help/missing'))
  })

  it.each([
    ['/d/..%2fx', 'nl'],
    ['/k/%00', 'nl'],
    ['/k/\\x', 'nl'],
    ['//d/reis', 'nl'],
    ['/D/..%2fx', 'nl'],
    ['/%64/..%2fx', 'nl'],
    ['/d%2freis', 'nl'],
    ['/d%5Creis', 'nl'],
    ['/en/d/./reis', 'en'],
    ['/EN//o/../x', 'en'],
    ['/ar/%6B/%2e%2e/x', 'ar'],
    ['/k/bcd236/../tr', 'tr'],
    ['/k%00', 'nl'],
  ])('%s is refused, and shows the screen that tells nothing in the language %s', (target, language) => {
    for (const [host, site] of [
      [HELP, 'help'],
      [DIARY, 'diary'],
    ] as const)
      expect(routeOfRefused(content, host, target)).toEqual({
        ...show(`${site}/opening`, [], language),
        shared: { kind: 'discreet', site, language, opens: language === 'nl' ? '/begin' : `/${language}/begin` },
      })
    expect(routeOfRefused(content, 'elsewhere.example', target)).toEqual({ kind: 'unknown-host' })
  })

  it.each(['/../reis', '//reis', '/beheer%2fx', '/%62eheer', '/dx/..%2f', '/reis/../d/x'])(
    '%s is refused, and shows nothing',
    (target) => {
      expect(routeOfRefused(content, HELP, target)).toBeUndefined()
    },
  )
})
