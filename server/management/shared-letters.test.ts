import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { addDays, parseDay } from '#campaign/day.ts'
import { openManagement, type Management } from './management.ts'
import {
  isShared,
  LONGEST_SHARE,
  mayShareUntil,
  openSharedLetter,
  shareLetter,
  usualLastDay,
} from './shared-letters.ts'

const TODAY = parseDay('2027-04-05')
const LETTER = { choice: '2027-spring', madeBy: 'Anna', madeOn: TODAY, lastDay: parseDay('2027-04-10') }

let folder = ''
let management: Management
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'shared-'))
  management = await openManagement({
    DATA_FOLDER: folder,
    DATABASE_URL: undefined,
    TRUSTED_PROXIES: 0,
    MANAGEMENT_SECRET: undefined,
  })
})
afterEach(async () => {
  await management.store.close()
  await management.totals.close()
  rmSync(folder, { recursive: true })
})

async function shared(): Promise<{ secret: string; password: string }> {
  const { path, password } = await shareLetter(management, LETTER)
  return { secret: path.split('/').at(-1) ?? '', password }
}

describe('a shared letter', () => {
  it('opens with its address and its password, as often as wanted', async () => {
    const { secret, password } = await shared()
    expect(await isShared(management, secret, TODAY)).toBe(true)
    for (let time = 0; time < 7; time += 1)
      expect(await openSharedLetter(management, secret, ` ${password.toUpperCase()} `, TODAY)).toMatchObject({
        choice: '2027-spring',
      })
  })

  it('refuses another password, and after five wrong ones the right one too', async () => {
    const { secret, password } = await shared()
    const answers = []
    for (let time = 0; time < 6; time += 1)
      answers.push(await openSharedLetter(management, secret, 'mis-geraden', TODAY))
    expect(answers).toEqual(['refused', 'refused', 'refused', 'refused', 'refused', 'wait'])
    expect(await openSharedLetter(management, secret, password, TODAY)).toBe('wait')
  })

  it('is gone the day after its last one, when it was taken back, and at any other address', async () => {
    const { secret, password } = await shared()
    expect(await openSharedLetter(management, secret, password, addDays(LETTER.lastDay, 1))).toBe('gone')
    expect(await openSharedLetter(management, `${secret}x`, password, TODAY)).toBe('gone')
    const [open] = await management.store.sharedLetters.open(TODAY)
    await management.store.sharedLetters.takeBack(open?.hash ?? '')
    expect(await openSharedLetter(management, secret, password, TODAY)).toBe('gone')
  })

  it('keeps neither its secret nor its password', async () => {
    const { secret, password } = await shared()
    const bytes = readFileSync(join(folder, 'management.sqlite'))
    for (const text of [secret, password, password.replaceAll('-', '')]) expect(bytes.includes(text)).toBe(false)
  })

  it('has a password that nobody guesses, another one each time', async () => {
    const [one, other] = [await shared(), await shared()]
    expect(one.password).toMatch(/^([a-z2-9]{4}-){3}[a-z2-9]{4}$/)
    expect(other.password).not.toBe(one.password)
  })

  it('ends within ninety days', () => {
    expect(mayShareUntil(addDays(TODAY, -1), TODAY)).toBe(false)
    expect(mayShareUntil(TODAY, TODAY)).toBe(true)
    expect(mayShareUntil(addDays(TODAY, LONGEST_SHARE), TODAY)).toBe(true)
    expect(mayShareUntil(addDays(TODAY, LONGEST_SHARE + 1), TODAY)).toBe(false)
    expect(mayShareUntil(usualLastDay(TODAY), TODAY)).toBe(true)
  })
})
