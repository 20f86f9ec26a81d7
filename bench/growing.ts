import { deserialize, serialize } from 'node:v8'
import { content } from '#server/content/content.ts'
import type { Content } from '#server/content/read.ts'
import type { Request, VisitorCounter } from '#server/counts/counter.ts'
import { holdLinks, linkOf } from '#server/known-links.ts'
import { pathOfLink, routeFor, type Address } from '#server/route.ts'
import type { ManagementStore } from '#store/management-store.ts'
import {
  amountAtEachSize,
  memoryOf,
  SIZES,
  timeAtEachSize,
  type Act,
  type Grown,
  type Growth,
  type Size,
} from './growth.ts'
import { madeUpLinks, visitOf, withPages, withRuns } from './made-up.ts'
import { DURING_A_RUN, LINKS, pagesOfBuild, VISITORS, type MadeUpStores } from './made-up-stores.ts'

/** What is measured while something grows. */
export interface Growing {
  readonly name: string
  /** What grows, and how many of it there are at the first size. */
  readonly with: string
  readonly unit: 'µs' | 'kB'
  readonly growth: Growth
  readonly measure: () => Promise<Grown>
}

const HOST = 'localhost:3000'
/** Between two links that are opened: a prime, so that all of them have their turn. */
const STEP = 7919
/** Counts that are held together: one takes as little memory at each size. */
const COUNTS = 10

/** Everything of which it is measured how it grows. */
export function growing(stores: MadeUpStores): Growing[] {
  const { runs, languages } = content()
  const rows = (what: string, from: number, ...those: Omit<Growing, 'with'>[]): Growing[] =>
    those.map((row) => ({ ...row, with: `${what}, from ${from}` }))
  const lastPage = (made: Content) => `/${made.languages.nl.pages.at(-1)?.path}`
  return [
    ...rows(
      'pages',
      languages.nl.pages.length,
      {
        name: 'choose a page',
        unit: 'µs',
        growth: 'in proportion',
        measure: () => timeAtEachSize((size) => choosing(withPages(content(), size), lastPage)),
      },
      {
        name: 'choose the page that shares one',
        unit: 'µs',
        growth: 'in proportion',
        measure: () =>
          timeAtEachSize((size) => choosing(withPages(content(), size), (made) => `/delen${lastPage(made)}`)),
      },
      {
        name: 'memory of their content',
        unit: 'kB',
        growth: 'in proportion',
        measure: () => amountAtEachSize((size) => memoryOf(() => copiesOfPages(size), copiesAt(size))),
      },
    ),
    ...rows('pages', pagesOfBuild(1).length, {
      name: 'memory of pages to send',
      unit: 'kB',
      growth: 'in proportion',
      measure: () => amountAtEachSize((size) => memoryOf(() => stores.shelf(size), copiesAt(size))),
    }),
    ...rows('runs', runs.length, {
      name: 'choose a front',
      unit: 'µs',
      growth: 'in proportion',
      measure: () => timeAtEachSize((size) => choosing(withRuns(content(), size), () => '/')),
    }),
    ...rows(
      'links',
      LINKS,
      { name: 'find a link and its page', unit: 'µs', growth: 'hardly', measure: () => timeAtEachSize(findingLinks) },
      {
        name: 'read all from the store',
        unit: 'µs',
        growth: 'in proportion',
        measure: () => timeAtEachSize(async (size) => reading(await stores.links(size))),
      },
      {
        name: 'bytes stored',
        unit: 'kB',
        growth: 'in proportion',
        measure: () => amountAtEachSize((size) => stores.bytesOfLinks(size)),
      },
      {
        name: 'memory',
        unit: 'kB',
        growth: 'in proportion',
        measure: () => amountAtEachSize(async (size) => memoryOf(await allLinks(stores, size), copiesAt(size))),
      },
    ),
    ...rows(
      'visitors',
      VISITORS,
      {
        name: 'memory',
        unit: 'kB',
        growth: 'hardly',
        measure: () => amountAtEachSize((size) => memoryOf(() => stores.newCount(size), COUNTS)),
      },
      {
        name: 'count a request',
        unit: 'µs',
        growth: 'hardly',
        measure: () => timeAtEachSize(async (size) => counting((await stores.count(size)).counter, VISITORS * size)),
      },
      {
        name: 'bytes stored',
        unit: 'kB',
        growth: 'hardly',
        measure: () => amountAtEachSize((size) => stores.bytesOfCount(size)),
      },
    ),
  ]
}

/** So many copies that they take the same memory at each size, if it grows in proportion. */
function copiesAt(size: Size): number {
  return (SIZES.at(-1) ?? size) / size
}

/** Reads all links from a store that is there already. */
async function allLinks(stores: MadeUpStores, size: Size): Promise<() => unknown> {
  const { shareLinks } = await stores.links(size)
  return () => shareLinks.all()
}

/** Chooses the page of an address. @throws Error when there is none, for that would be another way through the rule */
function choosing(made: Content, pathOf: (made: Content) => string): Act {
  const address = { host: HOST, path: pathOf(made), moment: DURING_A_RUN }
  const route = routeFor(made, address)
  if (route.kind !== 'show' || route.path.endsWith('/missing')) throw new Error(`There is no page at ${address.path}.`)
  return {
    act: (times) => {
      for (let time = 0; time < times; time += 1) routeFor(made, address)
    },
  }
}

/** Opens links, each time another one. */
function findingLinks(size: Size): Act {
  const links = madeUpLinks(LINKS * size).map((link) => ({ ...link, revoked: false }))
  const addresses = links.map(({ code }) => ({ host: HOST, path: pathOfLink(code), moment: DURING_A_RUN }))
  holdLinks(links)
  const route = routeFor(content(), addresses[0] as Address, linkOf)
  if (route.kind !== 'show' || route.shared?.code !== links[0]?.code) throw new Error('A made-up link was not found.')
  return {
    ready: () => holdLinks(links),
    act: (times) => {
      for (let time = 0; time < times; time += 1)
        routeFor(content(), addresses[(time * STEP) % addresses.length] as Address, linkOf)
    },
  }
}

/** Reads all links and holds them, as a process does every ten seconds. */
function reading(store: ManagementStore): Act {
  return {
    act: async (times) => {
      for (let time = 0; time < times; time += 1) holdLinks(await store.shareLinks.all())
    },
  }
}

/** Counts requests of people who came before, each time another one; so the count stays as large as it is. */
function counting(counter: VisitorCounter, visitors: number): Act {
  const visits = Array.from({ length: VISITORS }, (_, index) =>
    visitOf(Math.floor((index * visitors) / VISITORS), DURING_A_RUN),
  )
  return {
    act: (times) => {
      for (let time = 0; time < times; time += 1) counter.count(visits[time % visits.length] as Request)
    },
  }
}

/** The Dutch pages as they are read from the content, so many times, none of them the same object. */
function copiesOfPages(times: number): unknown[] {
  const kept = serialize(content().languages.nl.pages)
  return Array.from({ length: times }, () => deserialize(kept) as unknown)
}
