import { dayOf } from '#campaign/day.ts'
import { now } from '../clock.ts'
import { contentWarnings } from './check.ts'
import { contentFolder, loadContent } from './content.ts'
import { plainLanguageAlarms } from './plain-language.ts'
import { ContentError, describeProblems } from './problem.ts'

// `npm run content`: checks everything in the folder `content` and prints all problems and warnings.
try {
  const content = loadContent(contentFolder())
  const warnings = [...contentWarnings(content, dayOf(now())), ...plainLanguageAlarms(content)]
  if (warnings.length > 0) console.warn(`For a person to look at:\n\n${describeProblems(warnings)}\n`)
  const { pages, entries } = content.languages.nl
  console.log(
    `The content is in order: ${pages.length} pages, ${entries.length} diary entries, ${content.helplines.length} helplines, ${content.runs.length} runs.`,
  )
} catch (error) {
  if (!(error instanceof ContentError)) throw error
  console.error(error.message)
  process.exitCode = 1
}
