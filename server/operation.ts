import { createServer, type Server } from 'node:http'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { Registry } from 'prom-client'

/** What this process is doing: it takes readers only while it serves. */
export type Stage = 'starting' | 'serving' | 'stopping'

/** A part that readers can do without, and whether it works at the moment. */
export type Parts = Readonly<Record<string, boolean>>

/**
 * Requests are told in thousands, and the first thousand begins at a random number: else whoever reads the metrics every few
 * seconds could see in them when somebody visited, which is nowhere else (docs/privacy.md).
 */
const STEP = 1_000

/** What an operator may know of this process. Nothing of it is of a request, and no number moves with a single one. */
export class Operation {
  stage: Stage = 'starting'
  readonly #parts: () => Parts
  readonly #delay = monitorEventLoopDelay({ resolution: 20 })
  #answered: number
  #metrics: Promise<Registry> | undefined

  /**
   * @param parts which parts work
   * @param chance a number from 0 to 1, from the system's randomness
   */
  constructor(parts: () => Parts, chance: number) {
    this.#parts = parts
    this.#answered = Math.floor(chance * STEP)
    this.#delay.enable()
  }

  /** Counts an answer. */
  answered(): void {
    this.#answered += 1
  }

  /**
   * Answers an operator, on an address of its own that is not open to readers: `/health` (this process lives), `/ready` (it takes
   * readers: 200, else 503; with the parts that do not work, which keep no reader from reading) and `/metrics` (Prometheus, text format 0.0.4).
   */
  listen(host: string, port: number, failed: (error: NodeJS.ErrnoException) => void): Server {
    const server = createServer(async (request, response) => {
      const say = (status: number, text: string, type = 'text/plain; charset=utf-8') =>
        response
          .writeHead(status, { 'Content-Type': type, 'Cache-Control': 'no-store' })
          .end(request.method === 'HEAD' ? undefined : text)
      if (request.method !== 'GET' && request.method !== 'HEAD') return say(405, 'This can only be read.\n')
      switch (request.url) {
        case '/health':
          return say(200, 'alive\n')
        case '/ready': {
          const broken = Object.entries(this.#parts()).flatMap(([part, works]) => (works ? [] : [part]))
          return say(
            this.stage === 'serving' ? 200 : 503,
            [this.stage, ...broken.map((part) => `not working: ${part}`), ''].join('\n'),
          )
        }
        case '/metrics': {
          const registry = await (this.#metrics ??= this.#measured())
          return say(200, await registry.metrics(), registry.contentType)
        }
        default:
          return say(404, 'Ask for /health, /ready or /metrics.\n')
      }
    })
    server.on('error', failed)
    return server.listen(port, host)
  }

  async #measured(): Promise<Registry> {
    const { metricsOf } = await import('./metrics.ts')
    return metricsOf({
      serving: () => this.stage === 'serving',
      answers: () => Math.floor(this.#answered / STEP) * STEP,
      delay: () => {
        const tenths = Math.round(this.#delay.max / 1e8) / 10
        this.#delay.reset()
        return tenths
      },
      parts: this.#parts,
    })
  }
}
