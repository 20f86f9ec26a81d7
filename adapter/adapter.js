import { readFile, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { readingPage } from './reading-page.js'
import { BUILT_FILES, COMPRESSED, READING_PAGES } from './reading-pages-list.js'

const READER = fileURLToPath(new URL('../reader/reader.ts', import.meta.url))
const VISITS = fileURLToPath(new URL('../reader/vercel-visits.ts', import.meta.url))

/**
 * Next's build adapter (docs/decisions/0001): after the build it rewrites every prerendered page whose <html> carries
 * `data-reading`, so that it is complete without the framework, and gives it a policy with the hashes of what is left.
 * @type {import('next').NextAdapter}
 */
const adapter = {
  name: 'reading-pages',
  async onBuildComplete({ outputs, distDir }) {
    const [script, visitsScript] = await Promise.all([minified(READER), minified(VISITS)])
    const problems = []
    /** @type {import('./reading-pages-list.js').ReadingPageFile[]} */
    const pages = []
    for (const { pathname, fallback } of outputs.prerenders) {
      const file = fallback?.filePath
      if (!file?.endsWith('.html')) continue
      try {
        const page = readingPage(await readFile(file, 'utf8'), script, visitsScript)
        if (!page) continue
        pages.push({
          pathname,
          file: relative(distDir, file),
          status: page.status ?? 200,
          policy: page.policy,
          counts: page.counts,
        })
        await writeFile(file, page.html)
        await writeFile(`${file}${COMPRESSED}`, gzipSync(page.html, { level: 9 }))
        await addHeaders(file.replace(/\.html$/, '.meta'), { 'content-security-policy': page.policy }, page.status)
      } catch (error) {
        problems.push(`${pathname}: ${error instanceof Error ? error.message : error}`)
      }
    }
    if (problems.length > 0)
      throw new Error(`These pages cannot be delivered without the framework:\n${problems.join('\n')}`)
    if (pages.length === 0)
      throw new Error('No page carries data-reading: the reading pages would ship the framework to the reader.')
    await writeFile(join(distDir, READING_PAGES), JSON.stringify(pages))
    await writeFile(
      join(distDir, BUILT_FILES),
      JSON.stringify(outputs.prerenders.flatMap((made) => builtFile(made, distDir))),
    )
    console.log(` ✓ ${pages.length} reading pages delivered without framework scripts`)
  },
}

export default adapter

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

/** @param {string} entry the file that the script starts from */
async function minified(entry) {
  const { outputFiles } = await build({
    entryPoints: [entry],
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
