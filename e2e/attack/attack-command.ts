import { randomInt } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { freePort } from '#store/free-port.ts'
import { CountedSite } from '../counted-site.ts'
import { PROXIES, Proxy, type ProxyName } from '../proxy.ts'
import { attack, megabytes, type Outcome, type Plan } from './attack.ts'

// `npm run attack -- --through all --requests 100000`: a server of its own on this machine, in a folder that goes away with it, attacked
// by connections that a seed makes. It needs a build. docs/security.md says what it found.

const USAGE = `npm run attack -- [--through direct|${PROXIES.join('|')}|all] [--seed N] [--requests N] [--seconds N] [--from N] [--at-a-time N]

  --through    the way in: none (direct), one of the shipped proxies, or each of them one after the other (all). Left out: direct
  --seed       the same seed makes the same connections. Left out: another one each time
  --requests   connections for each way in, 100000 at most 10000000. Left out: 20000
  --seconds    the longest time for each way in. Left out: 600
  --from       the number of the first connection, to repeat a failure. Left out: 0
  --at-a-time  connections at a time. Left out: 32`

const WAYS = ['direct', ...PROXIES] as const
type Way = (typeof WAYS)[number]

try {
  const { ways, plan } = readOptions()
  let failed = 0
  for (const way of ways) {
    const outcome = await attackThrough(way, plan)
    print(way, plan, outcome)
    failed += outcome.failures.length
  }
  // Connections to a proxy that has ended may stay half open in this process; what they would tell is of no use any more.
  process.exit(failed > 0 ? 1 : 0)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 2
}

/** @throws Error that tells how the command is used */
function readOptions(): { ways: readonly Way[]; plan: Plan } {
  const { values } = parseArgs({
    options: {
      through: { type: 'string', default: 'direct' },
      seed: { type: 'string' },
      requests: { type: 'string', default: '20000' },
      seconds: { type: 'string', default: '600' },
      from: { type: 'string', default: '0' },
      'at-a-time': { type: 'string', default: '32' },
    },
  })
  const number = (name: string, text: string, least: number, most: number) => {
    const value = Number(text)
    if (Number.isInteger(value) && value >= least && value <= most) return value
    throw new Error(`--${name} is "${text}"; write a whole number from ${least} to ${most}.\n\n${USAGE}`)
  }
  const ways = values.through === 'all' ? WAYS : WAYS.filter((way) => way === values.through)
  if (ways.length === 0) throw new Error(`--through is "${values.through}"; there is no such way in.\n\n${USAGE}`)
  return {
    ways,
    plan: {
      seed: values.seed === undefined ? randomInt(2 ** 32) : number('seed', values.seed, 0, 2 ** 32 - 1),
      requests: number('requests', values.requests, 1, 10_000_000),
      seconds: number('seconds', values.seconds, 1, 86_400),
      from: number('from', values.from, 0, 2 ** 31),
      // A proxy takes 400 connections of one address.
      atATime: number('at-a-time', values['at-a-time'], 1, 256),
    },
  }
}

async function attackThrough(way: Way, plan: Plan): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'attack-'))
  const operation = await freePort()
  const site = await CountedSite.start({
    DATA_FOLDER: folder,
    OPERATION_PORT: String(operation),
    TRUSTED_PROXIES: way === 'direct' ? '0' : '1',
  })
  const proxy = way === 'direct' ? undefined : await Proxy.start(way satisfies ProxyName, [site.port, site.port])
  try {
    return await attack(site, operation, plan, proxy)
  } finally {
    await proxy?.stop()
    await site.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

function print(way: Way, { seed }: Plan, outcome: Outcome): void {
  const { sent, seconds, kinds, statuses, before, half, after, reads, slowestRead, failures } = outcome
  const listed = (counts: ReadonlyMap<number | string, number>) =>
    [...counts]
      .sort(([one], [other]) => (String(one) < String(other) ? -1 : 1))
      .map(([name, count]) => `${name}: ${count}`)
  console.log(`\n${way}, seed ${seed}: ${sent} connections in ${seconds.toFixed(0)} s`)
  console.log(`  sent      ${listed(kinds).join(', ')}`)
  console.log(`  answers   ${listed(statuses).join(', ').replace(/^0:/, 'none waited for or given:')}`)
  console.log(`  sockets   ${before.sockets} before, ${after?.sockets ?? 'none'} after`)
  const memory = [before, half, after].map((state) => (state ? `${megabytes(state.memory)} MB` : 'not measured'))
  console.log(`  memory    ${memory[0]} before, ${memory[1]} at half, ${memory[2]} after`)
  console.log(`  readers   ${reads} pages meanwhile, the slowest in ${slowestRead.toFixed(0)} ms`)
  if (failures.length === 0) console.log('  It holds: no process ended, every reader was answered, and it is ready.')
  for (const failure of failures) console.log(`  FAILED    ${failure}`)
}
