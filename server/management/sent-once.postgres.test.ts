import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, inject, it, vi } from 'vitest'
import { addDays, parseDay } from '#campaign/day.ts'
import { COMMAND_LINE } from '#store/audit-log.ts'
import { openManagementStore, type ManagementStore } from '#store/management-store.ts'
import { newDatabase } from '#store/postgres-for-tests.ts'
import { ofProcess } from '../of-process.ts'
import { newToken, sentOnce, sentOnceApart, type CarryOut, type Sending } from './sent-once.ts'

const TODAY = parseDay('2027-04-05')

let leftovers: (() => Promise<void> | void)[] = []
beforeEach(() => forget())
afterEach(async () => {
  vi.useRealTimers()
  for (const clean of leftovers.reverse()) await clean()
  leftovers = []
})

/** What this process holds in memory is gone, as in another process. */
function forget(): void {
  ofProcess<Map<string, unknown>>('sent-forms').value = undefined
}

function opener(place: Parameters<typeof openManagementStore>[0]) {
  return async () => {
    const store = await openManagementStore(place)
    leftovers.push(() => store.close())
    return store
  }
}

async function inFile() {
  const folder = mkdtempSync(join(tmpdir(), 'sent-'))
  leftovers.push(() => rmSync(folder, { recursive: true }))
  return opener({ file: join(folder, 'management.sqlite') })
}

const inPostgres = async () => opener({ url: await newDatabase(inject('postgres')) })

const sending = (changes: Partial<Sending> = {}): Sending => ({
  account: 'anna',
  token: newToken(TODAY),
  answers: 'Moskee Noord',
  today: TODAY,
  ...changes,
})

/** Writes a line into the log, which stands for the work of a form, and answers with how many there are. */
function work(subject: string) {
  return async (carryOut: CarryOut) => {
    const answer = await carryOut(async (store) => {
      await store.record({ day: TODAY, by: COMMAND_LINE, action: 'links-made', subject })
      return `${subject}, secret`
    })
    return { answer, place: '' }
  }
}

const linesOf = async (store: ManagementStore) => (await store.auditLog.lines({}, 100)).map(({ subject }) => subject)

