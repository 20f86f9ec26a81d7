import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { EPSILON, SIZES } from '#counting/parameters.ts'
import { discreteLaplace, type RandomBytes } from '#counting/randomness.ts'
import { isTouched, seededBits, touch, untouched } from '#counting/sketch.ts'
import { randomTape } from '#counting/random-tape.ts'
import { bucketOf, visitorOf } from '#counting/visitor.ts'

// `npm run bench:attack`: what a thief can say of one visitor who has stolen the count once (bench/README.md).

/** `stolen` states of `visitors` each, in which the thief asks of `asked` people who came and of as many who did not. */
const CROWDS = [
  { visitors: 300, stolen: 200, asked: 300 },
  { visitors: 3034, stolen: 40, asked: 1500 },
  { visitors: 19_433, stolen: 12, asked: 5000 },
] as const

const { buckets: BUCKETS } = SIZES.standard
/** The gates for the bits of our sketch at the smallest crowd, where each visitor has the fewest to hide among. */
const MOST_ODDS = 2.2
const MOST_ADVANTAGE = 0.53
/** The theorem's limit for everything that is stored: 1 + e^E, E for the cell of her day, that of her link, and the zeros. */
const LIMIT_OF_ODDS = 1 + Math.exp(EPSILON.visitors + EPSILON.link + EPSILON.zeros)
/** A threshold that fewer people who came reach says nothing of the odds. */
const LEAST_REACHED = 200

const USER_AGENTS = [
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36',
  'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile Safari/537.36',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:127.0) Gecko/20100101 Firefox/127.0',
]
const LANGUAGES = ['nl-NL,nl;q=0.9', 'nl', 'en-US,en;q=0.9', 'tr-TR,tr;q=0.9']

/** A stolen state: how much it speaks for somebody having come. The higher the score, the more; equal scores are one outcome. */
interface Stolen {
  remember(visitor: string): void
  scoreOf(visitor: string): number
}

const DESIGNS: readonly { readonly name: string; readonly begin: (random: RandomBytes, visitors: number) => Stolen }[] =
  [
    { name: 'salted-hash table', begin: saltedHashTable },
    { name: 'HyperLogLog, keyed', begin: hyperLogLog },
    { name: 'bitmap, keyed, no seed', begin: (random) => bitmap(random(32), new Uint8Array(BUCKETS / 8)) },
    { name: 'ours: key and bits', begin: (random) => bitmap(random(32), seededBits(BUCKETS, random)) },
    { name: 'ours: without the key', begin: (random) => bitmap(random(32), seededBits(BUCKETS, random), random(32)) },
  ]
const OURS_BITS = 'ours: key and bits'
const OURS_EVERYTHING = 'ours: everything'

interface Answers {
  readonly present: number[]
  readonly absent: number[]
}

interface Measured {
  readonly auc: number
  readonly advantage: number
  readonly odds: number
  /** Standard error of `odds`. */
  readonly oddsError: number
  /** Part of those who did not come of whom the state proves it. */
  readonly cleared: number
  /** Scores that only people who came have. */
  readonly proofs: number
}

main()

function main(): void {
  const failures: string[] = []
  console.log('visitors  stolen                      AUC   advantage   odds grow at most   proved not to have come')
  for (const { visitors, stolen, asked } of CROWDS) {
    const random = randomTape(visitors)
    const answers = new Map(
      [...DESIGNS.map(({ name }) => name), OURS_EVERYTHING].map((name) => [
        name,
        { present: [], absent: [] } as Answers,
      ]),
    )
    for (let state = 0; state < stolen; state += 1) askAll(visitors, asked, random, answers)
    for (const [name, of] of answers) {
      const measured = measure(of)
      console.log(row(visitors, name, measured))
      failures.push(...failuresOf(visitors, name, measured))
    }
    console.log()
  }
  for (const failure of failures) console.error(failure)
  if (failures.length > 0) process.exitCode = 1
}

