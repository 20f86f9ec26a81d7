import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { addDays, daysBetween, parseDay } from '#campaign/day.ts'
import { daysIn, periodsBetween, weekOf, type Period } from '#campaign/period.ts'
import {
  newVisitors,
  shownAs,
  sumOf,
  visitorsByLink,
  visitorsOver,
  type ClosedPeriod,
  type Estimate,
} from '#counting/estimate.ts'
import { coverRate, EPSILON, SHOWN_FROM, SIZES, type SizeName } from '#counting/parameters.ts'
import { discreteLaplace, noiseVariance, type RandomBytes } from '#counting/randomness.ts'
import { addCover, isTouched, seededBits, touch, untouched } from '#counting/sketch.ts'
import { randomTape } from '#counting/random-tape.ts'
import { openEmbeddedStore } from '#store/embedded.ts'

// `npm run bench:accuracy`: how far the published number of visitors lies from the true one (bench/README.md).

const FIRST_DAY = parseDay('2014-03-25')
const LAST_DAY = parseDay('2014-04-25')
const RUNS = 2000
const NORMAL_95 = 1.96

interface Case {
  readonly size: SizeName
  readonly visitors: number
  /** The most that the root mean square error may be. Unit: per cent of the visitors. */
  readonly mostError?: number
}

const CASES: readonly Case[] = [
  { size: 'small', visitors: 300 },
  { size: 'standard', visitors: 300 },
  { size: 'standard', visitors: 3034, mostError: 3 },
  { size: 'standard', visitors: 19_433, mostError: 2 },
]
/** So many of 100 intervals may hold the true number. */
const COVERAGE = { least: 0.93, most: 0.97 }

/** The buckets of the visitors who came in one period. */
interface Came {
  readonly period: Period
  readonly buckets: number[]
}

/** What is measured of what people read: totals and links of so many visitors, and pages opened so often. */
const TRUTHS = [0, 10, 20, 53, 100, 300] as const
const SAID_RUNS = 1000
/** The visitors of the run that has the links; those of the links are among them. */
const VISITORS_WITH_LINKS = 3034
/** Links that nobody opens, in each run, so that the share that is shown is measured well. */
const UNOPENED = 10
/** Of rows of nothing at most so many may be shown as a number, and so many sentences and intervals must be true. */
const MOST_OF_NOTHING = 0.01
const LEAST_TRUE = 0.94
/** What the intervals beside numbers may hold, where most rows are shown: selection cuts off the low ones, so that more hold. */
const SHOWN_TRUE = { least: 0.93, most: 0.985 }

await main()

async function main(): Promise<void> {
  const failures: string[] = []
  console.log(`${daysBetween(FIRST_DAY, LAST_DAY) + 1} days, ${RUNS} runs of each.\n`)
  console.log('visitors  size      periods   error (RMSE)      bias   claimed   95 % intervals that hold')
  for (const one of CASES) failures.push(...(await measure(one)))
  failures.push(...measureWhatIsSaid())
  for (const failure of failures) console.error(failure)
  if (failures.length > 0) process.exitCode = 1
}

