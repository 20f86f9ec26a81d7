import { fileURLToPath } from 'node:url'
import autocannon from 'autocannon'
import { freePort } from '#store/free-port.ts'
import { startProcess, startProductionServer, type MeasuredProcess } from './measured-process.ts'
import { READING_PAGES } from './pages.ts'
import { fetchRaw, sameBytes, type RawRequest } from './raw-answer.ts'

// `npm run bench`: the production server against a bare node:http server that sends the same bytes (bench/README.md).

const CONNECTIONS = 20
const WARM_UP_SECONDS = 3
const ROUNDS = 5
const ROUND_SECONDS = 5

interface Case {
  readonly name: string
  readonly request: RawRequest
}

interface Round {
  readonly perSecond: number
  readonly p50: number
  readonly p99: number
  /** Microseconds of processor that the server used for one request. */
  readonly cpu: number
  /** Part of one processor that the load generator used itself; near 1 it cannot ask faster. */
  readonly loader: number
}

interface Server {
  readonly name: string
  readonly process: MeasuredProcess
}

try {
  await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}

async function main(): Promise<void> {
  const production = await startProductionServer()
  try {
    const cases = READING_PAGES.flatMap(({ name, hostname, path }) =>
      (['gzip', 'identity'] as const).map((encoding) => ({ name: `${name}, ${encoding}`, request: { host: `${hostname}:${production.port}`, path, encoding } })),
    )
    const port = await freePort()
    const recorded = cases.map(({ request }) => JSON.stringify(request))
    const bare = await startProcess(fileURLToPath(new URL('./bare-server.ts', import.meta.url)), port, [String(port), String(production.port), ...recorded])
    try {
      console.log(`${CONNECTIONS} connections, ${ROUNDS} rounds of ${ROUND_SECONDS} s for each server, by turns; the median of the rounds, the ratio with its lowest and highest round.\n`)
      for (const one of cases) await compare(one, { name: 'production', process: production }, { name: 'bare node:http', process: bare })
    } finally {
      await bare.stop()
    }
  } finally {
    await production.stop()
  }
}

async function compare({ name, request }: Case, production: Server, bare: Server): Promise<void> {
  const length = await lengthOfSameAnswer(request, production, bare)
  const servers = [production, bare]
  for (const server of servers) await load(server, request, length, WARM_UP_SECONDS)

  const rounds = new Map(servers.map((server) => [server, [] as Round[]]))
  for (let round = 0; round < ROUNDS; round += 1) {
    // Whoever goes first changes each round, so that a machine which slows down or speeds up favours neither.
    for (const server of round % 2 === 0 ? servers : servers.toReversed()) rounds.get(server)?.push(await load(server, request, length, ROUND_SECONDS))
  }
  report(name, length, rounds.get(production) ?? [], rounds.get(bare) ?? [])
}

/** @throws Error when the servers do not send the same bytes, for then there is nothing to compare. */
async function lengthOfSameAnswer(request: RawRequest, ...servers: Server[]): Promise<number> {
  const [one, other] = await Promise.all(servers.map(({ process }) => fetchRaw(process.port, request)))
  if (!one || !other || one.status !== 200 || !sameBytes(one, other)) {
    throw new Error(`The two servers do not send the same page for ${request.host}${request.path} with ${request.encoding}.`)
  }
  return one.bytes.length
}

async function load({ name, process: server }: Server, { host, path, encoding }: RawRequest, length: number, seconds: number): Promise<Round> {
  const times: number[] = []
  let otherLength = 0
  const before = { server: await server.cpuTime(), loader: process.cpuUsage() }
  const options = { url: `http://127.0.0.1:${server.port}${path}`, headers: { host, 'accept-encoding': encoding }, connections: CONNECTIONS, duration: seconds, timeout: 10 }
  const { errors, timeouts, non2xx, duration } = await new Promise<autocannon.Result>((resolve, reject) => {
    const run = autocannon(options, (error, result) => (error ? reject(error) : resolve(result)))
    // Its own histogram counts whole milliseconds, which is too coarse for the bare server.
    run.on('response', (_client, _status, bytes, milliseconds) => {
      times.push(milliseconds)
      if (bytes !== length) otherLength += 1
    })
  })
  const loader = process.cpuUsage(before.loader)
  const cpu = (await server.cpuTime()) - before.server

  const failed = errors + timeouts + non2xx + otherLength
  if (failed > 0 || times.length === 0) {
    throw new Error(
      `${name}, ${host}${path}, ${encoding}: of ${times.length} requests ${errors} had an error, ${timeouts} no answer in time, ${non2xx} another status than 2xx, ${otherLength} another length than ${length} bytes.`,
    )
  }
  times.sort((a, b) => a - b)
  return {
    perSecond: times.length / duration,
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    cpu: cpu / times.length,
    loader: (loader.user + loader.system) / (duration * 1e6),
  }
}

function report(name: string, length: number, production: readonly Round[], bare: readonly Round[]): void {
  console.log(`${name} (${length} bytes with headers)`)
  console.log(row('', 'requests/s', 'p50 ms', 'p99 ms', 'µs cpu/req.', 'loader busy'))
  for (const [server, rounds] of [['production', production], ['bare node:http', bare]] as const) {
    const of = (pick: (round: Round) => number) => median(rounds.map(pick))
    console.log(row(server, of((round) => round.perSecond).toFixed(0), of(({ p50 }) => p50).toFixed(2), of(({ p99 }) => p99).toFixed(2), of(({ cpu }) => cpu).toFixed(0), `${(of(({ loader }) => loader) * 100).toFixed(0)} %`))
  }
  const ratio = (pick: (round: Round) => number) => spread(production.map((round, index) => pick(round) / pick(bare[index] ?? round)))
  console.log(`  production / bare: requests/s ${ratio(({ perSecond }) => perSecond)}, cpu per request ${ratio(({ cpu }) => cpu)}\n`)
}

function row(first: string, ...cells: string[]): string {
  return `  ${first.padEnd(16)}${cells.map((cell) => cell.padStart(13)).join('')}`
}

function spread(ratios: readonly number[]): string {
  return `${median(ratios).toFixed(2)} (${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)})`
}

function median(values: readonly number[]): number {
  return quantile(values.toSorted((a, b) => a - b), 0.5)
}

/** Nearest rank: the value that at least this part of the sorted values does not exceed. */
function quantile(sorted: readonly number[], part: number): number {
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? Number.NaN
}
