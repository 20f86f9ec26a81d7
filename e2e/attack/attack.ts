import { request as askPlain, Agent } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import type { CountedSite } from '../counted-site.ts'
import type { Proxy } from '../proxy.ts'
import { deliver, type Door } from './deliver.ts'
import { hostile, type Kind } from './hostile.ts'
import { stateOf, type ProcessState } from './process-state.ts'

/** How an attack goes. */
export interface Plan {
  readonly seed: number
  /** The number of the first connection, and how many there are. */
  readonly from: number
  readonly requests: number
  /** Unit: seconds. */
  readonly seconds: number
  readonly atATime: number
}

/** What came of it. */
export interface Outcome {
  readonly sent: number
  readonly seconds: number
  readonly kinds: ReadonlyMap<Kind, number>
  /** How many got a status; 0 stands for those who did not wait for one or got none. */
  readonly statuses: ReadonlyMap<number, number>
  readonly before: ProcessState
  /** When half was sent, when all was, and when the last connections had time to end. */
  readonly half: ProcessState | undefined
  readonly after: ProcessState | undefined
  readonly reads: number
  /** Unit: milliseconds. */
  readonly slowestRead: number
  /** What does not hold, each with what repeats it. */
  readonly failures: readonly string[]
}

/** How many more sockets than before are none that leak: of the database, of the operator, of readers. */
const MORE_SOCKETS = 16
/** How much memory may grow in the second half, in which nothing new is seen. */
const MEMORY_GROWS = 1.25
/** Below so many a half says nothing of memory: the first requests of a kind bring what they need. */
const LEAST_FOR_MEMORY = 5_000
/** How long a connection that sends nothing more may last: 10 s for a head, 20 s for a form, and a look every two. Unit: milliseconds. */
const LAST_CONNECTIONS = 40_000
/** The longest that a reader may wait while all of this goes on. Unit: milliseconds. */
const LONGEST_READ = 5_000
/** Between two readers. Unit: milliseconds. */
const BETWEEN_READERS = 100

/**
 * Attacks a server, directly or through a proxy, while somebody reads, and looks at what became of it.
 * @param operation the port on which an operator asks the server how it is doing
 * @param proxy the one that it stands behind. It is stopped at the end: connections that it keeps are no leak of the server
 */
export async function attack(site: CountedSite, operation: number, plan: Plan, proxy?: Proxy): Promise<Outcome> {
  const door: Door = proxy ? { port: proxy.port, tlsFor: 'www.jouwja.example' } : { port: site.port }
  const failures: string[] = []
  const repeat = (numbers: readonly number[]) =>
    `Repeat: npm run attack -- --through ${proxy?.name ?? 'direct'} --seed ${plan.seed} --from ${Math.min(...numbers)} --requests ${Math.max(...numbers) - Math.min(...numbers) + 1}`

  const reader = new Reader(site, proxy)
  await reader.warmUp()
  const before = stateOf(site.pid)
  const begun = performance.now()
  const kinds = new Map<Kind, number>()
  const statuses = new Map<number, number>()
  const inFlight = new Set<number>()
  const broken: number[] = []
  let next = plan.from
  let half: ProcessState | undefined
  let ended: readonly number[] | undefined
  const isOver = () =>
    ended !== undefined || next >= plan.from + plan.requests || performance.now() - begun > plan.seconds * 1_000

  const readers = reader.readUntil(isOver)
  await Promise.all(
    Array.from({ length: plan.atATime }, async () => {
      while (!isOver()) {
        const number = next
        next += 1
        inFlight.add(number)
        const one = hostile(plan.seed, number)
        const status = await deliver(one, door)
        kinds.set(one.kind, (kinds.get(one.kind) ?? 0) + 1)
        statuses.set(status, (statuses.get(status) ?? 0) + 1)
        if (status === 500) broken.push(number)
        if (site.hasEnded) ended ??= [...inFlight]
        inFlight.delete(number)
        if (number === plan.from + (plan.requests >> 1) && !site.hasEnded) half = stateOf(site.pid)
      }
    }),
  )
  await readers
  const sent = next - plan.from
  const seconds = (performance.now() - begun) / 1_000
  await proxy?.stop()

  const whole = [plan.from, next - 1]
  if (site.hasEnded) failures.push(`The process ended. ${repeat(ended ?? whole)}\n${site.log.slice(-1_000)}`)
  // Whatever is sent is refused with what is wrong with it. A 500 says that something was met for which nobody had thought of an answer.
  if (broken.length > 0)
    failures.push(
      `${broken.length} answers are 500, to the connections ${listed(broken)}. ${repeat(broken.slice(0, 1))}`,
    )
  if (reader.wrong.length > 0)
    failures.push(`${reader.wrong.length} readers got ${[...new Set(reader.wrong)].join(', ')}. ${repeat(whole)}`)
  if (reader.slowest > LONGEST_READ)
    failures.push(`A reader waited ${reader.slowest.toFixed(0)} ms, ${LONGEST_READ} is the most. ${repeat(whole)}`)
  const after = site.hasEnded ? undefined : await levelled(site, before)
  if (after) {
    if (after.sockets > before.sockets + MORE_SOCKETS)
      failures.push(`${after.sockets} sockets are open, ${before.sockets} were before. ${repeat(whole)}`)
    if (half && plan.requests >= 2 * LEAST_FOR_MEMORY && after.memory > half.memory * MEMORY_GROWS)
      failures.push(
        `It takes ${megabytes(after.memory)} MB, ${megabytes(half.memory)} MB when half was sent. ${repeat(whole)}`,
      )
    const ready = await readiness(operation)
    if (ready !== '200 serving') failures.push(`/ready says "${ready}". ${repeat(whole)}`)
  }
  const { length: reads } = reader.times
  return { sent, seconds, kinds, statuses, before, half, after, reads, slowestRead: reader.slowest, failures }
}