describe.each([
  ['a file', inFile],
  ['PostgreSQL', inPostgres],
])('a form that is sent twice, kept in %s', (_, prepare) => {
  it('does its work once, and gives its answer to both while it is held', async () => {
    const store = await (await prepare())()
    const form = sending()
    const [first, second] = await Promise.all([sentOnce(store, form, work('a')), sentOnce(store, form, work('a'))])
    const third = await sentOnce(store, form, work('a'))
    expect([first, second, third]).toEqual(
      Array.from({ length: 3 }, () => ({ kind: 'answered', answer: 'a, secret', done: true, place: '' })),
    )
    expect(await linesOf(store)).toEqual(['a'])
  })

  it('is told to have been done when another process gets it, or when the answer is not held any more', async () => {
    const open = await prepare()
    const [one, other] = [await open(), await open()]
    const form = sending()
    await sentOnce(one, form, work('a'))
    forget()
    expect(await sentOnce(other, form, work('a'))).toEqual({ kind: 'before', state: 'done', place: '' })
    const moved = sending()
    await sentOnce(one, moved, async (carryOut) => ({ ...(await work('b')(carryOut)), place: '/beheer/runs?weg=b' }))
    forget()
    expect(await sentOnce(other, moved, work('b'))).toMatchObject({ kind: 'before', place: '/beheer/runs?weg=b' })
    expect(await linesOf(other)).toEqual(['b', 'a'])
  })

  it('does its work once when five processes get it at the same time', async () => {
    const open = await prepare()
    const stores = await Promise.all(Array.from({ length: 5 }, open))
    const form = sending()
    const came = await Promise.all(
      stores.map(async (store) => {
        // Each process knows nothing of the memory of the others.
        forget()
        return sentOnce(store, form, work('a'))
      }),
    )
    expect(came.filter(({ kind }) => kind === 'answered')).toHaveLength(1)
    expect(came.filter(({ kind }) => kind === 'before')).toHaveLength(4)
    expect(await linesOf(stores[0] as ManagementStore)).toEqual(['a'])
  })

  it('can be sent again where nothing was done, and where the work failed: then nothing of it is left', async () => {
    const store = await (await prepare())()
    const form = sending()
    const refused = await sentOnce(store, form, async (carryOut) => ({
      answer: await carryOut(
        async () => 'no',
        () => false,
      ),
      place: '',
    }))
    expect(refused).toMatchObject({ answer: 'no', done: false })
    const failing = sentOnce(store, form, (carryOut) =>
      carryOut(async (inside) => {
        await inside.record({ day: TODAY, by: COMMAND_LINE, action: 'links-made', subject: 'half' })
        throw new Error('gone')
      }),
    )
    await expect(failing).rejects.toThrow('gone')
    expect(await sentOnce(store, { ...form, answers: 'better' }, work('a'))).toMatchObject({ done: true })
    expect(await linesOf(store)).toEqual(['a'])
  })

  it('with other answers, for another account, without a token or with an old one, does not pass for the same', async () => {
    const store = await (await prepare())()
    const form = sending()
    await sentOnce(store, form, work('a'))
    for (const held of [true, false]) {
      if (!held) forget()
      expect(await sentOnce(store, { ...form, answers: 'Zuid' }, work('b'))).toEqual({ kind: 'other-answers' })
    }
    expect(await sentOnce(store, { ...form, account: 'bram' }, work('c'))).toMatchObject({ done: true })
    for (const token of ['', 'x', TODAY, `${TODAY}.short`, newToken(addDays(TODAY, -2)), newToken(addDays(TODAY, 2))])
      expect([token, await sentOnce(store, sending({ token }), work('d'))]).toEqual([token, { kind: 'no-token' }])
    expect(await linesOf(store)).toEqual(['c', 'a'])
  })

  it('keeps a token for as long as it can be sent, and no longer; nothing that was typed is in the store', async () => {
    const store = await (await prepare())()
    const form = sending()
    await sentOnce(store, form, work('a'))
    const rows = () => store.database.selectFrom('sent_form').selectAll().execute()
    expect(JSON.stringify(await rows())).not.toContain('Moskee')
    forget()
    const tomorrow = addDays(TODAY, 1)
    expect(await sentOnce(store, { ...form, today: tomorrow }, work('a'))).toMatchObject({ kind: 'before' })
    await sentOnce(store, sending({ today: tomorrow, token: newToken(tomorrow) }), work('b'))
    expect(await rows()).toHaveLength(2)
    const later = addDays(TODAY, 2)
    expect(await sentOnce(store, { ...form, today: later }, work('a'))).toEqual({ kind: 'no-token' })
    await sentOnce(store, sending({ today: later, token: newToken(later) }), work('c'))
    expect((await rows()).map(({ day }) => day).sort()).toEqual([tomorrow, later])
  })

  it('whose work is not the store’s alone is not done again when nobody knows how it ended', async () => {
    const store = await (await prepare())()
    const form = sending()
    let times = 0
    const act = (fails: boolean) => async () => {
      times += 1
      await wait(1)
      if (fails) throw new Error('the library')
      return { answer: 'codes', done: true, place: '' }
    }
    await expect(sentOnceApart(store, form, act(true))).rejects.toThrow('the library')
    expect(await sentOnceApart(store, form, act(false))).toEqual({ kind: 'before', state: 'begun', place: '' })
    expect(times).toBe(1)
    const wrong = sending()
    await sentOnceApart(store, wrong, async () => ({ answer: 'wrong password', done: false, place: '' }))
    const both = await Promise.all([1, 2].map(() => sentOnceApart(store, wrong, act(false))))
    expect([both.map(({ kind }) => kind), times]).toEqual([['answered', 'answered'], 2])
  })
})

it('an answer is held for two minutes, and then forgotten', async () => {
  const store = await (await inFile())()
  vi.useFakeTimers({ toFake: ['setTimeout'] })
  const form = sending()
  await sentOnce(store, form, work('a'))
  vi.advanceTimersByTime(119_000)
  expect(await sentOnce(store, form, work('a'))).toMatchObject({ answer: 'a, secret' })
  vi.advanceTimersByTime(2_000)
  expect(await sentOnce(store, form, work('a'))).toMatchObject({ kind: 'before' })
})
