import { readdirSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { lockedPackages } from './lock-file.ts'

const { dependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as Record<
  'dependencies' | 'devDependencies',
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

it('what runs in production imports nothing that only development installs', () => {
  const folders = ['adapter', 'app', 'campaign', 'components', 'counting', 'reader', 'server', 'sharing', 'store']
  const files = [
    ...folders.flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
    ),
    'proxy.ts',
    'next.config.js',
    'postcss.config.mjs',
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
    ].map(([, name = '']) => [file, /^(@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name] as const),
  )
  expect(imported.length).toBeGreaterThan(100)
  expect(
    imported.filter(
      ([, name]) => !name.startsWith('node:') && !builtinModules.includes(name) && !(name in dependencies),
    ),
  ).toEqual([])
})
