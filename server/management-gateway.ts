import { request as ask, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import { CLIENT_NETWORK_HEADER } from './client-network.ts'
import { SECURITY_HEADERS } from './headers.ts'
import { refuse, TOO_BUSY } from './limits.ts'
import type { ManagementProcess } from './management-process.ts'
import { MOMENT_HEADER } from './moment.ts'

/** Requests for the management at a time, in all and from one network: whoever floods it gets in the way of nobody else. */
const MOST_AT_A_TIME = 120
const MOST_OF_A_NETWORK = 40
/** The forms that are read and not passed on yet. Unit: bytes. */
const MOST_FORMS = 16 * 1024 * 1024
/** How long an answer may take: the longest is a sheet to print. Unit: milliseconds. */
const ANSWER_TIMEOUT = 60_000

/**
 * What of a request the management is told. Everything else that a sender writes, such as a header by which parts of the framework or
 * a network speak to each other, is not.
 */
const PASSED_ON = [
  'host',
  'cookie',
  'origin',
  'content-type',
  'accept',
  'accept-encoding',
  'accept-language',
  'sec-fetch-site',
  'sec-fetch-mode',
  'sec-fetch-dest',
  'rsc',
  'next-action',
  'next-url',
  'next-router-state-tree',
  'next-router-prefetch',
  'next-router-segment-prefetch',
  MOMENT_HEADER,
  CLIENT_NETWORK_HEADER,
] as const

/** What is between two servers only (RFC 9110, 7.6.1), and what the framework's own parts say to each other. */
const NOT_PASSED_BACK = /^(connection|keep-alive|transfer-encoding|upgrade|date|x-middleware-.*)$/

/**
 * Passes requests to the process of the management. A form is read whole first, so that the framework never meets a connection that
 * breaks in the middle of one, and it is never sent twice: whoever sent it is told when nobody knows what became of it.
 */
export class ManagementGateway {
  readonly #management: Pick<ManagementProcess, 'socket'>
  readonly #unavailable: string
  readonly #networks = new Map<string, number>()
  #atATime = 0
  #bytes = 0

  /** @param unavailable the page for when the process does not answer */
  constructor(management: Pick<ManagementProcess, 'socket'>, unavailable: string) {
    this.#management = management
    this.#unavailable = unavailable
  }

  /** Answers a request that the door let in. Its headers for security are set already. */
  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const network = String(request.headers[CLIENT_NETWORK_HEADER] ?? '')
    const ofNetwork = this.#networks.get(network) ?? 0
    const length = Number(request.headers['content-length'] ?? 0)
    // To close a connection and take the next one costs this process more than the answer, and readers wait for that.
    if (ofNetwork >= MOST_OF_A_NETWORK || this.#bytes + length > MOST_FORMS)
      return refuse(TOO_BUSY, response, length > 0 ? 'closed' : 'kept')
    this.#bytes += length
    this.#networks.set(network, ofNetwork + 1)
    try {
      const body = await bodyOf(request)
      // Whoever sends a form slowly takes no place of those who wait for an answer.
      if (body && this.#atATime >= MOST_AT_A_TIME) refuse(TOO_BUSY, response, 'kept')
      else if (body) await this.#passOn(request, body, response)
    } catch {
      this.#sayUnavailable(request, response)
    } finally {
      this.#bytes -= length
      const left = (this.#networks.get(network) ?? 1) - 1
      if (left > 0) this.#networks.set(network, left)
      else this.#networks.delete(network)
    }
  }

  async #passOn(request: IncomingMessage, body: Buffer, response: ServerResponse): Promise<void> {
    this.#atATime += 1
    try {
      await this.#ask(request, body, response)
    } finally {
      this.#atATime -= 1
    }
  }

  async #ask(request: IncomingMessage, body: Buffer, response: ServerResponse): Promise<void> {
    const socketPath = await this.#management.socket()
    await new Promise<void>((resolve, reject) => {
      const asked = ask(
        {
          socketPath,
          method: request.method,
          path: request.url,
          headers: { ...headersFor(request.headers), 'content-length': body.length },
          // Each request has a connection of its own: it costs little on one machine, and none can be left half used.
          agent: false,
          setHost: false,
          timeout: ANSWER_TIMEOUT,
        },
        (answer): unknown => {
          passBack(answer, response)
          // An answer that breaks off must not look whole.
          answer.once('error', () => response.destroy())
          answer.once('close', resolve)
          // Whoever has gone leaves an answer that nobody takes; it is read to its end, so that its place is free again.
          if (response.destroyed) return answer.resume()
          answer.pipe(response)
          response.once('close', () => answer.resume())
        },
      )
      asked.once('timeout', () => asked.destroy(new Error('The management did not answer in time.')))
      asked.once('error', reject)
      asked.end(body)
    })
  }

  #sayUnavailable(request: IncomingMessage, response: ServerResponse): void {
    if (response.headersSent || response.destroyed) return void response.destroy()
    response.writeHead(503, {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Length': Buffer.byteLength(this.#unavailable),
      'Content-Security-Policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      'Retry-After': '5',
    })
    response.end(request.method === 'HEAD' ? undefined : this.#unavailable)
  }
}

/** @returns everything that was sent; undefined when its sender has gone before the end */
async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  const parts: Buffer[] = []
  try {
    for await (const part of request) parts.push(part as Buffer)
  } catch {
    return undefined
  }
  return request.complete ? Buffer.concat(parts) : undefined
}

function headersFor(headers: IncomingHttpHeaders): Record<string, string | readonly string[]> {
  return Object.fromEntries(
    PASSED_ON.flatMap((name) => {
      const value = headers[name]
      return value === undefined ? [] : [[name, value]]
    }),
  )
}

function passBack(answer: IncomingMessage, response: ServerResponse): void {
  for (const [name, value] of Object.entries(answer.headers)) {
    if (value === undefined || NOT_PASSED_BACK.test(name) || SECURITY_HEADERS.has(name)) continue
    response.setHeader(name, value)
  }
  response.writeHead(answer.statusCode ?? 502)
}
