import { content } from './content/content.ts'
import type { Content } from './content/read.ts'
import { RunsOfTheMoment } from './held-plans.ts'

/** The runs of the moment, for whoever has the whole content: the management and the commands. */
export const plannedRuns = new RunsOfTheMoment(content)

/** The content with the runs of the moment. */
export function contentNow(): Content {
  return plannedRuns.content
}
