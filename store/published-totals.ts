import type { CalendarDay } from '#campaign/day.ts'
import type { SiteId } from '#campaign/run.ts'
import type { ClosedPeriod } from '#counting/estimate.ts'
import type { SizeName } from '#counting/parameters.ts'
import type { SketchName, TallySeries } from './count-store.ts'

/** A closed period of a sketch, with its days. */
export interface PublishedPeriod extends ClosedPeriod, SketchName {
  readonly size: SizeName
  readonly firstDay: CalendarDay
  readonly lastDay: CalendarDay
}

/** A closed period of a share link: a whole run, or a week of it. */
export interface PublishedLink {
  readonly run: string
  readonly site: SiteId
  readonly label: string
  readonly period: string
  /** The day from which it was counted. */
  readonly firstDay: CalendarDay
  readonly value: number
  /** Standard error, in thousandths of a visitor, so that it is an integer. */
  readonly milliError: number
}

/** A closed period of a counter without identity. `value` may be below zero by its noise. */
export interface PublishedTally {
  readonly site: SiteId
  readonly series: TallySeries
  readonly label: string
  readonly period: string
  readonly firstDay: CalendarDay
  readonly lastDay: CalendarDay
  readonly value: number
}

/** A period that a manager leaves out of the totals, because it was flooded. */
export interface Strike {
  readonly run: string
  readonly site: SiteId
  readonly period: string
  readonly reason: string
  readonly day: CalendarDay
}

/** A total that somebody else published before this site counted. */
export interface EarlierTotal {
  readonly site: SiteId
  /** What it is the total of, for example 2014. */
  readonly period: string
  readonly firstDay: CalendarDay
  readonly lastDay: CalendarDay
  readonly value: number
  readonly source: string
}

/** A run of which something was published, from its first to its last closed day. */
export interface PublishedRun {
  readonly run: string
  readonly firstDay: CalendarDay
  readonly lastDay: CalendarDay
}

/** Everything a screen may know of the counts: what was published, which never changes. */
export interface PublishedTotals {
  /** The runs of which something was published, the first one first. */
  runs(): Promise<PublishedRun[]>
  /** @param runs of these runs only; absent: of all. */
  periods(runs?: readonly string[]): Promise<PublishedPeriod[]>
  /** @param run of this run only; absent: of all. */
  links(run?: string): Promise<PublishedLink[]>
  /** From one day to another, inclusive: the periods that lie in it entirely. */
  tallies(from: CalendarDay, to: CalendarDay): Promise<PublishedTally[]>
  strikes(): Promise<Strike[]>
  earlierTotals(): Promise<EarlierTotal[]>
  /** Whether every number here is made up (`markAsDemonstration`). */
  isDemonstration(): Promise<boolean>
}

/** What a manager may change of the published totals. */
export interface TotalsDesk extends PublishedTotals {
  /**
   * Leaves a published period out of the totals. Striking it again changes the reason.
   * @param instead the reason that whoever strikes saw before; absent: it goes before whatever stands there
   * @returns what somebody else wrote meanwhile; then it stays. Undefined when this one was written
   * @throws UnknownPeriod when nothing was published of it
   */
  strike(strike: Strike, instead?: string): Promise<Strike | undefined>
  /** Takes it back. @returns whether it was left out */
  restore(period: Pick<Strike, 'run' | 'site' | 'period'>): Promise<boolean>
  /**
   * Takes over totals that were published elsewhere. The same again changes nothing.
   * @throws ContradictoryTotal when one of them differs from what was taken over before; then none is taken over
   */
  takeOver(totals: readonly EarlierTotal[]): Promise<void>
  /**
   * Marks an empty store as one for made-up numbers, for good.
   * @throws HoldsNumbers when something was counted or taken over in it
   */
  markAsDemonstration(day: CalendarDay): Promise<void>
}

/** A store that holds numbers cannot become one for made-up numbers. */
export class HoldsNumbers extends Error {
  constructor() {
    super('This store holds numbers that may be real, so it cannot become a demonstration. Name an empty folder.')
  }
}

/** Nothing was published under this name. */
export class UnknownPeriod extends Error {
  constructor({ run, site, period }: Pick<Strike, 'run' | 'site' | 'period'>) {
    super(
      `Nothing was published of ${period} in run ${run} of the ${site} site. Look at the list of published periods for its name.`,
    )
  }
}

/** A total of before differs from what the store holds; published totals never change. */
export class ContradictoryTotal extends Error {
  constructor({ site, period, value }: EarlierTotal, kept: number) {
    super(
      `The total of ${period} of the ${site} site is ${kept} in the store and ${value} in the file. Published totals never change: correct the file.`,
    )
  }
}
