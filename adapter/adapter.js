import { readFile, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress } from 'node:zlib'
import { build } from 'esbuild'
import { parse as parseYaml } from 'yaml'
import { readingPage, thinned } from './reading-page.js'
import { BUILT_FILES, brotliOptions, COMPRESSED, READING_PAGES } from './reading-pages-list.js'
import { namesIn, usedStyle } from './used-style.js'

const READER = fileURLToPath(new URL('../reader/reader.ts', import.meta.url))
const SITES = fileURLToPath(new URL('../content/sites.yaml', import.meta.url))
const VISITS = fileURLToPath(new URL('../reader/vercel-visits.ts', import.meta.url))

/**
 * Next's build adapter (docs/decisions/0001): after the build it rewrites every prerendered page whose <html> carries
 * `data-reading`, so that it is complete without the framework, and gives it a policy with the hashes of what is left.
 * @type {import('next').NextAdapter}
 */
const adapter = {
  name: 'reading-pages',
  async onBuildComplete({ outputs, distDir }) {
    const [script, visitsScript] = await Promise.all([minified(READER, await neutralAddress()), minified(VISITS)])
    const problems = []
    /** @type {{ file: string, html: string }[]} */
    const toCompress = []
    /** @type {import('./reading-pages-list.js').ReadingPageFile[]} */
    const pages = []
    const styles = await stylesOf(outputs.prerenders)
    for (const { pathname, fallback } of outputs.prerenders) {
      const file = fallback?.filePath
      if (!file?.endsWith('.html')) continue
      try {
        const style = styles.get(siteOf(pathname))
        const page = readingPage(await readFile(file, 'utf8'), script, visitsScript, (whole) => style ?? whole)
        if (!page) continue
        pages.push({
          pathname,
          file: relative(distDir, file),
          status: page.status ?? 200,
          policy: page.policy,
          counts: page.counts,
        })
        await writeFile(file, page.html)
        toCompress.push({ file, html: page.html })
        await addHeaders(file.replace(/\.html$/, '.meta'), { 'content-security-policy': page.policy }, page.status)
      } catch (error) {
        problems.push(`${pathname}: ${error instanceof Error ? error.message : error}`)
      }
    }
    if (problems.length > 0)
      throw new Error(`These pages cannot be delivered without the framework:\n${problems.join('\n')}`)
    if (pages.length === 0)
      throw new Error('No page carries data-reading: the reading pages would ship the framework to the reader.')
    await inParallel(toCompress, async ({ file, html }) => writeFile(`${file}${COMPRESSED}`, await compressed(html)))
    await writeFile(join(distDir, READING_PAGES), JSON.stringify(pages))
    await writeFile(
      join(distDir, BUILT_FILES),
      JSON.stringify(outputs.prerenders.flatMap((made) => builtFile(made, distDir))),
    )
    console.log(` ✓ ${pages.length} reading pages delivered without framework scripts`)
  },
}

export default adapter

/** One step below the highest quality: a hundredth larger, in a third of the time. */
const QUALITY = 10

/** @param {string} html @returns {Promise<Buffer>} the page in Brotli (RFC 7932) */
function compressed(html) {
  return promisify(brotliCompress)(html, brotliOptions(QUALITY))
}

/** How many pages are compressed at a time: as many as the threads that Node has for it. */
const AT_A_TIME = 4

/** @template Item @param {Item[]} items @param {(item: Item) => Promise<void>} act */
async function inParallel(items, act) {
  const left = items.values()
  await Promise.all(
    Array.from({ length: AT_A_TIME }, async () => {
      for (const item of left) await act(item)
    }),
  )
}

/** What the framework adds to the headers of a file for its own cache. */
const OF_THE_FRAMEWORK = /^(x-next|vary$)/

/**
 * A file that a server sends as it is, as the build lists it; nothing for what is a page.
 * @param {import('next').AdapterOutput['PRERENDER']} made @param {string} distDir
 * @returns {import('./reading-pages-list.js').BuiltFileEntry[]}
 */
function builtFile({ pathname, fallback }, distDir) {
  const file = fallback && 'filePath' in fallback ? fallback.filePath : undefined
  if (!file?.endsWith('.body')) return []
  const headers = Object.entries(fallback?.initialHeaders ?? {})
    .filter(([name]) => !OF_THE_FRAMEWORK.test(name))
    .map(([name, value]) => [name, String(value)])
  return [{ pathname, file: relative(distDir, file), headers: Object.fromEntries(headers) }]
}

/** The site that a page is of; the window on another site shows the help site. @param {string} pathname `/reading/nl/help/…` */
function siteOf(pathname) {
  const place = pathname.split('/')[3] ?? ''
  return place === 'entrance' ? 'help' : place
}

/**
 * The one style of each site, with what its pages use.
 * @param {readonly import('next').AdapterOutput['PRERENDER'][]} prerenders @returns {Promise<Map<string, string>>}
 */
async function stylesOf(prerenders) {
  /** @type {Map<string, { style: string, names: Set<string> }>} */
  const sites = new Map()
  for (const { pathname, fallback } of prerenders) {
    const file = fallback?.filePath
    if (!pathname.startsWith('/reading/') || !file?.endsWith('.html')) continue
    const source = await readFile(file, 'utf8')
    const style = /<style[^>]*>([^]*?)<\/style>/.exec(source)?.[1] ?? ''
    const site = sites.get(siteOf(pathname)) ?? { style, names: new Set() }
    if (site.style !== style) throw new Error(`${pathname} has another style than the pages before it.`)
    for (const name of namesIn(source)) site.names.add(name)
    sites.set(siteOf(pathname), site)
  }
  /** @type {Map<string, string>} */
  const used = new Map()
  for (const [name, { style, names }] of sites) used.set(name, await usedStyle(thinned(style), names))
  return used
}

/** Where the exit leads (content/sites.yaml; the content check has said that it is an address). @returns {Promise<Record<string, string>>} */
async function neutralAddress() {
  const { exit } = parseYaml(await readFile(SITES, 'utf8'))
  return { NEUTRAL_ADDRESS: JSON.stringify(exit) }
}

/** @param {string} entry the file that the script starts from @param {Record<string, string>} define what it takes from the content */
async function minified(entry, define = {}) {
  const { outputFiles } = await build({
    entryPoints: [entry],
    define,
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: 'es2020',
    charset: 'utf8',
    legalComments: 'none',
  })
  const [file] = outputFiles
  if (!file) throw new Error(`The script ${entry} could not be built.`)
  return file.text.trim()
}

/**
 * Adds headers to what Next sends with a prerendered page, kept in the file beside it; and the status, for a page that
 * stands for something that is not there.
 * @param {string} file @param {Record<string, string>} headers @param {number | undefined} status
 */
async function addHeaders(file, headers, status) {
  const meta = JSON.parse(await readFile(file, 'utf8'))
  await writeFile(
    file,
    JSON.stringify({ ...meta, ...(status === undefined ? {} : { status }), headers: { ...meta.headers, ...headers } }),
  )
}
