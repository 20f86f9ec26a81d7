import { sql, type Kysely, type Transaction } from 'kysely'
import type { CalendarDay } from '#campaign/day.ts'
import { daysIn, weekOf, WHOLE_RUN, type Period } from '#campaign/period.ts'
import { newVisitors, visitorsByLink, type ClosedPeriod } from '#counting/estimate.ts'
import { coverRate, EPSILON, SIZES, TALLY_EPSILON } from '#counting/parameters.ts'
import { discreteLaplace, type RandomBytes } from '#counting/randomness.ts'
import { addCover, isTouched, seededBits, touch, untouched, type Bits } from '#counting/sketch.ts'
import type { Batch, CountedLink, CountStore, Flip, NewSketch, Sketch, SketchName, TallyCell } from './count-store.ts'
import type { Dialect } from './migrations.ts'
import {
  ContradictoryTotal,
  HoldsNumbers,
  UnknownPeriod,
  type EarlierTotal,
  type PublishedLink,
  type PublishedPeriod,
  type PublishedRun,
  type PublishedTally,
  type Strike,
  type TotalsDesk,
} from './published-totals.ts'
import type { Tables } from './tables.ts'
import { inTurn } from './turn.ts'

/** Bytes of a sketch in one row. */
const CHUNK = 256
/** The label of the cell that counts all visitors of a sketch. */
const EVERYBODY = ''
/** Rows in one statement: far below the number of values that a statement may have (SQLite 32,766). */
const ROWS_AT_ONCE = 500

/** What a database adapter adds to the common store. */
export interface SqlDatabase {
  readonly database: Kysely<Tables>
  readonly dialect: Dialect
  scrub(): Promise<void>
}

type Turn = Transaction<Tables>

/** The store of the counts in an SQL database: the same for every adapter. */
export class SqlStore implements CountStore, TotalsDesk {
  readonly #database: Kysely<Tables>
  readonly #dialect: Dialect
  readonly #scrub: () => Promise<void>
  readonly #random: RandomBytes

  /** @param random for seeds, noise and cover. Its bytes are used once and forgotten. */
  constructor({ database, dialect, scrub }: SqlDatabase, random: RandomBytes) {
    this.#database = database
    this.#dialect = dialect
    this.#scrub = scrub
    this.#random = random
  }

