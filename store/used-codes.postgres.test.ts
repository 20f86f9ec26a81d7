import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, inject, it } from 'vitest'
import { parseDay } from '#campaign/day.ts'
import { openManagementStore, type ManagementStore } from './management-store.ts'
import { newDatabase } from './postgres-for-tests.ts'

let leftovers: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const clean of leftovers.reverse()) await clean()
  leftovers = []
})

async function two(place: Parameters<typeof openManagementStore>[0]): Promise<[ManagementStore, ManagementStore]> {
  const stores = [await openManagementStore(place), await openManagementStore(place)] as [
    ManagementStore,
    ManagementStore,
  ]
  leftovers.push(...stores.map((store) => () => store.close()))
  return stores
}

describe.each([
  [
    'a file',
    () => {
      const folder = mkdtempSync(join(tmpdir(), 'used-codes-'))
      leftovers.push(() => rmSync(folder, { recursive: true }))
      return two({ file: join(folder, 'management.sqlite') })
    },
  ],
  ['PostgreSQL', async () => two({ url: await newDatabase(inject('postgres')) })],
])('codes of an app in %s', (_, prepare) => {
  it('are taken once on a day, by whichever process, and forgotten with the day', async () => {
    const [one, other] = await prepare()
    const today = parseDay('2027-04-05')
    expect([
      await one.takeCode('a', today),
      await one.takeCode('a', today),
      await other.takeCode('a', today),
      await other.takeCode('b', today),
    ]).toEqual([true, false, false, true])
    const atOnce = await Promise.all([one, other].map((store) => store.takeCode('c', today)))
    expect(atOnce.filter((first) => first)).toHaveLength(1)
    expect(await other.takeCode('a', parseDay('2027-04-06'))).toBe(true)
    expect(await one.database.selectFrom('used_code').selectAll().execute()).toEqual([{ hash: 'a', day: '2027-04-06' }])
  })
})
