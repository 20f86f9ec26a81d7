import { runsOfTheMoment, type Plan } from '#campaign/plan.ts'
import { content } from './content/content.ts'
import type { Content, ContentRun } from './content/read.ts'
import { ofProcess } from './of-process.ts'

const held = ofProcess<readonly Plan<ContentRun>[]>('plans')

/** The content that was last made of the held plans. */
let made: { readonly plans: readonly Plan<ContentRun>[]; readonly content: Content } | undefined

/** Holds the plans of the screen in the memory of this process, instead of those that were last known. */
export function holdPlans(plans: readonly Plan<ContentRun>[]): void {
  held.value = plans
}

/** The content with the runs of the moment. It is made of what this process holds, so that no reader waits for it. */
export function contentNow(): Content {
  const plans = held.value
  if (!plans) return content()
  if (made?.plans !== plans) made = { plans, content: { ...content(), runs: runsOfTheMoment(content().runs, plans) } }
  return made.content
}

/** The runs of the moment; undefined while the plans of the screen could not be read yet. */
export function runsNow(): readonly ContentRun[] | undefined {
  return held.value && contentNow().runs
}