  async sketches(): Promise<Sketch[]> {
    const rows = await this.#read((reading) =>
      reading.selectFrom('sketch').selectAll().orderBy('run').orderBy('site').orderBy('number').execute(),
    )
    return rows.map(sketchOf)
  }

  begin({ periods, ...sketch }: NewSketch): Promise<Sketch> {
    return this.#inTurn(async (turn) => {
      const name = nameOf(sketch)
      const there = await turn.selectFrom('sketch').selectAll().where(isOf(name)).executeTakeFirst()
      if (there) return sketchOf(there)
      const bits = seededBits(SIZES[sketch.size].buckets, this.#random)
      const zeros = untouched(bits) + discreteLaplace(EPSILON.zeros, this.#random)
      const row = {
        ...name,
        size: sketch.size,
        key_check: sketch.keyCheck,
        zeros_at_start: zeros,
        state: 'open',
      } as const
      await turn.insertInto('sketch').values(row).execute()
      await this.#putBits(turn, name, bits)
      await this.#addCells(turn, name, EVERYBODY, EPSILON.visitors, periods)
      return sketchOf(row)
    })
  }

  fit(sketch: SketchName, periods: readonly Period[], today: CalendarDay): Promise<void> {
    return this.#inTurn(async (turn) => {
      const name = nameOf(sketch)
      const open = await turn
        .selectFrom('sketch')
        .select('state')
        .where(isOf(name))
        .where('state', '=', 'open')
        .executeTakeFirst()
      const lastDay = periods.at(-1)?.lastDay
      if (!open || lastDay === undefined) return
      for (const cell of await turn
        .selectFrom('sketch_cell')
        .select(['label', 'period', 'first_day', 'last_day'])
        .where(isOf(name))
        .execute()) {
        await this.#fitCell(
          turn,
          name,
          cell,
          cell.label === EVERYBODY ? periods.find(({ id }) => id === cell.period) : periodOfLink(cell, lastDay),
          lastDay,
          today,
        )
      }
      await this.#addCells(
        turn,
        name,
        EVERYBODY,
        EPSILON.visitors,
        periods.filter((period) => period.lastDay >= today),
      )
      const left = await turn.selectFrom('sketch_cell').select('period').where(isOf(name)).executeTakeFirst()
      if (!left) await this.#end(turn, name)
    })
  }

  withdraw(sketch: SketchName, today: CalendarDay): Promise<void> {
    return this.#inTurn(async (turn) => {
      const name = nameOf(sketch)
      const published = await turn
        .selectFrom('published_visitors')
        .select('period')
        .where(isOf(name))
        .executeTakeFirst()
      const begun = await turn
        .selectFrom('sketch_cell')
        .select('period')
        .where(isOf(name))
        .where('first_day', '<=', today)
        .executeTakeFirst()
      if (!published && !begun) await this.#giveUp(turn, name)
    })
  }

  addLink(sketch: SketchName, { label, periods }: CountedLink): Promise<void> {
    return this.#inTurn((turn) => this.#addCells(turn, nameOf(sketch), label, EPSILON.link, periods))
  }

  bitsOf(sketch: Sketch): Promise<Bits | undefined> {
    return this.#read((reading) => this.#bits(reading, nameOf(sketch), SIZES[sketch.size].buckets))
  }

  giveUp(sketch: SketchName): Promise<void> {
    return this.#inTurn((turn) => this.#giveUp(turn, sketch))
  }

  openTallies(cells: readonly TallyCell[]): Promise<void> {
    return this.#inTurn(async (turn) => {
      const known = new Set<string>()
      const periods = [...new Set(cells.map(({ period }) => period.id))]
      for (const table of ['tally_cell', 'published_tally'] as const) {
        const rows = await turn
          .selectFrom(table)
          .select(['site', 'series', 'label', 'period'])
          .where('period', 'in', periods)
          .execute()
        for (const row of rows) known.add(tallyKey(row))
      }
      const isNew = (cell: TallyCell) => {
        const key = tallyKey({ ...cell, period: cell.period.id })
        return !known.has(key) && known.add(key)
      }
      const rows = cells.filter(isNew).map(({ site, series, label, period }) => ({
        site,
        series,
        label,
        ...columnsOf(period),
        count: discreteLaplace(TALLY_EPSILON[series], this.#random),
      }))
      for (const part of partsOf(rows)) await turn.insertInto('tally_cell').values(part).execute()
    })
  }

  write({ writer, number, flips, tallies }: Batch): Promise<void> {
    return this.#inTurn(async (turn) => {
      // Written with every batch, also an empty one, so that the moment of a write tells nothing.
      const { numInsertedOrUpdatedRows } = await turn
        .insertInto('writer')
        .values({ writer, batch: number })
        .onConflict((conflict) =>
          conflict.column('writer').doUpdateSet({ batch: number }).where('writer.batch', '<', number),
        )
        .executeTakeFirstOrThrow()
      if (numInsertedOrUpdatedRows === 0n) return
      for (const ofOne of groupedBy(flips, ({ sketch }) => `${sketch.run} ${sketch.site} ${sketch.number}`))
        await this.#addFlips(turn, ofOne)
      for (const { site, series, label, period, by } of tallies) {
        await turn
          .updateTable('tally_cell')
          .set(({ eb }) => ({ count: eb('count', '+', by) }))
          .where('site', '=', site)
          .where('series', '=', series)
          .where('label', '=', label)
          .where('period', '=', period)
          .execute()
      }
    })
  }

  closeBefore(today: CalendarDay): Promise<void> {
    return this.#inTurn(async (turn) => {
      const open = await turn
        .selectFrom('sketch')
        .selectAll()
        .where('state', '=', 'open')
        .orderBy('run')
        .orderBy('site')
        .execute()
      for (const sketch of open) await this.#closeSketch(turn, sketch, today)
      await this.#closeTallies(turn, today)
    })
  }

  scrub(): Promise<void> {
    return this.#scrub()
  }

  close(): Promise<void> {
    return this.#database.destroy()
  }

  async runs(): Promise<PublishedRun[]> {
    const rows = await this.#read((reading) =>
      reading
        .selectFrom('published_visitors')
        .select(({ fn }) => ['run', fn.min('first_day').as('first_day'), fn.max('last_day').as('last_day')])
        .groupBy('run')
        .orderBy('first_day')
        .execute(),
    )
    return rows.map(({ run, first_day, last_day }) => ({ run, firstDay: first_day, lastDay: last_day }))
  }

  async periods(runs?: readonly string[]): Promise<PublishedPeriod[]> {
    if (runs?.length === 0) return []
    const rows = await this.#read((reading) =>
      reading
        .selectFrom('published_visitors as published')
        .innerJoin('sketch', (join) =>
          join
            .onRef('sketch.run', '=', 'published.run')
            .onRef('sketch.site', '=', 'published.site')
            .onRef('sketch.number', '=', 'published.number'),
        )
        .selectAll('published')
        .select('sketch.size')
        .$if(runs !== undefined, (query) => query.where('published.run', 'in', runs ?? []))
        .orderBy('published.site')
        .orderBy('published.first_day')
        .orderBy('published.number')
        .execute(),
    )
    return rows.map((row) => ({
      ...nameOf(row),
      ...closedPeriodOf(row),
      size: row.size,
      firstDay: row.first_day,
      lastDay: row.last_day,
    }))
  }

  async links(run?: string): Promise<PublishedLink[]> {
    const rows = await this.#read((reading) =>
      reading
        .selectFrom('published_link')
        .selectAll()
        .$if(run !== undefined, (query) => query.where('run', '=', run ?? ''))
        .orderBy('run')
        .orderBy('site')
        .orderBy('label')
        .orderBy('period')
        .orderBy('number')
        .execute(),
    )
    return rows.map(({ run, site, label, period, first_day, value, milli_error }) => ({
      run,
      site,
      label,
      period,
      firstDay: first_day,
      value,
      milliError: milli_error,
    }))
  }

  async tallies(from: CalendarDay, to: CalendarDay): Promise<PublishedTally[]> {
    const rows = await this.#read((reading) =>
      reading
        .selectFrom('published_tally')
        .selectAll()
        .where('first_day', '>=', from)
        .where('last_day', '<=', to)
        .orderBy('site')
        .orderBy('series')
        .orderBy('label')
        .orderBy('first_day')
        .execute(),
    )
    return rows.map(({ site, series, label, period, first_day, last_day, value }) => ({
      site,
      series,
      label,
      period,
      firstDay: first_day,
      lastDay: last_day,
      value,
    }))
  }

  strikes(): Promise<Strike[]> {
    return this.#read((reading) =>
      reading.selectFrom('strike').selectAll().orderBy('run').orderBy('site').orderBy('period').execute(),
    )
  }

  async earlierTotals(): Promise<EarlierTotal[]> {
    const rows = await this.#read((reading) =>
      reading.selectFrom('earlier_total').selectAll().orderBy('first_day').orderBy('site').execute(),
    )
    return rows.map(({ site, period, first_day, last_day, value, source }) => ({
      site,
      period,
      firstDay: first_day,
      lastDay: last_day,
      value,
      source,
    }))
  }

  strike(strike: Strike, instead?: string): Promise<Strike | undefined> {
    return this.#inTurn(async (turn) => {
      const { run, site, period, reason, day } = strike
      const published = await turn
        .selectFrom('published_visitors')
        .select('period')
        .where('run', '=', run)
        .where('site', '=', site)
        .where('period', '=', period)
        .executeTakeFirst()
      if (!published) throw new UnknownPeriod(strike)
      const before = await turn
        .selectFrom('strike')
        .selectAll()
        .where('run', '=', run)
        .where('site', '=', site)
        .where('period', '=', period)
        .executeTakeFirst()
      if (before && instead !== undefined && before.reason !== instead) return before
      await turn
        .insertInto('strike')
        .values({ run, site, period, reason, day })
        .onConflict((conflict) => conflict.columns(['run', 'site', 'period']).doUpdateSet({ reason, day }))
        .execute()
      return undefined
    })
  }

  restore({ run, site, period }: Pick<Strike, 'run' | 'site' | 'period'>): Promise<boolean> {
    return this.#inTurn(async (turn) => {
      const { numDeletedRows } = await turn
        .deleteFrom('strike')
        .where('run', '=', run)
        .where('site', '=', site)
        .where('period', '=', period)
        .executeTakeFirst()
      return numDeletedRows > 0n
    })
  }

  takeOver(totals: readonly EarlierTotal[]): Promise<void> {
    return this.#inTurn(async (turn) => {
      for (const total of totals) {
        const { site, period, value, source } = total
        const kept = await turn
          .selectFrom('earlier_total')
          .select('value')
          .where('site', '=', site)
          .where('period', '=', period)
          .executeTakeFirst()
        if (kept && kept.value !== value) throw new ContradictoryTotal(total, kept.value)
        if (!kept)
          await turn
            .insertInto('earlier_total')
            .values({
              site,
              ...columnsOf({ id: period, firstDay: total.firstDay, lastDay: total.lastDay }),
              value,
              source,
            })
            .execute()
      }
    })
  }

  async isDemonstration(): Promise<boolean> {
    const row = await this.#read((reading) => reading.selectFrom('demonstration').select('day').executeTakeFirst())
    return row !== undefined
  }

  markAsDemonstration(day: CalendarDay): Promise<void> {
    return this.#inTurn(async (turn) => {
      if (await turn.selectFrom('demonstration').select('day').executeTakeFirst()) return
      for (const table of ['sketch', 'tally_cell', 'published_tally', 'earlier_total'] as const) {
        if (await turn.selectFrom(table).select('site').executeTakeFirst()) throw new HoldsNumbers()
      }
      await turn.insertInto('demonstration').values({ day }).execute()
    })
  }

  /** Reads a state of the store that no write is halfway in. */
  #read<T>(question: (reading: Turn) => Promise<T>): Promise<T> {
    return this.#database.transaction().execute(question)
  }

  /** Runs a change as a whole, while no other process writes. */
  #inTurn<T>(change: (turn: Turn) => Promise<T>): Promise<T> {
    return inTurn(this.#database, this.#dialect, change)
  }

  async #bits(from: Turn, name: SketchName, buckets: number): Promise<Bits | undefined> {
    const rows = await from
      .selectFrom('sketch_bits')
      .select(['chunk', 'bits'])
      .where(isOf(name))
      .orderBy('chunk')
      .execute()
    const bits = new Uint8Array(buckets / 8)
    if (rows.length !== Math.ceil(bits.length / CHUNK)) return undefined
    for (const { chunk, bits: part } of rows) bits.set(new Uint8Array(part), chunk * CHUNK)
    return bits
  }

  async #putBits(turn: Turn, name: SketchName, bits: Bits): Promise<void> {
    await turn.deleteFrom('sketch_bits').where(isOf(name)).execute()
    const rows = Array.from({ length: Math.ceil(bits.length / CHUNK) }, (_, chunk) => ({
      ...name,
      chunk,
      bits: bits.slice(chunk * CHUNK, (chunk + 1) * CHUNK),
    }))
    for (const part of partsOf(rows)) await turn.insertInto('sketch_bits').values(part).execute()
  }

  async #addCells(
    turn: Turn,
    name: SketchName,
    label: string,
    epsilon: number,
    periods: readonly Period[],
  ): Promise<void> {
    const table = label === EVERYBODY ? 'published_visitors' : 'published_link'
    const open = await turn
      .selectFrom('sketch_cell')
      .select(['period', 'last_day'])
      .where(isOf(name))
      .where('label', '=', label)
      .execute()
    const published = await turn
      .selectFrom(table)
      .select('period')
      .where(isOf(name))
      .$if(label !== EVERYBODY, (query) => query.where(sql.ref('label'), '=', label))
      .execute()
    const known = new Set([...open, ...published].map(({ period }) => period))
    for (const period of periods) {
      if (known.has(period.id)) continue
      await turn
        .insertInto('sketch_cell')
        .values({ ...name, label, ...columnsOf(period), flips: discreteLaplace(epsilon, this.#random) })
        .execute()
    }
  }

  /** A period that will not come holds nothing but the noise it was born with. One that has begun is never taken away. */
  async #fitCell(
    turn: Turn,
    name: SketchName,
    cell: Pick<Tables['sketch_cell'], 'label' | 'period' | 'first_day' | 'last_day'>,
    period: Period | undefined,
    lastDay: CalendarDay,
    today: CalendarDay,
  ): Promise<void> {
    const { label, first_day, last_day } = cell
    if (first_day > lastDay || (!period && first_day > today)) {
      await turn
        .deleteFrom('sketch_cell')
        .where(isOf(name))
        .where('label', '=', label)
        .where('period', '=', cell.period)
        .execute()
    } else if (period && (period.firstDay !== first_day || period.lastDay !== last_day)) {
      await turn
        .updateTable('sketch_cell')
        .set({ first_day: period.firstDay, last_day: period.lastDay })
        .where(isOf(name))
        .where('label', '=', label)
        .where('period', '=', cell.period)
        .execute()
    }
  }

  async #addFlips(turn: Turn, flips: readonly [Flip, ...Flip[]]): Promise<void> {
    const name = nameOf(flips[0].sketch)
    const cells = await turn
      .selectFrom('sketch_cell')
      .select(['label', 'period', 'last_day'])
      .where(isOf(name))
      .orderBy('last_day')
      .execute()
    const cellOn = (label: string, day: CalendarDay) =>
      cells.find((cell) => cell.label === label && cell.last_day >= day)
    const chunks = new Map<number, Uint8Array>()
    const added = new Map<string, { label: string; period: string; count: number }>()
    for (const { bucket, day, link } of flips) {
      const everybody = cellOn(EVERYBODY, day)
      if (!everybody) continue
      const chunk = Math.floor(bucket / 8 / CHUNK)
      const bits = chunks.get(chunk) ?? (await this.#chunk(turn, name, chunk))
      if (!bits) continue
      chunks.set(chunk, bits)
      const inChunk = bucket - chunk * CHUNK * 8
      if (isTouched(bits, inChunk)) continue
      touch(bits, inChunk)
      for (const cell of [everybody, link === undefined ? undefined : cellOn(link, day)]) {
        if (!cell) continue
        const key = `${cell.label} ${cell.period}`
        added.set(key, { label: cell.label, period: cell.period, count: (added.get(key)?.count ?? 0) + 1 })
      }
    }
    for (const [chunk, bits] of chunks)
      await turn.updateTable('sketch_bits').set({ bits }).where(isOf(name)).where('chunk', '=', chunk).execute()
    for (const { label, period, count } of added.values()) {
      await turn
        .updateTable('sketch_cell')
        .set(({ eb }) => ({ flips: eb('flips', '+', count) }))
        .where(isOf(name))
        .where('label', '=', label)
        .where('period', '=', period)
        .execute()
    }
  }

  async #chunk(turn: Turn, name: SketchName, chunk: number): Promise<Uint8Array | undefined> {
    const row = await turn
      .selectFrom('sketch_bits')
      .select('bits')
      .where(isOf(name))
      .where('chunk', '=', chunk)
      .executeTakeFirst()
    return row && Uint8Array.from(new Uint8Array(row.bits))
  }

  async #closeSketch(turn: Turn, sketch: Tables['sketch'], today: CalendarDay): Promise<void> {
    const name = nameOf(sketch)
    const { buckets } = SIZES[sketch.size]
    const cells = await turn.selectFrom('sketch_cell').selectAll().where(isOf(name)).orderBy('last_day').execute()
    const over = cells.filter(({ last_day }) => last_day < today)
    if (over.length === 0) return
    const bits = await this.#bits(turn, name, buckets)
    // Lost with the machine: the process that finds this out begins a new sketch (giveUp).
    if (!bits) return

    const published = await turn
      .selectFrom('published_visitors')
      .selectAll()
      .where(isOf(name))
      .orderBy('last_day')
      .execute()
    const last = published.at(-1)
    let zeros = last ? last.zeros_after - last.covered : sketch.zeros_at_start
    for (const { period, first_day, last_day, flips } of over.filter(({ label }) => label === EVERYBODY)) {
      const zerosAfter = zeros - flips
      const covered = addCover(
        bits,
        coverRate(daysIn({ id: period, firstDay: first_day, lastDay: last_day })),
        this.#random,
      )
      const row = {
        ...name,
        period,
        first_day,
        last_day,
        flips,
        zeros_before: zeros,
        zeros_after: zerosAfter,
        covered,
        value: newVisitors(buckets, zeros, zerosAfter),
      }
      await turn.insertInto('published_visitors').values(row).execute()
      published.push(row)
      zeros = zerosAfter - covered
    }
    for (const cell of over.filter(({ label }) => label !== EVERYBODY)) {
      const { label, period, first_day, last_day } = cell
      const meanwhile = published
        .filter((closed) => closed.first_day >= first_day && closed.last_day <= last_day)
        .map(closedPeriodOf)
      const { value, error } = visitorsByLink(buckets, cell.flips, meanwhile)
      await turn
        .insertInto('published_link')
        .values({ ...name, label, period, first_day, last_day, value, milli_error: Math.round(error * 1000) })
        .execute()
    }
    await turn.deleteFrom('sketch_cell').where(isOf(name)).where('last_day', '<', today).execute()
    if (over.length < cells.length) return this.#putBits(turn, name, bits)
    await this.#end(turn, name)
  }

  async #closeTallies(turn: Turn, today: CalendarDay): Promise<void> {
    const over = await turn.selectFrom('tally_cell').selectAll().where('last_day', '<', today).execute()
    const rows = over.map(({ count, ...cell }) => ({ ...cell, value: count }))
    for (const part of partsOf(rows)) await turn.insertInto('published_tally').values(part).execute()
    await turn.deleteFrom('tally_cell').where('last_day', '<', today).execute()
    // The rows of processes that are gone would stay for ever; one that lives writes its row again.
    if (rows.length > 0) await turn.deleteFrom('writer').execute()
  }

  async #end(turn: Turn, sketch: SketchName): Promise<void> {
    await turn.updateTable('sketch').set({ state: 'ended' }).where(isOf(sketch)).execute()
    await this.#destroy(turn, sketch)
  }

  async #giveUp(turn: Turn, sketch: SketchName): Promise<void> {
    await turn.updateTable('sketch').set({ state: 'lost' }).where(isOf(sketch)).where('state', '=', 'open').execute()
    await this.#destroy(turn, sketch)
  }

  async #destroy(turn: Turn, sketch: SketchName): Promise<void> {
    await turn.deleteFrom('sketch_bits').where(isOf(sketch)).execute()
    await turn.deleteFrom('sketch_cell').where(isOf(sketch)).execute()
  }
}

