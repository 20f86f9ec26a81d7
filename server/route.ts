import { dayOf } from '#campaign/day.ts'
import { allFronts, entriesPublishedOn, frontKey, frontOn } from '#campaign/front.ts'
import { currentRun, dayOfRun, PLANNED, type SiteId } from '#campaign/run.ts'
import { readCode } from '#sharing/code.ts'
import { likelyPath, plainPath } from '#sharing/plain-path.ts'
import { isActive, SHARE_KINDS, type ShareKind } from '#sharing/share-link.ts'
import type { ShareLink, ShareTarget } from '#store/share-links.ts'
import type { LanguageOutline, Outline } from './content/outline.ts'
import { LANGUAGES, MAIN_LANGUAGE, TRANSLATIONS, type Language, type Page, type Site } from './content/read.ts'

/** What the server does with an address: show a prerendered page, send the reader elsewhere, or refuse the host name. */
export type Route =
  | {
      readonly kind: 'show'
      readonly path: string
      readonly framedBy: readonly string[]
      readonly shared?: Shared
      readonly textOnly?: true
    }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'other-site'; readonly location: string }
  | { readonly kind: 'exit'; readonly location: string }
  | { readonly kind: 'management' }
  | { readonly kind: 'moved'; readonly location: string }
  | { readonly kind: 'unknown-host' }

/** Where a request wants to go: the Host header, the decoded path, and the moment at which it is answered. */
export interface Address {
  readonly host: string
  readonly path: string
  readonly moment: Date
}

/** How a page is shown to whoever opens the address that somebody shared (docs/sharing.md). */
export interface Shared {
  readonly kind: ShareKind
  readonly site: SiteId
  readonly language: Language
  /** The page behind the first screen of a discreet link: the path that its button leads to. */
  readonly opens?: string
  /** A line above the page: its code is not known, or not used any more. */
  readonly notice?: 'unknown' | 'ended'
  /** The code that the visit is counted for. */
  readonly code?: string
}

/** What the paths of shared pages begin with, after the language: `/d/reis`, `/en/o/reis`. One letter tells nothing. */
const SHARED = { discreet: '/d', open: '/o' } as const satisfies Record<ShareKind, string>

/** What the short path of a link begins with: `/k/k7m3pd`, and `/k/k7m3pd/ar` for the same link in another language than its own. */
const LINK = '/k'

/** An address that was shared: a letter for a link or a kind, maybe after a language, and what is behind it. */
const SHORT = /^(?:\/([a-z]{2}))?(\/[kdo])(?:\/(.*))?$/s

/** The front with a line that the link is not known: where the first screen leads that is shown for such a link. */
const UNKNOWN_LINK = '/begin'

/** What the path of a page as text only begins with, after the language: `/t/reis`, `/en/t/reis`. */
const TEXT_ONLY = '/t'

/** Where the button of the first screen of a discreet link leads as the build makes it; whoever sends the screen puts the page here. */
export const OPENING_LINK = '/#open'

/** What the path of the page that shares another one begins with: `/delen/reis`. */
const SHARING = '/delen'

/** What follows it where the front is shared. */
const SHARED_FRONT = '/begin'

/** A path in a translation: `/en/reis`. The main language has no such beginning. */
const IN_TRANSLATION = new RegExp(`^/(${TRANSLATIONS.join('|')})(/.*)?$`)

/** The picture that a chat shows of an open link, in a language. */
const CARD = new RegExp(`^/beeld-(${LANGUAGES.join('|')})\\.png$`)

/** Path on either site that leads to a page of the other one: `/naar/help/reis`. */
const OTHER_SITE = /^\/naar\/(help|diary)(\/.*)?$/

/** The window of help that others may put on their own pages: the help site under a path of its own (docs/entrance.md). */
export const ENTRANCE = '/venster'

/** The archive with posters and pictures for municipalities, schools and partners. */
export const TOOLKIT = '/materiaal.zip'

/** The part of the help site where managers read the totals and plan runs. */
export const MANAGEMENT = '/beheer'

/** What changemakers open with the secret address that a manager gave them: a kit with their link, its posters and messages. */
export const KITS = '/pakket'