async function measure({ size, visitors, mostError }: Case): Promise<string[]> {
  const random = randomTape(visitors)
  const { buckets, period } = SIZES[size]
  const estimates = Array.from({ length: RUNS }, () =>
    visitorsOver(buckets, closedPeriods(size, crowd(size, visitors, random), random), () => true),
  )
  const mean = (of: (estimate: { value: number; error: number }) => number) =>
    estimates.reduce((sum, estimate) => sum + of(estimate), 0) / RUNS
  const percent = (count: number) => (count / visitors) * 100
  const error = percent(Math.sqrt(mean(({ value }) => (value - visitors) ** 2)))
  const bias = percent(mean(({ value }) => value - visitors))
  const claimed = percent(mean(({ error: ofOne }) => ofOne))
  const held = mean(({ value, error: ofOne }) => (Math.abs(value - visitors) <= NORMAL_95 * ofOne ? 1 : 0))
  const cells = [
    `${error.toFixed(2)} %`.padStart(13),
    `${bias.toFixed(2)} %`.padStart(10),
    `${claimed.toFixed(2)} %`.padStart(10),
    `${(held * 100).toFixed(1)} %`.padStart(27),
  ]
  console.log(`${String(visitors).padStart(8)}  ${size.padEnd(10)}${`${period}s`.padEnd(9)}${cells.join('')}`)

  const failures: string[] = []
  const at = `At ${visitors} visitors, ${size}:`
  if (mostError !== undefined && error > mostError)
    failures.push(`${at} the error is ${error.toFixed(2)} %, more than ${mostError} %.`)
  if (held < COVERAGE.least || held > COVERAGE.most)
    failures.push(
      `${at} of the 95 % intervals ${(held * 100).toFixed(1)} % hold the true number; the standard error is wrong.`,
    )
  if (!(await isWhatTheStorePublishes(size, visitors)))
    failures.push(
      `${at} the store publishes other numbers than this command computed with the same random bytes; compare closedPeriods here with begin, write and closeBefore there.`,
    )
  return failures
}

/** Every estimate of one kind of row with its true number. */
type Rows = Map<string, { readonly truth: number; readonly estimates: Estimate[] }>

/** How often what people read of a row is true: a number with its interval, or that it is at most so many. */
function measureWhatIsSaid(): string[] {
  console.log(`\nWhat is said, ${SAID_RUNS} runs of each; links are in a run of ${VISITORS_WITH_LINKS} visitors.\n`)
  console.log('row                                       truth   error   shown   said is true   shown is true')
  const failures: string[] = []
  const links = linksOfRuns()
  for (const [rows, from] of [
    [totalsOfRuns(), SHOWN_FROM.visitors],
    [links, SHOWN_FROM.link],
    [pagesOfMonths(), SHOWN_FROM.opens],
  ] as const)
    for (const [row, { truth, estimates }] of rows) failures.push(...printRow(row, truth, estimates, from))
  const error = (row: string) => rootMeanSquare(links.get(row) ?? { truth: 0, estimates: [] })
  for (const truth of [0, 53]) {
    const ratio = error(rowOfLink('one cell', 'any day', truth)) / error(rowOfLink('weeks', 'any day', truth))
    console.log(`A link of ${truth}: the error of one cell is ${ratio.toFixed(2)} of that of weeks.`)
    // The part of the error that comes of who met a free bucket is the same in both, and grows with the visitors.
    if (ratio > (truth === 0 ? 0.5 : 0.55)) failures.push(`A link of ${truth}: the error is not halved.`)
  }
  return failures
}

function printRow(row: string, truth: number, estimates: readonly Estimate[], from: number): string[] {
  const said = estimates.map((estimate) => shownAs(estimate, from))
  const holds = said.map((one) => (one.kind === 'about' ? one.low <= truth && truth <= one.high : truth <= one.atMost))
  const shown = said.map(({ kind }) => kind === 'about')
  const share = (flags: readonly boolean[]) => flags.filter(Boolean).length / Math.max(1, flags.length)
  const shownTrue = share(holds.filter((_, index) => shown[index]))
  const percent = (part: number, width: number) => `${(part * 100).toFixed(1)} %`.padStart(width)
  console.log(
    `${row.padEnd(40)}${String(truth).padStart(7)}${rootMeanSquare({ truth, estimates }).toFixed(1).padStart(8)}${percent(share(shown), 8)}${percent(share(holds), 15)}${share(shown) > 0.5 ? percent(shownTrue, 16) : '–'.padStart(16)}`,
  )
  const failures: string[] = []
  if (truth === 0 && share(shown) > MOST_OF_NOTHING)
    failures.push(`${row}: of rows of nothing ${percent(share(shown), 0)} are shown.`)
  if (share(holds) < LEAST_TRUE)
    failures.push(`${row}, ${truth}: what is said is true in ${percent(share(holds), 0)} only.`)
  if (share(shown) > 0.5 && (shownTrue < SHOWN_TRUE.least || shownTrue > SHOWN_TRUE.most))
    failures.push(`${row}, ${truth}: of the intervals shown ${percent(shownTrue, 0)} hold the true number.`)
  return failures
}