/** Lets a crowd visit, steals every design once and asks of people who came and of people who did not. */
function askAll(visitors: number, asked: number, random: RandomBytes, answers: ReadonlyMap<string, Answers>): void {
  const crowd = people(visitors, random)
  const strangers = people(asked, random)
  for (const { name, begin } of DESIGNS) {
    const state = begin(random, visitors)
    for (const visitor of crowd) state.remember(visitor)
    for (const visitor of crowd.slice(0, asked)) answers.get(name)?.present.push(state.scoreOf(visitor))
    for (const visitor of strangers) answers.get(name)?.absent.push(state.scoreOf(visitor))
  }
  const everything = askWithEverything(crowd.slice(1), strangers, random)
  answers.get(OURS_EVERYTHING)?.present.push(...everything.present)
  answers.get(OURS_EVERYTHING)?.absent.push(...everything.absent)
}

function people(count: number, random: RandomBytes): string[] {
  return Array.from({ length: count }, () => {
    const [a = 0, b = 0, c = 0, d = 0, browser = 0, language = 0] = random(6)
    const visitor = visitorOf({
      address: `${a}.${b}.${c}.${d}`,
      userAgent: USER_AGENTS[browser % USER_AGENTS.length] ?? '',
      acceptLanguage: LANGUAGES[language % LANGUAGES.length] ?? '',
    })
    if (visitor === undefined) throw new Error(`${a}.${b}.${c}.${d} is not taken for an address.`)
    return visitor
  })
}

/** As most statistics programs keep it: one hash for each visitor. */
function saltedHashTable(random: RandomBytes): Stolen {
  const salt = random(32)
  const table = new Set<string>()
  const hashOf = (visitor: string) => bytesToHex(hmac(sha256, salt, utf8ToBytes(visitor)))
  return {
    remember: (visitor) => table.add(hashOf(visitor)),
    scoreOf: (visitor) => (table.has(hashOf(visitor)) ? 1 : 0),
  }
}

/**
 * With 2^12 registers, of which each keeps the longest row of zeros at the front of a hash. The score is the exact odds of
 * the register to be what it is when somebody came, to when not: a longer row than hers says nothing, a shorter one all.
 */
function hyperLogLog(random: RandomBytes, visitors: number): Stolen {
  const key = random(32)
  const registers = new Uint8Array(2 ** 12)
  const placeOf = (visitor: string) => {
    const view = new DataView(hmac(sha256, key, utf8ToBytes(visitor)).buffer)
    return { register: view.getUint32(0) % registers.length, rank: Math.clz32(view.getUint32(4)) + 1 }
  }
  /** The probability that nobody else brought a register above a rank. */
  const atMost = (rank: number) => Math.exp(-visitors / registers.length / 2 ** rank)
  return {
    remember: (visitor) => {
      const { register, rank } = placeOf(visitor)
      registers[register] = Math.max(registers[register] ?? 0, rank)
    },
    scoreOf: (visitor) => {
      const { register, rank } = placeOf(visitor)
      const kept = registers[register] ?? 0
      if (kept !== rank) return kept < rank ? 0 : 1
      return atMost(rank) / (atMost(rank) - atMost(rank - 1))
    },
  }
}

/** A bit for each bucket of visitors, asked with the key that it was made with or, when that was not stolen, a guess. */
function bitmap(key: Uint8Array, bits: Uint8Array, stolenKey = key): Stolen {
  return {
    remember: (visitor) => touch(bits, bucketOf(key, visitor, BUCKETS)),
    scoreOf: (visitor) => (isTouched(bits, bucketOf(stolenKey, visitor, BUCKETS)) ? 1 : 0),
  }
}

/**
 * The thief with everything: key, bits, cells and the zeros at the start. The others came on other days and by no link,
 * and the thief knows of each whether the bucket was free, so that every number speaks of this one visitor alone. The
 * score is the exact odds of what is found when this visitor came last, to when the visitor did not come.
 */