/** What colleagues open with an address and a password: a letter that a manager shared. */
export const SHARED_LETTERS = '/gedeeld'

/**
 * Whether a path is answered by the management's process, which keeps the scripts of the framework: the pages of managers, and those
 * that they open to others. The latter have addresses of their own, so that an owner can close `/beheer` to the rest of the world.
 */
export function isManaged(path: string): boolean {
  return [MANAGEMENT, KITS, SHARED_LETTERS].some((beginning) => path === beginning || path.startsWith(`${beginning}/`))
}

/** Where kits and shared letters were before they had addresses of their own. */
const MOVED = new RegExp(`^${MANAGEMENT}((${KITS}|${SHARED_LETTERS})/.+)$`)

/** Where a reading page is shown: on one of the two sites, or in the window on another site. */
export type Place = SiteId | 'entrance'

/** The site whose content a place shows. */
export function siteOfPlace(place: Place): SiteId {
  return place === 'entrance' ? 'help' : place
}

/** Whether a page is shown in a place: on its sites, and if it is on the help site in the window too, unless it is kept out of there. */
export function isShownIn(
  { sites, window }: { readonly sites: readonly SiteId[]; readonly window: boolean },
  place: Place,
): boolean {
  return sites.includes(siteOfPlace(place)) && (place !== 'entrance' || window)
}

/** Names of this machine that show the help site, beside its local name. */
const LOCAL_ADDRESSES = new Set(['127.0.0.1', '[::1]'])

/**
 * The rule of the two sites (docs/decisions/0004): the host name tells the site, the path tells the page, and the
 * moment tells which of the prerendered variants is shown.
 * @param linkOf the link that has a code
 */
export function routeFor(
  content: Outline,
  { host, path, moment }: Address,
  linkOf: (code: string) => ShareLink | undefined = () => undefined,
): Route {
  const site = siteOf(content, host)
  if (!site) return { kind: 'unknown-host' }
  // The management and files have one way to be written: a proxy that closes one of them compares what stands there.
  if (site.id === 'help' && isManaged(path)) {
    const location = MOVED.exec(path)?.[1]
    return location === undefined ? { kind: 'management' } : { kind: 'moved', location: encodeURI(location) }
  }

  if (path === '/.well-known/traffic-advice') return { kind: 'file', path: '/files/traffic-advice' }
  if (path === '/.well-known/security.txt') return { kind: 'file', path: '/files/security' }
  if (path === '/robots.txt' || path === '/sitemap.xml') return { kind: 'file', path: `/files${path}/${site.id}` }
  if (site.id === 'help' && path === `${ENTRANCE}.js`) return { kind: 'file', path: '/files/entrance' }
  if (site.id === 'help' && path === TOOLKIT) return { kind: 'file', path: '/files/toolkit' }
  const card = CARD.exec(path)
  if (card) return { kind: 'file', path: `/files/card/${card[1]}/${site.id}` }

  const exact = languageOf(path)
  if (contactFilePath(content.languages[exact.language], exact.rest))
    return { kind: 'file', path: `/files/${exact.language}${exact.rest}` }

  const plain = plainPath(path)
  if (plain === '/uit') return { kind: 'exit', location: content.exit }
  const short = shortOf(plain)
  if (short) return routeOfShort(content, host, site.id, moment, short, linkOf)

  const { language, rest } = languageOf(plain)
  if (rest === UNKNOWN_LINK) return showFrontOfUnknown(content, site.id, language, moment)
  if (isTextOnly(plain))
    return routeOfTextOnly(content, host, site.id, language, rest.slice(TEXT_ONLY.length) || '/', moment)
  const texts = content.languages[language]
  const otherSite = OTHER_SITE.exec(rest)
  if (otherSite) return toOtherSite(content, host, language, otherSite[1] as SiteId, otherSite[2] ?? '/')
  if (site.id === 'help' && (rest === ENTRANCE || rest.startsWith(`${ENTRANCE}/`))) {
    return {
      kind: 'show',
      path: `/reading/${language}/entrance/${entranceViewOf(texts, rest.slice(ENTRANCE.length))}`,
      framedBy: embeddersFor(content, host),
    }
  }
  return {
    kind: 'show',
    path: `/reading/${language}/${site.id}/${viewOf(content, site.id, language, rest, moment)}`,
    framedBy: [],
  }
}

