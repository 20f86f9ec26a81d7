import { cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { productionPackages } from '#supply/production-packages.ts'

// `npm run copy:production -- FOLDER`: copies a build and what it runs with to a new folder, for an image or another
// machine. What it was built with stays behind: who takes over the process finds no compiler, and there is less to patch.

/** What is copied whole, beside the build and the packages. */
const KEPT = [
  'content',
  'deploy',
  'docs',
  'LICENSE',
  'README.md',
  'next.config.js',
  'package.json',
  'package-lock.json',
]

/** Parts of the build that only the next build, the compiler or a developer reads. */
const LEFT_OF_BUILD = ['cache', 'dev', 'diagnostics', 'other-build', 'trace', 'trace-build', 'types']

/** The compiler of Next, types, and the library with which Next makes pictures smaller: no page has such a picture. */
const LEFT_OF_PACKAGES = /^node_modules\/(@next\/swc-|@types\/|@img\/|sharp$)/

const [target] = process.argv.slice(2)
if (target === undefined || existsSync(target)) {
  console.error('Name a folder that is not there yet: npm run copy:production -- FOLDER')
  process.exit(1)
}
if (!existsSync('.next/BUILD_ID')) {
  console.error('There is no whole build of this site in this folder. Make one: npm run build')
  process.exit(1)
}
const packages = [...productionPackages('.')].filter((path) => !LEFT_OF_PACKAGES.test(path) && existsSync(path))
const started = readdirSync('server').filter((name) => name.endsWith('.js'))
const built = readdirSync('.next').filter((part) => !LEFT_OF_BUILD.includes(part))
const copied = [
  ...KEPT,
  ...started.map((name) => join('server', name)),
  ...built.map((part) => join('.next', part)),
  ...packages,
]
for (const path of copied) {
  const place = join(target, path)
  mkdirSync(dirname(place), { recursive: true })
  // The build names packages by links that lead out of it. They stay links.
  cpSync(path, place, { recursive: true, verbatimSymlinks: true, filter: (file) => isNeeded(file, path) })
}

/** Whether the site runs with a file: no map to a source, and no payload of the framework, for which no page asks. */
function isNeeded(file: string, path: string): boolean {
  // A package inside another one is copied by its own name.
  if (file !== path && basename(file) === 'node_modules' && packages.includes(path)) return false
  return !/\.(map|rsc)$/.test(file)
}
