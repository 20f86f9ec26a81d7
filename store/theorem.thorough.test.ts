import { Kysely, SqliteDialect, type SqliteDatabase } from 'kysely'
import Database from 'libsql'
import { describe, expect, it } from 'vitest'
import { parseDay } from '#campaign/day.ts'
import { dayAsPeriod } from '#campaign/period.ts'
import { coverRate, EPSILON, SIZES } from '#counting/parameters.ts'
import type { Flip, SketchName } from './count-store.ts'
import { COUNT_TABLES } from './count-migrations.ts'
import { IN_A_FILE } from './file-dialect.ts'
import { migrate } from './migrations.ts'
import { SqlStore } from './sql-store.ts'
import type { Tables } from './tables.ts'

// What the count promises to each visitor, enumerated: every outcome of the chances that matter, each with its exact
// probability, through the store that counts. With E the sum of the epsilons of a cell, a link and the zeros, and half of
// the buckets seeded: Pr[what a thief finds | she came] <= (1 + e^E) Pr[the same | she did not come].

const FIRST_DAY = parseDay('2027-03-25')
const SECOND_DAY = parseDay('2027-03-26')
const BUCKETS = SIZES.small.buckets

/** She comes on both days by the link; somebody else falls into the same bucket on the second day. */
const HER_BUCKET = 5
/** Another visitor of the first day, in another row of the table of bits. */
const OTHER_BUCKET = 3000
const LINK = 'poster'

const TWO_TO_THE_32 = 2 ** 32

/** How many of the 2^32 integers let a geometric draw of this epsilon go on. */
const goingOn = (epsilon: number) => Math.floor(Math.exp(-epsilon) * TWO_TO_THE_32)
const ratioOf = (epsilon: number) => goingOn(epsilon) / TWO_TO_THE_32
const noiseProbability = (epsilon: number, noise: number) =>
  ((1 - ratioOf(epsilon)) / (1 + ratioOf(epsilon))) * ratioOf(epsilon) ** Math.abs(noise)
/** How many of the 2^32 integers let cover touch a free bucket at the end of a day. */
const COVERING = Math.floor(coverRate(1) * TWO_TO_THE_32)

/** One way that chance can go. All other buckets are seeded, so that these are all the chances there are. */
interface Chance {
  /** Whether the seed touched her bucket. */
  readonly seeded: boolean
  readonly otherSeeded: boolean
  readonly ofZeros: number
  readonly ofFirstDay: number
  readonly ofLink: number
  /** Whether cover touches her bucket; undefined when it is not free at the end of the first day. */
  readonly covered: boolean | undefined
}

/**
 * Every chance with one of these numbers for each noise. That of the second day is always 0, and the seed of the other is
 * known: a thief who knows that much can still not know more of her.
 */
function chances(sheComes: boolean, otherSeeded: boolean, noise: readonly number[]): Chance[] {
  const noises = noise.flatMap((ofZeros) =>
    noise.flatMap((ofFirstDay) => noise.map((ofLink) => ({ otherSeeded, ofZeros, ofFirstDay, ofLink }))),
  )
  return noises.flatMap((rest) => {
    const ifFree = sheComes ? [undefined] : [false, true]
    return [
      { ...rest, seeded: true, covered: undefined },
      ...ifFree.map((covered) => ({ ...rest, seeded: false, covered })),
    ]
  })
}

function probabilityOf({ ofZeros, ofFirstDay, ofLink, covered }: Chance): number {
  const ofCover = covered === undefined ? 1 : (covered ? COVERING : TWO_TO_THE_32 - COVERING) / TWO_TO_THE_32
  return (
    0.5 *
    noiseProbability(EPSILON.zeros, ofZeros) *
    noiseProbability(EPSILON.visitors, ofFirstDay) *
    noiseProbability(EPSILON.link, ofLink) *
    ofCover
  )
}

