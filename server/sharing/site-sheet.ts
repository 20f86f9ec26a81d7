import type { SiteId } from '#campaign/run.ts'
import { printedCode } from '#sharing/code.ts'
import type { ShareKind } from '#sharing/share-link.ts'
import type { Sheet, SheetFormat } from '#sharing/sheet.ts'
import type { ShareLink } from '#store/share-links.ts'
import { LANGUAGE_NAMES } from '../content/language.ts'
import type { Content, Language } from '../content/read.ts'
import { pathOfFront, pathOfLink } from '../route.ts'
import { addressInProduction } from '../sitemap.ts'

/** The drawing on the open sheets of a site. */
const PICTURES: Readonly<Record<SiteId, string>> = { help: 'door-open', diary: 'hero-diary' }

/** Where a sheet leads: the address in its code, and how it is printed. */
export type SheetAddress = Pick<Sheet, 'address' | 'printed'>

/** What a sheet is of. */
export interface SheetChoice {
  readonly format: SheetFormat
  readonly kind: ShareKind
  readonly site: SiteId
  readonly language: Language
}

/** The address of the front of a site in a language, without a code: sheets that lead there count for nobody. */
export function addressOfFront(content: Content, site: SiteId, language: Language): SheetAddress {
  const address = addressInProduction(content, site, pathOfFront(site, language))
  return { address, printed: withoutScheme(address) }
}

/** The address of a link on its site, and as it is printed. */
export function addressOfLink(content: Content, { code, target }: Pick<ShareLink, 'code' | 'target'>): SheetAddress {
  const address = (written: string) => addressInProduction(content, target.site, pathOfLink(written))
  return { address: address(code), printed: withoutScheme(address(printedCode(code))) }
}

function withoutScheme(address: string): string {
  return address.replace(/^https:\/\/|\/$/g, '')
}

/** A sheet of a site with the words of share.yaml. */
export function siteSheet(
  content: Content,
  { format, kind, site, language }: SheetChoice,
  { address, printed }: SheetAddress,
): Sheet {
  const { share, siteNames } = content.languages[language]
  const sheet = {
    format,
    direction: LANGUAGE_NAMES[language].direction,
    words: share.sheets[kind][site],
    address,
    printed,
  }
  if (kind === 'discreet') return { ...sheet, kind }
  const mark = content.sites.find(({ id }) => id === site)?.mark
  return {
    ...sheet,
    kind,
    name: siteNames[site].name,
    mark: drawing(content, mark),
    picture: drawing(content, PICTURES[site]),
  }
}

function drawing({ pictures }: Content, name: string | undefined): string {
  const svg = name === undefined ? undefined : pictures[name]
  if (svg === undefined) throw new Error(`The content has no drawing "${name}".`)
  return svg
}
