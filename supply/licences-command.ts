import { writeFileSync } from 'node:fs'
import { licenceList, licenceProblems } from './licences.ts'
import { lockedPackages } from './lock-file.ts'

// `npm run licences`: writes the list of licences, and fails when one does not fit.
const packages = lockedPackages('.')
writeFileSync('docs/licences.md', licenceList(packages))
const problems = licenceProblems(packages)
for (const problem of problems) console.error(problem)
if (problems.length > 0) process.exitCode = 1
else console.log(`docs/licences.md is written: the licences of ${packages.length} packages fit.`)
