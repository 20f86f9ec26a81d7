import type { CalendarDay } from '#campaign/day.ts'
import type { SiteId } from '#campaign/run.ts'
import type { SizeName } from '#counting/parameters.ts'
import type { Sketch, TallySeries } from './count-store.ts'

interface OfSketch {
  run: string
  site: SiteId
  number: number
}

interface OfPeriod {
  period: string
  first_day: CalendarDay
  last_day: CalendarDay
}

/** The tables, as docs/privacy.md describes them. None has a time, a serial number or a row that a visit made. */
export interface Tables {
  schema_version: { version: number }
  /** Raw: one row for each process. */
  writer: { writer: string; batch: number }
  sketch: OfSketch & { size: SizeName; key_check: string; zeros_at_start: number; state: Sketch['state'] }
  /** Raw. */
  sketch_bits: OfSketch & { chunk: number; bits: Uint8Array }
  /** Raw. `label` is empty for all visitors, and the name of a share link for those who came by it. */
  sketch_cell: OfSketch & OfPeriod & { label: string; flips: number }
  /** Raw. */
  tally_cell: OfPeriod & { site: SiteId; series: TallySeries; label: string; count: number }
  published_visitors: OfSketch &
    OfPeriod & { flips: number; zeros_before: number; zeros_after: number; covered: number; value: number }
  published_link: OfSketch & OfPeriod & { label: string; value: number; milli_error: number }
  published_tally: OfPeriod & { site: SiteId; series: TallySeries; label: string; value: number }
  strike: { run: string; site: SiteId; period: string; reason: string; day: CalendarDay }
  earlier_total: OfPeriod & { site: SiteId; value: number; source: string }
  /** One row when every number here is made up: the day on which that was done. */
  demonstration: { day: CalendarDay }
}

/** The tables that are lost on purpose when the machine fails, and that no backup may hold. */
export const RAW_TABLES = ['writer', 'sketch_bits', 'sketch_cell', 'tally_cell'] as const
