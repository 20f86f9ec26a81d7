import { join } from 'node:path'
import type { Browser } from 'playwright'
import { startBareServer } from './baseline.ts'
import { embeddedBook } from './count-books.ts'
import { startDefaultPage } from './default-page.ts'
import { lengthOfSameAnswer, load, type Round } from './load.ts'
import { startProductionServer, type MeasuredProcess } from './measured-process.ts'
import { openBrowser, transfersOf, waitingOf, type Transfer, type Waiting } from './phone.ts'
import { fetchRaw, type RawRequest } from './raw-answer.ts'
import { headersOf } from './visits.ts'

/** A page of a server, and what was measured of it. */
export interface MeasuredPage {
  readonly name: string
  readonly rounds: readonly Round[]
  /** Bytes: when the server had answered once, and after each round of load. */
  readonly memory: { readonly start: number; readonly underLoad: readonly number[] }
  /** What a browser met; nothing for the bare server, whose bytes are those of the production server. */
  readonly visit?: { readonly first: Transfer; readonly second: Transfer; readonly waiting: readonly Waiting[] }
}

/** A page of ours, and the same bytes from a server that does nothing else. */
export interface OwnPage {
  readonly path: string
  readonly counted: boolean
  readonly ours: MeasuredPage
  readonly bare: MeasuredPage
}

export interface MeasuredServers {
  /** The one that is never counted, and the one that is. */
  readonly own: readonly OwnPage[]
  /** The words of the counted one in a default application. */
  readonly framework: MeasuredPage
}

/** A page about the reader's safety, which is never counted, and one that is. */
const PAGES = [
  { path: '/deze-site', counted: false },
  { path: '/reis', counted: true },
] as const
const COUNTED = '/reis'
/** The page that is opened second. A default application has these four. */
const SECOND = '/ver-weg'
const OF_FRAMEWORK = [COUNTED, SECOND, '/kaartje', '/bellen']

export const ROUNDS = 5
export const ROUND_SECONDS = 2
/** Within a run, so that visitors are counted and not only visits. */
const CLOCK = '2027-04-06T12:00:00+02:00'
/** Those who ask, by turns, over and over. */
const PEOPLE = Array.from({ length: 1000 }, (_, person) => headersOf(person))
/** The part of the visits that has to be in the store: the cell was born with noise. */
const COUNTED_AT_LEAST = 0.98

/** A page as it is measured. */
interface Subject {
  readonly name: string
  readonly server: MeasuredProcess
  readonly request: RawRequest
  readonly length: number
  readonly inBrowser: boolean
  readonly start: number
  readonly rounds: Round[]
  readonly underLoad: number[]
  readonly waiting: Waiting[]
}

/**
 * Measures our server, the bare one and the default application, by turns.
 * @param folder a temporary one
 * @throws Error when a request fails, two answers differ that should not, or visits were not counted
 */
