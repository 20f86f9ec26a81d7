import { makeRelease, ReleaseError } from './release.ts'

// `npm run release`: makes the folder `release` of what is committed.
try {
  const files = makeRelease('.')
  console.log(`release/ has ${files.join(', ')}.\nTo check what arrived: cd release && sha256sum -c SHA256SUMS`)
} catch (error) {
  if (!(error instanceof ReleaseError)) throw error
  console.error(error.message)
  process.exitCode = 1
}
