import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { sessionCookie } from '#e2e/session-of.ts'
import { addDays, parseDay, type CalendarDay } from '#campaign/day.ts'
import { periodsBetween, weekOf, type Period } from '#campaign/period.ts'
import { SIZES } from '#counting/parameters.ts'
import { randomTape } from '#counting/random-tape.ts'
import { content } from '#server/content/content.ts'
import { LANGUAGES } from '#server/content/read.ts'
import { countedLabels } from '#server/counts/counted-page.ts'
import { openEmbeddedStore } from '#store/embedded.ts'
import type { SqlStore } from '#store/sql-store.ts'
import { startProductionServer } from './measured-process.ts'
import { median } from './middle.ts'

// `npm run bench:totals`: whether the page with the totals becomes slower with the years (bench/README.md).

const CLOCK = '2027-05-10T12:00:00+02:00'
const CHOSEN = { id: '2027-spring', firstDay: parseDay('2027-03-25'), lastDay: parseDay('2027-04-25') }
const YEARS = 5
const DAYS_OF_HALF_A_YEAR = 182
const NEW_PER_DAY = 60
const WARM_UP = 10
const ROUNDS = 60
/** How much longer the page with five years of runs may take than the same page with one run. */
const MOST = 1.5

const folder = await mkdtemp(join(tmpdir(), 'totals-'))
try {
  const [one, years] = [join(folder, 'one'), join(folder, 'years')]
  await fill(one, [CHOSEN])
  await fill(
    years,
    Array.from({ length: YEARS * 2 }, (_, index) => halfYearsBefore(index)),
  )
  await compare(one, years)
} finally {
  await rm(folder, { recursive: true })
}

/** The chosen run, and the same run half a year earlier, so many times. */
function halfYearsBefore(index: number): typeof CHOSEN {
  if (index === 0) return CHOSEN
  return {
    id: `earlier-${index}`,
    firstDay: addDays(CHOSEN.firstDay, -index * DAYS_OF_HALF_A_YEAR),
    lastDay: addDays(CHOSEN.lastDay, -index * DAYS_OF_HALF_A_YEAR),
  }
}

/** Runs with visitors on every day, and every page opened in every week from a month before the first one until a month after the last. */
async function fill(place: string, runs: readonly (typeof CHOSEN)[]): Promise<void> {
  const random = randomTape(place.length)
  const store = await openEmbeddedStore(join(place, 'counts.sqlite'), random)
  let batches = 0
  for (const { id, firstDay, lastDay } of runs.toReversed()) {
    for (const site of ['help', 'diary'] as const) {
      const sketch = { run: id, site, number: 1 }
      const periods = periodsBetween(firstDay, lastDay, 'day')
      await store.begin({ ...sketch, size: 'standard', keyCheck: '', periods })
      const flips = periods.flatMap((period) =>
        Array.from({ length: NEW_PER_DAY }, () => {
          const [high = 0, low = 0] = random(2)
          return { sketch, bucket: (high * 256 + low) % SIZES.standard.buckets, day: period.firstDay }
        }),
      )
      batches += 1
      await store.write({ writer: 'bench', number: batches, flips, tallies: [] })
    }
    await store.closeBefore(addDays(lastDay, 1))
  }
  const first = runs.at(-1)?.firstDay ?? CHOSEN.firstDay
  for (
    let week = weekOf(addDays(first, -28));
    week.firstDay <= addDays(CHOSEN.lastDay, 7);
    week = weekOf(addDays(week.lastDay, 1))
  )
    await openEveryPage(store, week)
  await store.closeBefore(dayAfterEverything())
  await store.close()
}

async function openEveryPage(store: SqlStore, week: Period): Promise<void> {
  await store.openTallies(
    (['help', 'diary'] as const).flatMap((site) => [
      { site, series: 'visits' as const, label: '', period: week },
      ...LANGUAGES.map((label) => ({ site, series: 'languages' as const, label, period: week })),
      ...countedLabels(content(), site).map((label) => ({ site, series: 'opens' as const, label, period: week })),
    ]),
  )
}

function dayAfterEverything(): CalendarDay {
  return parseDay(CLOCK.slice(0, 10))
}

async function compare(one: string, years: string): Promise<void> {
  const settings = (place: string) => ({ DATA_FOLDER: place, CLOCK_STARTS_AT: CLOCK })
  const servers = [
    { name: 'one run', place: one, process: await startProductionServer(settings(one)) },
    {
      name: `${YEARS * 2} runs in ${YEARS} years`,
      place: years,
      process: await startProductionServer(settings(years)),
    },
  ]
  try {
    const measured = []
    for (const { name, place, process: server } of servers) {
      const { name: cookie, value } = await sessionCookie(place, 'manager')
      const page = async () => {
        const start = performance.now()
        const answer = await fetch(`http://127.0.0.1:${server.port}/beheer?toon=${CHOSEN.id}`, {
          headers: { cookie: `${cookie}=${value}` },
          redirect: 'manual',
        })
        const text = await answer.text()
        const time = performance.now() - start
        if (answer.status !== 200 || !text.includes('ongeveer'))
          throw new Error(`${name}: the page with the totals answered ${answer.status}, without a number`)
        return { time, bytes: text.length }
      }
      for (let round = 0; round < WARM_UP; round += 1) await page()
      measured.push({ name, page, times: [] as number[], bytes: (await page()).bytes })
    }
    // By turns, and each time the other one first, so that a machine that is busy for a while favours none.
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const server of round % 2 === 0 ? measured : measured.toReversed())
        server.times.push((await server.page()).time)
    }
    for (const { name, times, bytes } of measured)
      console.log(`${name.padEnd(22)} ${median(times).toFixed(1).padStart(7)} ms   ${Math.round(bytes / 1000)} kB`)
    const [few, many] = measured
    const ratio = median(few && many ? many.times.map((time, round) => time / (few.times[round] ?? Number.NaN)) : [])
    console.log(
      `The page with ${YEARS} years of runs takes ${ratio.toFixed(2)} times as long as with one run; ${MOST} is the most.`,
    )
    if (!(ratio <= MOST)) process.exitCode = 1
  } finally {
    for (const { process: server } of servers) await server.stop()
  }
}
