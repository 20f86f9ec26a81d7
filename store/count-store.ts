import type { CalendarDay } from '#campaign/day.ts'
import type { Period } from '#campaign/period.ts'
import type { SiteId } from '#campaign/run.ts'
import type { Bits } from '#counting/sketch.ts'
import type { SizeName } from '#counting/parameters.ts'

/** Which first-touch sketch: of a run of a site, and which one when a first was lost. */
export interface SketchName {
  readonly run: string
  readonly site: SiteId
  /** 1, and one more each time the raw bits or the key were lost and counting began again. */
  readonly number: number
}

/** What is known of a sketch without its bits. */
export interface Sketch extends SketchName {
  readonly size: SizeName
  /** open: being counted · ended: published and destroyed · lost: its bits or key are gone, another one went on. */
  readonly state: 'open' | 'ended' | 'lost'
  /** Tells whether a key is the one of this sketch, and nothing else about it. */
  readonly keyCheck: string
}

/** A new sketch, with every cell it will ever have. */
export interface NewSketch extends SketchName {
  readonly size: SizeName
  readonly keyCheck: string
  readonly periods: readonly Period[]
}

/** A share link that is counted in a run of a site, over these periods: the whole run, or its weeks. */
export interface CountedLink {
  readonly label: string
  readonly periods: readonly Period[]
}

/** A bucket that a visitor was the first to touch. */
export interface Flip {
  readonly sketch: SketchName
  readonly bucket: number
  readonly day: CalendarDay
  readonly link?: string | undefined
}

/**
 * visits: from elsewhere to the site · languages: the same, by the language of the first page · opens: of one page · ignored: requests not
 * counted, by reason. Nobody's identity.
 */
export const TALLY_SERIES = ['visits', 'languages', 'opens', 'ignored'] as const
export type TallySeries = (typeof TALLY_SERIES)[number]

/** A counter without any identity. */
export interface TallyName {
  readonly site: SiteId
  readonly series: TallySeries
  readonly label: string
}

export interface TallyCell extends TallyName {
  readonly period: Period
}

export interface TallyChange extends TallyName {
  readonly period: string
  readonly by: number
}

/** What one process collected since its last write. */
export interface Batch {
  /** The process, for as long as it lives: a random name. */
  readonly writer: string
  /** Rises with every batch; a batch that is sent again because its answer was lost is applied once. */
  readonly number: number
  readonly flips: readonly Flip[]
  readonly tallies: readonly TallyChange[]
}

/** The raw state. Only the counting in the server may use it; screens read `PublishedTotals`. */
export interface CountStore {
  /** Every sketch there ever was, those of one run of one site by their number. */
  sketches(): Promise<Sketch[]>
  /**
   * Begins a sketch: random bits, and its cells born with their noise. When it was begun already, nothing changes.
   * @returns the sketch as it is in the store
   */
  begin(sketch: NewSketch): Promise<Sketch>
  /**
   * Makes the open cells of a sketch those of its run, when that was made longer or shorter: adds periods that are not over,
   * each born with its noise, and takes away those that will not come, unpublished. What was published stays. A sketch that
   * has no cell left is over, and destroyed.
   * @param periods every period of the run, from the first to the last
   */
  fit(sketch: SketchName, periods: readonly Period[], today: CalendarDay): Promise<void>
  /**
   * Gives up a sketch whose run was taken back or planned anew before it began: nobody can be in it. One of which a day has
   * come stays as it is.
   */
  withdraw(sketch: SketchName, today: CalendarDay): Promise<void>
  /** Adds the cells of a share link, each born with its noise. Those that exist or were published stay as they are. */
  addLink(sketch: SketchName, link: CountedLink): Promise<void>
  /** The bits of a sketch, or undefined when they are lost. */
  bitsOf(sketch: Sketch): Promise<Bits | undefined>
  /** Gives a sketch up: its bits or its key are lost. What was published of it stays. */
  giveUp(sketch: SketchName): Promise<void>
  /** Adds the tally cells that are missing, each born with its noise. A visit never makes one. */
  openTallies(cells: readonly TallyCell[]): Promise<void>
  /**
   * Writes what a process collected, at once or not at all. A bucket that was touched meanwhile counts for nobody. A flip
   * counts in the first period of its sketch that is open and not over on its day.
   */
  write(batch: Batch): Promise<void>
  /**
   * Publishes everything that ended before a day, once: cells become published totals and are gone. A sketch whose last
   * cell this was is destroyed.
   */
  closeBefore(today: CalendarDay): Promise<void>
  /** Leaves nothing readable of what was deleted. */
  scrub(): Promise<void>
  close(): Promise<void>
}
