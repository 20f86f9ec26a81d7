import { readFileSync } from 'node:fs'
import { parseDocument } from 'yaml'
import { addDays, dayOf, parseDay } from '#campaign/day.ts'
import { monthOf } from '#campaign/period.ts'
import type { SiteId } from '#campaign/run.ts'
import type { CountStore } from '#store/count-store.ts'
import type { TotalsDesk } from '#store/published-totals.ts'
import { now } from '../clock.ts'
import { describeProblems, problemsOfSchema } from '../content/problem.ts'
import { earlierTotalsSchema } from '../content/schema.ts'
import { readEnvironment } from '../environment.ts'
import { ScreenPlans } from '../management/screen-plans.ts'
import { holdPlans } from '../held-plans.ts'
import { contentNow } from '../planned-runs.ts'
import { openStore } from './counting.ts'
import { describe } from './key-files.ts'
import { runTotals, tallyTotals, writtenAs } from './totals.ts'

const HELP = `npm run counts                                            every total that was published
npm run counts -- days RUN SITE                           the days of a run
npm run counts -- pages FROM TO                           visits and page opens between two days
npm run counts -- strike RUN SITE PERIOD "REASON"         leave a flooded day out of the total
npm run counts -- restore RUN SITE PERIOD                 take it in again
npm run counts -- import FILE                             take over totals of before, as in content/earlier-totals.yaml
npm run counts -- begin-again RUN SITE                    when the key of a run is lost: go on with a new one

RUN is an id of content/runs.yaml or of a run that was planned on the screen, SITE is help or diary, PERIOD is a day or week as "days" prints it.`

type Store = CountStore & TotalsDesk

/** An answer of the command that is a mistake of its user. */
class Refusal extends Error {}

// `npm run counts`: the totals, for people who look after the site. Everything it shows was published.
const [command = 'totals', ...words] = process.argv.slice(2)
const environment = readEnvironment()
const store = await openStore(environment)
const plans = new ScreenPlans(environment)
try {
  holdPlans(await plans.read())
  await run(store, command, words)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
} finally {
  await plans.close()
  await store.close()
}

async function run(desk: Store, name: string, [first, second, third, fourth]: readonly string[]): Promise<void> {
  switch (name) {
    case 'totals':
      return printTotals(desk)
    case 'days':
      return printDays(desk, runNamed(first), siteNamed(second))
    case 'pages':
      return printPages(desk, first, second)
    case 'strike': {
      if (!fourth?.trim()) throw new Refusal('Say why: a total that was changed must tell its reason.')
      const period = { run: runNamed(first), site: siteNamed(second), period: third ?? '' }
      await desk.strike({ ...period, reason: fourth.trim(), day: dayOf(now()) })
      return console.log(
        `${period.period} is left out of the total of ${period.run}, ${period.site} site. Take it in again with: npm run counts -- restore ${period.run} ${period.site} ${period.period}`,
      )
    }
    case 'restore': {
      const period = { run: runNamed(first), site: siteNamed(second), period: third ?? '' }
      await desk.restore(period)
      return console.log(`${period.period} is part of the total of ${period.run}, ${period.site} site.`)
    }
    case 'import':
      return importTotals(desk, first)
    case 'begin-again':
      return beginAgain(desk, runNamed(first), siteNamed(second))
    default:
      throw new Refusal(HELP)
  }
}

async function printTotals(desk: TotalsDesk): Promise<void> {
  const totals = await runTotals(desk, contentNow().runs)
  for (const { run, site, visitors, periods, notes } of totals) {
    console.log(`${run}, ${site} site: ${writtenAs(visitors, 'en')} visitors; closed up to ${periods.at(-1)?.lastDay}`)
    for (const note of notes)
      console.log(
        note.kind === 'saturated'
          ? '  This run had more visitors than its count was made for: the number is very uncertain.'
          : `  Counted from ${note.day}: before that nothing was counted, or it was lost.`,
      )
    for (const { period, struck } of periods) if (struck !== undefined) console.log(`  Without ${period}: ${struck}`)
  }
  if (totals.length === 0)
    console.log('No day of a run has been closed yet. A day is closed shortly after midnight in Amsterdam.')
  for (const { site, period, value, source } of await desk.earlierTotals())
    console.log(`${period}, ${site} site: ${value.toLocaleString('en')} visitors, published before: ${source}`)
}

async function printDays(desk: TotalsDesk, run: string, site: SiteId): Promise<void> {
  const total = (await runTotals(desk, contentNow().runs)).find(
    (candidate) => candidate.run === run && candidate.site === site,
  )
  if (!total) return console.log('Nothing of this run has been closed yet.')
  for (const { period, visitors, struck } of total.periods)
    console.log(`${period}  ${writtenAs(visitors, 'en')}${struck === undefined ? '' : `  left out: ${struck}`}`)
  console.log(`total       ${writtenAs(total.visitors, 'en')}`)
}

async function printPages(desk: TotalsDesk, from: string | undefined, to: string | undefined): Promise<void> {
  const last = to ?? dayOf(now())
  const first = from ?? monthOf(addDays(dayOf(now()), -31)).firstDay
  const totals = await tallyTotals(desk, parseDay(first), parseDay(last))
  console.log(`Closed days, weeks and months from ${first} to ${last}:`)
  for (const { site, series, label, shown } of totals)
    console.log(`${site}  ${series}${label === '' ? '' : ` ${label}`}: ${writtenAs(shown, 'en')}`)
}

async function importTotals(desk: TotalsDesk, file: string | undefined): Promise<void> {
  if (file === undefined)
    throw new Refusal('Name the file with the totals; content/earlier-totals.yaml shows its form.')
  const document = parseDocument(readFileSync(file, 'utf8'))
  if (document.errors.length > 0) throw new Refusal(`${file} is not YAML: ${document.errors[0]?.message}`)
  const result = earlierTotalsSchema.safeParse(document.toJS())
  if (!result.success) throw new Refusal(describeProblems(problemsOfSchema(file, result.error)))
  await desk.takeOver(result.data)
  console.log(`${result.data.length} totals of before are in the store.`)
}

async function beginAgain(desk: CountStore, run: string, site: SiteId): Promise<void> {
  const open = (await desk.sketches()).filter(
    (sketch) => sketch.run === run && sketch.site === site && sketch.state === 'open',
  )
  for (const sketch of open) {
    await desk.giveUp(sketch)
    console.log(
      `${describe(sketch)} is given up. What was published of it stays; the server goes on with a new key within a few seconds.`,
    )
  }
  if (open.length === 0)
    throw new Refusal('This run of this site is not being counted now, so there is nothing to begin again.')
}

function runNamed(name: string | undefined): string {
  const ids = contentNow().runs.map(({ id }) => id)
  if (name === undefined || !ids.includes(name)) throw new Refusal(`Name a run: ${ids.join(', ')}.`)
  return name
}

function siteNamed(name: string | undefined): SiteId {
  if (name !== 'help' && name !== 'diary') throw new Refusal('Name a site: help or diary.')
  return name
}
