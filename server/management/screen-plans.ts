import { existsSync } from 'node:fs'
import type { Plan } from '#campaign/plan.ts'
import { openManagementStore, type ManagementStore } from '#store/management-store.ts'
import type { PlannedRun } from '#store/run-plans.ts'
import type { ShareLink } from '#store/share-links.ts'
import type { Environment } from '../environment.ts'
import { placeOfManagement } from './place.ts'

/** What the management keeps, for the server itself: without sign-in, and without making a file where nobody was ever let in. */
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
    return (await this.store())?.runPlans.all() ?? []
  }

  /**
   * Every link there is.
   * @throws the driver's error when they cannot be read; then the next call tries again
   */
  async links(): Promise<ShareLink[]> {
    return (await this.store())?.shareLinks.all() ?? []
  }

  /**
   * What the management keeps; undefined where nobody was ever let in.
   * @throws the driver's error when it cannot be opened; then the next call tries again
   */
  async store(): Promise<ManagementStore | undefined> {
    if ('file' in this.#place && !existsSync(this.#place.file)) return undefined
    return (this.#store ??= await openManagementStore(this.#place))
  }

  async close(): Promise<void> {
    await this.#store?.close()
  }
}