/**
 * What is shown for an address that is refused (request-path.ts). Below the short addresses of shared links that is the first screen of a
 * discreet link: whoever was sent one may have a phone that others look at, so what is broken tells no more than what is whole.
 * @param target the target of the request line
 * @returns undefined for any other address, which gets no page
 */
export function routeOfRefused(content: Outline, host: string, target: string): Route | undefined {
  const site = siteOf(content, host)
  if (!site) return { kind: 'unknown-host' }
  const short = shortOf(plainPath(likelyPath(target)))
  return short && showUnknown(site.id, short.language ?? MAIN_LANGUAGE)
}

/** An address that was shared, by its parts. */
interface Short {
  readonly beginning: string
  /** What follows it, without a slash before it. */
  readonly behind: string
  /** As the address has it; absent where it has none. */
  readonly language: Language | undefined
  /** Whether a language stands before it that there is not. */
  readonly elsewhere: boolean
}

/** @param path as `plainPath` gives it */
function shortOf(path: string): Short | undefined {
  const [, before, beginning, behind = ''] = SHORT.exec(path) ?? []
  if (beginning === undefined) return undefined
  const known = LANGUAGES.find((language) => language === before)
  const last = beginning === LINK ? LANGUAGES.find((language) => behind.endsWith(`/${language}`)) : undefined
  return { beginning, behind, language: last ?? known, elsewhere: before !== undefined && known === undefined }
}

/** What was shared is shown where it is known; for anything else there is a screen that tells nothing. */
function routeOfShort(
  content: Outline,
  host: string,
  here: SiteId,
  moment: Date,
  { beginning, behind, language, elsewhere }: Short,
  linkOf: (code: string) => ShareLink | undefined,
): Route {
  const kind = SHARE_KINDS.find((candidate) => SHARED[candidate] === beginning)
  if (elsewhere) return showUnknown(here, MAIN_LANGUAGE)
  if (kind) return showShared(content, here, language ?? MAIN_LANGUAGE, kind, `/${behind}`, moment)
  const [code = '', , ...more] = behind.split('/')
  const link = more.length === 0 ? linkOf(readCode(code) ?? '') : undefined
  return link ? routeOfLink(content, host, here, moment, link, language) : showUnknown(here, language ?? MAIN_LANGUAGE)
}

/** A page as text only, on whichever site it is. */
function routeOfTextOnly(
  content: Outline,
  host: string,
  here: SiteId,
  language: Language,
  path: string,
  moment: Date,
): Route {
  const otherSite = OTHER_SITE.exec(path)
  if (!otherSite)
    return {
      kind: 'show',
      path: `/reading/${language}/${here}/${viewOf(content, here, language, path, moment)}`,
      framedBy: [],
      textOnly: true,
    }
  const route = toOtherSite(content, host, language, otherSite[1] as SiteId, otherSite[2] ?? '/')
  if (route.kind !== 'other-site') return route
  const { origin, pathname } = new URL(route.location)
  return { ...route, location: `${origin}${pathOfTextOnly(pathname)}` }
}

/**
 * A link on the other site leads there; one that is not in use any more, to its page all the same.
 * @param asked the language in the address; without one the link is shown in its own
 */
function routeOfLink(
  content: Outline,
  host: string,
  here: SiteId,
  moment: Date,
  link: ShareLink,
  asked: Language | undefined,
): Route {
  const { target, kind, code } = link
  if (target.site !== here) return toSite(content, host, target.site, pathOfLink(code, asked))
  const language = asked ?? (link.language as Language)
  const shown = showShared(content, here, language, kind, pathOfTarget(content, target) ?? '/', moment)
  if (shown.kind !== 'show' || !shown.shared) return shown
  return { ...shown, shared: { ...shown.shared, ...(isActive(link, dayOf(moment)) ? { code } : { notice: 'ended' }) } }
}

