import { Gauge, Registry } from 'prom-client'

const BYTES_PER_STEP = 1024 * 1024

/** What is told of a process; each is asked for when somebody looks. */
export interface Measured {
  readonly serving: () => boolean
  /** In steps (operation.ts). */
  readonly answers: () => number
  /** The longest wait since the last look. Unit: seconds. */
  readonly delay: () => number
  readonly parts: () => Readonly<Record<string, boolean>>
}

/** The metrics of a process for Prometheus. The library takes several megabytes, so this file is loaded when the first one asks. */
export function metricsOf({ serving, answers, delay, parts }: Measured): Registry {
  const registry = new Registry()
  const add = (name: string, help: string, value: () => number) => {
    const gauge: Gauge = new Gauge({ name, help, registers: [registry], collect: () => gauge.set(value()) })
  }
  add('campaign_serving', 'Whether this process takes readers.', () => Number(serving()))
  add('campaign_answers', 'Requests that were answered since the start, in thousands, give or take one.', answers)
  add(
    'campaign_memory_bytes',
    'Memory of this process, in whole mebibytes.',
    () => Math.round(process.memoryUsage.rss() / BYTES_PER_STEP) * BYTES_PER_STEP,
  )
  add(
    'campaign_delay_seconds',
    'How long an answer waited for others at most since the last look, in tenths of a second.',
    delay,
  )
  const working: Gauge<'part'> = new Gauge({
    name: 'campaign_part_working',
    help: 'Whether a part that readers can do without works.',
    labelNames: ['part'],
    registers: [registry],
    collect: () => {
      for (const [part, works] of Object.entries(parts())) working.set({ part }, Number(works))
    },
  })
  return registry
}
