import { readFileSync } from 'node:fs'
import { sbomOf } from './sbom.ts'

// `npm run --silent sbom`: prints the bill of materials.
process.stdout.write(sbomOf('.', readFileSync('package.json', 'utf8')))