/** A page as it was shared: a discreet one behind its first screen. */
function showShared(
  content: Outline,
  site: SiteId,
  language: Language,
  kind: ShareKind,
  path: string,
  moment: Date,
): Route {
  const view = viewOf(content, site, language, path, moment)
  if (view === 'missing') return showUnknown(site, language)
  const shared: Shared = { kind, site, language }
  if (kind === 'open') return { kind: 'show', path: `/reading/${language}/${site}/${view}`, framedBy: [], shared }
  return {
    kind: 'show',
    path: `/reading/${language}/${site}/opening`,
    framedBy: [],
    shared: { ...shared, opens: path === '/' ? pathOfFront(site, language) : `${beginningOf(language)}${path}` },
  }
}

/**
 * What is shown for a shared address that leads to nothing: the first screen of a discreet link, never less covered than what was meant. Its
 * button leads to the front, with a line.
 */
function showUnknown(site: SiteId, language: Language): Route {
  return {
    kind: 'show',
    path: `/reading/${language}/${site}/opening`,
    framedBy: [],
    shared: { kind: 'discreet', site, language, opens: `${beginningOf(language)}${UNKNOWN_LINK}` },
  }
}

/** The front of a site with the line that a link is not known. */
function showFrontOfUnknown(content: Outline, site: SiteId, language: Language, moment: Date): Route {
  return {
    kind: 'show',
    path: `/reading/${language}/${site}/${viewOf(content, site, language, '/', moment)}`,
    framedBy: [],
    shared: { kind: 'discreet', site, language, notice: 'unknown' },
  }
}

/** The short path of a link. @param language another than its own, in which it is shown and counted all the same */
export function pathOfLink(code: string, language?: Language): string {
  return `${LINK}/${code}${language === undefined ? '' : `/${language}`}`
}

/** The path under which anybody shares a page: the same for everyone who shares it. @returns undefined when there is no such page */
export function pathOfShared(
  content: Outline,
  kind: ShareKind,
  target: ShareTarget,
  language: Language,
): string | undefined {
  const path = pathOfTarget(content, target)
  return path === undefined ? undefined : `${beginningOf(language)}${SHARED[kind]}${path === '/' ? '' : path}`
}

/** The path of the page on which a page is shared. @returns undefined when there is no such page */
export function pathOfSharing(content: Outline, target: ShareTarget, language: Language): string | undefined {
  const path = pathOfTarget(content, target)
  return path === undefined ? undefined : `${beginningOf(language)}${SHARING}${path === '/' ? SHARED_FRONT : path}`
}

/** Everything on a site that can be shared. */
export function shareTargets({ languages }: Outline, site: SiteId): ShareTarget[] {
  const { pages, entries } = languages[MAIN_LANGUAGE]
  return [
    { site, label: FRONT },
    ...pages.filter((page) => isShared(page, site)).map(({ id }) => ({ site, label: id })),
    ...(site === 'diary' ? entries.map(({ day }) => ({ site, label: labelOfEntry(day) })) : []),
  ]
}

/** Whether a page is shared from a site: on its first one, unless nobody may know that it was opened. */
function isShared({ sites, counted }: Pick<Page, 'sites' | 'counted'>, site: SiteId): boolean {
  return sites[0] === site && counted
}

/**
 * The label of what is shared on the page of `pathOfSharing`. It asks each page once: to make every such path and compare it takes
 * time that grows with the square of their number.
 * @param path without the beginning that all of them have
 */
function sharedOn({ languages }: Outline, site: SiteId, path: string): string | undefined {
  const { pages, entries } = languages[MAIN_LANGUAGE]
  if (path === SHARED_FRONT) return FRONT
  const page = pages.find((candidate) => `/${candidate.path}` === path && isShared(candidate, site))
  if (page) return page.id
  const entry = site === 'diary' ? entries.find(({ day }) => `/${day}` === path) : undefined
  return entry && labelOfEntry(entry.day)
}

