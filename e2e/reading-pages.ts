import { addDays, type CalendarDay } from '#campaign/day.ts'
import { entriesPublishedOn, frontKey, frontOn } from '#campaign/front.ts'
import type { SiteId } from '#campaign/run.ts'
import { content } from '#server/content/content.ts'
import { LANGUAGES, MAIN_LANGUAGE, TRANSLATIONS, type Language } from '#server/content/read.ts'
import { FRONT, pathOfShared, pathOfSharing, shareTargets } from '#server/route.ts'
import { QUIET_MOMENT } from './moment.ts'

/** A page that a reader can get: on which site, at which path and at which moment. */
export interface ReadingPage {
  /** Unique, and enough to find the page again. */
  readonly name: string
  readonly kind: 'front' | 'page' | 'entry' | 'newest' | 'early' | 'missing' | 'entrance' | 'sharing' | 'opening'
  readonly site: SiteId
  readonly language: Language
  readonly path: string
  readonly moment: string
  readonly status: 200 | 404
}

const SITES: readonly SiteId[] = ['help', 'diary']

const { runs, languages } = content()
const { pages, entries } = languages.nl

/** Every page of both sites in every language, in every form that some moment shows. */
export function everyReadingPage(): ReadingPage[] {
  return LANGUAGES.flatMap((language) => formsOf().map((page) => inLanguage(page, language)))
}

/** Every page in the main language in every form, and in the others one of every look. */
export function readingPages(): ReadingPage[] {
  return [...formsOf(), ...TRANSLATIONS.flatMap(pagesByLook)]
}

function inLanguage(page: ReadingPage, language: Language): ReadingPage {
  if (language === MAIN_LANGUAGE) return page
  return {
    ...page,
    name: `${language} ${page.name}`,
    language,
    path: page.path === '/' ? `/${language}` : `/${language}${page.path}`,
  }
}

function formsOf(): ReadingPage[] {
  return [
    ...SITES.flatMap(fronts),
    ...SITES.flatMap((site) =>
      pages.filter((page) => page.sites.includes(site)).map((page) => quiet('page', site, `/${page.path}`)),
    ),
    ...entries.map(({ day }) => quiet('entry', 'diary', `/${day}`)),
    ...newestEntries(),
    early(),
    ...SITES.flatMap((site) => [
      ...shareTargets(content(), site).map((target) =>
        quiet('sharing', site, pathOfSharing(content(), target, MAIN_LANGUAGE) ?? ''),
      ),
      quiet('opening', site, pathOfShared(content(), 'discreet', { site, label: FRONT }, MAIN_LANGUAGE) ?? ''),
    ]),
    ...['', ...pages.filter((page) => page.sites.includes('help') && page.window).map((page) => `/${page.path}`)].map(
      (path) => quiet('entrance', 'help', `/venster${path}`),
    ),
    ...SITES.map((site): ReadingPage => ({ ...quiet('missing', site, '/bestaat-niet'), status: 404 })),
  ]
}

/** One page of every look in a language: all but the fronts and newest entries that differ from another one in a few words. */
export function pagesByLook(language: Language): ReadingPage[] {
  const looks = new Set([
    'help front quiet',
    'help front 2027-spring.before',
    'help front 2027-spring.during',
    'help front 2027-spring.after',
    'diary front quiet, 32 of the diary',
    'diary front 2027-spring.before, 32 of the diary',
    'diary front 2027-spring.during, 1 of the diary',
    'diary front 2027-spring.during, 4 of the diary',
    'diary front 2027-spring.after, 32 of the diary',
  ])
  return formsOf()
    .filter(({ kind, name, path }) => {
      if (kind === 'newest') return path === '/4'
      // In the window only the frame differs.
      if (kind === 'entrance') return path === '/venster' || path === '/venster/ver-weg'
      // Pages that share another one differ in its title and address.
      if (kind === 'sharing') return path === '/delen/reis' || path === '/delen/4'
      return kind !== 'front' || looks.has(name)
    })
    .map((page) => inLanguage(page, language))
}

// Walks through every day on which a front can change, and keeps the first day of each front.
function fronts(site: SiteId): ReadingPage[] {
  const found = new Map<string, ReadingPage>()
  for (const day of daysThatMatter()) {
    const front = frontKey(frontOn(runs, site, day))
    const name =
      site === 'help'
        ? `help front ${front}`
        : `diary front ${front}, ${entriesPublishedOn(runs, day, entries.length)} of the diary`
    if (!found.has(name))
      found.set(name, {
        name,
        kind: 'front',
        site,
        language: MAIN_LANGUAGE,
        path: '/',
        moment: middayOf(day),
        status: 200,
      })
  }
  return [...found.values()]
}

function daysThatMatter(): CalendarDay[] {
  return runs.flatMap(({ announcedFrom, firstDay, lastDay, rememberedUntil }) => [
    addDays(firstDay, -1),
    ...(announcedFrom ? [announcedFrom] : []),
    ...daysFrom(firstDay, lastDay),
    addDays(lastDay, 1),
    ...(rememberedUntil ? [addDays(rememberedUntil, 1)] : []),
  ])
}

// The last entry is never the newest one that waits for another: with it the diary is complete.
function newestEntries(): ReadingPage[] {
  const [run] = runs.filter(
    ({ firstDay, lastDay, sites }) => sites.includes('diary') && daysFrom(firstDay, lastDay).length >= entries.length,
  )
  if (!run) throw new Error('No run is long enough to show every entry as the newest one.')
  return daysFrom(run.firstDay, run.lastDay)
    .slice(0, entries.length - 1)
    .map((day, index) => ({
      name: `diary newest /${index + 1}`,
      kind: 'newest',
      site: 'diary',
      language: MAIN_LANGUAGE,
      path: `/${index + 1}`,
      moment: middayOf(day),
      status: 200,
    }))
}

function early(): ReadingPage {
  const [newest] = newestEntries()
  if (!newest) throw new Error('The diary has one entry, so none can be early.')
  return { ...newest, name: 'diary early /2', kind: 'early', path: '/2', status: 404 }
}

function quiet(kind: ReadingPage['kind'], site: SiteId, path: string): ReadingPage {
  return {
    name: `${site} ${kind} ${path}`,
    kind,
    site,
    language: MAIN_LANGUAGE,
    path,
    moment: QUIET_MOMENT,
    status: 200,
  }
}

function daysFrom(first: CalendarDay, last: CalendarDay): CalendarDay[] {
  const days: CalendarDay[] = []
  for (let day = first; day <= last; day = addDays(day, 1)) days.push(day)
  return days
}

// Eleven or twelve o'clock in Amsterdam, far from either midnight.
function middayOf(day: CalendarDay): string {
  return `${day}T10:00:00Z`
}
