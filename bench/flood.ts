import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Flooded, ToFlooder } from './flooder.ts'
import { startProductionServer, type MeasuredProcess } from './measured-process.ts'
import { median, quantile } from './middle.ts'
import { printTable } from './print-table.ts'

// `npm run bench:flood`: what readers notice when an address is flooded (bench/README.md).

const HOST = 'www.jouwja.example'
/**
 * An ordinary page, flooded in the same way: what the machine, the connections and the processes that ask cost by themselves, whatever is
 * flooded. It is shown beside the others and has no limit.
 */
const ORDINARY = '/reis'
const FLOODED = [ORDINARY, '/beheer/aanmelden', '/venster.js', '/robots.txt', '/_next/x', '/naar/diary'] as const
/** Twenty times what the whole site answered of these in a second when they stood in one line. */
const FLOOD_PER_SECOND = 2_000
const FLOOD_CONNECTIONS = 100
const READS_PER_SECOND = 250
const ROUNDS = 5
const ROUND_SECONDS = 3
/** After a flood begins or ends, before readers are measured. Unit: milliseconds. */
const SETTLING = 500
/** How many times as long a reader may wait as when it is quiet. */
const MOST = 3
/** The part of one processor above which a process that asks may be the slow one. */
const BUSY = 0.9

interface Reading {
  /** Units: milliseconds. */
  readonly p50: number
  readonly p99: number
  readonly failed: number
  readonly busy: number
}

const folder = await mkdtemp(join(tmpdir(), 'flood-'))
const server = await startProductionServer({ DATA_FOLDER: folder })
const flooder = fork(fileURLToPath(new URL('./flooder.ts', import.meta.url)), [], { execArgv: ['--import', 'tsx'] })
const agent = new Agent({ keepAlive: true, maxSockets: 64 })
try {
  await compare()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
} finally {
  agent.destroy()
  flooder.disconnect()
  await server.stop()
  await rm(folder, { recursive: true })
}

async function compare(): Promise<void> {
  // The process of the management comes with the first request for it; and the code is warm.
  for (const path of FLOODED) await open(server, path)
  await read(server, ROUND_SECONDS)
  const rows: string[][] = []
  const wrong: string[] = []
  for (const path of FLOODED) {
    const rounds: { quiet: Reading; flooded: Reading; flood: Flooded }[] = []
    for (let round = 0; round < ROUNDS; round += 1) {
      const quiet = await read(server, ROUND_SECONDS)
      tell(flooder, {
        ...{ port: server.port, host: HOST, path },
        ...{ perSecond: FLOOD_PER_SECOND, connections: FLOOD_CONNECTIONS },
      })
      await sleep(SETTLING)
      const flooded = await read(server, ROUND_SECONDS)
      rounds.push({ quiet, flooded, flood: await stopped(flooder) })
      await sleep(SETTLING)
    }
    const of = (pick: (round: (typeof rounds)[number]) => number) => median(rounds.map(pick))
    const ratio = of(({ quiet, flooded }) => flooded.p99 / quiet.p99)
    const statuses = [...new Set(rounds.flatMap(({ flood }) => Object.keys(flood.statuses)))].sort().join(', ')
    rows.push([
      path,
      of(({ flood }) => flood.answered / flood.seconds).toFixed(0),
      statuses,
      of(({ quiet }) => quiet.p50).toFixed(2),
      of(({ quiet }) => quiet.p99).toFixed(2),
      of(({ flooded }) => flooded.p50).toFixed(2),
      of(({ flooded }) => flooded.p99).toFixed(2),
      ratio.toFixed(2),
      `${(of(({ flood }) => flood.busy) * 100).toFixed(0)} %`,
      `${(of(({ flooded }) => flooded.busy) * 100).toFixed(0)} %`,
    ])
    const failed = rounds.reduce((sum, { quiet, flooded }) => sum + quiet.failed + flooded.failed, 0)
    if (failed > 0) wrong.push(`${failed} readers got no page while ${path} was flooded.`)
    if (path !== ORDINARY && !(ratio <= MOST))
      wrong.push(`Readers wait ${ratio.toFixed(2)} × as long while ${path} is flooded; ${MOST} is the most.`)
    if (of(({ flooded }) => flooded.busy) > BUSY || of(({ flood }) => flood.busy) > BUSY)
      wrong.push(`A process that asks was busy all the time while ${path} was flooded, so these figures say nothing.`)
  }
  console.log(
    `${READS_PER_SECOND} pages a second are read; a flood is ${FLOOD_CONNECTIONS} connections and at most ${FLOOD_PER_SECOND} requests a second. ${ROUNDS} rounds of ${ROUND_SECONDS} s, quiet and flooded by turns; medians.\n`,
  )
  printTable(
    [
      'flooded',
      'answers/s',
      'status',
      'p50 ms',
      'p99 ms',
      'p50 flood',
      'p99 flood',
      '÷ quiet',
      'flooder busy',
      'reader busy',
    ],
    rows,
  )
  if (wrong.length > 0) throw new Error(`\n${wrong.join('\n')}`)
  console.log('\nIt holds.')
}

/** Reads pages at a steady pace, whether the ones before were answered or not, so that a slow answer does not make fewer readers. */
async function read({ port }: MeasuredProcess, seconds: number): Promise<Reading> {
  const times: number[] = []
  let failed = 0
  const cpu = process.cpuUsage()
  const begun = performance.now()
  const reads: Promise<void>[] = []
  for (let number = 0; number < seconds * READS_PER_SECOND; number += 1) {
    const pause = begun + (number * 1000) / READS_PER_SECOND - performance.now()
    if (pause > 0) await sleep(pause)
    const asked = performance.now()
    reads.push(
      open({ port }, '/reis').then((status) => {
        if (status === 200) times.push(performance.now() - asked)
        else failed += 1
      }),
    )
  }
  await Promise.all(reads)
  const { user, system } = process.cpuUsage(cpu)
  times.sort((a, b) => a - b)
  return {
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    failed,
    busy: (user + system) / ((performance.now() - begun) * 1000),
  }
}

/** @returns the status; 0 when there was no answer */
function open({ port }: Pick<MeasuredProcess, 'port'>, path: string): Promise<number> {
  return new Promise((resolve) => {
    const sent = request({ agent, host: '127.0.0.1', port, path, headers: { Host: HOST } }, (answer) => {
      answer.resume()
      answer.on('end', () => resolve(answer.statusCode ?? 0))
      answer.on('error', () => resolve(0))
    })
    sent.on('error', () => resolve(0))
    sent.end()
  })
}

function tell(child: ChildProcess, message: ToFlooder): void {
  child.send(message)
}

async function stopped(child: ChildProcess): Promise<Flooded> {
  const answer = once(child, 'message')
  tell(child, 'stop')
  const [flooded] = (await answer) as [Flooded]
  return flooded
}