/** The path of what a link leads to, on its own site and without a language. */
export function pathOfTarget({ languages }: Outline, { site, label }: ShareTarget): string | undefined {
  const { pages, entries } = languages[MAIN_LANGUAGE]
  if (label === FRONT) return '/'
  const page = pages.find(({ id, sites }) => id === label && sites.includes(site))
  if (page) return `/${page.path}`
  const entry = site === 'diary' ? entries.find(({ day }) => labelOfEntry(day) === label) : undefined
  return entry && `/${entry.day}`
}

/** The name of a front, and of an entry, where pages are named whatever their language: in counts and in links. */
export const FRONT = 'front'
export function labelOfEntry(day: number): string {
  return `entry-${day}`
}

/** The language of a path, and the path without it. */
function languageOf(path: string): { language: Language; rest: string } {
  const [, language, rest] = IN_TRANSLATION.exec(path) ?? []
  return language === undefined
    ? { language: MAIN_LANGUAGE, rest: path }
    : { language: language as Language, rest: rest ?? '/' }
}

/** What the paths of a language begin with: nothing for the main language, else `/` and its code. */
function beginningOf(language: Language): string {
  return language === MAIN_LANGUAGE ? '' : `/${language}`
}

/** The path of a page as text only, from its own. */
export function pathOfTextOnly(path: string): string {
  const { language, rest } = languageOf(path)
  return `${beginningOf(language)}${TEXT_ONLY}${rest === '/' ? '' : rest}`
}

/** Whether a path is that of a page as text only. */
export function isTextOnly(path: string): boolean {
  return `${languageOf(path).rest}/`.startsWith(`${TEXT_ONLY}/`)
}

/** The path of a page itself, from that of the page as text only. */
export function pathWithDrawings(path: string): string {
  const { language, rest } = languageOf(path)
  return `${beginningOf(language)}${rest.slice(TEXT_ONLY.length)}` || '/'
}

/** The path of the front of a place. */
export function pathOfFront(place: Place, language: Language): string {
  return `${beginningOf(language)}${place === 'entrance' ? ENTRANCE : ''}` || '/'
}

/** The path of the front of the other site, as it is asked for on this one. */
export function pathToOtherSite(site: SiteId, language: Language): string {
  return `${beginningOf(language)}/naar/${site}`
}

/** The path that closes the window on another site. */
export function pathOfClosedWindow(language: Language): string {
  return `${beginningOf(language)}${ENTRANCE}/dicht`
}

/** The path of a contact file. */
export function pathOfContactFile(card: { readonly path: string }, file: string, language: Language): string {
  return `${beginningOf(language)}/${card.path}/${file}.vcf`
}

/** The path of the picture of a site that a chat shows of an open link. */
export function pathOfCard(language: Language): string {
  return `/beeld-${language}.png`
}

/** The path of a page in a place: its own where the place has it, else the way to the other site. */
export function pathOfPage(
  page: { readonly path: string; readonly sites: readonly SiteId[] },
  place: Place,
  language: Language,
): string {
  const beginning = beginningOf(language)
  if (place === 'entrance' && page.sites.includes('help')) return `${beginning}${ENTRANCE}/${page.path}`
  return page.sites.includes(siteOfPlace(place))
    ? `${beginning}/${page.path}`
    : `${beginning}/naar/${page.sites[0]}/${page.path}`
}

/** The path of a diary entry, seen from a place. */
export function pathOfEntry(day: number, place: Place, language: Language): string {
  return `${beginningOf(language)}${place === 'diary' ? '' : '/naar/diary'}/${day}`
}

/** The fronts of the diary with the number of entries that can be read, for every moment there is. */
export function allDiaryFronts(content: Outline, entries: number): { front: string; published: number }[] {
  return allFronts(content.runs, 'diary').flatMap((front) => {
    const counts = front !== 'quiet' && front.phase === 'during' ? countsDuring(content, front.run, entries) : [entries]
    return counts.map((published) => ({ front: frontKey(front), published }))
  })
}

/** The numbers of entries that can be read in the course of a run; a run that is planned later can have any length. */
function countsDuring({ runs }: Outline, name: string, entries: number): number[] {
  const run = runs.find(({ id }) => id === name)
  const last = name === PLANNED || !run ? entries : Math.min(entries, dayOfRun(run, run.lastDay))
  return Array.from({ length: last }, (_, index) => index + 1)
}

