import { existsSync, readdirSync, readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname, join, sep } from 'node:path'
import { gzipSync } from 'node:zlib'
import { BUILT_FILES, type BuiltFileEntry } from '#adapter/reading-pages-list.js'
import { IMMUTABLE } from './headers.ts'
import { takes } from './reading-shelf.ts'

/** One file that is sent as the build made it. */
interface BuiltFile {
  readonly headers: Readonly<Record<string, string>>
  readonly plain: Buffer
  /** For what becomes smaller by it (gzip). */
  readonly compressed?: Buffer
}

/** The files that a server sends from memory, by their internal path (route.ts), or by their address below `/_next/static/`. */
export type BuiltFiles = ReadonlyMap<string, BuiltFile>

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

const IS_TEXT = /^text\/|json|xml/

/**
 * Takes the files of a build into memory: those for readers (robots.txt, contact files, pictures, the archive), and the scripts and
 * styles of the management. Nothing else that lies in the folder can be asked for.
 * @param buildFolder the folder that Next built into
 * @throws Error when there is no whole build
 */
export function builtFiles(buildFolder: string): BuiltFiles {
  const index = join(buildFolder, BUILT_FILES)
  if (!existsSync(index)) throw new Error('There is no whole build of this site: run "npm run build" first.')
  const listed = JSON.parse(readFileSync(index, 'utf8')) as BuiltFileEntry[]
  const folder = join(buildFolder, 'static')
  const assets = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && extname(entry.name) in TYPES)
    .map((entry) => join(entry.parentPath, entry.name))
  return new Map([
    ...listed.map(({ pathname, file, headers }) => [pathname, fileFrom(join(buildFolder, file), headers)] as const),
    ...assets.map((file) => {
      const address = `${IMMUTABLE}${file
        .slice(folder.length + 1)
        .split(sep)
        .join('/')}`
      return [address, fileFrom(file, { 'content-type': TYPES[extname(file)] ?? '' })] as const
    }),
  ])
}

function fileFrom(file: string, headers: Readonly<Record<string, string>>): BuiltFile {
  const plain = readFileSync(file)
  return { headers, plain, ...(IS_TEXT.test(headers['content-type'] ?? '') ? { compressed: gzipSync(plain) } : {}) }
}

/** Sends a file. Its headers for privacy are set already (headers.ts). */
export function sendFile(file: BuiltFile, request: IncomingMessage, response: ServerResponse): void {
  const compressed = takes(request, 'gzip') ? file.compressed : undefined
  const body = compressed ?? file.plain
  response.writeHead(200, {
    ...file.headers,
    'Content-Length': body.length,
    ...(file.compressed ? { Vary: 'Accept-Encoding' } : {}),
    ...(compressed ? { 'Content-Encoding': 'gzip' } : {}),
  })
  response.end(request.method === 'HEAD' ? undefined : body)
}
