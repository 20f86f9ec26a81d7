import { execFileSync } from 'node:child_process'
import { z } from 'zod'

const packageSchema = z.object({ name: z.string(), version: z.string() })

/** The bill of materials as npm makes it, as far as it is changed. */
const sbomSchema = z.looseObject({
  bomFormat: z.literal('CycloneDX'),
  serialNumber: z.string(),
  metadata: z.looseObject({ timestamp: z.string(), component: z.looseObject({ name: z.string() }) }),
})

/** What package.json calls the project, and its version. */
export function nameOf(packageJson: string): { readonly name: string; readonly version: string } {
  return packageSchema.parse(JSON.parse(packageJson))
}

/**
 * The software bill of materials of everything that can be installed in production (CycloneDX 1.5, JSON), from the lock file. The same
 * commit and the same npm give the same text: it has the moment of the commit, the name of the project instead of its folder,
 * and no number of chance.
 */
export function sbomOf(folder: string, packageJson: string): string {
  const made = execFileSync(
    'npm',
    ['sbom', '--sbom-format=cyclonedx', '--sbom-type=application', '--omit=dev', '--package-lock-only'],
    { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 26 },
  )
  const sbom = sbomSchema.parse(JSON.parse(made))
  const moment = execFileSync('git', ['log', '-1', '--format=%cI'], { cwd: folder, encoding: 'utf8' }).trim()
  const { metadata } = sbom
  return `${JSON.stringify({ ...sbom, serialNumber: undefined, metadata: { ...metadata, timestamp: moment, component: { ...metadata.component, name: nameOf(packageJson).name } } }, null, 2)}\n`
}
