import type { Plan } from '#campaign/plan.ts'
import { problemsOfRuns } from '#campaign/run-rules.ts'
import { causeOfStore } from '../cause.ts'
import type { Content, ContentRun } from '../content/read.ts'
import type { Say } from '../log.ts'
import { holdLinks } from '../known-links.ts'
import { holdPlans, type RunsOfTheMoment } from '../held-plans.ts'
import type { ScreenPlans } from './screen-plans.ts'

type Runs = RunsOfTheMoment<Pick<Content, 'runs'>>

/** Between two times of reading; until then another process shows and counts the runs as they were. Unit: milliseconds. */
const BEAT = 10_000

/**
 * Keeps this process to what was planned on the screen of another one. When the plans cannot be read, those that were last
 * known stay in force, and that is said once.
 */
export class PlanFollower {
  readonly #plans: () => Promise<readonly Plan<ContentRun>[]>
  readonly #runs: Runs
  readonly #say: Say
  #timer: NodeJS.Timeout | undefined
  #reading: Promise<void> | undefined
  #broken = false
  #contradiction = ''

  /**
   * @param plans reads every plan
   * @param runs the runs of the moment, made of the plans that were read
   */
  constructor(plans: () => Promise<readonly Plan<ContentRun>[]>, runs: Runs, say: Say) {
    this.#plans = plans
    this.#runs = runs
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
    const problems = problemsOfRuns(this.#runs.content.runs).map(
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
export function followScreen(screen: ScreenPlans, runs: Runs, say: Say): PlanFollower {
  const read = async () => {
    holdLinks(await screen.links())
    return screen.read()
  }
  return new PlanFollower(read, runs, say)
}
