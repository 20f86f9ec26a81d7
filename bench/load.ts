import autocannon from 'autocannon'
import type { MeasuredProcess } from './measured-process.ts'
import { quantile } from './middle.ts'
import { fetchRaw, sameBytes, type RawRequest } from './raw-answer.ts'

/** How many ask at the same time. */
export const CONNECTIONS = 20

/** A server under load, by a name for who reads the figures. */
export interface LoadedServer {
  readonly name: string
  readonly process: MeasuredProcess
}

/** One stretch of load. */
export interface Round {
  readonly requests: number
  readonly perSecond: number
  /** Unit of the quantiles: milliseconds. */
  readonly p50: number
  readonly p99: number
  /** Microseconds of processor that the server used for one request. */
  readonly cpu: number
  /** Part of one processor that the load generator used itself; near 1 it cannot ask faster. */
  readonly loader: number
}

/** @throws Error when the servers do not send the same bytes, for then there is nothing to compare. */
export async function lengthOfSameAnswer(request: RawRequest, ...servers: LoadedServer[]): Promise<number> {
  const [one, other] = await Promise.all(servers.map(({ process }) => fetchRaw(process.port, request)))
  if (!one || !other || one.status !== 200 || !sameBytes(one, other)) {
    throw new Error(
      `The two servers do not send the same page for ${request.host}${request.path} with ${request.encoding}.`,
    )
  }
  return one.bytes.length
}

/**
 * Asks for one page over connections that stay open, each time when the answer before it is whole.
 * @param length of every answer, headers included. Unit: bytes
 * @param people the further headers of those who ask, one after the other
 * @throws Error when a request fails, or an answer has another length
 */
export async function load(
  { name, process: server }: LoadedServer,
  { host, path, encoding }: RawRequest,
  length: number,
  seconds: number,
  people: readonly Readonly<Record<string, string>>[] = [{}],
): Promise<Round> {
  const times: number[] = []
  let otherLength = 0
  const before = { server: await server.cpuTime(), loader: process.cpuUsage() }
  const requests = people.map((headers) => ({ headers: { host, 'accept-encoding': encoding, ...headers } }))
  const options = {
    url: `http://127.0.0.1:${server.port}${path}`,
    requests,
    connections: CONNECTIONS,
    duration: seconds,
    timeout: 10,
  }
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
    requests: times.length,
    perSecond: times.length / duration,
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    cpu: cpu / times.length,
    loader: (loader.user + loader.system) / (duration * 1e6),
  }
}
