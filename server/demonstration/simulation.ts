import { addDays, daysBetween, startOf, type CalendarDay } from '#campaign/day.ts'
import { currentRun, dayOfRun, type Run, type SiteId } from '#campaign/run.ts'
import { randomTape } from '#counting/random-tape.ts'
import type { RandomBytes } from '#counting/randomness.ts'
import type { CountStore } from '#store/count-store.ts'
import type { ShareLink } from '#store/share-links.ts'
import { MAIN_LANGUAGE, TRANSLATIONS, type Content, type ContentRun } from '../content/read.ts'
import { countedLabels, OPENING, WINDOW } from '../counts/counted-page.ts'
import { VisitorCounter } from '../counts/counter.ts'
import type { KeyFiles } from '../counts/key-files.ts'
import { FRONT } from '../route.ts'

const MILLISECONDS_PER_HOUR = 3_600_000
/** Made-up people come at these hours; each hour believes a limited number of one neighbourhood. */
const HOURS = [8, 12, 16, 20] as const
/** A made-up visitor comes by a share link in one of so many cases, where there is one. */
const COMES_BY_LINK = 4
/** A made-up visitor reads in another language than the main one in one of so many cases. */
const READS_IN_ANOTHER = 5
/** A made-up visitor comes again a later day in one of so many cases. */
const COMES_AGAIN = 4

/** How many made-up people come to a site. */
export interface Crowd {
  /** New visitors of a whole run of a usual length. */
  readonly run: number
  /** Visits of a day outside runs. */
  readonly quiet: number
}

export interface Simulation {
  readonly store: CountStore
  readonly keys: KeyFiles
  readonly content: Content
  readonly runs: readonly ContentRun[]
  /** Share links by which some of the made-up people come. */
  readonly links?: readonly ShareLink[]
  readonly crowds: Readonly<Record<SiteId, Crowd>>
  /** A day of a run on which a made-up flood came to the diary. */
  readonly flood?: CalendarDay | undefined
  readonly random: RandomBytes
  readonly report: (sentence: string) => void
}

/**
 * Lets made-up people come to both sites from one day until the morning of another, through the counting of the server with a clock
 * that is put on by hand. The same people come at every time; only the noise of the count differs.
 */