function askWithEverything(others: readonly string[], asked: readonly string[], random: RandomBytes): Answers {
  const key = random(32)
  const before = seededBits(BUCKETS, random)
  const zerosAtStart = untouched(before)
  for (const visitor of others) touch(before, bucketOf(key, visitor, BUCKETS))
  const flipsOfOthers = zerosAtStart - untouched(before)
  const scoreOf = (visitor: string, came: boolean) => {
    const bits = Uint8Array.from(before)
    const bucket = bucketOf(key, visitor, BUCKETS)
    const flips = came && !isTouched(bits, bucket) ? 1 : 0
    if (flips === 1) touch(bits, bucket)
    const ofDay = discreteLaplace(EPSILON.visitors, random) + flips
    const ofLink = discreteLaplace(EPSILON.link, random) + flips
    const noisyZeros = zerosAtStart + discreteLaplace(EPSILON.zeros, random)
    if (!isTouched(bits, bucket)) return 0
    const goneByHer = noisyZeros - untouched(bits) - flipsOfOthers
    // Noise of one less in a number above zero is more likely by e^epsilon, in any other number less likely by as much.
    const speaks = (found: number, epsilon: number) => (found > 0 ? epsilon : -epsilon)
    return (
      1 + Math.exp(speaks(ofDay, EPSILON.visitors) + speaks(ofLink, EPSILON.link) + speaks(goneByHer, EPSILON.zeros))
    )
  }
  return {
    present: asked.map((visitor) => scoreOf(visitor, true)),
    absent: asked.map((visitor) => scoreOf(visitor, false)),
  }
}

function measure({ present, absent }: Answers): Measured {
  const scores = [...new Set([...present, ...absent])].toSorted((a, b) => b - a)
  const [ofPresent, ofAbsent] = [countsOf(present), countsOf(absent)]
  let [hits, alarms, auc, advantage, odds, oddsError] = [0, 0, 0, 0, 0, 0]
  for (const score of scores) {
    const hit = (ofPresent.get(score) ?? 0) / present.length
    const alarm = (ofAbsent.get(score) ?? 0) / absent.length
    auc += hit * (1 - alarms - alarm / 2)
    hits += hit
    alarms += alarm
    advantage = Math.max(advantage, hits - alarms)
    if (hits * present.length < LEAST_REACHED || hits / alarms <= odds) continue
    odds = hits / alarms
    oddsError = odds * Math.sqrt((1 - hits) / (hits * present.length) + (1 - alarms) / (alarms * absent.length))
  }
  const proofs = scores.filter((score) => !ofAbsent.has(score)).length
  const cleared = absent.filter((score) => !ofPresent.has(score)).length / absent.length
  return { auc, advantage, odds, oddsError, cleared, proofs }
}

function countsOf(scores: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>()
  for (const score of scores) counts.set(score, (counts.get(score) ?? 0) + 1)
  return counts
}

function failuresOf(visitors: number, name: string, { advantage, odds, oddsError, proofs }: Measured): string[] {
  const failures: string[] = []
  const at = `At ${visitors} visitors, ${name}:`
  if (![OURS_BITS, OURS_EVERYTHING].includes(name)) return failures
  if (proofs > 0)
    failures.push(
      `${at} something was found that only people leave who came. That would be proof; look for what a visit writes beside its bit and its cells.`,
    )
  if (name === OURS_EVERYTHING && odds - 5 * oddsError > LIMIT_OF_ODDS)
    failures.push(
      `${at} the odds grow by ${odds.toFixed(2)}, more than the theorem allows (${LIMIT_OF_ODDS.toFixed(2)}).`,
    )
  if (name !== OURS_BITS || visitors !== CROWDS[0].visitors) return failures
  if (odds > MOST_ODDS)
    failures.push(`${at} the odds grow by ${odds.toFixed(2)}, more than ${MOST_ODDS}. Are half of the bits seeded?`)
  if (advantage > MOST_ADVANTAGE)
    failures.push(
      `${at} the advantage is ${advantage.toFixed(3)}, more than ${MOST_ADVANTAGE}. Are half of the bits seeded?`,
    )
  return failures
}

function row(visitors: number, name: string, { auc, advantage, odds, oddsError, cleared }: Measured): string {
  const grow = Number.isFinite(odds) ? `${odds.toFixed(2)} ± ${oddsError.toFixed(2)}` : 'certain'
  return `${String(visitors).padStart(8)}  ${name.padEnd(24)}${auc.toFixed(3).padStart(7)}${advantage.toFixed(3).padStart(12)}${grow.padStart(20)}${`${(cleared * 100).toFixed(1)} %`.padStart(26)}`
}
