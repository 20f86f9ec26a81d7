import type { Plan } from '#campaign/plan.ts'
import { problemsOfRuns } from '#campaign/run-rules.ts'
import { causeOfStore } from '../cause.ts'
import type { ContentRun } from '../content/read.ts'
import type { Say } from '../log.ts'
import { holdLinks } from '../known-links.ts'
import { contentNow, holdPlans } from '../planned-runs.ts'
import type { ScreenPlans } from './screen-plans.ts'

/** Between two times of reading; until then another process shows and counts the runs as they were. Unit: milliseconds. */
const BEAT = 10_000

/**
 * Keeps this process to what was planned on the screen of another one. When the plans cannot be read, those that were last
 * known stay in force, and that is said once.
 */
export class PlanFollower {
  readonly #plans: () => Promise<readonly Plan<ContentRun>[]>
  readonly #say: Say
  #timer: NodeJS.Timeout | undefined
  #reading: Promise<void> | undefined
  #broken = false
  #contradiction = ''

  /** @param plans reads every plan */
  constructor(plans: () => Promise<readonly Plan<ContentRun>[]>, say: Say) {
    this.#plans = plans
    this.#say = say
  }

  /** Whether the plans could be read the last time. */
  get works(): boolean {
    return !this.#broken
  }

  /** Reads the plans, and again every ten seconds until `stop`. */
  start(): Promise<void> {
    this.#timer = setInterval(() => void this.read(), BEAT)
    return this.read()
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  /** Reads the plans. Reading that takes long is not overtaken by the next one. */
  async read(): Promise<void> {
    this.#reading ??= this.#readOnce()
    await this.#reading
    this.#reading = undefined
  }

  async #readOnce(): Promise<void> {
    try {
      holdPlans(await this.#plans())
      if (this.#broken) this.#say('The runs and links that were made on the screen can be read again.')
      this.#broken = false
      this.#sayContradiction()
    } catch (error) {
      if (!this.#broken)
        this.#say(
          `The runs and links that were made on the screen cannot be read; those that were last known stay in force. ${causeOfStore(error)}. It is tried again every ${BEAT / 1000} seconds.`,
        )
      this.#broken = true
    }
  }

  // A file that was changed after something was planned may contradict the plan; neither knows of the other.
  #sayContradiction(): void {
    const problems = problemsOfRuns(contentNow().runs).map(
      ({ run, problem, remedy }) => `  ${run}: ${problem}. Remedy: ${remedy}.`,
    )
    const contradiction = problems.join('\n')
    if (contradiction !== '' && contradiction !== this.#contradiction)
      this.#say(
        `The runs of content/runs.yaml and those that were planned on the screen do not go together:\n${contradiction}`,
      )
    this.#contradiction = contradiction
  }
}

/** Keeps a process to the runs and links that were made on the screen: the readers' one, the management's, and that of development. */
export function followScreen(screen: ScreenPlans, say: Say): PlanFollower {
  return new PlanFollower(async () => {
    holdLinks(await screen.links())
    return screen.read()
  }, say)
}
