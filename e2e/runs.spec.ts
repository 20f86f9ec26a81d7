import { expect, test } from '@playwright/test'
import { dayOf } from '#campaign/day.ts'
import { entriesPublishedOn, frontOn } from '#campaign/front.ts'
import { now } from '#server/clock.ts'
import { content } from '#server/content/content.ts'
import { frontText } from '#server/content/front-text.ts'
import { ask } from './ask.ts'
import { PORT } from './environment.ts'
import { MOMENT_HEADER } from './moment.ts'
import { attribute, elementsIn, PageSource } from './page-source.ts'
import { HOSTS } from './site.ts'

const ENTRIES = 32

const NEWEST = 'Dit is de nieuwste bladzijde. Om middernacht komt er een bij.'

const QUIET = { help: 'Jouw ja is van jou', diary: 'Het hele dagboek ligt hier' }
const SPRING_2014 = { help: 'Een ja telt als nee mag', diary: 'Vandaag een nieuwe bladzijde' }
const SPRING_2014_AFTER = { help: 'Jouw ja blijft van jou', diary: 'Het dagboek is af' }
const JUNE_2014_BEFORE = { help: 'In juni zijn we er weer', diary: 'In juni lezen we verder' }
const JUNE_2014 = { help: 'Jouw zomer, jouw ja', diary: 'Lees mee in juni' }
const JUNE_2014_AFTER = { help: 'De zomer begint, wij blijven', diary: 'Het dagboek blijft open' }
const SPRING_2027_BEFORE = { help: 'Op 25 maart beginnen we', diary: 'Vanaf 25 maart elke dag een bladzijde' }
const SPRING_2027 = { help: 'Jouw ja telt als nee mag', diary: 'Vandaag een nieuwe bladzijde' }
const SPRING_2027_AFTER = { help: 'Jouw ja blijft van jou', diary: 'Alle bladzijden zijn er' }

