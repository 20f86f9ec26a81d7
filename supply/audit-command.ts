import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { dayOf } from '#campaign/day.ts'
import { now } from '#server/clock.ts'
import { askForAdvisories, auditProblems, exceptionsSchema } from './audit.ts'

// `npm run audit`: fails on a weakness that was published of anything that runs in production, moderate or worse, and when nobody could be asked.
const exceptions = exceptionsSchema.parse(parse(readFileSync('supply/audit-exceptions.yaml', 'utf8')))
const answer = await askForAdvisories('.')
if ('unasked' in answer) {
  console.error(
    `The registry could not be asked for advisories: ${answer.unasked}. So it is not known whether there are any, and this is no success. Run it where the registry offers npm audit.`,
  )
  process.exitCode = 2
} else {
  const problems = auditProblems(answer.advisories, exceptions, dayOf(now()))
  for (const problem of problems) console.error(problem)
  if (problems.length > 0) process.exitCode = 1
  else console.log(`No advisory stops a release: ${answer.advisories.length} reported, ${exceptions.length} excepted.`)
}
