import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, inject, it } from 'vitest'
import { addDays, parseDay } from '#campaign/day.ts'
import { LastManager, NotAllowed, type ManagerRow } from './accounts.ts'
import { COMMAND_LINE } from './audit-log.ts'
import { IN_A_FILE } from './file-dialect.ts'
import { openManagementStore, type ManagementStore } from './management-store.ts'
import { MANAGEMENT_TABLES } from './management-tables.ts'
import { migrate } from './migrations.ts'
import { IN_POSTGRES } from './postgres.ts'
import { newDatabase } from './postgres-for-tests.ts'

const TODAY = parseDay('2027-04-05')
const NEXT_WEEK = addDays(TODAY, 7)

let leftovers: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const clean of leftovers.reverse()) await clean()
  leftovers = []
})

/** Two stores on one database, as two processes have. */
async function two(place: Parameters<typeof openManagementStore>[0]): Promise<[ManagementStore, ManagementStore]> {
  const stores = [await openManagementStore(place), await openManagementStore(place)] as const
  leftovers.push(...stores.map((store) => () => store.close()))
  return [...stores]
}

let made = 0
function newAccount() {
  made += 1
  return { id: `account-${made}`, passwordId: `password-${made}`, password: 'hash', madeAt: new Date(0) }
}

/** Lets somebody in by an invitation from the command line. */
async function letIn(store: ManagementStore, name: string, role: 'manager' | 'reader'): Promise<ManagerRow> {
  const person = { email: `${name.toLowerCase()}@example.org`, name, role, language: 'nl' as const }
  await store.accounts.invite(`hash of ${name}`, { ...person, lastDay: NEXT_WEEK }, COMMAND_LINE, TODAY)
  const account = await store.accounts.accept(`hash of ${name}`, newAccount(), name, TODAY)
  if (!account) throw new Error(`${name} was not let in`)
  return account
}

function invitationTo(email: string) {
  return { email, name: 'Somebody', role: 'manager' as const, language: 'nl' as const, lastDay: NEXT_WEEK }
}

async function roles(store: ManagementStore): Promise<string[]> {
  return (await store.accounts.all()).map(({ name, role }) => `${name}: ${role}`)
}