function rootMeanSquare({ truth, estimates }: { truth: number; estimates: readonly Estimate[] }): number {
  return Math.sqrt(estimates.reduce((sum, { value }) => sum + (value - truth) ** 2, 0) / Math.max(1, estimates.length))
}

function put(rows: Rows, row: string, truth: number, estimate: Estimate): void {
  const kept = rows.get(row) ?? { truth, estimates: [] }
  kept.estimates.push(estimate)
  rows.set(row, kept)
}

function totalsOfRuns(): Rows {
  const rows: Rows = new Map()
  for (const truth of TRUTHS) {
    const random = randomTape(`total ${truth}`)
    for (let run = 0; run < SAID_RUNS; run += 1) {
      const periods = closedPeriods('standard', crowd('standard', truth, random), random)
      put(
        rows,
        `total of a run, ${truth}`,
        truth,
        visitorsOver(SIZES.standard.buckets, periods, () => true),
      )
    }
  }
  return rows
}

/** A page in a month: one cell. */
function pagesOfMonths(): Rows {
  const rows: Rows = new Map()
  const random = randomTape('pages')
  const error = Math.sqrt(noiseVariance(EPSILON.opens))
  for (const truth of TRUTHS)
    for (let run = 0; run < 10 * SAID_RUNS; run += 1)
      put(rows, `page in a month, ${truth}`, truth, { value: truth + discreteLaplace(EPSILON.opens, random), error })
  return rows
}

type When = 'any day' | 'one day'

function rowOfLink(cells: 'one cell' | 'weeks', when: When, truth: number): string {
  return `link, ${cells}, ${when}, ${truth}`
}

/**
 * Links of every true number in the same runs, each counted in one cell and in weeks. The visitors of a link come on any day of
 * the run, or all of them on one day, which is the worst that a number without days can meet.
 */
function linksOfRuns(): Rows {
  const rows: Rows = new Map()
  const random = randomTape('links')
  const { buckets } = SIZES.standard
  const days = daysBetween(FIRST_DAY, LAST_DAY) + 1
  const links = (['any day', 'one day'] as const).flatMap((when) =>
    TRUTHS.flatMap((truth) => Array.from({ length: truth === 0 ? UNOPENED : 1 }, () => ({ when, truth }))),
  )
  const draw = (most: number) => {
    const [a = 0, b = 0] = random(2)
    return (a * 256 + b) % most
  }
  for (let run = 0; run < SAID_RUNS; run += 1) {
    const visitors = links.flatMap(({ when, truth }, link) => {
      const day = draw(days)
      return Array.from({ length: truth }, () => ({ link, day: when === 'one day' ? day : draw(days) }))
    })
    while (visitors.length < VISITORS_WITH_LINKS) visitors.push({ link: -1, day: draw(days) })
    const bits = seededBits(buckets, random)
    let zeros = untouched(bits) + discreteLaplace(EPSILON.zeros, random)
    const flipsOfLinks = links.map(() => new Map<string, number>())
    const periods = periodsBetween(FIRST_DAY, LAST_DAY, 'day').map((period, index) => {
      let flips = discreteLaplace(EPSILON.visitors, random)
      const week = weekOf(period.firstDay).id
      for (const visitor of visitors) {
        if (visitor.day !== index) continue
        const bucket = draw(buckets)
        if (isTouched(bits, bucket)) continue
        touch(bits, bucket)
        flips += 1
        const ofLink = flipsOfLinks[visitor.link]
        ofLink?.set(week, (ofLink.get(week) ?? 0) + 1)
      }
      const [zerosBefore, zerosAfter] = [zeros, zeros - flips]
      zeros = zerosAfter - addCover(bits, coverRate(1), random)
      return {
        week,
        closed: {
          period: period.id,
          flips,
          zerosBefore,
          zerosAfter,
          value: newVisitors(buckets, zerosBefore, zerosAfter),
        },
      }
    })
    const all = periods.map(({ closed }) => closed)
    const weeks = [...new Set(periods.map(({ week }) => week))].map((week) => ({
      week,
      closed: periods.filter((period) => period.week === week).map(({ closed }) => closed),
    }))
    for (const [index, { when, truth }] of links.entries()) {
      const own = flipsOfLinks[index] ?? new Map<string, number>()
      const flips = [...own.values()].reduce((sum, count) => sum + count, 0)
      put(
        rows,
        rowOfLink('one cell', when, truth),
        truth,
        visitorsByLink(buckets, flips + discreteLaplace(EPSILON.link, random), all),
      )
      const byWeek = weeks.map(({ week, closed }) =>
        visitorsByLink(buckets, (own.get(week) ?? 0) + discreteLaplace(EPSILON.link, random), closed),
      )
      put(rows, rowOfLink('weeks', when, truth), truth, sumOf(byWeek))
    }
  }
  return rows
}