export async function measureServers(folder: string): Promise<MeasuredServers> {
  const data = join(folder, 'data')
  const book = embeddedBook(data)
  const running: MeasuredProcess[] = []
  const started = async (server: Promise<MeasuredProcess>) => {
    running.push(await server)
    return server
  }
  try {
    const production = await started(
      startProductionServer({ DATA_FOLDER: data, TRUSTED_PROXIES: '1', CLOCK_STARTS_AT: CLOCK }),
    )
    const host = `localhost:${production.port}`
    const requests = PAGES.map(({ path }): RawRequest => ({ host, path, encoding: 'gzip' }))
    const framework = await started(startDefaultPage(production, OF_FRAMEWORK))
    const bare = await started(startBareServer(production, requests, folder))

    const own: { path: string; counted: boolean; ours: Subject; bare: Subject }[] = []
    for (const { path, counted } of PAGES) {
      const request: RawRequest = { host, path, encoding: 'gzip' }
      const length = await lengthOfSameAnswer(
        request,
        { name: 'production', process: production },
        { name: 'bare', process: bare },
      )
      own.push({
        path,
        counted,
        ours: await subject(`ours, ${path}${counted ? ', counted' : ''}`, production, request, length, true),
        bare: await subject(`bare node:http, ${path}`, bare, request, length, false),
      })
    }
    const ofFramework: RawRequest = { host: `localhost:${framework.port}`, path: COUNTED, encoding: 'gzip' }
    const { bytes } = await fetchRaw(framework.port, ofFramework)
    const standard = await subject(`default Next, ${COUNTED}`, framework, ofFramework, bytes.length, true)

    const subjects = [...own.flatMap((page) => [page.ours, page.bare]), standard]
    const asked = await loadByTurns(subjects)
    const browser = await openBrowser()
    try {
      const visits = await visitByTurns(
        browser,
        subjects.filter(({ inBrowser }) => inBrowser),
      )
      await production.finish()
      const visitsCounted = await book.visitsCounted()
      const expected = own.reduce((sum, { counted, ours }) => sum + (counted ? (asked.get(ours) ?? 0) : 0), 0)
      if (visitsCounted < expected * COUNTED_AT_LEAST)
        throw new Error(
          `Only ${visitsCounted} of ${expected} requests were counted as visits, so the comparison says nothing.`,
        )
      const found = (one: Subject) => measured(one, visits.get(one))
      return {
        own: own.map((page) => ({
          path: page.path,
          counted: page.counted,
          ours: found(page.ours),
          bare: found(page.bare),
        })),
        framework: found(standard),
      }
    } finally {
      await browser.close()
    }
  } finally {
    for (const server of running) await server.stop()
    await book.close()
  }
}

async function subject(
  name: string,
  server: MeasuredProcess,
  request: RawRequest,
  length: number,
  inBrowser: boolean,
): Promise<Subject> {
  return {
    name,
    server,
    request,
    length,
    inBrowser,
    start: await server.memory(),
    rounds: [],
    underLoad: [],
    waiting: [],
  }
}

/** @returns how many requests each was sent */
async function loadByTurns(subjects: readonly Subject[]): Promise<Map<Subject, number>> {
  const asked = new Map<Subject, number>()
  const ask = async (one: Subject) => {
    const round = await load({ name: one.name, process: one.server }, one.request, one.length, ROUND_SECONDS, PEOPLE)
    asked.set(one, (asked.get(one) ?? 0) + round.requests)
    return round
  }
  // A program that was not warm would look slow.
  for (const one of subjects) await ask(one)
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const one of inTurn(subjects, round)) {
      one.rounds.push(await ask(one))
      one.underLoad.push(await one.server.memory())
    }
  }
  return asked
}

async function visitByTurns(
  browser: Browser,
  subjects: readonly Subject[],
): Promise<Map<Subject, readonly [Transfer, Transfer]>> {
  const addressOf = ({ request }: Subject) => `http://${request.host}${request.path}`
  const transfers = new Map<Subject, readonly [Transfer, Transfer]>()
  for (const one of subjects) transfers.set(one, await transfersOf(browser, addressOf(one), SECOND))
  for (let round = 0; round < ROUNDS; round += 1)
    for (const one of inTurn(subjects, round)) one.waiting.push(await waitingOf(browser, addressOf(one)))
  return transfers
}

/** Whoever goes first changes each round, so that a machine which slows down or speeds up favours none. */
function inTurn<Item>(items: readonly Item[], round: number): readonly Item[] {
  return round % 2 === 0 ? items : items.toReversed()
}

function measured(
  { name, rounds, start, underLoad, waiting }: Subject,
  transfers: readonly [Transfer, Transfer] | undefined,
): MeasuredPage {
  return {
    name,
    rounds,
    memory: { start, underLoad },
    ...(transfers ? { visit: { first: transfers[0], second: transfers[1], waiting } } : {}),
  }
}