describe.each([
  [
    'a file',
    () => {
      const folder = mkdtempSync(join(tmpdir(), 'accounts-'))
      leftovers.push(() => rmSync(folder, { recursive: true }))
      return two({ file: join(folder, 'management.sqlite') })
    },
  ],
  ['PostgreSQL', async () => two({ url: await newDatabase(inject('postgres')) })],
])('accounts in %s', (_, prepare) => {
  it('two managers who remove each other, or make each other readers, at once: one stays, whatever the process', async () => {
    const [one, other] = await prepare()
    for (let round = 0; round < 4; round += 1) {
      const [anna, bram] = [await letIn(one, 'Anna', 'manager'), await letIn(one, 'Bram', 'manager')]
      const acts =
        round % 2 === 0
          ? [one.accounts.remove(bram.id, '', anna, TODAY), other.accounts.remove(anna.id, '', bram, TODAY)]
          : [
              one.accounts.changeRole(bram.id, 'reader', anna, TODAY),
              other.accounts.changeRole(anna.id, 'reader', bram, TODAY),
            ]
      const outcomes = await Promise.allSettled(acts)
      expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
      const left = (await other.accounts.all()).filter(({ role }) => role === 'manager')
      expect(left).toHaveLength(1)
      // So that the next round begins with nobody: whoever looks after the server may do everything but leave no manager.
      await one.database.deleteFrom('manager').execute()
      await one.database.deleteFrom('manager_password').execute()
    }
  })

  it('the last manager is not removed and not made a reader, and who is no manager any more does nothing', async () => {
    const [store, other] = await prepare()
    const anna = await letIn(store, 'Anna', 'manager')
    const bram = await letIn(store, 'Bram', 'reader')
    await expect(store.accounts.remove(anna.id, '', COMMAND_LINE, TODAY)).rejects.toThrow(LastManager)
    await expect(store.accounts.changeRole(anna.id, 'reader', anna, TODAY)).rejects.toThrow(LastManager)
    await expect(store.accounts.remove(anna.id, '', anna, TODAY)).rejects.toThrow(NotAllowed)
    for (const act of [
      () => other.accounts.remove(anna.id, '', bram, TODAY),
      () => other.accounts.changeRole(bram.id, 'manager', bram, TODAY),
      () => other.accounts.invite('x', invitationTo('x@example.org'), bram, TODAY),
      () => other.accounts.inviteAnew('x', anna.id, NEXT_WEEK, bram, TODAY),
      () => other.accounts.withdraw('x@example.org', bram, TODAY),
    ])
      await expect(act()).rejects.toThrow(NotAllowed)
    expect(await roles(store)).toEqual(['Anna: manager', 'Bram: reader'])
    expect(await store.accounts.invitations(TODAY)).toEqual([])
  })

  it('with somebody who is removed go the invitations to their address and those they made, and the log has a line of each', async () => {
    const [store, other] = await prepare()
    const anna = await letIn(store, 'Anna', 'manager')
    const bram = await letIn(store, 'Bram', 'manager')
    await store.accounts.inviteAnew('own', bram.id, NEXT_WEEK, bram, TODAY)
    await store.accounts.invite('friend', invitationTo('friend@example.org'), bram, TODAY)
    await store.accounts.invite('kept', invitationTo('kept@example.org'), anna, TODAY)
    // Of an older version nobody knows who made it.
    await store.database
      .insertInto('invitation')
      .values({
        hash: 'old',
        email: 'old@example.org',
        name: 'Old',
        role: 'reader',
        language: 'nl',
        last_day: NEXT_WEEK,
        made_by: null,
        renews: null,
      })
      .execute()
    const going = (await other.accounts.goingWith(bram.id, TODAY)).map(({ email }) => email)
    expect(going).toEqual(['bram@example.org', 'friend@example.org', 'old@example.org'])
    await other.accounts.remove(bram.id, '', anna, TODAY)
    expect((await store.accounts.invitations(TODAY)).map(({ email }) => email)).toEqual(['kept@example.org'])
    for (const hash of ['own', 'friend', 'old'])
      expect(await store.accounts.accept(hash, newAccount(), '', TODAY)).toBeUndefined()
    expect(await roles(store)).toEqual(['Anna: manager'])
    const lines = await store.auditLog.lines({ account: anna.id }, 4)
    expect(lines.map(({ action, subject, address }) => [action, subject, address])).toEqual([
      ['person-removed', 'bram@example.org', 'anna@example.org'],
      ...['old', 'friend', 'bram'].map((name) => ['invitation-withdrawn', `${name}@example.org`, 'anna@example.org']),
    ])
  })

  it('an invitation whose maker became a reader does not count, also where its row is still there', async () => {
    const [store] = await prepare()
    const anna = await letIn(store, 'Anna', 'manager')
    const bram = await letIn(store, 'Bram', 'manager')
    await store.accounts.invite('friend', invitationTo('friend@example.org'), bram, TODAY)
    await store.database.updateTable('manager').set({ role: 'reader' }).where('id', '=', bram.id).execute()
    expect(await store.accounts.invitation('friend', TODAY)).toBeUndefined()
    expect(await store.accounts.accept('friend', newAccount(), '', TODAY)).toBeUndefined()
    expect(await store.accounts.find(anna.id)).toBeDefined()
  })

  it('beginning anew ends sign-ins, halves of them, second step, devices and tries, and changes no role and no name', async () => {
    const [store, other] = await prepare()
    const anna = await letIn(store, 'Anna', 'manager')
    expect(await store.accounts.invite('new', invitationTo(anna.email), COMMAND_LINE, TODAY)).toBe(false)
    const at = new Date(0).toISOString()
    const dated = { createdAt: at, updatedAt: at, expiresAt: at }
    for (const [table, row] of [
      ['manager_session', { userId: anna.id, token: 'token', ...dated }],
      ['manager_challenge', { identifier: '2fa-a', value: anna.id, ...dated }],
      ['manager_challenge', { identifier: '2fa-attempts-2fa-a', value: '1', ...dated }],
      ['manager_challenge', { identifier: '2fa-other', value: 'somebody else', ...dated }],
      ['manager_second_factor', { userId: anna.id, secret: '', backupCodes: '' }],
    ] as const)
      await store.database
        .insertInto(table)
        .values({ id: JSON.stringify(row), ...row } as never)
        .execute()
    await store.knownPlaces.know('place', anna.id, TODAY, NEXT_WEEK)
    await store.accounts.inviteAnew('anew', anna.id, NEXT_WEEK, COMMAND_LINE, TODAY)
    const taken = await Promise.all(
      [store, other].map((process) => process.accounts.accept('anew', newAccount(), 'tries of Anna', TODAY)),
    )
    expect(taken.filter(Boolean)).toEqual([{ ...anna, hasSecondFactor: false, isRenewed: true }])
    expect(await store.database.selectFrom('manager_session').selectAll().execute()).toEqual([])
    expect(await store.database.selectFrom('manager_challenge').select('identifier').execute()).toEqual([
      { identifier: '2fa-other' },
    ])
    expect(await store.accounts.hasSecondFactor(anna.id)).toBe(false)
    expect(await store.knownPlaces.isKnown('place', TODAY)).toBe(false)
    expect(await roles(store)).toEqual(['Anna: manager'])
  })

  it('the log is read a page at a time, of one person or one kind, and counts failures by day, account and kind', async () => {
    const [store, other] = await prepare()
    const anna = await letIn(store, 'Anna', 'manager')
    const twin = { id: 'twin', name: 'Anna', email: 'twin@example.org' }
    for (let line = 0; line < 5; line += 1)
      await [store, other][line % 2]?.record({
        day: TODAY,
        by: line < 2 ? anna : twin,
        action: line === 4 ? 'signed-in' : 'run-planned',
        subject: String(line),
      })
    const subjects = async (choice: Parameters<typeof store.auditLog.lines>[0], most = 10) =>
      (await store.auditLog.lines(choice, most)).map(({ subject }) => subject)
    expect(await subjects({}, 2)).toEqual(['4', '3'])
    const [, last] = await store.auditLog.lines({}, 2)
    expect(await subjects({ before: last?.number }, 2)).toEqual(['2', '1'])
    expect(await subjects({ account: 'twin', action: 'run-planned' })).toEqual(['3', '2'])
    expect(await store.auditLog.people()).toEqual(
      expect.arrayContaining([twin, { id: anna.id, name: 'Anna', email: 'anna@example.org' }]),
    )
    const yesterday = addDays(TODAY, -1)
    await Promise.all([store, other].map((process) => process.auditLog.countFailure(TODAY, anna.id, 'wrong-code')))
    await store.auditLog.countFailure(yesterday, '', 'wrong-password')
    expect(await other.auditLog.failures(TODAY)).toEqual([
      { day: TODAY, account: anna.id, kind: 'wrong-code', count: 2 },
    ])
    expect(await other.auditLog.failures(yesterday)).toHaveLength(2)
  })

  it('tries are taken by all processes together, forgotten when they are over, and the ceiling outlasts the window', async () => {
    const [store, other] = await prepare()
    const limits = {
      window: { hash: 'window', most: 5, ends: '2027-04-05T10:15' as never },
      ceiling: { hash: 'ceiling', most: 7, ends: '2127-04-05T10:15' as never },
    }
    const take =
      (minute: string, at = limits) =>
      (index: number) =>
        [store, other][index % 2]?.tries.take('of Anna', at, minute as never)
    const atOnce = await Promise.all(Array.from({ length: 8 }, (__, index) => take('2027-04-05T10:00')(index)))
    expect(atOnce.filter((answer) => answer === 'may')).toHaveLength(5)
    expect(atOnce.filter((answer) => answer === 'wait')).toHaveLength(3)
    const later = { ...limits, window: { ...limits.window, ends: '2027-04-05T10:30' as never } }
    expect(await take('2027-04-05T10:14', later)(0)).toBe('wait')
    expect([await take('2027-04-05T10:15', later)(0), await take('2027-04-05T10:15', later)(1)]).toEqual(['may', 'may'])
    expect(await take('2027-04-05T10:15', later)(1)).toBe('closed')
    await other.tries.endRow('of Anna')
    expect(await take('2027-04-05T10:15', later)(0)).toBe('may')
    await other.tries.forget(['window', 'ceiling'])
    expect(await store.database.selectFrom('sign_in_try').selectAll().execute()).toEqual([])
  })

  it('tables of the version before are taken over with what is in them, and that version can go on writing into them', async () => {
    const [store, other] = await prepare()
    const old = ['hash', 'email', 'name', 'role', 'language', 'last_day'] as const
    const write = (email: string) =>
      store.database
        .insertInto('invitation')
        .values(Object.fromEntries(old.map((column) => [column, column === 'last_day' ? NEXT_WEEK : email])) as never)
        .execute()
    // As that version left the tables: without what came after.
    const columns = { invitation: ['made_by', 'renews'], audit: ['account', 'address'], manager_session: ['seen'] }
    for (const [table, added] of Object.entries(columns))
      for (const column of added) await store.database.schema.alterTable(table).dropColumn(column).execute()
    for (const table of ['sign_in_failure', 'sign_in_try', 'known_place', 'kept_form'])
      await store.database.schema.dropTable(table).execute()
    await write('before@example.org')
    const version = {
      ...MANAGEMENT_TABLES,
      steps: MANAGEMENT_TABLES.steps.filter(({ name }) => name === 'accountability'),
      versions: 'again',
    }
    await migrate(store.database, store.kind === 'sqlite' ? IN_A_FILE : IN_POSTGRES, version)
    await write('beside@example.org')
    const line = { number: 1, day: TODAY, manager: 'Old', action: 'signed-in', subject: '' }
    await store.database
      .insertInto('audit')
      .values(line as never)
      .execute()
    expect((await other.accounts.invitations(TODAY)).map(({ email }) => email)).toEqual([
      'before@example.org',
      'beside@example.org',
    ])
    expect(await other.auditLog.lines({}, 9)).toEqual([{ ...line, account: null, address: null }])
    expect(await other.auditLog.people()).toEqual([])
  })

  it('what was typed is kept for its account until it is forgotten or its day is over', async () => {
    const [store, other] = await prepare()
    const form = { place: '/beheer/runs/nieuw', answers: { name: 'Najaar “2027”' } }
    await store.keptForms.keep('anna', { place: '/beheer', answers: {} }, TODAY)
    await other.keptForms.keep('anna', form, TODAY)
    expect(await store.keptForms.find('anna', TODAY)).toEqual(form)
    expect(await store.keptForms.find('bram', TODAY)).toBeUndefined()
    expect(await store.keptForms.find('anna', NEXT_WEEK)).toBeUndefined()
    await store.keptForms.keep('bram', form, addDays(TODAY, 1))
    await store.keptForms.sweep(addDays(TODAY, 1))
    expect(await other.keptForms.find('anna', TODAY)).toBeUndefined()
    await store.keptForms.forget('bram')
    expect(await store.database.selectFrom('kept_form').selectAll().execute()).toEqual([])
  })

  it('a session that was not used since a minute is over, and use is noted to the minute', async () => {
    const [store, other] = await prepare()
    const at = new Date(0).toISOString()
    const ends = new Date('2027-04-05T22:00:00Z')
    const row = { id: 'a', userId: 'b', token: 'token', createdAt: at, updatedAt: at, expiresAt: ends.toISOString() }
    await store.database
      .insertInto('manager_session')
      .values(row as never)
      .execute()
    const use = (moment: string, idleSince: string) => other.signIns.use('token', new Date(moment), idleSince as never)
    expect(await use('2027-04-05T10:00:59Z', '2027-04-05T09:30')).toBe(true)
    expect(await use('2027-04-05T22:00:00Z', '2027-04-05T09:30')).toBe(false)
    expect(await use('2027-04-05T10:30:00Z', '2027-04-05T10:00')).toBe(true)
    expect([...(await store.signIns.used('b', '2027-04-05T10:30' as never))]).toEqual(['token'])
    expect(await use('2027-04-05T11:01:00Z', '2027-04-05T10:31')).toBe(false)
    expect([...(await store.signIns.used('b', '2027-04-05T10:31' as never))]).toEqual([])
    expect(await other.signIns.accountOf('token')).toBe('b')
    expect(await store.database.selectFrom('manager_session').select('seen').execute()).toEqual([
      { seen: '2027-04-05T10:30' },
    ])
    await store.signIns.sweep(new Date(ends.getTime() - 1))
    expect(await other.signIns.accountOf('token')).toBe('b')
    await store.signIns.sweep(ends)
    expect(await other.signIns.accountOf('token')).toBeUndefined()
  })
})
