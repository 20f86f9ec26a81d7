import { readdirSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { join } from 'node:path'
import { build } from 'esbuild'
import { PHASE_PRODUCTION_BUILD, PHASE_PRODUCTION_SERVER } from 'next/constants.js'
import { describe, expect, it } from 'vitest'
import configFor from '#next.config.js'
import { lockedPackages } from './lock-file.ts'
import { productionPackages } from './production-packages.ts'

const { dependencies, devDependencies, scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as Record<
  'dependencies' | 'devDependencies' | 'scripts',
  Record<string, string>
>
const packages = lockedPackages('.')

it('every version is exact, and the lock file has the same', () => {
  const asked = { ...dependencies, ...devDependencies }
  for (const [name, version] of Object.entries(asked))
    expect([name, version]).toEqual([name, expect.stringMatching(/^(npm:[a-z-]+@)?\d+\.\d+\.\d+$/)])
  const { packages: locked } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
    packages: Record<string, Record<string, unknown>>
  }
  expect(locked['']).toMatchObject({ dependencies, devDependencies })
  expect(Object.keys(asked).length).toBeGreaterThan(40)
})

it('every package has a hash, and none comes from anywhere but the public registry', () => {
  expect(packages.length).toBeGreaterThan(400)
  expect(packages.filter(({ integrity, inside }) => !inside && !/^sha512-[\w+/]{86}==$/.test(integrity ?? ''))).toEqual(
    [],
  )
  expect(
    packages.filter(
      ({ fetchedFrom }) => fetchedFrom !== undefined && !fetchedFrom.startsWith('https://registry.npmjs.org/'),
    ),
  ).toEqual([])
})

it('one package runs a program when it is installed, and a second one is for a person to look at', () => {
  expect(packages.filter(({ runsWhenInstalled }) => runsWhenInstalled).map(({ name }) => name)).toEqual(['esbuild'])
})

/** The package that an import names. */
const packageOf = (name: string) => /^(@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name
const isOfNode = (name: string) => name.startsWith('node:') || builtinModules.includes(name)

it('what the screens and the server are written with is installed in production', () => {
  const folders = ['app', 'campaign', 'components', 'counting', 'reader', 'server', 'sharing', 'store']
  const files = [
    ...folders.flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
    ),
    'proxy.ts',
    'next.config.js',
  ]
  const code = files.filter(
    (file) =>
      /\.(ts|tsx|js|mjs)$/.test(file) &&
      !/\.test\.tsx?$|-for-tests\.ts$|^store\/(global-setup|free-port)\.ts$/.test(file),
  )
  // A type is gone before anything runs.
  const imported = code.flatMap((file) =>
    [
      ...readFileSync(file, 'utf8').matchAll(/^(?:import|\} from|export) (?!type )(?:[^'\n]* from )?'([^'.#][^']*)'/gm),
    ].map(([, name = '']) => [file, packageOf(name)] as const),
  )
  expect(imported.length).toBeGreaterThan(100)
  expect(imported.filter(([, name]) => !isOfNode(name) && !(name in dependencies))).toEqual([])
})

describe('what is copied to where the site runs', () => {
  const production = productionPackages('.')

  it('has every package that the files of the build import, as far as they do', async () => {
    const programs = Object.values(scripts).filter((script) => /\besbuild /.test(script) && script.includes('--bundle'))
    const entryPoints = programs.flatMap((script) => [...script.matchAll(/[\w/-]+\.ts\b/g)].map(([file]) => file))
    const written = entryPoints.filter((file) => !file.startsWith('server/content/'))
    expect(written).toEqual(
      expect.arrayContaining([
        'server/start.ts',
        'server/management/manager-command.ts',
        'server/counts/counts-command.ts',
      ]),
    )
    const { metafile } = await build({
      entryPoints: written,
      bundle: true,
      platform: 'node',
      format: 'esm',
      packages: 'external',
      metafile: true,
      write: false,
      outdir: 'bundled',
    })
    const imported = Object.values(metafile.outputs).flatMap(({ imports }) =>
      imports.filter(({ external }) => external).map(({ path }) => path),
    )
    // What Next leaves as an import, because it brings a program or its own copy of something.
    const left = configFor(PHASE_PRODUCTION_SERVER).serverExternalPackages ?? []
    const needed = new Set([...imported.filter((path) => !isOfNode(path)), ...left].map(packageOf))
    expect([...needed].filter((name) => !production.has(`node_modules/${name}`) || !(name in dependencies))).toEqual([])
    expect(needed.size).toBeGreaterThan(20)
  })

  it('has no tool of the build or of the tests', () => {
    const tools =
      /^(esbuild|@esbuild|tsx|typescript\d?|@typescript-eslint|tailwindcss|@tailwindcss|lightningcss.*|rolldown|@rolldown|vite|vitest|@vitest|eslint|@eslint|prettier|playwright.*|@playwright|lighthouse)$/
    const first = [...production].map((path) => path.slice(path.lastIndexOf('node_modules/') + 13).split('/')[0] ?? '')
    expect(first.filter((name) => tools.test(name))).toEqual([])
    const running = new Set(packages.flatMap(({ name, forDevelopment }) => (forDevelopment ? [] : [name])))
    expect([...running].filter((name) => tools.test(name.split('/')[0] ?? ''))).toEqual([])
    for (const name of ['esbuild', 'tsx', 'tailwindcss', '@tailwindcss/postcss', 'typescript', 'vitest', 'eslint'])
      expect(devDependencies).toHaveProperty([name])
  })

  it('leaves the adapter of the build alone, which needs such tools', () => {
    expect(configFor(PHASE_PRODUCTION_SERVER).adapterPath).toBeUndefined()
    expect(configFor(PHASE_PRODUCTION_BUILD).adapterPath).toMatch(/adapter\.js$/)
  })
})
