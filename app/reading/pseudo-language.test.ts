import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse as parseMessage, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser'
import { printAST } from '@formatjs/icu-messageformat-parser/printer.js'
import { parseFragment, type DefaultTreeAdapterTypes } from 'parse5'
import type { ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { parse, stringify } from 'yaml'
import { content, contentFolder, holdContent, loadContent } from '#server/content/content.ts'
import { hostOf } from '#components/format.ts'
import type { Language } from '#server/content/read.ts'
import { allDiaryFronts, isShownIn, shareTargets } from '#server/route.ts'
import MissingPage from './[language]/[place]/missing/page.tsx'
import OpeningPage from './[language]/[place]/opening/page.tsx'
import HelpContentPage, { generateMetadata as metadataOfPage } from './[language]/[place]/page/[id]/page.tsx'
import SharingPage from './[language]/[place]/sharing/[label]/page.tsx'
import EarlyPage from './[language]/diary/early/page.tsx'
import DiaryEntryPage, { generateMetadata as metadataOfEntry } from './[language]/diary/entry/[day]/[place]/page.tsx'
import DiaryFrontPage from './[language]/diary/front/[front]/[published]/page.tsx'
import ClosedPage from './[language]/entrance/closed/page.tsx'
import EntranceFrontPage from './[language]/entrance/front/page.tsx'
import HelpFrontPage from './[language]/help/front/[front]/page.tsx'

// A language that nobody speaks takes the place of English: every letter of every translated word is a wide one (ｗｏｒｄ). Then
// every page is made in it. A plain letter on a page is a text that no translator can reach.
const language: Language = 'en'

const real = content()
const temporary = mkdtempSync(join(tmpdir(), 'pseudo-'))

beforeAll(() => {
  cpSync(contentFolder(), join(temporary, 'content'), { recursive: true })
  const folder = join(temporary, 'content', language)
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const change = (file: string, how: (text: string) => string) =>
    writeFileSync(join(folder, file), how(readFileSync(join(folder, file), 'utf8')))
  for (const file of files.filter((name) => name.endsWith('.md'))) change(file, pseudoMarkdown)
  for (const file of [
    'helplines.yaml',
    'estimates.yaml',
    'fronts.yaml',
    'guide.yaml',
    'toolkit.yaml',
    'contact-names.yaml',
    'sites.yaml',
  ])
    change(file, (text) => stringify(eachString(parse(text), wide)))
  change('share.yaml', (text) =>
    stringify(eachString(parse(text), (words) => words.split('{address}').map(wide).join('{address}'))),
  )
  change('texts.json', (text) => JSON.stringify(eachString(JSON.parse(text), pseudoMessage)))
  holdContent(loadContent(join(temporary, 'content')))
})
afterAll(() => {
  holdContent(real)
  rmSync(temporary, { recursive: true })
})

it('every page is made of words that can be translated, and of nothing else', { timeout: 120_000 }, async () => {
  const { pages, entries } = content().languages[language]
  const of = <Params extends object>(params: Params) => ({ params: Promise.resolve({ language, ...params }) })
  const made: [string, ReactNode][] = []
  for (const page of pages) {
    for (const place of (['help', 'diary', 'entrance'] as const).filter((candidate) => isShownIn(page, candidate)))
      made.push([`${place} ${page.id}`, await HelpContentPage(of({ place, id: page.id }))])
  }
  for (const place of ['help', 'diary'] as const) {
    for (const { label } of shareTargets(content(), place))
      made.push([`sharing ${label} of ${place}`, await SharingPage(of({ place, label }))])
    made.push([`opening of ${place}`, await OpeningPage(of({ place }))])
  }
  for (const { day } of entries)
    made.push([
      `entry ${day}`,
      await DiaryEntryPage(
        of({ day: String(day), place: day < entries.length ? ('newest' as const) : ('open' as const) }),
      ),
    ])
  for (const place of ['help', 'diary', 'entrance'] as const)
    made.push([`missing on ${place}`, await MissingPage(of({ place }))])
  for (const { front, published } of allDiaryFronts(content(), entries.length).filter(({ published: number }) =>
    [4, entries.length].includes(number),
  )) {
    made.push([`diary front ${front}`, await DiaryFrontPage(of({ front, published: String(published) }))])
    if (published === entries.length) made.push([`help front ${front}`, await HelpFrontPage(of({ front }))])
  }
  made.push(
    ['window', await EntranceFrontPage(of({}))],
    ['closed window', await ClosedPage(of({}))],
    ['early', await EarlyPage(of({}))],
  )
  expect(made.length).toBeGreaterThan(80)

  const plain = made.flatMap(([name, page]) =>
    plainWordsIn(renderToStaticMarkup(page)).map((words) => `${name}: ${words}`),
  )
  expect(plain).toEqual([])

  const titles = [
    await metadataOfPage(of({ place: 'help' as const, id: 'travel' })),
    await metadataOfEntry(of({ day: '3', place: 'open' as const })),
  ].map(({ title }) => String(title))
  expect(titles.filter((title) => /[a-z]{2}/i.test(title))).toEqual([])
})

it('finds a text that goes round the translators', () => {
  expect(
    plainWordsIn('<main><p>ｗｏｒｄｓ <b>Vaste tekst</b></p><p aria-label="Vast label">ｗｏｒｄｓ</p></main>'),
  ).toEqual(['Vaste tekst', 'Vast label'])
})

/** What a reader sees or hears and what is not pseudo language, but for what is the same in every language. */
function plainWordsIn(html: string): string[] {
  const found: string[] = []
  const names = namesOfNoLanguage()
  const look = (text: string) => {
    const rest = names.reduce((left, name) => left.replaceAll(name, ''), text.replaceAll(/https:\/\/\S+/g, ''))
    if (/[a-z]{2}/i.test(rest)) found.push(text.trim())
  }
  const visit = (node: DefaultTreeAdapterTypes.Node) => {
    if ('value' in node) look(node.value)
    if ('attrs' in node) {
      // The languages stand there by their own names.
      if (node.attrs.some(({ name }) => name === 'lang')) return
      for (const { name, value } of node.attrs)
        if (/^(aria-label|title|alt|placeholder|data-open|data-closed|data-press|data-done)$/.test(name)) look(value)
    }
    if ('childNodes' in node) node.childNodes.forEach(visit)
  }
  visit(parseFragment(html))
  return found
}

/** Addresses, sources, numbers, names of browsers and months: the longest first, because one may be a part of another. */
function namesOfNoLanguage(): string[] {
  const { helplines, languages, estimates, owner, traces, accessibility, sites } = content()
  const months = Array.from({ length: 12 }, (_, month) =>
    new Intl.DateTimeFormat(language, { month: 'long', timeZone: 'UTC' }).format(new Date(Date.UTC(2014, month))),
  )
  return [
    ...helplines.flatMap(({ display, mail, source }) => [display, mail ?? '', hostOf(source)]),
    ...languages.nl.pages.flatMap(({ facts }) => facts.map(({ source }) => hostOf(source))),
    hostOf(estimates.source),
    ...Object.values(owner).filter((value) => typeof value === 'string'),
    ...traces.browsers.flatMap(({ name, version }) => [name, version]),
    ...(accessibility ? [accessibility.browser.name, accessibility.browser.version, accessibility.axe.version] : []),
    ...months,
    ...sites.flatMap(({ hosts }) => hosts),
  ]
    .filter(Boolean)
    .toSorted((a, b) => b.length - a.length)
}

function wide(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .replace(/[a-z]/gi, (letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0))
}

function eachString(value: unknown, how: (text: string) => string): unknown {
  if (typeof value === 'string') return how(value)
  if (Array.isArray(value)) return value.map((item) => eachString(item, how))
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, eachString(item, how)]))
  return value
}

function pseudoMessage(message: string): string {
  const visit = (elements: MessageFormatElement[]) => {
    for (const element of elements) {
      if (element.type === TYPE.literal) element.value = wide(element.value)
      if (element.type === TYPE.tag) visit(element.children)
      if (element.type === TYPE.plural || element.type === TYPE.select)
        for (const option of Object.values(element.options)) visit(option.value)
    }
  }
  const tree = parseMessage(message)
  visit(tree)
  return printAST(tree)
}

/** The words of a text, but not its directives, the targets of its links and the writer of a chat, which the site reads. */
function pseudoMarkdown(source: string): string {
  const [, head = '', body = ''] = /^---\n(.*?\n)---\n(.*)$/s.exec(source) ?? []
  const words = body.replace(
    /^:{2,}\w*.*$|:(?:tel|checked)\[[^\]]*\]|\]\([^)]*\)|\*\*ik\*\*|[^:\]*]+|[\s\S]/gim,
    (part) => (/^(:|\]\(|\*\*ik)/i.test(part) ? part : wide(part)),
  )
  return `---\n${stringify(eachString(parse(head), wide))}---\n${words}`
}