/** Visitors in random buckets on random days: an HMAC is no less random, and slower. */
function crowd(size: SizeName, visitors: number, random: RandomBytes): Came[] {
  const { buckets, period: length } = SIZES[size]
  const days = daysBetween(FIRST_DAY, LAST_DAY) + 1
  const came: Came[] = periodsBetween(FIRST_DAY, LAST_DAY, length).map((period) => ({ period, buckets: [] }))
  for (let visitor = 0; visitor < visitors; visitor += 1) {
    const [a = 0, b = 0, c = 0, d = 0] = random(4)
    const day = addDays(FIRST_DAY, (a * 256 + b) % days)
    came.find(({ period }) => day <= period.lastDay)?.buckets.push((c * 256 + d) % buckets)
  }
  return came
}

/** What the store does with a run, with the functions that it does it with, in the same order, but without a database. */
function closedPeriods(size: SizeName, came: readonly Came[], random: RandomBytes): ClosedPeriod[] {
  const { buckets } = SIZES[size]
  const bits = seededBits(buckets, random)
  let zeros = untouched(bits) + discreteLaplace(EPSILON.zeros, random)
  const noise = came.map(() => discreteLaplace(EPSILON.visitors, random))
  return came.map(({ period, buckets: touched }, index) => {
    let flips = noise[index] ?? 0
    for (const bucket of touched) {
      if (isTouched(bits, bucket)) continue
      touch(bits, bucket)
      flips += 1
    }
    const [zerosBefore, zerosAfter] = [zeros, zeros - flips]
    zeros = zerosAfter - addCover(bits, coverRate(daysIn(period)), random)
    return { period: period.id, flips, zerosBefore, zerosAfter, value: newVisitors(buckets, zerosBefore, zerosAfter) }
  })
}

/** Whether the store on a disk publishes of one run exactly what this command computes for it. */
async function isWhatTheStorePublishes(size: SizeName, visitors: number): Promise<boolean> {
  const came = crowd(size, visitors, randomTape(1))
  const folder = await mkdtemp(join(tmpdir(), 'accuracy-'))
  try {
    const store = await openEmbeddedStore(join(folder, 'counts.db'), randomTape(2))
    const sketch = { run: 'run', site: 'help', number: 1 } as const
    await store.begin({ ...sketch, size, keyCheck: '', periods: came.map(({ period }) => period) })
    for (const [index, { period, buckets }] of came.entries()) {
      await store.write({
        writer: 'bench',
        number: index + 1,
        flips: buckets.map((bucket) => ({ sketch, bucket, day: period.firstDay })),
        tallies: [],
      })
      await store.closeBefore(addDays(period.lastDay, 1))
    }
    const published = await store.periods()
    await store.close()
    const numbers = (periods: readonly ClosedPeriod[]) =>
      JSON.stringify(
        periods.map(({ period, flips, zerosBefore, zerosAfter, value }) => [
          period,
          flips,
          zerosBefore,
          zerosAfter,
          value,
        ]),
      )
    return numbers(published) === numbers(closedPeriods(size, came, randomTape(2)))
  } finally {
    await rm(folder, { recursive: true })
  }
}