/** The store of the counts in memory, with its chances written down beforehand. */
async function scriptedStore() {
  const script: Uint8Array[] = []
  const random = (count: number) => {
    const next = script.shift()
    if (next?.length !== count)
      throw new Error(`The store asked for ${count} bytes; the script has ${next?.length ?? 'none'}.`)
    return next
  }
  const database = new Kysely<Tables>({
    dialect: new SqliteDialect({ database: new Database(':memory:') as unknown as SqliteDatabase }),
  })
  await migrate(database, IN_A_FILE, COUNT_TABLES)
  const store = new SqlStore({ database, dialect: IN_A_FILE, scrub: async () => {} }, random)

  const integers = (...values: number[]) =>
    values.forEach((value) => script.push(Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value)))
  // The last integer that goes on and the first that stops: a draw with another epsilon would take one for the other.
  const noise = (value: number, epsilon: number) => {
    const steps = Array.from({ length: Math.abs(value) }, () => goingOn(epsilon) - 1)
    integers(...(value > 0 ? steps : []), goingOn(epsilon), ...(value < 0 ? steps : []), goingOn(epsilon))
  }
  const cover = (touches: boolean) => integers(touches ? COVERING - 1 : COVERING)
  const scriptIsEmpty = () => script.length === 0
  return { store, database, scriptIsEmpty, noise, cover, bytes: (bytes: Uint8Array) => script.push(bytes) }
}

type Scripted = Awaited<ReturnType<typeof scriptedStore>>

/** Everything that is in the store of one sketch, without the name that this test gave it. */
async function stolen(database: Kysely<Tables>, run: string): Promise<string> {
  const bits = await database.selectFrom('sketch_bits').selectAll().where('run', '=', run).orderBy('chunk').execute()
  const tables = [
    await database.selectFrom('sketch').selectAll().where('run', '=', run).execute(),
    bits.map((row) => ({ ...row, bits: Buffer.from(row.bits).toString('hex') })),
    await database
      .selectFrom('sketch_cell')
      .selectAll()
      .where('run', '=', run)
      .orderBy('label')
      .orderBy('period')
      .execute(),
    await database.selectFrom('published_visitors').selectAll().where('run', '=', run).orderBy('period').execute(),
    await database.selectFrom('published_link').selectAll().where('run', '=', run).execute(),
    await database.selectFrom('writer').select('batch').where('writer', '=', run).execute(),
  ]
  return JSON.stringify(tables).replaceAll(JSON.stringify(run), '""')
}

/** One run of two days, with or without her. @returns what a thief finds in the evening of each day */
async function loot(
  { store, database, scriptIsEmpty, noise, cover, bytes }: Scripted,
  run: string,
  chance: Chance,
  sheComes: boolean,
): Promise<readonly [string, string]> {
  const sketch: SketchName = { run, site: 'help', number: 1 }
  const seeds = new Uint8Array(BUCKETS / 8).fill(0xff)
  for (const [bucket, seeded] of [
    [HER_BUCKET, chance.seeded],
    [OTHER_BUCKET, chance.otherSeeded],
  ] as const)
    if (!seeded) seeds[bucket >> 3] = 0xff & ~(1 << (bucket & 7))
  bytes(seeds)
  noise(chance.ofZeros, EPSILON.zeros)
  noise(chance.ofFirstDay, EPSILON.visitors)
  noise(0, EPSILON.visitors)
  await store.begin({
    ...sketch,
    size: 'small',
    keyCheck: '',
    periods: [dayAsPeriod(FIRST_DAY), dayAsPeriod(SECOND_DAY)],
  })
  noise(chance.ofLink, EPSILON.link)
  await store.addLink(sketch, { label: LINK, periods: [dayAsPeriod(FIRST_DAY)] })

  const her = (day: Flip['day']): Flip[] => (sheComes ? [{ sketch, bucket: HER_BUCKET, day, link: LINK }] : [])
  const write = (number: number, flips: readonly Flip[]) => store.write({ writer: run, number, flips, tallies: [] })
  await write(1, [{ sketch, bucket: OTHER_BUCKET, day: FIRST_DAY }])
  await write(2, her(FIRST_DAY))
  const firstEvening = await stolen(database, run)

  if (chance.covered !== undefined) cover(chance.covered)
  await store.closeBefore(SECOND_DAY)
  const { covered } = await database
    .selectFrom('published_visitors')
    .select('covered')
    .where('run', '=', run)
    .executeTakeFirstOrThrow()
  expect(covered).toBe(chance.covered === true ? 1 : 0)
  await write(3, [{ sketch, bucket: HER_BUCKET, day: SECOND_DAY }, ...her(SECOND_DAY)])
  const secondEvening = await stolen(database, run)
  expect(scriptIsEmpty()).toBe(true)
  await store.giveUp(sketch)
  return [firstEvening, secondEvening]
}

