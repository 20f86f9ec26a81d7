import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { addDays, daysBetween, parseDay } from '#campaign/day.ts'
import { daysIn, periodsBetween, type Period } from '#campaign/period.ts'
import { newVisitors, visitorsOver, type ClosedPeriod } from '#counting/estimate.ts'
import { coverRate, EPSILON, SIZES, type SizeName } from '#counting/parameters.ts'
import { discreteLaplace, type RandomBytes } from '#counting/randomness.ts'
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

await main()

async function main(): Promise<void> {
  const failures: string[] = []
  console.log(`${daysBetween(FIRST_DAY, LAST_DAY) + 1} days, ${RUNS} runs of each.\n`)
  console.log('visitors  size      periods   error (RMSE)      bias   claimed   95 % intervals that hold')
  for (const one of CASES) failures.push(...(await measure(one)))
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
