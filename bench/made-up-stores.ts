import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { READING_PAGES, type ReadingPageFile } from '#adapter/reading-pages-list.js'
import { randomTape } from '#counting/random-tape.ts'
import { content } from '#server/content/content.ts'
import { VisitorCounter } from '#server/counts/counter.ts'
import { KeyFiles } from '#server/counts/key-files.ts'
import { readingShelf, type ReadingShelf } from '#server/reading-shelf.ts'
import { openEmbeddedStore } from '#store/embedded.ts'
import { openManagementStore, type ManagementStore } from '#store/management-store.ts'
import type { SqlStore } from '#store/sql-store.ts'
import { SIZES, type Size } from './growth.ts'
import { madeUpLinks, visitOf } from './made-up.ts'
import { REPOSITORY } from './measured-process.ts'

/** How many there are at the first size. */
export const LINKS = 100
export const VISITORS = 500

/** In the middle of a run. */
export const DURING_A_RUN = new Date('2027-04-06T12:00:00+02:00')

/** A neighbourhood of the network is believed so many new visitors an hour; the made-up people of one hour are fewer. */
const VISITORS_PER_HOUR = 25_000
const MILLISECONDS_PER_HOUR = 3_600_000
const BUILD = join(REPOSITORY, '.next')

/** A count that goes on. */
export interface MadeUpCount {
  readonly file: string
  readonly store: SqlStore
  readonly counter: VisitorCounter
}

/** Stores with so much in them, each made when it is first asked for, and closed together. */
export class MadeUpStores {
  readonly #folder: string
  readonly #links = new Map<Size, Promise<ManagementStore>>()
  readonly #counts = new Map<Size, Promise<MadeUpCount>>()
  readonly #opened: { close(): Promise<void> }[] = []

  /** @param folder a temporary one; whoever made it removes it */
  constructor(folder: string) {
    this.#folder = folder
  }

  /** What the managers made, with links. */
  links(size: Size): Promise<ManagementStore> {
    const made = this.#links.get(size) ?? this.#newLinks(size)
    this.#links.set(size, made)
    return made
  }

  async bytesOfLinks(size: Size): Promise<number> {
    await this.links(size)
    return statSync(this.#fileOfLinks(size)).size
  }

  /** A count in the middle of a run, that many visitors after its beginning; what they left is written. */
  count(size: Size): Promise<MadeUpCount> {
    const made = this.#counts.get(size) ?? this.newCount(size)
    this.#counts.set(size, made)
    return made
  }

  async bytesOfCount(size: Size): Promise<number> {
    return statSync((await this.count(size)).file).size
  }

  /** The same, and another one each time. */
  async newCount(size: Size): Promise<MadeUpCount> {
    const random = randomTape(size)
    const place = join(this.#folder, `counts-${this.#opened.length}`)
    const file = join(place, 'counts.sqlite')
    const store = await openEmbeddedStore(file, random)
    this.#opened.push(store)
    const counter = new VisitorCounter({
      store,
      keys: new KeyFiles(join(place, 'keys'), random),
      content: content(),
      runs: () => content().runs,
      random,
      report: (sentence) => console.log(sentence),
    })
    await counter.beat(DURING_A_RUN)
    for (let person = 0; person < VISITORS * size; person += 1) {
      const moment = new Date(DURING_A_RUN.getTime() + Math.floor(person / VISITORS_PER_HOUR) * MILLISECONDS_PER_HOUR)
      const judgement = counter.count(visitOf(person, moment))
      if (judgement.kind !== 'visit')
        throw new Error(`The visit of a made-up person was not counted: ${JSON.stringify(judgement)}.`)
    }
    await counter.beat(DURING_A_RUN)
    return { file, store, counter }
  }

  /** The pages that a server keeps in memory, when its build has so many. */
  shelf(size: Size): ReadingShelf {
    const list = pagesOfBuild(size).map((page) => ({ ...page, file: relative(this.#folder, join(BUILD, page.file)) }))
    writeFileSync(join(this.#folder, READING_PAGES), JSON.stringify(list))
    return readingShelf(this.#folder)
  }

  async close(): Promise<void> {
    for (const store of this.#opened) await store.close()
  }

  async #newLinks(size: Size): Promise<ManagementStore> {
    const store = await openManagementStore({ file: this.#fileOfLinks(size) })
    this.#opened.push(store)
    const links = madeUpLinks(LINKS * size)
    await store.shareLinks.add(links.length, (index) => links[index] as (typeof links)[number])
    return store
  }

  #fileOfLinks(size: Size): string {
    return join(this.#folder, `links-${size}.sqlite`)
  }
}

/** Pages of the build, of every sort: all of them at the largest size, and of smaller sizes every tenth and every hundredth. */
export function pagesOfBuild(size: Size): ReadingPageFile[] {
  const all = JSON.parse(readFileSync(join(BUILD, READING_PAGES), 'utf8')) as ReadingPageFile[]
  const step = (SIZES.at(-1) ?? size) / size
  return all.filter((_, index) => index % step === 0)
}
