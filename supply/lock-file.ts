import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { productionPackages } from './production-packages.ts'

const lockSchema = z.object({
  lockfileVersion: z.literal(3),
  packages: z.record(
    z.string(),
    z.object({
      name: z.string().optional(),
      version: z.string(),
      license: z.string().optional(),
      integrity: z.string().optional(),
      resolved: z.string().optional(),
      inBundle: z.boolean().default(false),
      hasInstallScript: z.boolean().default(false),
    }),
  ),
})

/** A package as the lock file names it. */
export interface LockedPackage {
  readonly name: string
  readonly version: string
  /** The SPDX expression that the package gives itself; absent when it gives none. */
  readonly licence: string | undefined
  /** The hash that npm compares what it fetched with. */
  readonly integrity: string | undefined
  /** Where it was fetched; absent when the lock file leaves that to whoever installs. */
  readonly fetchedFrom: string | undefined
  /** For development and tests alone: nothing that runs in production leads to it. */
  readonly forDevelopment: boolean
  /** Comes inside another package, and is covered by the hash of that one. */
  readonly inside: boolean
  /** Runs a program of its own when it is installed. */
  readonly runsWhenInstalled: boolean
}

/**
 * Every package that can be installed, on any system, as package-lock.json (version 3) lists it.
 * @param folder the folder of the lock file
 * @throws ZodError when the file has another form
 */
export function lockedPackages(folder: string): LockedPackage[] {
  const { packages } = lockSchema.parse(JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')))
  const production = productionPackages(folder)
  return Object.entries(packages)
    .filter(([path]) => path !== '')
    .map(([path, { name, version, license, integrity, resolved, inBundle, hasInstallScript }]) => ({
      name: name ?? path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
      version,
      licence: license,
      integrity,
      fetchedFrom: resolved,
      forDevelopment: !production.has(path),
      inside: inBundle,
      runsWhenInstalled: hasInstallScript,
    }))
}
