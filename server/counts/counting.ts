import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { addressOf } from '#counting/judgement.ts'
import type { CountStore } from '#store/count-store.ts'
import { openEmbeddedStore } from '#store/embedded.ts'
import { openPostgresStore } from '#store/postgres.ts'
import { ContradictoryTotal, type TotalsDesk } from '#store/published-totals.ts'
import type { ShareLink } from '#store/share-links.ts'
import { causeOfStore } from '../cause.ts'
import type { Outline } from '../content/outline.ts'
import type { ContentRun } from '../content/read.ts'
import type { Environment } from '../environment.ts'
import type { Say } from '../log.ts'
import { countedPage, type CountedPage } from './counted-page.ts'
import { VisitorCounter, type Request } from './counter.ts'
import { KeyFiles } from './key-files.ts'
import { systemRandom } from './system-random.ts'

/** Between two writes; what a crash can lose. Unit: milliseconds. */
const BEAT = 10_000

type Settings = Pick<Environment, 'DATABASE_URL' | 'DATA_FOLDER' | 'TRUSTED_PROXIES'>

const random = systemRandom()

/**
 * Opens the store that the settings name: PostgreSQL, or a file in the folder of data.
 * @throws the driver's error when it cannot be opened
 */
export function openStore({ DATABASE_URL, DATA_FOLDER }: Settings): Promise<CountStore & TotalsDesk> {
  return DATABASE_URL === undefined
    ? openEmbeddedStore(join(DATA_FOLDER, 'counts.sqlite'), random)
    : openPostgresStore(DATABASE_URL, random)
}

/**
 * Counts while the server runs. Nothing in here can make a reader wait or fail: what goes wrong is said in one sentence,
 * and tried again at the next beat.
 */
export class Counting {
  readonly #settings: Settings
  readonly #content: Outline
  readonly #runs: () => readonly ContentRun[] | undefined
  readonly #links: () => readonly ShareLink[]
  readonly #now: () => Date
  readonly #say: Say
  #store: (CountStore & TotalsDesk) | undefined
  #counter: VisitorCounter | undefined
  #timer: NodeJS.Timeout | undefined
  #beating: Promise<void> | undefined
  #broken = false
  #toldOfProxy = false
  /** Requests of this turn of the event loop. */
  readonly #answered: Request[] = []
  /** How each page is counted, by its internal path: as many as the build has. */
  readonly #pages = new Map<string, CountedPage | undefined>()

  /**
   * @param runs the runs of the moment; undefined while it is not known which were planned on the screen
   * @param links every link there is, as far as this process knows
   */
  constructor(parts: {
    settings: Settings
    content: Outline
    runs: () => readonly ContentRun[] | undefined
    links?: () => readonly ShareLink[]
    now: () => Date
    say: Say
  }) {
    this.#settings = parts.settings
    this.#content = parts.content
    this.#runs = parts.runs
    this.#links = parts.links ?? (() => [])
    this.#now = parts.now
    this.#say = parts.say
  }

  /** Whether what is seen is written; when not, it is kept in memory until it can be. */
  get works(): boolean {
    return this.#counter !== undefined && !this.#broken
  }

  /** Makes ready to count, and goes on by itself until `stop`. */
  async start(): Promise<void> {
    this.#timer = setInterval(() => void this.#beatOnce(), BEAT)
    await this.#beatOnce()
  }

  /**
   * Counts a request for a reading page that was answered. That is done when the answers of this turn of the event loop are
   * on their way, so that no reader waits for it; what a request says of its sender is kept until then and no longer.
   */
  see(
    request: IncomingMessage,
    answer: {
      readonly path: string
      readonly status: number
      readonly moment: Date
      readonly link?: string | undefined
    },
  ): void {
    if (!this.#pages.has(answer.path)) this.#pages.set(answer.path, countedPage(this.#content, answer.path))
    const page = this.#pages.get(answer.path)
    if (!page || !this.#counter) return
    const { method = '', headers } = request
    const forwardedFor = headers['x-forwarded-for']
    if (forwardedFor !== undefined && this.#settings.TRUSTED_PROXIES === 0 && !this.#toldOfProxy) {
      this.#toldOfProxy = true
      this.#say(
        'A request has the header X-Forwarded-For, but TRUSTED_PROXIES is 0. If a proxy of yours stands before this server, all visitors look like one: set TRUSTED_PROXIES to the number of your proxies.',
      )
    }
    const address = addressOf(
      request.socket.remoteAddress,
      typeof forwardedFor === 'string' ? forwardedFor : forwardedFor?.join(','),
      this.#settings.TRUSTED_PROXIES,
    )
    if (this.#answered.length === 0) setImmediate(() => this.#countAnswered())
    this.#answered.push({
      method,
      status: answer.status,
      headers,
      address,
      page,
      moment: answer.moment,
      link: answer.link,
    })
  }

  #countAnswered(): void {
    for (const request of this.#answered) this.#counter?.count(request)
    this.#answered.length = 0
  }

  /** Writes what is left, and closes the store. */
  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.#beating
    this.#countAnswered()
    try {
      await this.#counter?.write()
      await this.#store?.close()
    } catch (error) {
      this.#say(`The last visits could not be written and are lost: ${causeOfStore(error)}.`)
    }
  }

  // A mistake in that file must not keep the site from counting.
  async #takeOverEarlierTotals(store: TotalsDesk): Promise<void> {
    try {
      await store.takeOver(this.#content.earlierTotals)
    } catch (error) {
      if (!(error instanceof ContradictoryTotal)) throw error
      this.#say(error.message)
    }
  }

  /** A beat that takes long is not overtaken by the next one. */
  async #beatOnce(): Promise<void> {
    if (this.#beating) return
    this.#beating = this.#beat()
    await this.#beating
    this.#beating = undefined
  }

  async #beat(): Promise<void> {
    try {
      this.#store ??= await openStore(this.#settings)
      if (!this.#counter) {
        await this.#takeOverEarlierTotals(this.#store)
        this.#counter = new VisitorCounter({
          store: this.#store,
          keys: new KeyFiles(join(this.#settings.DATA_FOLDER, 'keys'), random),
          content: this.#content,
          runs: this.#runs,
          links: this.#links,
          random,
          report: this.#say,
        })
      }
      await this.#counter.beat(this.#now())
      if (this.#broken) this.#say('Counting goes on.')
      this.#broken = false
    } catch (error) {
      if (!this.#broken)
        this.#say(
          `${this.#counter ? 'Counting waits, reading goes on; what was seen is kept in memory' : 'Counting has not begun, reading goes on'}. ${causeOfStore(error)}. It is tried again every ${BEAT / 1000} seconds.`,
        )
      this.#broken = true
    }
  }
}
