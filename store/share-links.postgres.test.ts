import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, inject, it } from 'vitest'
import { parseDay } from '#campaign/day.ts'
import { openManagementStore, type ManagementStore } from './management-store.ts'
import { newDatabase } from './postgres-for-tests.ts'
import type { NewShareLink, ShareLink } from './share-links.ts'

const LINK: ShareLink = {
  code: 'bcd234',
  kind: 'discreet',
  target: { site: 'diary', label: 'entry-4' },
  language: 'tr',
  community: "Robert'); drop table share_link;--",
  readers: 150,
  madeBy: 'Anna',
  madeOn: parseDay('2027-04-05'),
  lastDay: parseDay('2028-04-05'),
  revoked: false,
}
const made = (changes: Partial<NewShareLink> = {}): NewShareLink => {
  const { code, kind, target, language, community, readers, madeBy, madeOn, lastDay } = LINK
  return { code, kind, target, language, community, readers, madeBy, madeOn, lastDay, kit: 'hash', ...changes }
}

let leftovers: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const clean of leftovers.reverse()) await clean()
  leftovers = []
})

function inFile(): Promise<ManagementStore> {
  const folder = mkdtempSync(join(tmpdir(), 'share-links-'))
  leftovers.push(() => rmSync(folder, { recursive: true }))
  return openManagementStore({ file: join(folder, 'management.sqlite') })
}

describe.each([
  ['a file', inFile],
  ['PostgreSQL', async () => openManagementStore({ url: await newDatabase(inject('postgres')) })],
])('share links in %s', (_, prepare) => {
  it('are kept as they were made, taken back and given again, and never deleted', async () => {
    const store = await prepare()
    leftovers.push(() => store.close())
    const { shareLinks } = store
    expect([await shareLinks.all(), await shareLinks.find('bcd234')]).toEqual([[], undefined])
    expect(await shareLinks.add(1, () => made())).toEqual([LINK])
    expect([await shareLinks.all(), await shareLinks.find('bcd234')]).toEqual([[LINK], LINK])

    // The kit of a link that was taken back is gone, and there again when it is given again; another address ends the first.
    expect(await shareLinks.ofKit('hash')).toEqual(LINK)
    expect(await shareLinks.setRevoked('bcd234', true)).toEqual({ ...LINK, revoked: true })
    expect([
      await shareLinks.ofKit('hash'),
      await shareLinks.moveKit('bcd234', 'other'),
      await shareLinks.all(),
    ]).toEqual([undefined, undefined, [{ ...LINK, revoked: true }]])
    expect(await shareLinks.setRevoked('bcd234', false)).toEqual(LINK)
    expect(await shareLinks.ofKit('hash')).toEqual(LINK)
    expect(await shareLinks.moveKit('bcd234', 'other')).toEqual(LINK)
    expect([await shareLinks.ofKit('hash'), await shareLinks.ofKit('other')]).toEqual([undefined, LINK])
    expect([await shareLinks.setRevoked('nothing', true), await shareLinks.moveKit('nothing', 'x')]).toEqual([
      undefined,
      undefined,
    ])
  })

  it('are made all together or not at all, each with a code that was free', async () => {
    const store = await prepare()
    leftovers.push(() => store.close())
    const { shareLinks } = store
    const seen: boolean[] = []
    await shareLinks.add(2, (index, isTaken) => {
      seen.push(isTaken('bcd230'))
      return made({ code: `bcd23${index}`, kit: `kit ${index}` })
    })
    expect(seen).toEqual([false, true])
    await expect(
      shareLinks.add(2, (index) => made({ code: index === 0 ? 'free' : 'bcd231', kit: `other ${index}` })),
    ).rejects.toThrow()
    expect((await shareLinks.all()).map(({ code }) => code)).toEqual(['bcd230', 'bcd231'])
  })
})
