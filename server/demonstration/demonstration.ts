import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { addDays, type CalendarDay } from '#campaign/day.ts'
import type { SiteId } from '#campaign/run.ts'
import type { RandomBytes } from '#counting/randomness.ts'
import type { ShareKind } from '#sharing/share-link.ts'
import { holdsMadeUpNumbers, openEmbeddedStore } from '#store/embedded.ts'
import type { ShareLink } from '#store/share-links.ts'
import type { Content, ContentRun } from '../content/read.ts'
import { KeyFiles } from '../counts/key-files.ts'
import { simulate } from './simulation.ts'

/** What a demonstration keeps in its folder, and nothing else may be there. */
const ITS_FILES = ['counts.sqlite', 'management.sqlite', 'management-secret', 'keys']
const CROWDS = { help: { run: 2600, quiet: 14 }, diary: { run: 15_000, quiet: 40 } }
/** How long before and after a run people are made up too. Unit: days. */
const AROUND = 30

/** A folder that a demonstration may not touch, with the remedy. */
export class NotADemonstration extends Error {}

/** The made-up runs: one that ended half a year ago, and one that began twelve days ago. */
export function runsOfDemonstration(today: CalendarDay): { readonly past: ContentRun; readonly current: ContentRun } {
  const run = (id: string, name: string, firstDay: CalendarDay): ContentRun => ({
    id,
    name,
    firstDay,
    lastDay: addDays(firstDay, 31),
    sites: ['help', 'diary'],
    visitors: 'standard',
  })
  return {
    past: run('voorbeeld-eerder', 'Voorbeeld, vorige run', addDays(today, -190)),
    current: run('voorbeeld-nu', 'Voorbeeld, run van nu', addDays(today, -12)),
  }
}

/** The made-up share links: a library, a mosque and a school, made before the first of the runs. */
export function linksOfDemonstration(today: CalendarDay): ShareLink[] {
  const { past } = runsOfDemonstration(today)
  const link = (code: string, community: string, site: SiteId, label: string, kind: ShareKind): ShareLink => ({
    code,
    kind,
    target: { site, label },
    language: 'nl',
    community,
    readers: 500,
    madeBy: 'Voorbeeld',
    madeOn: past.firstDay,
    lastDay: addDays(today, 365),
    revoked: false,
  })
  return [
    link('5fs9k9', 'Voorbeeld: bibliotheek', 'diary', 'entry-1', 'open'),
    link('cj4p7k', 'Voorbeeld: moskee', 'help', 'front', 'discreet'),
    link('t8h2nm', 'Voorbeeld: school', 'diary', 'front', 'open'),
  ]
}

/**
 * Makes a folder ready for made-up numbers: empty, or holding an earlier demonstration, which is taken away.
 * @throws NotADemonstration when there is anything else in it
 */
export function clearFolder(folder: string): void {
  if (!existsSync(folder)) return
  const files = readdirSync(folder)
  const strange = files.find((file) => !ITS_FILES.includes(file))
  if (strange !== undefined)
    throw new NotADemonstration(
      `The folder ${folder} holds "${strange}", which no demonstration made. Name an empty folder.`,
    )
  if (files.length === 0) return
  const counts = join(folder, 'counts.sqlite')
  const isOurs = existsSync(counts) && holdsMadeUpNumbers(counts)
  if (!isOurs)
    throw new NotADemonstration(
      `The folder ${folder} holds numbers that may be real. A demonstration never touches them: name an empty folder.`,
    )
  for (const file of ITS_FILES) rmSync(join(folder, file), { recursive: true, force: true })
}

/**
 * Fills a folder with the numbers of made-up people, through the counting of the server at moments of the past.
 * @param folder was cleared (`clearFolder`)
 */
export async function fillFolder(
  folder: string,
  content: Content,
  today: CalendarDay,
  random: RandomBytes,
): Promise<void> {
  const store = await openEmbeddedStore(join(folder, 'counts.sqlite'), random)
  try {
    await store.markAsDemonstration(today)
    await store.takeOver(content.earlierTotals)
    const { past, current } = runsOfDemonstration(today)
    const simulation = {
      store,
      keys: new KeyFiles(join(folder, 'keys'), random),
      content,
      runs: [past, current],
      links: linksOfDemonstration(today),
      crowds: CROWDS,
      flood: addDays(current.firstDay, 5),
      random,
      report: (sentence: string) => {
        throw new Error(sentence)
      },
    }
    await simulate(simulation, addDays(past.firstDay, -AROUND), addDays(past.lastDay, AROUND))
    await simulate(simulation, addDays(current.firstDay, -AROUND), today)
  } finally {
    await store.close()
  }
}
