import { addDays, parseDay } from '#campaign/day.ts'
import { randomTape } from '#counting/random-tape.ts'
import type { Request } from '#server/counts/counter.ts'
import type { Content, ContentRun } from '#server/content/read.ts'
import { newCode } from '#sharing/code.ts'
import type { NewShareLink } from '#store/share-links.ts'
import { addressOf, headersOf } from './visits.ts'

// What a site could become: more pages, runs, links and visitors than there are, of the same kind.

const DAYS_OF_HALF_A_YEAR = 182
/** A link is read for as long as a poster hangs. */
const LAST_DAY = parseDay('2028-12-31')

/** The content with so many times its pages, each copy under a path of its own. What they say takes no more room: all copies share it. */
export function withPages(content: Content, times: number): Content {
  const languages = Object.entries(content.languages).map(([language, texts]) => [
    language,
    {
      ...texts,
      pages: copies(texts.pages, times).map(([page, copy]) => ({
        ...page,
        id: page.id + copy,
        path: page.path + copy,
      })),
    },
  ])
  return { ...content, languages: Object.fromEntries(languages) as Content['languages'] }
}

/** The content with so many times its runs; the further ones lie before, each half a year before the next. */
export function withRuns(content: Content, times: number): Content {
  const earlier = copies(content.runs, times)
    .slice(content.runs.length)
    .map(([run, copy], index): ContentRun => {
      const days = -DAYS_OF_HALF_A_YEAR * (index + content.runs.length)
      const moved = { firstDay: addDays(run.firstDay, days), lastDay: addDays(run.firstDay, days + 30) }
      return { id: run.id + copy, name: run.name, sites: run.sites, visitors: run.visitors, ...moved }
    })
  return { ...content, runs: [...earlier, ...content.runs] }
}

/** Links to the front of the help site, as a manager makes them for changemakers, each with a code of chance that no other one has. */
export function madeUpLinks(count: number): NewShareLink[] {
  const random = randomTape(count)
  const below = (limit: number) => {
    const [high = 0, low = 0] = random(2)
    return (high * 256 + low) % limit
  }
  const codes = new Set<string>()
  while (codes.size < count) codes.add(newCode(below))
  return [...codes].map((code, index) => ({
    code,
    kind: index % 2 === 0 ? 'discreet' : 'open',
    target: { site: 'help', label: 'front', language: 'nl' },
    language: 'nl',
    community: `Vereniging ${index}`,
    readers: 50,
    madeBy: 'manager',
    madeOn: parseDay('2027-03-01'),
    lastDay: LAST_DAY,
    kit: `kit ${code}`,
  }))
}

/** A visit of a made-up person, as the server hands it to the count. */
export function visitOf(person: number, moment: Date): Request {
  const headers = Object.fromEntries(
    Object.entries(headersOf(person)).map(([name, value]) => [name.toLowerCase(), value]),
  )
  return {
    method: 'GET',
    status: 200,
    headers,
    address: addressOf(person),
    page: { site: 'help', label: 'front', language: 'nl' },
    moment,
  }
}

/** Everything so many times, with what tells a copy from the others; the first time with nothing. */
function copies<Item>(items: readonly Item[], times: number): (readonly [item: Item, copy: string])[] {
  return Array.from({ length: times }, (_, copy) =>
    items.map((item) => [item, copy === 0 ? '' : `-${copy}`] as const),
  ).flat()
}
