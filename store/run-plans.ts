import type { Kysely, Selectable, Transaction } from 'kysely'
import type { Plan } from '#campaign/plan.ts'
import type { Run, SiteId } from '#campaign/run.ts'
import type { SizeName } from '#counting/parameters.ts'
import type { ManagementTables } from './management-tables.ts'
import type { Dialect } from './migrations.ts'
import { inTurn } from './turn.ts'

/** A run that was planned on the screen, with the size of its count. */
export interface PlannedRun extends Run {
  readonly visitors: SizeName | 'none'
}

/** The plans of the screen. One that was taken away stays, so that it can be put back. */
export class RunPlans {
  readonly #database: Kysely<ManagementTables>
  readonly #dialect: Dialect

  constructor(database: Kysely<ManagementTables>, dialect: Dialect) {
    this.#database = database
    this.#dialect = dialect
  }

  /** Every plan there is, by the first day. */
  all(): Promise<Plan<PlannedRun>[]> {
    return this.#database.transaction().execute(plansIn)
  }

  /**
   * Changes the plans while nobody else does, so that what was decided is still right when it is written.
   * @param decide is given every plan, and says which one to keep: instead of the one with the same id, or beside the others
   * @returns what was decided
   */
  change<Decision extends { readonly keep: Plan<PlannedRun> | undefined }>(
    decide: (plans: readonly Plan<PlannedRun>[]) => Decision,
  ): Promise<Decision> {
    return inTurn(this.#database, this.#dialect, async (turn) => {
      const decision = decide(await plansIn(turn))
      if (decision.keep) await put(turn, decision.keep)
      return decision
    })
  }
}

async function plansIn(database: Kysely<ManagementTables>): Promise<Plan<PlannedRun>[]> {
  const rows = await database.selectFrom('planned_run').selectAll().orderBy('first_day').orderBy('id').execute()
  return rows.map(planOf)
}

async function put(turn: Transaction<ManagementTables>, { run, removed }: Plan<PlannedRun>): Promise<void> {
  const { id, name, firstDay, lastDay, sites, announcedFrom, rememberedUntil, visitors } = run
  await turn.deleteFrom('planned_run').where('id', '=', id).execute()
  await turn
    .insertInto('planned_run')
    .values({
      id,
      name,
      first_day: firstDay,
      last_day: lastDay,
      sites: sites.join(','),
      announced_from: announcedFrom ?? null,
      remembered_until: rememberedUntil ?? null,
      visitors,
      state: removed ? 'removed' : 'planned',
    })
    .execute()
}

function planOf(row: Selectable<ManagementTables['planned_run']>): Plan<PlannedRun> {
  const { id, name, first_day, last_day, sites, announced_from, remembered_until, visitors, state } = row
  return {
    run: {
      id,
      name,
      firstDay: first_day,
      lastDay: last_day,
      sites: sites.split(',') as SiteId[],
      ...(announced_from === null ? {} : { announcedFrom: announced_from }),
      ...(remembered_until === null ? {} : { rememberedUntil: remembered_until }),
      visitors,
    },
    removed: state === 'removed',
  }
}
