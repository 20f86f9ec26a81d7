import { addDays, dayOf, startOf } from '#campaign/day.ts'
import type { DBAdapter } from 'better-auth/types'

/** What happened rather than what is still to come. */
const PAST = new Set(['createdAt', 'updatedAt'])

/** What ends within a day: half a sign-in lasts minutes, and to let it go on until midnight would let in whoever knew a password once. */
const OF_MINUTES = 'verification'

const MINUTE = 60_000

/** A moment as far as it may be written: the start of its day, or of the next one for something that lasts until then. */
function rounded(model: string, field: string, moment: Date): Date {
  if (model === OF_MINUTES && !PAST.has(field)) return new Date(Math.ceil(moment.getTime() / MINUTE) * MINUTE)
  const start = startOf(dayOf(moment))
  return PAST.has(field) || start.getTime() === moment.getTime() ? start : startOf(addDays(dayOf(moment), 1))
}

function inWholeDays<Data extends Record<string, unknown>>(model: string, data: Data): Data {
  return Object.fromEntries(
    Object.entries(data).map(([field, value]) => [field, value instanceof Date ? rounded(model, field, value) : value]),
  ) as Data
}

/** What the library itself would date to the millisecond: rows that say when they were made and changed. */
const DATED = new Set(['user', 'session', 'account', 'verification'])

/**
 * The adapter of better-auth, so that no time finer than a day (Europe/Amsterdam) is written: what begins is dated at the
 * start of its day, and what ends, such as a sign-in, ends at the next midnight. Half a sign-in ends after its minutes.
 * @param now the clock
 */
export function writingWholeDays<Adapter extends DBAdapter>(adapter: Adapter, now: () => Date): Adapter {
  const changed = (model: string) => (DATED.has(model) ? { updatedAt: now() } : {})
  const made = (model: string) => (DATED.has(model) ? { createdAt: now(), updatedAt: now() } : {})
  return {
    ...adapter,
    create: (input: Parameters<DBAdapter['create']>[0]) =>
      adapter.create({ ...input, data: inWholeDays(input.model, { ...made(input.model), ...input.data }) }),
    update: (input: Parameters<DBAdapter['update']>[0]) =>
      adapter.update({ ...input, update: inWholeDays(input.model, { ...changed(input.model), ...input.update }) }),
    updateMany: (input: Parameters<DBAdapter['updateMany']>[0]) =>
      adapter.updateMany({ ...input, update: inWholeDays(input.model, { ...changed(input.model), ...input.update }) }),
    incrementOne: (input: Parameters<DBAdapter['incrementOne']>[0]) =>
      adapter.incrementOne({ ...input, ...(input.set ? { set: inWholeDays(input.model, input.set) } : {}) }),
    transaction: (act: Parameters<DBAdapter['transaction']>[0]) =>
      adapter.transaction((inside) => act(writingWholeDays(inside as DBAdapter, now))),
  } as Adapter
}