// Written out, second by second, and not computed by the rules that they test. `newest` is the entry that says that
// another one follows at midnight; nothing where the diary is complete. Amsterdam is at +01:00 until the clock change at
// 02:00 on the last Sunday of March (30 March 2014, 28 March 2027), and at +02:00 after it.
const BOUNDARIES: readonly {
  readonly moment: string
  readonly front: { readonly help: string; readonly diary: string }
  readonly published: number
  readonly newest?: number
}[] = [
  // First day of the first run. It was not announced.
  { moment: '2014-03-24T23:59:59+01:00', front: QUIET, published: ENTRIES },
  { moment: '2014-03-25T00:00:00+01:00', front: SPRING_2014, published: 1, newest: 1 },
  { moment: '2014-03-25T23:59:59+01:00', front: SPRING_2014, published: 1, newest: 1 },
  { moment: '2014-03-26T00:00:00+01:00', front: SPRING_2014, published: 2, newest: 2 },
  // The same two moments as somebody in summer time writes them, and in UTC.
  { moment: '2014-03-25T00:59:59+02:00', front: QUIET, published: ENTRIES },
  { moment: '2014-03-25T01:00:00+02:00', front: SPRING_2014, published: 1, newest: 1 },
  { moment: '2014-03-24T22:59:59Z', front: QUIET, published: ENTRIES },
  { moment: '2014-03-24T23:00:00Z', front: SPRING_2014, published: 1, newest: 1 },
  // The day of the clock change has 23 hours.
  { moment: '2014-03-29T23:59:59+01:00', front: SPRING_2014, published: 5, newest: 5 },
  { moment: '2014-03-30T00:00:00+01:00', front: SPRING_2014, published: 6, newest: 6 },
  { moment: '2014-03-30T01:59:59+01:00', front: SPRING_2014, published: 6, newest: 6 },
  { moment: '2014-03-30T03:00:00+02:00', front: SPRING_2014, published: 6, newest: 6 },
  { moment: '2014-03-30T23:59:59+02:00', front: SPRING_2014, published: 6, newest: 6 },
  { moment: '2014-03-31T00:00:00+02:00', front: SPRING_2014, published: 7, newest: 7 },
  // The last two moments again, as somebody writes them who has not set his clock.
  { moment: '2014-03-30T22:59:59+01:00', front: SPRING_2014, published: 6, newest: 6 },
  { moment: '2014-03-30T23:00:00+01:00', front: SPRING_2014, published: 7, newest: 7 },
  // Last day. With the last entry the diary is complete, so no other is to come.
  { moment: '2014-04-24T23:59:59+02:00', front: SPRING_2014, published: 31, newest: 31 },
  { moment: '2014-04-25T00:00:00+02:00', front: SPRING_2014, published: ENTRIES },
  { moment: '2014-04-25T23:59:59+02:00', front: SPRING_2014, published: ENTRIES },
  { moment: '2014-04-26T00:00:00+02:00', front: SPRING_2014_AFTER, published: ENTRIES },
  // From after the first run to before the second, which has 30 days.
  { moment: '2014-05-24T23:59:59+02:00', front: SPRING_2014_AFTER, published: ENTRIES },
  { moment: '2014-05-25T00:00:00+02:00', front: JUNE_2014_BEFORE, published: ENTRIES },
  { moment: '2014-05-31T23:59:59+02:00', front: JUNE_2014_BEFORE, published: ENTRIES },
  { moment: '2014-06-01T00:00:00+02:00', front: JUNE_2014, published: 1, newest: 1 },
  { moment: '2014-06-30T23:59:59+02:00', front: JUNE_2014, published: 30, newest: 30 },
  { moment: '2014-07-01T00:00:00+02:00', front: JUNE_2014_AFTER, published: ENTRIES },
  { moment: '2014-08-31T23:59:59+02:00', front: JUNE_2014_AFTER, published: ENTRIES },
  { moment: '2014-09-01T00:00:00+02:00', front: QUIET, published: ENTRIES },
  // The coming run.
  { moment: '2027-03-10T23:59:59+01:00', front: QUIET, published: ENTRIES },
  { moment: '2027-03-11T00:00:00+01:00', front: SPRING_2027_BEFORE, published: ENTRIES },
  { moment: '2027-03-24T23:59:59+01:00', front: SPRING_2027_BEFORE, published: ENTRIES },
  { moment: '2027-03-25T00:00:00+01:00', front: SPRING_2027, published: 1, newest: 1 },
  { moment: '2027-03-27T23:59:59+01:00', front: SPRING_2027, published: 3, newest: 3 },
  { moment: '2027-03-28T00:00:00+01:00', front: SPRING_2027, published: 4, newest: 4 },
  { moment: '2027-03-28T23:59:59+02:00', front: SPRING_2027, published: 4, newest: 4 },
  { moment: '2027-03-29T00:00:00+02:00', front: SPRING_2027, published: 5, newest: 5 },
  { moment: '2027-04-24T23:59:59+02:00', front: SPRING_2027, published: 31, newest: 31 },
  { moment: '2027-04-25T00:00:00+02:00', front: SPRING_2027, published: ENTRIES },
  { moment: '2027-04-25T23:59:59+02:00', front: SPRING_2027, published: ENTRIES },
  { moment: '2027-04-26T00:00:00+02:00', front: SPRING_2027_AFTER, published: ENTRIES },
  { moment: '2027-06-30T23:59:59+02:00', front: SPRING_2027_AFTER, published: ENTRIES },
  { moment: '2027-07-01T00:00:00+02:00', front: QUIET, published: ENTRIES },
]

for (const { moment, front, published, newest } of BOUNDARIES) {
  test(`at ${moment} the fronts say "${front.help}" and "${front.diary}", with ${published} entries`, async () => {
    const at = { [MOMENT_HEADER]: moment }
    const help = await ask(HOSTS.help, '/', at)
    expect([help.status, new PageSource(help.text).texts('h1')]).toEqual([200, [front.help]])

    const diary = await ask(HOSTS.diary, '/', at)
    const source = new PageSource(diary.text)
    expect([diary.status, source.texts('h1')]).toEqual([200, [front.diary]])
    expect(linkedDays(source)).toEqual(daysTo(published))

    const entries = await Promise.all(daysTo(ENTRIES).map((day) => ask(HOSTS.diary, `/${day}`, at)))
    expect(entries.map(({ status }) => status)).toEqual(daysTo(ENTRIES).map((day) => (day <= published ? 200 : 404)))
    expect(daysTo(ENTRIES).filter((day) => entries[day - 1]?.text.includes(NEWEST))).toEqual(
      newest === undefined ? [] : [newest],
    )
    // The newest entry does not lead to one that is not there, and the others lead on.
    expect(daysTo(published).filter((day) => !entries[day - 1]?.text.includes('Volgende dag'))).toEqual([
      newest ?? ENTRIES,
    ])
  })
}

