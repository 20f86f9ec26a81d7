import { addDays, dayOf, type CalendarDay } from '#campaign/day.ts'
import { dayAsPeriod, monthOf, periodsBetween, weekOf, WHOLE_RUN, type Period } from '#campaign/period.ts'
import { currentRun, type SiteId } from '#campaign/run.ts'
import { judge, REASONS, type Headers, type Judgement } from '#counting/judgement.ts'
import { countsLinks, SIZES } from '#counting/parameters.ts'
import type { RandomBytes } from '#counting/randomness.ts'
import { isTouched, touch, type Bits } from '#counting/sketch.ts'
import { keyCheck, neighbourhoodOf, VisitorKey, visitorOf } from '#counting/visitor.ts'
import { hasOwnCount, isActive, isCountedByWeek } from '#sharing/share-link.ts'
import type { Batch, CountStore, Flip, Sketch, SketchName, TallyCell, TallyChange } from '#store/count-store.ts'
import type { ShareLink } from '#store/share-links.ts'
import type { Outline } from '../content/outline.ts'
import { LANGUAGES, type ContentRun } from '../content/read.ts'
import { countedLabels, WINDOW, type CountedPage } from './counted-page.ts'
import { describe, type KeyFiles } from './key-files.ts'
import { NeighbourhoodLimit } from './neighbourhood-limit.ts'

/** How long after midnight a day is closed, so that every process has written what it saw of it. Unit: milliseconds. */
const GRACE = 30_000
const MILLISECONDS_PER_MINUTE = 60_000

const SITES = ['help', 'diary'] as const satisfies SiteId[]

/** What the count is told of a request. Nothing of it outlives the call. */
export interface Request {
  readonly method: string
  readonly status: number
  readonly headers: Headers
  /** Where it came from; undefined when that cannot be told. */
  readonly address: string | undefined
  readonly page: CountedPage
  readonly moment: Date
  /** The code of the share link that was opened. */
  readonly link?: string | undefined
}

/** What a minute belongs to. */
interface Calendar {
  readonly minute: number
  readonly runs: readonly ContentRun[]
  readonly day: CalendarDay
  readonly week: string
  readonly month: string
  /** The run that is going on, and the period in which visits are counted. */
  readonly sites: Readonly<Record<SiteId, { readonly run: string | undefined; readonly visits: string }>>
}

/** A sketch that is being counted now, as far as this process knows it. */
interface LiveSketch {
  readonly name: SketchName
  readonly buckets: number
  readonly key: VisitorKey
  readonly bits: Bits
}

/** Counts visits in memory and writes them on a beat. Used by one process; others may count the same run. */
export class VisitorCounter {
  readonly #store: CountStore
  readonly #keys: KeyFiles
  readonly #content: Outline
  readonly #knownRuns: () => readonly ContentRun[] | undefined
  readonly #links: () => readonly ShareLink[]
  /** Links that have their cells in a sketch, by sketch, until its run is changed: `run site number code lastDay`. */
  readonly #linked = new Set<string>()
  readonly #limit: NeighbourhoodLimit
  readonly #report: (sentence: string) => void
  readonly #writer: string
  /** Sketches by run and site. */
  #live = new Map<string, LiveSketch>()
  #flips: Flip[] = []
  #tallies = new Map<string, Omit<TallyChange, 'by'> & { by: number }>()
  #batches = 0
  /** A batch whose answer did not come. It is sent again as it was. */
  #unanswered: Batch | undefined
  #reported = new Set<string>()
  #calendar: Calendar | undefined

