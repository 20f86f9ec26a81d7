import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, inject, it } from 'vitest'
import { parseDay } from '#campaign/day.ts'
import { openManagementStore, type ManagementStore } from './management-store.ts'
import { newDatabase } from './postgres-for-tests.ts'
import type { SharedLetter } from './shared-letters.ts'

const FIRST: SharedLetter = {
  hash: 'one',
  choice: '2027-spring',
  madeBy: 'Anna',
  madeOn: parseDay('2027-04-05'),
  lastDay: parseDay('2027-04-10'),
}
const SECOND: SharedLetter = {
  hash: 'two',
  choice: 'jaar:2027',
  madeBy: 'Bram',
  madeOn: parseDay('2027-04-05'),
  lastDay: parseDay('2027-04-08'),
}

let leftovers: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const clean of leftovers.reverse()) await clean()
  leftovers = []
})

async function inFile(): Promise<ManagementStore> {
  const folder = mkdtempSync(join(tmpdir(), 'shared-'))
  leftovers.push(() => rmSync(folder, { recursive: true }))
  return kept(await openManagementStore({ file: join(folder, 'management.sqlite') }))
}

async function inPostgres(): Promise<ManagementStore> {
  return kept(await openManagementStore({ url: await newDatabase(inject('postgres')) }))
}

function kept(store: ManagementStore): ManagementStore {
  leftovers.push(() => store.close())
  return store
}

describe.each([
  ['a file', inFile],
  ['PostgreSQL', inPostgres],
])('shared letters in %s', (_, prepare) => {
  it('are found by the hash of their secret up to and including their last day', async () => {
    const { sharedLetters } = await prepare()
    await sharedLetters.add(FIRST, 'hash of a password')
    expect(await sharedLetters.find('one', FIRST.lastDay)).toEqual({ ...FIRST, password: 'hash of a password' })
    expect(await sharedLetters.find('one', parseDay('2027-04-11'))).toBeUndefined()
    expect(await sharedLetters.find('two', FIRST.lastDay)).toBeUndefined()
  })

  it('are listed without their password while they can be read, the one that ends first before the others', async () => {
    const { sharedLetters } = await prepare()
    await sharedLetters.add(FIRST, 'a')
    await sharedLetters.add(SECOND, 'b')
    expect(await sharedLetters.open(parseDay('2027-04-08'))).toEqual([SECOND, FIRST])
    expect(await sharedLetters.open(parseDay('2027-04-09'))).toEqual([FIRST])
  })

  it('are taken back once', async () => {
    const { sharedLetters } = await prepare()
    await sharedLetters.add(FIRST, 'a')
    expect(await sharedLetters.takeBack('one')).toEqual(FIRST)
    expect(await sharedLetters.takeBack('one')).toBeUndefined()
    expect(await sharedLetters.find('one', FIRST.madeOn)).toBeUndefined()
  })

  it('are looked for by the text itself, whatever it is', async () => {
    const { sharedLetters } = await prepare()
    await sharedLetters.add(FIRST, 'a')
    for (const text of ["' or '1' = '1", 'one%', '', '../one'])
      expect(await sharedLetters.find(text, FIRST.madeOn)).toBeUndefined()
  })
})
