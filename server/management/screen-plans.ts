import { existsSync } from 'node:fs'
import type { Plan } from '#campaign/plan.ts'
import { openManagementStore, type ManagementStore } from '#store/management-store.ts'
import type { PlannedRun } from '#store/run-plans.ts'
import type { Environment } from '../environment.ts'
import { placeOfManagement } from './place.ts'

/** The plans of the screen for who only reads them: without sign-in, and without making a file where nobody was ever let in. */
export class ScreenPlans {
  readonly #place: ReturnType<typeof placeOfManagement>
  #store: ManagementStore | undefined

  constructor(settings: Pick<Environment, 'DATABASE_URL' | 'DATA_FOLDER'>) {
    this.#place = placeOfManagement(settings)
  }

  /**
   * Every plan there is.
   * @throws the driver's error when they cannot be read; then the next call tries again
   */
  async read(): Promise<Plan<PlannedRun>[]> {
    if ('file' in this.#place && !existsSync(this.#place.file)) return []
    this.#store ??= await openManagementStore(this.#place)
    return this.#store.runPlans.all()
  }

  async close(): Promise<void> {
    await this.#store?.close()
  }
}
