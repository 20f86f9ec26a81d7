import { runsOfTheMoment, type Plan } from '#campaign/plan.ts'
import type { Content, ContentRun } from './content/read.ts'
import { ofProcess } from './of-process.ts'

const held = ofProcess<readonly Plan<ContentRun>[]>('plans')

/** Holds the plans of the screen in the memory of this process, instead of those that were last known. */
export function holdPlans(plans: readonly Plan<ContentRun>[]): void {
  held.value = plans
}

/**
 * Content with the runs of the moment: those of the files and those that were planned on the screen. It is made of what this process
 * holds, so that no reader waits for it, and anew only when the plans are others.
 * @param content gives the content with the runs of the files, always the same
 */
export class RunsOfTheMoment<Whole extends Pick<Content, 'runs'>> {
  readonly #content: () => Whole
  #made: { readonly plans: readonly Plan<ContentRun>[]; readonly content: Whole } | undefined

  constructor(content: () => Whole) {
    this.#content = content
  }

  get content(): Whole {
    const plans = held.value
    const content = this.#content()
    if (!plans) return content
    if (this.#made?.plans !== plans)
      this.#made = { plans, content: { ...content, runs: runsOfTheMoment(content.runs, plans) } }
    return this.#made.content
  }

  /** Undefined while the plans of the screen could not be read yet. */
  get runs(): readonly ContentRun[] | undefined {
    return held.value && this.content.runs
  }
}
