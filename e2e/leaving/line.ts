import { createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http'
import { connect, type AddressInfo, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import type { Chance } from '../attack/chance.ts'
import { MOMENT_HEADER, QUIET_MOMENT } from '../moment.ts'

/** How a line carries bytes. `latency`: milliseconds before an answer begins. `rate`: bytes in a millisecond. */
const KINDS = {
  fast: { latency: 0, rate: Infinity },
  '4G': { latency: 60, rate: 500 },
  '400 kbit/s': { latency: 400, rate: 50 },
  hanging: { latency: 20, rate: 500 },
} as const
export type Kind = keyof typeof KINDS

export const LINES = Object.keys(KINDS) as readonly Kind[]

/** A hanging line stops within so many bytes after it was told to. */
const MOST_BYTES_BEFORE_A_HANG = 20_000
/** The size of a packet on most lines. */
const PACKET = 1_460

/** A change to the pages of the site on their way, to prove that a test sees what is broken. */
export type Rewrite = (headers: Record<string, string | string[] | undefined>, page: string) => string

/** What is between a browser and every site: a forward proxy on this machine (RFC 9110, 3.7) that carries bytes as a line would. */
export class Line {
  readonly address: string
  #kind: Kind = 'fast'
  /** How many bytes go on before the line stops. */
  #left = Infinity
  #free = 0
  /** Asked by what waits on a line that hangs. */
  #waiting: (() => void)[] = []
  readonly #chance: Chance
  readonly #server
  readonly #sockets = new Set<Socket>()

  private constructor(chance: Chance, port: number, server: ReturnType<typeof createServer>) {
    this.#chance = chance
    this.address = `127.0.0.1:${port}`
    this.#server = server
  }

  /** @param neutralPort where the stand-in for every other site listens, encrypted */
  static async start(chance: Chance, neutralPort: number, rewrite?: Rewrite): Promise<Line> {
    const server = createServer()
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve))
    const line = new Line(chance, (server.address() as AddressInfo).port, server)
    server.on('connection', (socket) => {
      line.#sockets.add(socket)
      socket.once('close', () => line.#sockets.delete(socket)).on('error', () => socket.destroy())
    })
    server.on('request', (request, response) => void line.#passOn(request, response, rewrite))
    // Every site of somebody else is the stand-in, so nothing leaves this machine.
    server.on('connect', (_: IncomingMessage, socket: Socket) => {
      const other = connect(neutralPort, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n')
        void line.#carry(socket, other, 0)
        void line.#carry(other, socket, KINDS[line.#kind].latency)
      })
      other.on('error', () => socket.destroy())
      socket.on('close', () => other.destroy())
    })
    return line
  }

  /** Changes the line. One that hangs stops at a byte that chance chooses, and carries everything until then. */
  become(kind: Kind): void {
    this.#kind = kind
    this.#left = kind === 'hanging' ? this.#chance.upTo(MOST_BYTES_BEFORE_A_HANG) : Infinity
    if (kind !== 'hanging') this.#letGo()
  }

  /** Whether bytes wait on it that will not come. */
  get hangs(): boolean {
    return this.#waiting.length > 0
  }

  #letGo(): void {
    for (const goOn of this.#waiting.splice(0)) goOn()
  }

  async #passOn(request: IncomingMessage, response: ServerResponse, rewrite?: Rewrite): Promise<void> {
    const { host, pathname, search, hostname } = new URL(request.url ?? '', 'http://nowhere.invalid')
    if (hostname !== 'localhost' && !hostname.endsWith('.localhost')) return void response.destroy()
    await this.#go(1, KINDS[this.#kind].latency)
    const passed = ask(
      {
        host: '127.0.0.1',
        port: host.split(':')[1],
        path: pathname + search,
        method: request.method,
        headers: {
          ...request.headers,
          [MOMENT_HEADER]: QUIET_MOMENT,
          ...(rewrite && { 'accept-encoding': 'identity' }),
        },
      },
      (answer) => {
        void (async () => {
          const headers = { ...answer.headers }
          let body: AsyncIterable<Buffer> | Buffer[] = answer
          if (rewrite && headers['content-type']?.startsWith('text/html')) {
            const parts: Buffer[] = []
            for await (const part of answer as AsyncIterable<Buffer>) parts.push(part)
            body = [Buffer.from(rewrite(headers, Buffer.concat(parts).toString('utf8')))]
            delete headers['content-length']
          }
          await this.#go(PACKET)
          response.writeHead(answer.statusCode ?? 502, headers)
          response.flushHeaders()
          for await (const bytes of body as AsyncIterable<Buffer>) {
            for (const packet of packetsOf(bytes)) {
              await this.#go(packet.length)
              if (response.destroyed) return
              response.write(packet)
            }
          }
          response.end()
        })().catch(() => response.destroy())
      },
    )
    passed.on('error', () => response.destroy())
    response.on('close', () => passed.destroy())
    request.pipe(passed)
  }

  async #carry(from: Socket, to: Socket, latency: number): Promise<void> {
    try {
      for await (const bytes of from as AsyncIterable<Buffer>) {
        for (const packet of packetsOf(bytes)) {
          await this.#go(packet.length, latency)
          to.write(packet)
        }
      }
      to.end()
    } catch {
      to.destroy()
    }
  }

  /** Waits until so many bytes have gone over the line, which all connections share. */
  async #go(bytes: number, latency = 0): Promise<void> {
    this.#left -= bytes
    if (this.#left < 0) await new Promise<void>((resolve) => this.#waiting.push(resolve))
    const { rate } = KINDS[this.#kind]
    const at = performance.now()
    this.#free = Math.max(this.#free, at) + bytes / rate
    const until = this.#free - at + latency
    if (until >= 1) await wait(until)
  }

  async close(): Promise<void> {
    this.#letGo()
    for (const socket of this.#sockets) socket.destroy()
    await new Promise((resolve) => this.#server.close(resolve))
  }
}

function packetsOf(bytes: Buffer): Buffer[] {
  return Array.from({ length: Math.ceil(bytes.length / PACKET) }, (_, index) =>
    bytes.subarray(index * PACKET, (index + 1) * PACKET),
  )
}
