import { connect, type Socket } from 'node:net'
import { setPriority } from 'node:os'
import { performance } from 'node:perf_hooks'

// A process that floods one address, as bench/flood.ts tells it. It has a process of its own, so that what it does takes no time from the
// readers who are measured, and a low priority, so that it takes none from the server either.

/** What it is told: to flood an address of this machine, or to stop. */
export type ToFlooder =
  | {
      readonly port: number
      readonly host: string
      readonly path: string
      readonly perSecond: number
      readonly connections: number
    }
  | 'stop'

/** What it did. */
export interface Flooded {
  readonly answered: number
  /** How many got a status. */
  readonly statuses: Readonly<Record<string, number>>
  readonly seconds: number
  /** Part of one processor that it used; near 1 it could not ask faster. */
  readonly busy: number
}

const NICE = 15
/** Between two looks at how many requests are due. Unit: milliseconds. */
const BEAT = 5

setPriority(NICE)
let running: Flood | undefined
process.on('message', (message: ToFlooder) => {
  if (message !== 'stop') {
    running = new Flood(message)
    return
  }
  process.send?.(running?.stop())
  running = undefined
})
process.on('disconnect', () => process.exit())

/** So many connections, each with one request at a time, and no more requests in a second than was said. */
class Flood {
  readonly #request: string
  readonly #port: number
  readonly #perSecond: number
  readonly #begun = performance.now()
  readonly #cpu = process.cpuUsage()
  readonly #statuses: Record<string, number> = {}
  readonly #free: Socket[] = []
  readonly #sockets = new Set<Socket>()
  readonly #beat: NodeJS.Timeout
  #sent = 0
  #answered = 0
  #over = false

  constructor({ port, host, path, perSecond, connections }: Exclude<ToFlooder, 'stop'>) {
    this.#request = `GET ${path} HTTP/1.1\r\nHost: ${host}\r\n\r\n`
    this.#port = port
    this.#perSecond = perSecond
    for (let number = 0; number < connections; number += 1) this.#open()
    this.#beat = setInterval(() => this.#sendDue(), BEAT)
  }

  stop(): Flooded {
    this.#over = true
    clearInterval(this.#beat)
    for (const socket of this.#sockets) socket.resetAndDestroy()
    const seconds = (performance.now() - this.#begun) / 1000
    const { user, system } = process.cpuUsage(this.#cpu)
    return { answered: this.#answered, statuses: this.#statuses, seconds, busy: (user + system) / (seconds * 1e6) }
  }

  /** A connection that was refused or closed gives way to a new one. */
  #open(): void {
    const socket = connect(this.#port, '127.0.0.1', () => this.#free.push(socket))
    this.#sockets.add(socket)
    // The head of an answer comes in one piece, and the end of the body is told by its length, or by an empty piece (RFC 9112, 7.1).
    let left = 0
    socket.on('data', (data: Buffer) => {
      const isHead = left === 0
      if (isHead) left = lengthOf(data)
      if (left !== IN_PIECES) left = Math.max(0, left - data.length)
      else if (data.subarray(-LAST_PIECE.length).equals(LAST_PIECE)) left = 0
      if (isHead) {
        const status = data.toString('latin1', 9, 12)
        this.#statuses[status] = (this.#statuses[status] ?? 0) + 1
        this.#answered += 1
      }
      if (left === 0) this.#free.push(socket)
    })
    socket.on('error', () => {})
    socket.on('close', () => {
      this.#sockets.delete(socket)
      if (!this.#over) this.#open()
    })
  }

  #sendDue(): void {
    const due = ((performance.now() - this.#begun) / 1000) * this.#perSecond
    // What could not be sent in time is left out, and not sent in one burst later.
    this.#sent = Math.max(this.#sent, due - this.#perSecond * ((4 * BEAT) / 1000))
    while (this.#sent < due) {
      const socket = this.#free.pop()
      if (!socket) return
      if (!socket.writable) continue
      socket.write(this.#request, 'latin1')
      this.#sent += 1
    }
  }
}

/** Of an answer whose length its head does not tell. */
const IN_PIECES = Number.POSITIVE_INFINITY
const LAST_PIECE = Buffer.from('0\r\n\r\n')

/** The bytes of an answer, by its head. */
function lengthOf(data: Buffer): number {
  const end = data.indexOf('\r\n\r\n')
  const [, length] = /^content-length: (\d+)/im.exec(data.toString('latin1', 0, end)) ?? []
  return length === undefined ? IN_PIECES : end + 4 + Number(length)
}
