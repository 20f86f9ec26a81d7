import { randomInt } from 'node:crypto'
import { addDays, daysBetween, readDay, type CalendarDay } from '#campaign/day.ts'
import { newCode } from '#sharing/code.ts'
import { SHARE_KINDS, type ShareKind } from '#sharing/share-link.ts'
import type { ShareLink, ShareLinks, ShareTarget } from '#store/share-links.ts'
import { LANGUAGES, type Content, type Language } from '../content/read.ts'
import { KITS, pathOfTarget, shareTargets } from '../route.ts'
import { inOneLine } from './one-line.ts'
import { hashOfSecret, secretForAddress } from './secret-address.ts'
import { readRows } from './table-rows.ts'

/** A link as it was typed, in a form or on a line of a table. */
export type TypedLink = Readonly<Record<LinkField, string>>
export const LINK_FIELDS = ['target', 'language', 'kind', 'community', 'readers', 'lastDay'] as const
export type LinkField = (typeof LINK_FIELDS)[number]

/** The longest that a link is counted, the longest name of a community, and how many lines one table may have. Units: days, characters, lines. */
export const LINK_LIMITS = { days: 5 * 366, community: 80, lines: 500, readers: 10_000_000 } as const

/** What is wrong with one field of a link. */
export interface LinkProblem {
  readonly field: LinkField
  readonly rule:
    | 'no-target'
    | 'no-choice'
    | 'no-community'
    | 'long-community'
    | 'lost-letters'
    | 'no-number'
    | 'no-day'
    | 'past'
    | 'too-late'
}

/** A link that was made, with the secret of its kit: shown once and kept nowhere. */
export interface MadeLink {
  readonly link: ShareLink
  readonly kitPath: string
}

type ReadLink = Pick<ShareLink, 'target' | 'kind' | 'community' | 'readers' | 'lastDay'> & {
  readonly language: Language
}

/**
 * Reads one link, with everything that is wrong with it.
 * @param typedIn the language of whoever typed it: in Dutch a point stands between thousands, in English a comma
 */
export function readLink(
  content: Content,
  typed: TypedLink,
  today: CalendarDay,
  typedIn: 'nl' | 'en',
): { readonly link?: ReadLink; readonly problems: readonly LinkProblem[] } {
  const problems: LinkProblem[] = []
  const fails = (field: LinkField, rule: LinkProblem['rule']): undefined => void problems.push({ field, rule })
  const written = (field: LinkField) => typed[field].trim()

  const target = targetIn(content, written('target')) ?? fails('target', 'no-target')
  const language =
    LANGUAGES.find((known) => known === written('language').toLowerCase()) ?? fails('language', 'no-choice')
  const kind =
    SHARE_KINDS.find((known) => known === KINDS_IN_WORDS[written('kind').toLowerCase()]) ?? fails('kind', 'no-choice')
  const community = inOneLine(typed.community)
  if (community === '') fails('community', 'no-community')
  if (community.length > LINK_LIMITS.community) fails('community', 'long-community')
  // What a program puts where it could not read a letter (Unicode, U+FFFD): the name is broken for ever.
  if (community.includes('\ufffd')) fails('community', 'lost-letters')
  const readers = wholeNumberIn(written('readers'), typedIn) ?? fails('readers', 'no-number')
  const lastDay = readDay(written('lastDay')) ?? fails('lastDay', 'no-day')
  if (lastDay !== undefined && lastDay < today) fails('lastDay', 'past')
  if (lastDay !== undefined && daysBetween(today, lastDay) > LINK_LIMITS.days) fails('lastDay', 'too-late')

  if (problems.length > 0 || !target || !language || !kind || readers === undefined || !lastDay) return { problems }
  return { link: { target, language, kind, community, readers, lastDay }, problems }
}

/** A number as people write it: digits alone, or in groups of three. `100.00` is no whole number, and 10000 is not what it means. */
function wholeNumberIn(written: string, language: 'nl' | 'en'): number | undefined {
  const grouped = language === 'nl' ? /^\d{1,3}(\.\d{3})+$/ : /^\d{1,3}(,\d{3})+$/
  const isNumber = /^\d{1,8}$/.test(written) || grouped.test(written) || /^\d{1,3}(\s\d{3})+$/.test(written)
  const number = Number(written.replace(/\D/g, ''))
  return isNumber && number > 0 && number <= LINK_LIMITS.readers ? number : undefined
}

/** The names of the kinds in the two languages of the management, and our own. */
const KINDS_IN_WORDS: Readonly<Record<string, ShareKind>> = {
  discreet: 'discreet',
  onopvallend: 'discreet',
  open: 'open',
}

