import { readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { z } from 'zod'

const names = z.record(z.string(), z.string()).default({})
const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({
      dependencies: names,
      optionalDependencies: names,
      peerDependencies: names,
      peerDependenciesMeta: z.record(z.string(), z.object({ optional: z.boolean().default(false) })).default({}),
    }),
  ),
})

/**
 * The folders of the packages that run in production, for every system: what `dependencies` lead to. npm itself keeps a
 * development tool when a package that runs could work with it (an optional peer), so `npm prune --omit=dev` keeps
 * test runners and compilers.
 * @param folder the folder of package-lock.json (version 3)
 * @throws Error that names a package which the lock file lacks
 */
export function productionPackages(folder: string): ReadonlySet<string> {
  const { packages } = lockSchema.parse(JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')))
  const found = new Set<string>()
  const add = (path: string, isRoot: boolean) => {
    const { dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta } = packages[path] ?? {}
    const peers = isRoot
      ? []
      : Object.keys(peerDependencies ?? {}).filter((name) => !peerDependenciesMeta?.[name]?.optional)
    for (const name of [...Object.keys({ ...dependencies, ...optionalDependencies }), ...peers]) {
      const place = placeOf(name, path)
      if (place === undefined) {
        if (optionalDependencies?.[name] !== undefined) continue
        throw new Error(`package-lock.json lacks ${name}, which ${path || 'package.json'} needs; run: npm install`)
      }
      if (found.has(place)) continue
      found.add(place)
      add(place, false)
    }
  }
  /** Where Node finds a package that one in this folder asks for: beside it, or in a folder around it. */
  const placeOf = (name: string, from: string): string | undefined => {
    for (let around = from; ; around = posix.dirname(around)) {
      const place = posix.join(around, 'node_modules', name)
      if (place in packages) return place
      if (around === '' || around === '.') return undefined
    }
  }
  add('', true)
  return found
}