export async function simulate(
  { store, keys, content, runs, links = [], crowds, flood, random, report }: Simulation,
  from: CalendarDay,
  until: CalendarDay,
): Promise<void> {
  const counter = new VisitorCounter({ store, keys, content, runs: () => runs, links: () => links, random, report })
  const chance = chanceOf(randomTape('made-up people'))
  let born = 0
  const people: Record<SiteId, number[]> = { help: [], diary: [] }
  for (let day = addDays(from, -1); day < until; day = addDays(day, 1)) {
    await counter.beat(at(day, 1))
    if (day < from) continue
    for (const hour of HOURS) {
      const moment = at(day, hour)
      for (const site of ['help', 'diary'] as const) {
        const run = currentRun(runs, site, day)
        const expected = run ? crowds[site].run * shareOfDay(run, day) : crowds[site].quiet
        const flooded = day === flood && site === 'diary' ? crowds.diary.run / 5 : 0
        const coming = Math.round((expected + flooded) / HOURS.length)
        for (let index = 0; index < coming; index += 1) {
          const known = people[site]
          const returning = known.length > 0 && chance(COMES_AGAIN) === 0
          const person = returning ? (known[chance(known.length)] ?? born) : born
          if (!returning) {
            born += 1
            known.push(person)
          }
          open(person, site, run, day, moment)
          if (returning) index -= chance(2)
        }
      }
    }
  }
  await counter.beat(at(until, 1))

  function open(person: number, site: SiteId, run: Run | undefined, day: CalendarDay, moment: Date): void {
    const sender = senderOf(person)
    // The same at every visit, and without a draw of its own, so that the made-up days stay what they were.
    const language =
      person % READS_IN_ANOTHER === 0
        ? (TRANSLATIONS[(person / READS_IN_ANOTHER) % TRANSLATIONS.length] ?? MAIN_LANGUAGE)
        : MAIN_LANGUAGE
    const [first = FRONT, ...others] = pagesOf(site, run ? dayOfRun(run, day) : undefined)
    const ofSite = links.filter(({ target }) => target.site === site)
    const link =
      ofSite.length > 0 && chance(COMES_BY_LINK) === 0
        ? ofSite[Math.min(chance(ofSite.length), chance(ofSite.length))]?.code
        : undefined
    counter.count({
      method: 'GET',
      status: 200,
      headers: { ...sender.headers, ...OPENED },
      address: sender.address,
      page: { site, label: first, language },
      moment,
      link,
    })
    for (const label of others)
      counter.count({
        method: 'GET',
        status: 200,
        headers: { ...sender.headers, ...READ_ON },
        address: sender.address,
        page: { site, label, language },
        moment,
      })
  }

  /** The pages of a visit: the front, and some that people like more than others. */
  function pagesOf(site: SiteId, dayOfTheRun: number | undefined): string[] {
    const labels = countedLabels(content, site).filter(
      (label) => label !== FRONT && label !== WINDOW && label !== OPENING,
    )
    const entries = labels.filter((label) => label.startsWith('entry-'))
    const pages = labels.filter((label) => !label.startsWith('entry-'))
    const liked = pages[Math.min(chance(pages.length), chance(pages.length))] ?? FRONT
    if (site === 'help') return chance(3) === 0 ? [FRONT] : [FRONT, liked]
    const published = dayOfTheRun === undefined ? entries.length : Math.min(dayOfTheRun, entries.length)
    // Who begins at the beginning reads on for a while; most only read the newest page.
    const readTo =
      chance(3) === 0 ? Math.min(published, 1 + Math.min(chance(entries.length), chance(entries.length))) : 0
    return [
      FRONT,
      ...entries.slice(0, readTo).slice(0, 8),
      ...(readTo < published ? entries.slice(published - 1, published) : []),
    ]
  }
}

const OPENED = { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }
const READ_ON = {
  'sec-fetch-site': 'same-origin',
  'sec-fetch-mode': 'cors',
  'sec-fetch-dest': 'empty',
  'x-first-read': '1',
}

/** A made-up person by a number: no two have the same network. The networks are of a range that no provider has (RFC 2544). */
function senderOf(person: number): { address: string; headers: Record<string, string> } {
  const spread = (person * 40_503) % 131_072
  return {
    address: `198.${18 + (spread >> 16)}.${(spread >> 8) & 255}.${spread & 255}`,
    headers: {
      'user-agent': `Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${120 + (person % 20)}.0.0.0 Mobile Safari/537.36`,
      'accept-language': 'nl-NL,nl;q=0.9',
    },
  }
}

/** The part of the visitors of a run that is new on a day: most at the start, fewer at weekends. */
function shareOfDay(run: Run, day: CalendarDay): number {
  const length = daysBetween(run.firstDay, run.lastDay) + 1
  const weightOf = (date: CalendarDay) =>
    (0.35 + Math.exp(-daysBetween(run.firstDay, date) / 9)) *
    ([0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay()) ? 0.7 : 1)
  const all = Array.from({ length }, (_, index) => weightOf(addDays(run.firstDay, index))).reduce(
    (sum, weight) => sum + weight,
    0,
  )
  return weightOf(day) / all
}

/** Whole numbers below a limit. */
function chanceOf(tape: RandomBytes): (below: number) => number {
  return (below) => {
    const [a = 0, b = 0, c = 0, d = 0] = tape(4)
    return (((a * 256 + b) * 256 + c) * 256 + d) % below
  }
}

function at(day: CalendarDay, hour: number): Date {
  return new Date(startOf(day).getTime() + hour * MILLISECONDS_PER_HOUR)
}
