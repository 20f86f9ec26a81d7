import { createServer, type Server } from 'node:http'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { Gauge, Registry } from 'prom-client'

/** What this process is doing: it takes readers only while it serves. */
export type Stage = 'starting' | 'serving' | 'stopping'

/** A part that readers can do without, and whether it works at the moment. */
export type Parts = Readonly<Record<string, boolean>>

/**
 * Requests are told in thousands, and the first thousand begins at a random number: else whoever reads the metrics every few
 * seconds could see in them when somebody visited, which is nowhere else (docs/privacy.md).
 */
const STEP = 1_000
const BYTES_PER_STEP = 1024 * 1024

/** What an operator may know of this process. Nothing of it is of a request, and no number moves with a single one. */
export class Operation {
  stage: Stage = 'starting'
  readonly #parts: () => Parts
  readonly #registry = new Registry()
  readonly #delay = monitorEventLoopDelay({ resolution: 20 })
  #answered: number

  /**
   * @param parts which parts work
   * @param chance a number from 0 to 1, from the system's randomness
   */
  constructor(parts: () => Parts, chance: number) {
    this.#parts = parts
    this.#answered = Math.floor(chance * STEP)
    this.#delay.enable()
    this.#gauge('campaign_serving', 'Whether this process takes readers.', () => Number(this.stage === 'serving'))
    this.#gauge(
      'campaign_answers',
      `Requests that were answered since the start, in steps of ${STEP}, give or take one.`,
      () => Math.floor(this.#answered / STEP) * STEP,
    )
    this.#gauge(
      'campaign_memory_bytes',
      'Memory of this process, in whole mebibytes.',
      () => Math.round(process.memoryUsage.rss() / BYTES_PER_STEP) * BYTES_PER_STEP,
    )
    this.#gauge(
      'campaign_delay_seconds',
      'How long an answer waited for others at most since the last look, in tenths of a second.',
      () => {
        const tenths = Math.round(this.#delay.max / 1e8) / 10
        this.#delay.reset()
        return tenths
      },
    )
    const working: Gauge<'part'> = new Gauge({
      name: 'campaign_part_working',
      help: 'Whether a part that readers can do without works.',
      labelNames: ['part'],
      registers: [this.#registry],
      collect: () => {
        for (const [part, works] of Object.entries(this.#parts())) working.set({ part }, Number(works))
      },
    })
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
        case '/metrics':
          return say(200, await this.#registry.metrics(), this.#registry.contentType)
        default:
          return say(404, 'Ask for /health, /ready or /metrics.\n')
      }
    })
    server.on('error', failed)
    return server.listen(port, host)
  }

  #gauge(name: string, help: string, value: () => number): void {
    const gauge: Gauge = new Gauge({ name, help, registers: [this.#registry], collect: () => gauge.set(value()) })
  }
}
