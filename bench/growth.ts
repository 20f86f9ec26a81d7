import { performance } from 'node:perf_hooks'
import { setImmediate as turn } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { median } from './middle.ts'

/** How much of something there is: as now, and ten and a hundred times as much. */
export const SIZES = [1, 10, 100] as const
export type Size = (typeof SIZES)[number]

/** What is expected of a figure: that it hardly changes, or that it grows no faster than what it depends on. */
export type Growth = 'hardly' | 'in proportion'

/** A figure at each size. */
export interface Grown {
  readonly values: readonly number[]
  /** Over the first one: the median of the rounds. */
  readonly ratios: readonly number[]
}

/** Something to time. */
export interface Act {
  /** Makes ready for a stretch; not timed. */
  readonly ready?: () => void
  /** Does it so many times. */
  readonly act: (times: number) => void | Promise<void>
}

const ROUNDS = 15
const AMOUNTS = 3
const COLLECTIONS = 4
/** A stretch that is timed lasts so long, so that the clock's own steps do not count. Unit: milliseconds. */
const STRETCH = 4

/** What a figure may grow to, with room for a busy machine: what grows with the square is at ten thousand where three hundred is the most. */
export function mostGrowth(growth: Growth, size: Size): number {
  return growth === 'hardly' ? 4 : 3 * size
}

/**
 * How long something takes at each size, by turns.
 * @param prepare makes what is timed at a size; what it does itself is not timed
 * @returns values in microseconds
 */
export async function timeAtEachSize(prepare: (size: Size) => Act | Promise<Act>): Promise<Grown> {
  const measured: { act: Act; times: number; taken: number[] }[] = []
  for (const size of SIZES) {
    const act = await prepare(size)
    measured.push({ act, times: await timesIn(act), taken: [] })
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const one of round % 2 === 0 ? measured : measured.toReversed())
      one.taken.push((await timed(one.act, one.times)) / one.times)
  }
  const [first] = measured
  return {
    values: measured.map(({ taken }) => median(taken) * 1000),
    ratios: measured.map(({ taken }) => median(taken.map((time, round) => time / (first?.taken[round] ?? Number.NaN)))),
  }
}

/** An amount at each size: the median of a few times, for the first time a program also makes what it needs at every size. */
export async function amountAtEachSize(amount: (size: Size) => number | Promise<number>): Promise<Grown> {
  const measured = SIZES.map((size) => ({ size, amounts: [] as number[] }))
  for (let time = 0; time < AMOUNTS; time += 1)
    for (const { size, amounts } of measured) amounts.push(await amount(size))
  const values = measured.map(({ amounts }) => median(amounts))
  return { values, ratios: values.map((value) => value / (values[0] ?? Number.NaN)) }
}

/**
 * How much memory this process takes more while something is held. Unit: bytes.
 * @param make makes it; what else it makes is forgotten
 * @param copies are held together, so that they take far more than the few hundred kB that a program makes and forgets meanwhile
 */
export async function memoryOf(make: () => unknown, copies: number): Promise<number> {
  const before = await memoryInUse()
  const held: unknown[] = []
  for (let copy = 0; copy < copies; copy += 1) held.push(await make())
  const after = await memoryInUse()
  // Emptied only now, so that all of it was still held when the memory was looked at.
  held.length = 0
  return (after - before) / copies
}

/** Objects and buffers that something still refers to. */
async function memoryInUse(): Promise<number> {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  // What a library in another language holds is let go between two times.
  for (let time = 0; time < COLLECTIONS; time += 1) {
    collect()
    await turn()
  }
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

async function timesIn(act: Act): Promise<number> {
  let times = 1
  while ((await timed(act, times)) < STRETCH) times *= 2
  return times
}

async function timed({ ready, act }: Act, times: number): Promise<number> {
  ready?.()
  const start = performance.now()
  await act(times)
  return performance.now() - start
}