/** The probability of everything that a thief can find in each evening. */
async function outcomes(
  scripted: Scripted,
  name: string,
  sheComes: boolean,
  all: readonly Chance[],
): Promise<readonly [Map<string, number>, Map<string, number>]> {
  const found = [new Map<string, number>(), new Map<string, number>()] as const
  for (const [index, chance] of all.entries()) {
    const evenings = await loot(scripted, `${name} ${index}`, chance, sheComes)
    for (const [evening, dump] of evenings.entries())
      found[evening]?.set(dump, (found[evening].get(dump) ?? 0) + probabilityOf(chance))
  }
  return found
}

describe('the promise to a visitor', () => {
  it.each([false, true])(
    'holds for everything a thief can find, is reached, and nothing proves that she came (other bucket seeded: %s)',
    { timeout: 60_000 },
    async (otherSeeded) => {
      const scripted = await scriptedStore()
      const present = await outcomes(scripted, 'present', true, chances(true, otherSeeded, [-1, 0, 1]))
      // Without her each number is one lower, so the noise that makes the same of it can be one higher.
      const absent = await outcomes(scripted, 'absent', false, chances(false, otherSeeded, [-1, 0, 1, 2]))

      const bound = 1 + 1 / (ratioOf(EPSILON.visitors) * ratioOf(EPSILON.link) * ratioOf(EPSILON.zeros))
      expect(bound).toBeCloseTo(1 + Math.exp(EPSILON.visitors + EPSILON.link + EPSILON.zeros), 6)
      for (const evening of [0, 1] as const) {
        let highest = 0
        for (const [dump, probability] of present[evening]) {
          const withoutHer = absent[evening].get(dump)
          expect(withoutHer, dump).toBeDefined()
          highest = Math.max(highest, probability / (withoutHer ?? 0))
        }
        expect(highest / bound).toBeCloseTo(1, 12)
      }
      await scripted.store.close()
    },
  )

  it('is one-sided: in half of the cases the state of the first evening proves that she did not come', async () => {
    const scripted = await scriptedStore()
    const [present] = await outcomes(scripted, 'present', true, chances(true, false, [0]))
    const [absent] = await outcomes(scripted, 'absent', false, chances(false, false, [0]))
    const proof = [...absent].filter(([dump]) => !present.has(dump))
    const sum = (found: Iterable<[string, number]>) => [...found].reduce((all, [, probability]) => all + probability, 0)
    expect(sum(proof) / sum(absent)).toBeCloseTo(0.5, 12)
    await scripted.store.close()
  })

  it('is kept to the last byte of the store when the seed touched her bucket', async () => {
    const scripted = await scriptedStore()
    for (const otherSeeded of [false, true]) {
      const chance: Chance = { seeded: true, otherSeeded, ofZeros: 2, ofFirstDay: -1, ofLink: 3, covered: undefined }
      expect(await loot(scripted, `present ${otherSeeded}`, chance, true)).toEqual(
        await loot(scripted, `absent ${otherSeeded}`, chance, false),
      )
    }
    await scripted.store.close()
  })
})