  /**
   * @param runs the runs of the moment; undefined while it is not known which were planned on the screen. Then those of the
   * content go on, and none begins or ends
   * @param links every link there is; those that are counted get their cells with the next beat
   * @param report is told, once, what somebody who looks after the site must do
   */
  constructor(parts: {
    store: CountStore
    keys: KeyFiles
    content: Outline
    runs: () => readonly ContentRun[] | undefined
    links?: () => readonly ShareLink[]
    random: RandomBytes
    report: (sentence: string) => void
  }) {
    this.#store = parts.store
    this.#keys = parts.keys
    this.#content = parts.content
    this.#knownRuns = parts.runs
    this.#links = parts.links ?? (() => [])
    this.#report = parts.report
    this.#limit = new NeighbourhoodLimit(parts.random)
    this.#writer = Buffer.from(parts.random(8)).toString('hex')
  }

  /** Counts a request for a page that may be counted, in memory. It never waits and never fails. */
  count(request: Request): Judgement {
    const calendar = this.#calendarOf(request.moment)
    const { week, month } = calendar
    const { site, label, language } = request.page
    const judgement = this.#judged(request, calendar)
    if (judgement.kind === 'ignored') this.#add({ site, series: 'ignored', label: judgement.reason, period: week })
    else this.#add({ site, series: 'opens', label, period: month })
    if (judgement.kind === 'visit') {
      this.#add({ site, series: 'visits', label: '', period: calendar.sites[site].visits })
      this.#add({ site, series: 'languages', label: language, period: month })
    }
    return judgement
  }

