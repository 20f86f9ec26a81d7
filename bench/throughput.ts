import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startBareServer } from './baseline.ts'
import { CONNECTIONS, lengthOfSameAnswer, load, type LoadedServer, type Round } from './load.ts'
import { startProductionServer } from './measured-process.ts'
import { median, ratios, spread } from './middle.ts'
import { READING_PAGES } from './pages.ts'
import type { RawRequest } from './raw-answer.ts'

// `npm run bench`: the production server against a bare node:http server that sends the same bytes (bench/README.md).

const WARM_UP_SECONDS = 3
const ROUNDS = 5
const ROUND_SECONDS = 5

interface Case {
  readonly name: string
  readonly request: RawRequest
}

try {
  await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}

async function main(): Promise<void> {
  const production = await startProductionServer()
  const folder = await mkdtemp(join(tmpdir(), 'throughput-'))
  try {
    const cases = READING_PAGES.flatMap(({ name, hostname, path }) =>
      (['gzip', 'identity'] as const).map((encoding) => ({
        name: `${name}, ${encoding}`,
        request: { host: `${hostname}:${production.port}`, path, encoding },
      })),
    )
    const bare = await startBareServer(
      production,
      cases.map(({ request }) => request),
      folder,
    )
    try {
      console.log(
        `${CONNECTIONS} connections, ${ROUNDS} rounds of ${ROUND_SECONDS} s for each server, by turns; the median of the rounds, the ratio with its lowest and highest round.\n`,
      )
      for (const one of cases)
        await compare(one, { name: 'production', process: production }, { name: 'bare node:http', process: bare })
    } finally {
      await bare.stop()
    }
  } finally {
    await production.stop()
    await rm(folder, { recursive: true })
  }
}

async function compare({ name, request }: Case, production: LoadedServer, bare: LoadedServer): Promise<void> {
  const length = await lengthOfSameAnswer(request, production, bare)
  const servers = [production, bare]
  for (const server of servers) await load(server, request, length, WARM_UP_SECONDS)

  const rounds = new Map(servers.map((server) => [server, [] as Round[]]))
  for (let round = 0; round < ROUNDS; round += 1) {
    // Whoever goes first changes each round, so that a machine which slows down or speeds up favours neither.
    for (const server of round % 2 === 0 ? servers : servers.toReversed())
      rounds.get(server)?.push(await load(server, request, length, ROUND_SECONDS))
  }
  report(name, length, rounds.get(production) ?? [], rounds.get(bare) ?? [])
}

function report(name: string, length: number, production: readonly Round[], bare: readonly Round[]): void {
  console.log(`${name} (${length} bytes with headers)`)
  console.log(row('', 'requests/s', 'p50 ms', 'p99 ms', 'µs cpu/req.', 'loader busy'))
  for (const [server, rounds] of [
    ['production', production],
    ['bare node:http', bare],
  ] as const) {
    const of = (pick: (round: Round) => number) => median(rounds.map(pick))
    console.log(
      row(
        server,
        of((round) => round.perSecond).toFixed(0),
        of(({ p50 }) => p50).toFixed(2),
        of(({ p99 }) => p99).toFixed(2),
        of(({ cpu }) => cpu).toFixed(0),
        `${(of(({ loader }) => loader) * 100).toFixed(0)} %`,
      ),
    )
  }
  const ratio = (pick: (round: Round) => number) => spread(ratios(production, bare, pick))
  console.log(
    `  production / bare: requests/s ${ratio(({ perSecond }) => perSecond)}, cpu per request ${ratio(({ cpu }) => cpu)}\n`,
  )
}

function row(first: string, ...cells: string[]): string {
  return `  ${first.padEnd(16)}${cells.map((cell) => cell.padStart(13)).join('')}`
}