/** What the columns of a table may be called. */
const COLUMNS: Readonly<Record<string, LinkField>> = {
  pagina: 'target',
  page: 'target',
  taal: 'language',
  language: 'language',
  soort: 'kind',
  kind: 'kind',
  groep: 'community',
  group: 'community',
  lezers: 'readers',
  readers: 'readers',
  'tot en met': 'lastDay',
  until: 'lastDay',
}

/** A table of links as it was read: a link for each row, or everything that is wrong with it. */
export type ReadTable =
  | { readonly links: readonly ReadLink[]; readonly problems?: undefined }
  | { readonly problems: readonly TableProblem[] }

/** Something wrong with a table: with a field of a line (the first line of the text is 1), with a line, or with the table itself. */
export type TableProblem =
  | ({ readonly line: number } & LinkProblem)
  | { readonly rule: 'unreadable'; readonly line: number }
  | { readonly rule: 'empty' | 'too-many' }
  | { readonly rule: 'no-column'; readonly column: LinkField }

/** Reads a table of links with a head. Nothing of it is made unless all of it can be. */
export function readTable(content: Content, table: string, today: CalendarDay, language: 'nl' | 'en'): ReadTable {
  const read = readRows(table)
  if ('unreadable' in read) return { problems: [{ rule: 'unreadable', line: read.unreadable }] }
  const [head, ...rows] = read.rows
  const fields = (head?.cells ?? []).map((name) => COLUMNS[name.toLowerCase()])
  if (rows.length === 0) return { problems: [{ rule: 'empty' }] }
  if (rows.length > LINK_LIMITS.lines) return { problems: [{ rule: 'too-many' }] }
  const missing = LINK_FIELDS.filter((field) => !fields.includes(field))
  if (missing.length > 0) return { problems: missing.map((column) => ({ rule: 'no-column', column })) }

  const links = rows.map(({ line, cells }) => {
    const typed = LINK_FIELDS.map((field) => [field, cells[fields.indexOf(field)] ?? ''])
    return { line, ...readLink(content, Object.fromEntries(typed) as TypedLink, today, language) }
  })
  const problems = links.flatMap(({ line, problems: ofLine }) => ofLine.map((problem) => ({ line, ...problem })))
  return problems.length > 0 ? { problems } : { links: links.flatMap(({ link }) => link ?? []) }
}

/** Makes links, all of them or none. */
export async function makeLinks(
  links: ShareLinks,
  read: readonly ReadLink[],
  madeBy: string,
  today: CalendarDay,
): Promise<MadeLink[]> {
  const secrets = read.map(() => secretForAddress())
  const made = await links.add(read.length, (index, isTaken) => ({
    ...(read[index] as ReadLink),
    code: freeCode(isTaken),
    madeBy,
    madeOn: today,
    kit: hashOfSecret(secrets[index] ?? ''),
  }))
  return made.map((link, index) => ({ link, kitPath: pathOfKit(secrets[index] ?? '') }))
}

/** Gives the kit of a link another secret address. @returns undefined when the link is not there or was taken back */
export async function renewKit(links: ShareLinks, code: string): Promise<MadeLink | undefined> {
  const secret = secretForAddress()
  const link = await links.moveKit(code, hashOfSecret(secret))
  return link && { link, kitPath: pathOfKit(secret) }
}

/** The path of a kit. */
function pathOfKit(secret: string): string {
  return `${KITS}/${secret}`
}

/** The day until which a link is counted when nobody says otherwise. */
export function usualLastDayOfLink(today: CalendarDay): CalendarDay {
  return addDays(today, 365)
}

function freeCode(isTaken: (code: string) => boolean): string {
  for (;;) {
    const code = newCode((limit) => randomInt(limit))
    if (!isTaken(code)) return code
  }
}

/** A target as a table or a form names it: `help/reis`, `diary/4`, or the front as `help` or `diary`. */
function targetIn(content: Content, written: string): ShareTarget | undefined {
  const name = written.toLowerCase().split('/').filter(Boolean).join('/')
  const site = (['help', 'diary'] as const).find((known) => known === name.split('/', 1)[0])
  return site && shareTargets(content, site).find((target) => nameOfTarget(content, target) === name)
}

/** How a table and a form name a target: its site, and its path there. */
export function nameOfTarget(content: Content, target: ShareTarget): string {
  return `${target.site}${pathOfTarget(content, target) ?? ''}`.replace(/\/$/, '')
}