/** As many as one can look into. */
const MOST_LISTED = 20

function listed(numbers: readonly number[]): string {
  return `${numbers.slice(0, MOST_LISTED).join(', ')}${numbers.length > MOST_LISTED ? ' …' : ''}`
}

/** The state when the last connections have ended, or have had the time for it. */
async function levelled(site: CountedSite, before: ProcessState): Promise<ProcessState> {
  const until = performance.now() + LAST_CONNECTIONS
  while (performance.now() < until && stateOf(site.pid).sockets > before.sockets + MORE_SOCKETS) await wait(250)
  return stateOf(site.pid)
}

/** What an operator is told: the status, and the text in one line. */
async function readiness(port: number): Promise<string> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/ready`, { signal: AbortSignal.timeout(5_000) })
    return `${answer.status} ${(await answer.text()).trim().replaceAll('\n', ', ')}`
  } catch (error) {
    return String(error)
  }
}

/** Somebody who reads while others attack, one page after the other, by the same door. */
class Reader {
  readonly #site: CountedSite
  readonly #proxy: Proxy | undefined
  readonly times: number[] = []
  readonly wrong: string[] = []

  constructor(site: CountedSite, proxy: Proxy | undefined) {
    this.#site = site
    this.#proxy = proxy
  }

  get slowest(): number {
    return Math.max(0, ...this.times)
  }

  /** Lets the server bring what it brings once: the process of the management, the files of its store. */
  async warmUp(): Promise<void> {
    for (const path of ['/reis', '/beheer/aanmelden', '/reis']) await this.#read(path)
    await wait(500)
  }

  async readUntil(isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      const begun = performance.now()
      const status = await this.#read('/reis')
      this.times.push(performance.now() - begun)
      if (status !== '200' && !this.#site.hasEnded) this.wrong.push(status)
      await wait(BETWEEN_READERS)
    }
  }

  /** @returns the status, or the code of the error */
  async #read(path: string): Promise<string> {
    if (this.#proxy) {
      const sender = this.#proxy.sender('127.0.0.2')
      const { status, text } = await this.#proxy.read(sender, 'www.jouwja.example', path)
      sender.agent.destroy()
      return status === 0 ? text : String(status)
    }
    return readPlain(this.#site.port, path)
  }
}

function readPlain(port: number, path: string): Promise<string> {
  return new Promise((resolve) => {
    const agent = new Agent({ keepAlive: false })
    const sent = askPlain(
      { agent, host: '127.0.0.1', port, path, headers: { Host: 'www.jouwja.example' } },
      (answer) => {
        answer.resume()
        answer.on('end', () => resolve(String(answer.statusCode)))
        answer.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
      },
    )
    sent.setTimeout(60_000, () => sent.destroy(new Error('no answer within a minute')))
    sent.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
    sent.end()
  })
}

/** Bytes in megabytes, to read. */
export function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(0)
}
