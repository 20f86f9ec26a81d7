import { strToU8, zipSync, type Zippable } from 'fflate'
import type { SiteId } from '#campaign/run.ts'
import { messageWith, textOfMessage } from '#sharing/app-links.ts'
import { SHARE_KINDS } from '#sharing/share-link.ts'
import { drawCode, drawSheet, SIZES, type PaperFormat, type SheetFormat } from '#sharing/sheet.ts'
import { LANGUAGE_NAMES } from '../content/language.ts'
import { LANGUAGES, MAIN_LANGUAGE, type Content, type Language, type Toolkit } from '../content/read.ts'
import { ENTRANCE } from '../route.ts'
import { addressInProduction } from '../sitemap.ts'
import { pdfOfSheet } from './pdf.ts'
import { measureInk, pngOfSheet, shapesOfSheet } from './print.ts'
import { addressOfFront, siteSheet, type SheetChoice } from './site-sheet.ts'

/** One file of the archive, and which of the words of toolkit.yaml tell what it is. */
interface ToolkitFile {
  readonly path: string
  readonly kind: keyof Toolkit['files']
  readonly bytes: Uint8Array
}

/** How a site is called in the name of a file: a relative may read it in a folder. */
const SITE_NAMES: Readonly<Record<SiteId, string>> = { help: 'site', diary: 'dagboek' }
const SITES = ['help', 'diary'] as const

/** Width of a code as a picture. Unit: pixels. */
const CODE_WIDTH = 1024

/**
 * The day of every file in the archive, so that the same content gives the same bytes; a zip knows no earlier one. Its hours
 * are those of this machine, and fflate reads them so.
 */
const FIXED_DAY = new Date(1980, 0, 1)

/** Files that are compressed already; pressing them again would take time and win nothing. */
const COMPRESSED = /\.(pdf|png)$/

/** Everything that a municipality, school or partner can hang up, show and send, in every language, as one zip. */
export async function toolkitArchive(content: Content): Promise<Uint8Array<ArrayBuffer>> {
  const files: ToolkitFile[] = []
  for (const language of LANGUAGES) files.push(...(await filesOf(content, language)))
  const all = [{ path: 'README.txt', bytes: textFile(readme(content, files)) }, ...files]
  const tree: Zippable = Object.fromEntries(
    all.map(({ path, bytes }) => [path, [bytes, { mtime: FIXED_DAY, level: COMPRESSED.test(path) ? 0 : 9 }]]),
  )
  return new Uint8Array(zipSync(tree))
}

async function filesOf(content: Content, language: Language): Promise<ToolkitFile[]> {
  const files: ToolkitFile[] = []
  const add = (kind: ToolkitFile['kind'], name: string, bytes: Uint8Array) =>
    files.push({ path: `${language}/${name}`, kind, bytes })
  for (const site of SITES) {
    const name = SITE_NAMES[site]
    const front = addressOfFront(content, site, language)
    const draw = (format: SheetFormat, kind: SheetChoice['kind']) =>
      drawSheet(siteSheet(content, { format, kind, site, language }, front), measureInk)
    const pdf = (format: PaperFormat, kind: SheetChoice['kind']) =>
      pdfOfSheet(draw(format, kind), format, content.languages[language].share.cards.discreet[site].title)
    const banner = draw('banner', 'open')
    const code = drawCode(front.address)
    add('a4', `poster-a4-${name}.pdf`, await pdf('a4', 'open'))
    add('a5', `poster-a5-${name}.pdf`, await pdf('a5', 'open'))
    add('strips', `strookjes-${name}.pdf`, await pdf('strips', 'open'))
    add('discreetStrips', `strookjes-neutraal-${name}.pdf`, await pdf('strips', 'discreet'))
    add('story', `story-${name}.png`, pngOfSheet(draw('story', 'open'), SIZES.story.width))
    add('banner', `banner-${name}.png`, pngOfSheet(banner, SIZES.banner.width))
    add('banner', `banner-${name}.svg`, strToU8(shapesOfSheet(banner)))
    add('code', `qr-${name}.png`, pngOfSheet(code, CODE_WIDTH))
    add('code', `qr-${name}.svg`, strToU8(code))
  }
  const { toolkit } = content.languages[language]
  add('messages', 'berichten.txt', textFile(messages(content, language)))
  add(
    'press',
    'pers.txt',
    textFile(
      [titled(toolkit.press), SITES.map((site) => addressOfFront(content, site, language).address).join('\n')].join(
        '\n\n',
      ),
    ),
  )
  add(
    'use',
    'gebruik.txt',
    textFile(
      toolkit.use
        .map(({ title, text }) => `${title}\n\n${text.map((point) => `- ${point}`).join('\n')}`)
        .join('\n\n\n'),
    ),
  )
  add('window', 'venster.txt', textFile([titled(toolkit.window), windowSnippet(content, language)].join('\n\n')))
  return files
}

function titled({ title, text }: { readonly title: string; readonly text: readonly string[] }): string {
  return [title, ...text].join('\n\n')
}

/** What people can send, with the address of the site in it. */
function messages(content: Content, language: Language): string {
  const { share, toolkit } = content.languages[language]
  return SHARE_KINDS.map((kind) =>
    titled({
      title: toolkit.messages[kind],
      text: SITES.map((site) =>
        textOfMessage(messageWith(share.messages[kind][site], addressOfFront(content, site, language).address)),
      ),
    }),
  ).join('\n\n\n')
}

/** The button and the script that open the window of help (docs/entrance.md). */
function windowSnippet(content: Content, language: Language): string {
  const attribute = language === MAIN_LANGUAGE ? 'data-venster' : `data-venster="${language}"`
  return `<button type="button" ${attribute}>${content.languages[language].toolkit.window.button}</button>\n<script src="${addressInProduction(content, 'help', `${ENTRANCE}.js`)}" defer></script>`
}

/** What is in the archive, in every language. */
function readme(content: Content, files: readonly ToolkitFile[]): string {
  return LANGUAGES.map((language) => {
    const { toolkit } = content.languages[language]
    const own = files.filter(({ path }) => path.startsWith(`${language}/`))
    const list = Object.entries({ ...toolkit.files }).map(([kind, words]) =>
      [...own.filter((file) => file.kind === kind).map(({ path }) => path), `  ${words}`].join('\n'),
    )
    return [LANGUAGE_NAMES[language].name, titled(toolkit.readme), ...list].join('\n\n')
  }).join('\n\n\n')
}

/** A text as a file: UTF-8 with the mark that tells old programs so, and lines that end as every program expects. */
function textFile(text: string): Uint8Array {
  return strToU8(`\ufeff${text}\n`.replaceAll('\n', '\r\n'))
}