function siteOf(content: Outline, host: string): Site | undefined {
  // No server has such a port, and no address can be written with it.
  if (Number(portOf(host).slice(1)) > 65_535) return undefined
  const name = nameOf(host)
  if (LOCAL_ADDRESSES.has(name)) return content.sites.find(({ id }) => id === 'help')
  return content.sites.find((site) => site.local === name || site.hosts.includes(name))
}

/** Who may put the window in a frame: the hosts that are listed, and while developing one on this machine at any port. */
function embeddersFor({ entrance, sites }: Outline, host: string): string[] {
  const inProduction = sites.some(({ hosts }) => hosts.includes(nameOf(host)))
  return inProduction ? [...entrance.origins] : [`http://${entrance.local}:*`]
}

function entranceViewOf(texts: LanguageOutline, path: string): string {
  if (path === '') return 'front'
  if (path === '/dicht') return 'closed'
  const page = texts.pages.find((candidate) => `/${candidate.path}` === path && isShownIn(candidate, 'entrance'))
  return page ? `page/${page.id}` : 'missing'
}

function nameOf(host: string): string {
  return host.toLowerCase().slice(0, host.length - portOf(host).length)
}

/** The port of a host name, with its colon; empty when it names none. */
function portOf(host: string): string {
  return /:\d+$/.exec(host)?.[0] ?? ''
}

function viewOf(content: Outline, site: SiteId, language: Language, path: string, moment: Date): string {
  const { pages, entries } = content.languages[language]
  const day = dayOf(moment)
  const published = entriesPublishedOn(content.runs, day, entries.length)
  if (path === '/') {
    const front = frontKey(frontOn(content.runs, site, day))
    return site === 'diary' ? `front/${front}/${published}` : `front/${front}`
  }
  const page = pages.find((candidate) => `/${candidate.path}` === path && candidate.sites.includes(site))
  if (page) return `page/${page.id}`

  const shares = path.startsWith(`${SHARING}/`) ? sharedOn(content, site, path.slice(SHARING.length)) : undefined
  if (shares !== undefined) return `sharing/${shares}`

  const number = site === 'diary' && /^\/[1-9]\d?$/.test(path) ? Number(path.slice(1)) : undefined
  if (number === undefined || number > entries.length) return 'missing'
  if (number > published) return 'early'
  return `entry/${number}/${number === published && currentRun(content.runs, 'diary', day) && published < entries.length ? 'newest' : 'open'}`
}

// Only paths that exist are followed, so that the site cannot be used to send a reader to an address of somebody's choice.
function toOtherSite(content: Outline, host: string, language: Language, target: SiteId, path: string): Route {
  const { pages, entries } = content.languages[language]
  const site = content.sites.find(({ id }) => id === target)
  const here = siteOf(content, host)
  const exists =
    path === '/' ||
    pages.some((page) => `/${page.path}` === path && page.sites.includes(target)) ||
    (target === 'diary' && entries.some((entry) => `/${entry.day}` === path))
  if (!site || !here) return { kind: 'unknown-host' }
  if (!exists) return { kind: 'show', path: `/reading/${language}/${here.id}/missing`, framedBy: [] }
  return toSite(content, host, target, path === '/' ? pathOfFront(target, language) : `${beginningOf(language)}${path}`)
}

/** A path on one of our two sites, under the name that goes with the one it is asked from. */
function toSite(content: Outline, host: string, target: SiteId, path: string): Route {
  const site = content.sites.find(({ id }) => id === target)
  const here = siteOf(content, host)
  if (!site || !here) return { kind: 'unknown-host' }
  return {
    kind: 'other-site',
    location: here.hosts.includes(nameOf(host))
      ? `https://${site.hosts[0]}${path}`
      : `http://${site.local}${portOf(host)}${path}`,
  }
}

function contactFilePath(texts: LanguageOutline, path: string): boolean {
  const card = texts.pages.find(({ id }) => id === 'wallet-card')
  return card !== undefined && texts.contactNames.names.some(({ file }) => path === `/${card.path}/${file}.vcf`)
}