function nameOf({ run, site, number }: SketchName): SketchName {
  return { run, site, number }
}

function sketchOf({ run, site, number, size, state, key_check }: Omit<Tables['sketch'], 'zeros_at_start'>): Sketch {
  return { run, site, number, size, state, keyCheck: key_check }
}

function closedPeriodOf({
  period,
  flips,
  zeros_before,
  zeros_after,
  value,
}: Tables['published_visitors']): ClosedPeriod {
  return { period, flips, zerosBefore: zeros_before, zerosAfter: zeros_after, value }
}

function columnsOf({ id, firstDay, lastDay }: Period) {
  return { period: id, first_day: firstDay, last_day: lastDay }
}

/** The cell of a link, in a run with this last day: a whole run ends with it, a week is cut to it; undefined when it begins after the run. */
function periodOfLink(
  { period, first_day: firstDay }: Pick<Tables['sketch_cell'], 'period' | 'first_day'>,
  lastDay: CalendarDay,
): Period | undefined {
  if (firstDay > lastDay) return undefined
  if (period === WHOLE_RUN) return { id: period, firstDay, lastDay }
  const week = weekOf(firstDay)
  return { id: week.id, firstDay, lastDay: week.lastDay < lastDay ? week.lastDay : lastDay }
}

function tallyKey({
  site,
  series,
  label,
  period,
}: {
  site: string
  series: string
  label: string
  period: string
}): string {
  return [site, series, label, period].join('|')
}

/** The rows of one sketch. */
function isOf({ run, site, number }: SketchName) {
  return sql<boolean>`${sql.ref('run')} = ${run} and ${sql.ref('site')} = ${site} and ${sql.ref('number')} = ${number}`
}

/** Rows in parts that one statement can hold. */
function partsOf<T>(rows: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(rows.length / ROWS_AT_ONCE) }, (_, part) =>
    rows.slice(part * ROWS_AT_ONCE, (part + 1) * ROWS_AT_ONCE),
  )
}

function groupedBy<T>(items: readonly T[], keyOf: (item: T) => string): [T, ...T[]][] {
  const groups = new Map<string, [T, ...T[]]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group) group.push(item)
    else groups.set(keyOf(item), [item])
  }
  return [...groups.values()]
}
