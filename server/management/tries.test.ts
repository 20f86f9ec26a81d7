import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { dayOf } from '#campaign/day.ts'
import { COMMAND_LINE } from '#store/audit-log.ts'
import { openManagement, type Management } from './management.ts'
import { acceptInvitation, invite, inviteAnew } from './people.ts'
import { forgetTries, knowPlace, mayTry, mayTryTogether, type Place } from './tries.ts'

const NOW = new Date('2027-04-05T10:00:30Z')
const TODAY = dayOf(NOW)
const ANNA = 'anna@example.org'
const HOME: Place = { network: '203.0.113.0/24' }
const PASSWORD = 'kiwi tandem regenwolk lepel'

const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000)
const elsewhere = (number: number): Place => ({ network: `198.51.${number}.0/24` })

let folder = ''
let here: Management
let id = ''
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tries-'))
  here = await openManagement({
    DATA_FOLDER: folder,
    DATABASE_URL: undefined,
    TRUSTED_PROXIES: 0,
    MANAGEMENT_SECRET: undefined,
  })
  id = await accepted(
    await invite(here, { email: ANNA, name: 'Anna', role: 'manager', language: 'nl' }, COMMAND_LINE, TODAY),
  )
})
afterEach(async () => {
  await here.store.close()
  await here.totals.close()
  rmSync(folder, { recursive: true })
})

async function accepted(invited: Awaited<ReturnType<typeof invite | typeof inviteAnew>>): Promise<string> {
  if ('refusal' in invited) throw new Error(invited.refusal)
  const account = await acceptInvitation(here, invited.path.split('/').at(-1) ?? '', PASSWORD, TODAY)
  if (typeof account === 'string') throw new Error(account)
  return account.id
}

const password = (place: Place, moment = NOW) => mayTry(here, 'password', ANNA, place, moment)

/** Wrong tries from so many networks, five from each. */
async function guess(networks: number, moment = NOW): Promise<string[]> {
  const answers = []
  for (let number = 0; number < networks; number += 1)
    for (let time = 0; time < 5; time += 1) answers.push(await password(elsewhere(number), moment))
  return answers
}

it('are five for an address from each network, in a quarter of an hour to the minute', async () => {
  const answers = []
  for (let time = 0; time < 6; time += 1) answers.push(await password(elsewhere(1)))
  expect(answers).toEqual(['may', 'may', 'may', 'may', 'may', 'wait'])
  expect(await password(elsewhere(2))).toBe('may')
  expect(await mayTry(here, 'code', ANNA, elsewhere(1), NOW)).toBe('may')
  expect(await mayTry(here, 'password', 'bram@example.org', elsewhere(1), NOW)).toBe('may')
  expect(await password(elsewhere(1), later(15))).toBe('wait')
  expect(await password(elsewhere(1), later(16))).toBe('may')
  await forgetTries(here, 'password', ANNA, elsewhere(1), later(16))
  for (let time = 0; time < 5; time += 1) expect(await password(elsewhere(1), later(16))).toBe('may')
})

it('two hundred from other networks keep their owner out neither on her device, wherever it is, nor in a network that she knows', async () => {
  const device = await knowPlace(here, { id, email: ANNA }, HOME, NOW)
  const answers = await guess(40)
  expect(answers.filter((answer) => answer === 'may')).toHaveLength(100)
  expect(answers.filter((answer) => answer === 'closed')).toHaveLength(100)
  // Nobody is let in from an unknown place any more, also not much later.
  expect(await password(elsewhere(50), later(60 * 24 * 30))).toBe('closed')
  expect(await password({ ...elsewhere(0), device })).toBe('may')
  expect(await password(HOME)).toBe('may')
  expect(await password({ ...elsewhere(51), device: `${device}x` })).toBe('closed')
  // A hundred in a row are the most there too.
  const own = []
  for (let quarter = 0; quarter < 30; quarter += 1)
    for (let time = 0; time < 5; time += 1) own.push(await password({ network: '', device }, later(quarter * 16)))
  expect(own.filter((answer) => answer === 'may')).toHaveLength(99)
})

it('in a row end when their owner signs in, and when the account begins anew, which ends what its places are known for', async () => {
  const device = await knowPlace(here, { id, email: ANNA }, HOME, NOW)
  await guess(20)
  expect(await password(elsewhere(60))).toBe('closed')
  const next = await knowPlace(here, { id, email: ANNA }, { ...HOME, device }, NOW)
  expect(await password(elsewhere(60))).toBe('may')
  expect(next).not.toBe(device)
  await guess(20, later(20))
  expect(await password({ ...elsewhere(61), device }, later(20))).toBe('closed')
  expect(await password({ ...elsewhere(61), device: next }, later(20))).toBe('may')
  await accepted(await inviteAnew(here, id, COMMAND_LINE, TODAY))
  expect(await password(elsewhere(62), later(20))).toBe('may')
  await guess(20, later(20))
  for (const place of [HOME, { ...elsewhere(63), device: next }])
    expect(await password(place, later(20))).toBe('closed')
})

it('of an address that nobody has are forgotten after a day', async () => {
  const nobody = (place: Place, moment: Date) => mayTry(here, 'password', 'nobody@example.org', place, moment)
  for (let number = 0; number < 20; number += 1)
    for (let time = 0; time < 5; time += 1) await nobody(elsewhere(number), NOW)
  expect(await nobody(elsewhere(30), later(60 * 24))).toBe('closed')
  expect(await nobody(elsewhere(30), later(60 * 24 + 2))).toBe('may')
  expect(await here.store.database.selectFrom('sign_in_try').selectAll().execute()).toHaveLength(2)
})

it('are kept without an address, a network, a device or a second', async () => {
  await knowPlace(here, { id, email: ANNA }, HOME, NOW)
  await password(HOME)
  await mayTryTogether(here, 'a letter', NOW)
  const rows = [
    ...(await here.store.database.selectFrom('sign_in_try').selectAll().execute()),
    ...(await here.store.database.selectFrom('known_place').selectAll().execute()),
  ]
  expect(rows.length).toBeGreaterThan(4)
  for (const row of rows) {
    expect(JSON.stringify(row)).not.toMatch(/anna|203\.0|letter/)
    expect(row.hash).toMatch(/^[\w-]{43}$/)
    if ('ends' in row) expect(row.ends).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/)
  }
})
