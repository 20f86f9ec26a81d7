import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { freePort } from '#store/free-port.ts'
import { REPOSITORY, startProcess, type MeasuredProcess } from './measured-process.ts'
import { fetchRaw } from './raw-answer.ts'

/** One of our pages, as the default application shows it too. */
interface Words {
  readonly path: string
  readonly title: string
  readonly main: string
  readonly classOfMain: string
  /** What stands above and below it on every page, without our script. */
  readonly head: string
  readonly foot: string
  readonly style: string
}

const NEXT = join(REPOSITORY, 'node_modules/next/dist/bin/next')

/** Code of the default application, as the guide to the App Router begins: a layout with client links, and a folder for each page. */
const LAYOUT = (links: string, { head, foot }: Words) => `import Link from 'next/link'
import './globals.css'

export default function Layout({ children }) {
  return (
    <html lang="nl">
      <body>
        <nav>${links}</nav>
        <div dangerouslySetInnerHTML={{ __html: ${JSON.stringify(head)} }} />
        {children}
        <div dangerouslySetInnerHTML={{ __html: ${JSON.stringify(foot)} }} />
      </body>
    </html>
  )
}
`
const PAGE = ({ title, main, classOfMain }: Words) => `export const metadata = { title: ${JSON.stringify(title)} }

export default function Page() {
  return <main className=${JSON.stringify(classOfMain)} dangerouslySetInnerHTML={{ __html: ${JSON.stringify(main)} }} />
}
`

/**
 * A default Next application with our own pages in it, built and started: what a reader would get if the framework were left in. The
 * words are put in as strings, which is kind to it: as components they would make it larger, and take longer to bring to life.
 * @param production where the pages are copied from
 * @param paths of the pages; the navigation has a client link to each
 * @throws Error with what the build said when it fails
 */
export async function startDefaultPage(
  production: MeasuredProcess,
  paths: readonly string[],
): Promise<MeasuredProcess> {
  const [first, ...others] = await Promise.all(paths.map((path) => wordsOf(production, path)))
  if (!first) throw new RangeError('A default application has at least one page.')
  const pages = [first, ...others]
  // Within the build, so that packages are found as in any application, and nothing of it is ever committed.
  const folder = await mkdtemp(join(REPOSITORY, '.next/default-page-'))
  try {
    const files = {
      'package.json': '{ "private": true, "type": "module" }',
      // Without these two the ones of this repository, further up, would be taken.
      'next.config.js': 'export default {}',
      'postcss.config.js': 'export default { plugins: {} }',
      'app/globals.css': first.style,
      'app/layout.jsx': LAYOUT(pages.map(({ path, title }) => `<Link href="${path}">${title}</Link>`).join(' '), first),
      ...Object.fromEntries(pages.map((page) => [`app${page.path}/page.jsx`, PAGE(page)])),
    }
    for (const page of pages) await mkdir(join(folder, 'app', page.path), { recursive: true })
    for (const [file, text] of Object.entries(files)) await writeFile(join(folder, file), text)
    await promisify(execFile)(process.execPath, [NEXT, 'build', folder], {
      cwd: folder,
      env: { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', PATH: dirname(process.execPath) },
    })
    const port = await freePort()
    const server = await startProcess(NEXT, port, ['start', folder, '--port', String(port), '--hostname', '127.0.0.1'])
    return {
      ...server,
      stop: async () => {
        await server.stop()
        await rm(folder, { recursive: true })
      },
    }
  } catch (error) {
    await rm(folder, { recursive: true })
    throw error
  }
}

async function wordsOf({ port }: MeasuredProcess, path: string): Promise<Words> {
  const { status, pieces } = await fetchRaw(port, { host: `localhost:${port}`, path, encoding: 'identity' })
  const html = Buffer.concat(pieces).toString('utf8')
  const part = (pattern: RegExp) => pattern.exec(html)?.[1] ?? ''
  const words = {
    path,
    title: part(/<title>(.*?)<\/title>/),
    main: part(/<main[^>]*>(.*)<\/main>/s),
    classOfMain: part(/<main[^>]*class="([^"]*)"/),
    head: part(/<body[^>]*>(.*)<main/s),
    foot: part(/<\/main>(.*?)<script/s),
    style: part(/<style[^>]*>(.*?)<\/style>/s),
  }
  if (status !== 200 || Object.values(words).includes(''))
    throw new Error(`${path} has not all the parts of a page of ours, so it cannot be copied.`)
  return words
}