test('help never closes: at every boundary every help page answers as it does on any day', async () => {
  const paths = content()
    .languages.nl.pages.filter(({ sites }) => sites.includes('help'))
    .map(({ path }) => `/${path}`)
  expect(paths.length).toBeGreaterThan(10)
  const pages = new Set<string>()
  for (const { moment } of BOUNDARIES) {
    const answers = await Promise.all(paths.map((path) => ask(HOSTS.help, path, { [MOMENT_HEADER]: moment })))
    expect(
      answers.map(({ status }) => status),
      moment,
    ).toEqual(paths.map(() => 200))
    for (const { text } of answers) pages.add(text)
  }
  expect(pages.size).toBe(paths.length)
})

test('an entry that is to come cannot be had by an address of the inside', async () => {
  const firstDay = { [MOMENT_HEADER]: '2014-03-25T12:00:00+01:00' }
  const known = await ask(HOSTS.diary, '/20', { [MOMENT_HEADER]: '2014-07-01T12:00:00+02:00' })
  const words = new PageSource(known.text).texts('h1')[0] ?? 'no title'
  expect([known.status, words]).toEqual([200, content().languages.nl.entries[19]?.title])

  for (const path of [
    '/20',
    '/20/',
    '//20',
    '/%32%30',
    '/20?x=1',
    '/20.rsc',
    '/20.html',
    '/reading/nl/diary/entry/20/open',
    '/reading/nl/diary/entry/20/newest',
    '/reading/nl/diary/entry/20/open.rsc',
    '/reading/nl/diary/entry/20/open.html',
    '/_next/static/../../reading/nl/diary/entry/20/open',
    '/naar/diary/20',
    '/naar/help/20',
  ]) {
    const { status, text: body } = await ask(HOSTS.diary, path, firstDay)
    expect([path, status === 200, body.includes(words)]).toEqual([path, false, false])
  }
  for (const header of [
    'rsc',
    'next-router-prefetch',
    'x-nextjs-data',
    'x-matched-path',
    'x-invoke-path',
    'x-middleware-subrequest',
    'x-middleware-rewrite',
    'x-prerender-revalidate',
  ]) {
    const { status, text: body } = await ask(HOSTS.diary, '/20', {
      ...firstDay,
      [header]: header.startsWith('x-m') || header.startsWith('x-i') ? '/reading/nl/diary/entry/20/open' : '1',
    })
    expect([header, status, body.includes(words)]).toEqual([header, 404, false])
  }
})

test('today answers too, by the clock of the server', async () => {
  const { runs, languages } = content()
  const today = dayOf(now())
  for (const site of ['help', 'diary'] as const) {
    const { status, text } = await ask(HOSTS[site], '/')
    expect([site, status, new PageSource(text).texts('h1')]).toEqual([
      site,
      200,
      [frontText(languages.nl.fronts, frontOn(runs, site, today), site).title],
    ])
  }
  expect(linkedDays(new PageSource((await ask(HOSTS.diary, '/')).text)).length).toBe(
    entriesPublishedOn(runs, today, ENTRIES),
  )
})