  /** The runs of the moment, as far as they are known. */
  get #runs(): readonly ContentRun[] {
    return this.#knownRuns() ?? this.#content.runs
  }

  /** A day begins with a minute, and a week and a run with a day: the calendar is asked once a minute, not with every request. */
  #calendarOf(moment: Date): Calendar {
    const minute = Math.floor(moment.getTime() / MILLISECONDS_PER_MINUTE)
    const runs = this.#runs
    if (this.#calendar?.minute !== minute || this.#calendar.runs !== runs) {
      const day = dayOf(moment)
      const of = (site: SiteId) => ({
        run: currentRun(runs, site, day)?.id,
        visits: this.#periodOfVisits(site, day).id,
      })
      this.#calendar = {
        minute,
        runs,
        day,
        week: weekOf(day).id,
        month: monthOf(day).id,
        sites: { help: of('help'), diary: of('diary') },
      }
    }
    return this.#calendar
  }

  /**
   * Writes what was counted, publishes what is over, opens what begins, and takes up what other processes wrote.
   * @throws the store's error; then nothing is lost, and the next beat tries again
   */
  async beat(moment: Date): Promise<void> {
    const today = dayOf(moment)
    await this.write()
    await this.#store.closeBefore(dayOf(new Date(moment.getTime() - GRACE)))
    await this.#store.openTallies([...this.#tallyCells(today), ...this.#tallyCells(addDays(today, 1))])
    await this.#takeUpSketches(today)
  }

  /**
   * Writes what was counted.
   * @throws the store's error; then nothing is lost, and the next write tries again
   */
  async write(): Promise<void> {
    if (this.#unanswered) await this.#send(this.#unanswered)
    this.#batches += 1
    const batch = { writer: this.#writer, number: this.#batches, flips: this.#flips, tallies: this.#talliesInOrder() }
    this.#flips = []
    this.#tallies = new Map()
    await this.#send(batch)
  }

  async #send(batch: Batch): Promise<void> {
    this.#unanswered = batch
    await this.#store.write(batch)
    this.#unanswered = undefined
  }

  #judged({ method, status, headers, address, page, moment, link }: Request, { day, sites }: Calendar): Judgement {
    const judgement = judge(method, status, headers)
    if (judgement.kind === 'ignored') return judgement
    // Who reads in the window on another site did not come to this one.
    if (page.label === WINDOW) return { kind: 'window' }
    if (judgement.kind === 'window') return { kind: 'ignored', reason: 'not-reading' }
    const { run } = sites[page.site]
    const live = run && this.#live.get(`${run} ${page.site}`)
    if (!live) return judgement
    const visitor =
      address === undefined
        ? undefined
        : visitorOf({
            address,
            userAgent: String(headers['user-agent'] ?? ''),
            acceptLanguage: String(headers['accept-language'] ?? ''),
          })
    if (address === undefined || visitor === undefined) return { kind: 'ignored', reason: 'no-address' }
    const bucket = live.key.bucketOf(visitor, live.buckets)
    // Half of all visitors meet a bucket that chance touched before anybody came. For them nothing is changed or written.
    if (isTouched(live.bits, bucket)) return judgement
    if (!this.#limit.allows(neighbourhoodOf(address) ?? '', moment)) return { kind: 'ignored', reason: 'network-limit' }
    touch(live.bits, bucket)
    this.#flips.push({ sketch: live.name, bucket, day, ...(link === undefined ? {} : { link }) })
    return judgement
  }

  #add(tally: Omit<TallyChange, 'by'>): void {
    const key = `${tally.site}|${tally.series}|${tally.label}|${tally.period}`
    const counted = this.#tallies.get(key)
    if (counted) counted.by += 1
    else this.#tallies.set(key, { ...tally, by: 1 })
  }

  // In the order of the alphabet, so that the order of visits cannot be seen in the order of writes.
  #talliesInOrder(): TallyChange[] {
    return [...this.#tallies].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, tally]) => tally)
  }

  /** During a run visits are published by day, outside by week. */
  #periodOfVisits(site: SiteId, day: CalendarDay): Period {
    return currentRun(this.#runs, site, day) ? dayAsPeriod(day) : weekOf(day)
  }

  #tallyCells(day: CalendarDay): TallyCell[] {
    const [week, month] = [weekOf(day), monthOf(day)]
    return SITES.flatMap((site) => [
      { site, series: 'visits' as const, label: '', period: this.#periodOfVisits(site, day) },
      ...LANGUAGES.map((label) => ({ site, series: 'languages' as const, label, period: month })),
      ...countedLabels(this.#content, site).map((label) => ({ site, series: 'opens' as const, label, period: month })),
      ...REASONS.map((label) => ({ site, series: 'ignored' as const, label, period: week })),
    ])
  }

  async #takeUpSketches(today: CalendarDay): Promise<void> {
    const known = this.#knownRuns()
    if (known)
      for (const sketch of await this.#store.sketches())
        if (sketch.state === 'open') await this.#followRun(known, sketch, today)
    const sketches = await this.#store.sketches()
    for (const sketch of sketches) if (sketch.state !== 'open') await this.#forget(sketch)
    for (const run of this.#runs) {
      // A sketch is born the day before its run, so that the first visitor finds it there.
      if (run.visitors === 'none' || today < addDays(run.firstDay, -1) || today > run.lastDay) continue
      for (const site of run.sites) {
        const newest = sketches.filter((sketch) => sketch.run === run.id && sketch.site === site).at(-1)
        if (newest?.state === 'ended') continue
        if (newest?.state === 'open') {
          await this.#takeUp(run, newest, today)
          await this.#addLinks(run, newest, today)
        } else if (known) await this.#begin(run, { run: run.id, site, number: (newest?.number ?? 0) + 1 }, today)
      }
    }
  }

  /** A run can be moved, made longer or shorter, given another size or taken back while its sketch is there. */
  async #followRun(runs: readonly ContentRun[], sketch: Sketch, today: CalendarDay): Promise<void> {
    const run = runs.find(({ id, sites }) => id === sketch.run && sites.includes(sketch.site))
    if (run?.visitors !== sketch.size) await this.#store.withdraw(sketch, today)
    if (run) await this.#store.fit(sketch, periodsOf(run, sketch), today)
  }

  async #takeUp(run: ContentRun, sketch: Sketch, today: CalendarDay): Promise<void> {
    const key = this.#keys.read(sketch)
    if (!key || keyCheck(key) !== sketch.keyCheck) {
      this.#live.delete(`${run.id} ${sketch.site}`)
      return this.#reportOnce(
        `Visitors of ${describe(sketch)} are not counted here: ${key ? 'its key is another one' : 'its key is not in the folder of keys'}. Put the right key file there; if it is lost, begin again with "npm run counts -- begin-again ${sketch.run} ${sketch.site}".`,
      )
    }
    const bits = await this.#store.bitsOf(sketch)
    if (!bits) {
      await this.#store.giveUp(sketch)
      await this.#forget(sketch)
      this.#reportOnce(
        `The raw counts of ${describe(sketch)} were lost with the database, as they must be when it fails. What was published stays, and counting begins again.`,
      )
      return this.#begin(run, { run: sketch.run, site: sketch.site, number: sketch.number + 1 }, today)
    }
    const known = this.#live.get(`${run.id} ${sketch.site}`)
    // What was counted while the store answered is not in its bits yet.
    for (const flip of this.#flips) if (isSame(flip.sketch, sketch)) touch(bits, flip.bucket)
    known?.key.destroy()
    this.#live.set(`${run.id} ${sketch.site}`, {
      name: sketch,
      buckets: SIZES[sketch.size].buckets,
      key: new VisitorKey(key),
      bits,
    })
    key.fill(0)
  }

  /**
   * Gives every link that is counted its cells of a run: one from today to its end, or one a week where many readers are
   * expected.
   */
  async #addLinks(run: ContentRun, sketch: Sketch, today: CalendarDay): Promise<void> {
    if (!countsLinks(sketch.size)) return
    for (const link of this.#links()) {
      if (link.target.site !== sketch.site || !hasOwnCount(link) || !isActive(link, today)) continue
      const done = [sketch.run, sketch.site, sketch.number, run.lastDay, link.code].join(' ')
      if (this.#linked.has(done)) continue
      const periods = isCountedByWeek(link)
        ? periodsBetween(run.firstDay, run.lastDay, 'week').filter(
            ({ firstDay, lastDay }) => lastDay >= today && firstDay <= link.lastDay,
          )
        : [{ id: WHOLE_RUN, firstDay: today > run.firstDay ? today : run.firstDay, lastDay: run.lastDay }]
      await this.#store.addLink(sketch, { label: link.code, periods })
      this.#linked.add(done)
    }
  }

  async #begin(run: ContentRun, name: SketchName, today: CalendarDay): Promise<void> {
    if (run.visitors === 'none') return
    const key = this.#keys.obtain(name)
    const sketch = await this.#store.begin({
      ...name,
      size: run.visitors,
      keyCheck: keyCheck(key),
      periods: periodsOf(run, { size: run.visitors }).filter(({ lastDay }) => lastDay >= today),
    })
    await this.#takeUp(run, sketch, today)
  }

  /**
   * Destroys what this process has of a sketch that is over: its key, here and in memory. The key goes last, so that a
   * process that stops halfway does it again.
   * @throws Error when something of the sketch is left in the store
   */
  async #forget(sketch: Sketch): Promise<void> {
    const place = `${sketch.run} ${sketch.site}`
    const live = this.#live.get(place)
    if (live && isSame(live.name, sketch)) {
      live.key.destroy()
      live.bits.fill(0)
      this.#live.delete(place)
    }
    if (!this.#keys.has(sketch)) return
    await this.#store.scrub()
    if (await this.#store.bitsOf(sketch))
      throw new Error(
        `The raw counts of ${describe(sketch)} are over and should be gone, but the store still has them.`,
      )
    this.#keys.destroy(sketch)
  }

  #reportOnce(sentence: string): void {
    if (this.#reported.has(sentence)) return
    this.#reported.add(sentence)
    this.#report(sentence)
  }
}

function periodsOf(run: ContentRun, { size }: Pick<Sketch, 'size'>): Period[] {
  return periodsBetween(run.firstDay, run.lastDay, SIZES[size].period)
}

function isSame(one: SketchName, other: SketchName): boolean {
  return one.run === other.run && one.site === other.site && one.number === other.number
}