for (const header of ['x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'forwarded', 'via']) {
  test(`a request that came through another server (${header}) cannot choose its moment`, async () => {
    const chosen = { [MOMENT_HEADER]: '2014-06-01T12:00:00+02:00' }
    const titleFor = async (headers: Record<string, string>) =>
      new PageSource((await ask(HOSTS.help, '/', headers)).text).texts('h1')[0]
    expect(await titleFor(chosen)).toBe(JUNE_2014.help)
    const today = await titleFor({})
    expect(today).not.toBe(JUNE_2014.help)
    expect(await titleFor({ ...chosen, [header]: header === 'forwarded' ? 'for=203.0.113.7' : '203.0.113.7' })).toBe(
      today,
    )
  })
}

test('a moment without its offset is no moment', async () => {
  const titleAt = async (moment: string) =>
    new PageSource((await ask(HOSTS.help, '/', { [MOMENT_HEADER]: moment })).text).texts('h1')[0]
  const today = new PageSource((await ask(HOSTS.help, '/')).text).texts('h1')[0]
  expect(await titleAt('2014-06-01T12:00:00+02:00')).toBe(JUNE_2014.help)
  for (const wrong of ['2014-06-01T12:00:00', '2014-06-01', '1401624000', '2014-06-31T12:00:00+0200', 'june'])
    expect(await titleAt(wrong), wrong).toBe(today)
})

test('a host name that nobody knows is refused, with what to do about it', async () => {
  for (const host of ['www.example.com', `example.com:${PORT}`, 'localhost.example.com', 'diary.localhost']) {
    const { status, headers, text } = await ask(host, '/')
    expect([host, status, headers['content-type']]).toEqual([host, 421, 'text/plain; charset=utf-8'])
    expect(text).toContain('Add it to content/sites.yaml')
  }
})

test('every host name of a site shows that site, whatever its capitals', async () => {
  for (const { id, hosts, local, tabName } of content().sites) {
    for (const host of [...hosts, local, local.toUpperCase(), `${local}:${PORT}`]) {
      const { status, text } = await ask(host, '/')
      expect([id, host, status, new PageSource(text).texts('title')[0]]).toEqual([id, host, 200, tabName])
    }
  }
})

for (const [here, there] of [
  ['help', 'diary'],
  ['diary', 'help'],
] as const) {
  test(`the ${here} site links to the ${there} site, and the way there keeps the port`, async () => {
    const { text } = await ask(HOSTS[here], '/')
    const [footer] = new PageSource(text).elements('footer')
    const links = footer ? [...elementsIn(footer)].map((element) => attribute(element, 'href')) : []
    expect(links).toContain(`/naar/${there}`)
    for (const path of ['', '/bellen']) {
      const { status, headers } = await ask(HOSTS[here], `/naar/${there}${path}`)
      expect([status, headers.location, headers['cache-control']]).toEqual([
        307,
        `http://${HOSTS[there]}${path || '/'}`,
        'no-store',
      ])
    }
  })
}

test('in production the way to the other site leads to its main host name, encrypted', async () => {
  const toHelp = await ask('dagboekvanyarah.example', '/naar/help/ver-weg')
  expect([toHelp.status, toHelp.headers.location]).toEqual([307, 'https://www.jouwja.example/ver-weg'])
  const toDiary = await ask('jouwja.example', '/naar/diary/7')
  expect([toDiary.status, toDiary.headers.location]).toEqual([307, 'https://www.dagboekvanyarah.example/7'])
})

test('the way to the other site leads to pages of ours only', async () => {
  for (const path of [
    '/naar/help/bestaat-niet',
    '/naar/help//example.com',
    '/naar/diary/33',
    '/naar/diary/reis',
    '/naar/example.com',
    '/naar/help/1',
  ]) {
    const { status, headers } = await ask(HOSTS.help, path)
    const location = headers.location ?? 'none'
    // An address with two slashes is first written with one, on this site.
    if (status === 308)
      expect([path, location.startsWith('/') || location.startsWith(`http://${HOSTS.help}/`)]).toEqual([path, true])
    else expect([path, status, location]).toEqual([path, 404, 'none'])
  }
})

function linkedDays(source: PageSource): number[] {
  const [list] = source.elements('ol')
  const links = list ? [...elementsIn(list)].map((element) => attribute(element, 'href')) : []
  return links.filter((href) => href !== undefined).map((href) => Number(href.slice(1)))
}

function daysTo(last: number): number[] {
  return Array.from({ length: last }, (_, index) => index + 1)
}
