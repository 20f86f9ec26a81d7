import type { IncomingMessage } from 'node:http'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { content } from '../content/content.ts'
import type { Content } from '../content/read.ts'
import { Counting, openStore } from './counting.ts'

const NOON = new Date('2027-04-06T12:00:00+02:00')
const FRONT = { path: '/reading/nl/help/front/quiet', status: 200, moment: NOON }

let folder = ''
let said: string[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'counting-'))
  said = []
})
afterEach(() => rmSync(folder, { recursive: true }))

function counting(
  changes: Partial<Content> = {},
  settings: { DATA_FOLDER?: string; TRUSTED_PROXIES?: number } = {},
): Counting {
  return new Counting({
    settings: { DATABASE_URL: undefined, DATA_FOLDER: folder, TRUSTED_PROXIES: 0, ...settings },
    content: { ...content(), ...changes },
    runs: () => content().runs,
    now: () => NOON,
    say: (sentence) => said.push(sentence),
  })
}

function request(headers: Record<string, string> = {}): IncomingMessage {
  return {
    method: 'GET',
    headers: {
      'user-agent': 'Mozilla/5.0 (Android 14; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0',
      'accept-language': 'nl',
      'sec-fetch-site': 'none',
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
      ...headers,
    },
    socket: { remoteAddress: '::ffff:192.0.2.7' },
  } as unknown as IncomingMessage
}

it('says once that a proxy stands before it which it was not told of', async () => {
  const one = counting()
  await one.start()
  for (let time = 0; time < 3; time += 1) one.see(request({ 'x-forwarded-for': '198.51.100.9' }), FRONT)
  await one.stop()
  expect(said).toEqual([
    'A request has the header X-Forwarded-For, but TRUSTED_PROXIES is 0. If a proxy of yours stands before this server, all visitors look like one: set TRUSTED_PROXIES to the number of your proxies.',
  ])

  const told = counting({}, { TRUSTED_PROXIES: 1 })
  await told.start()
  told.see(request({ 'x-forwarded-for': '198.51.100.9' }), FRONT)
  await told.stop()
  expect(said).toHaveLength(1)
})

it('takes over the totals of before, and goes on counting when one of them was changed afterwards', async () => {
  const first = counting()
  await first.start()
  await first.stop()
  const changed = counting({
    earlierTotals: content().earlierTotals.map((total) => ({ ...total, value: total.value + 1 })),
  })
  await changed.start()
  changed.see(request(), FRONT)
  await changed.stop()
  expect(said).toEqual([
    'The total of 2014 of the help site is 3034 in the store and 3035 in the file. Published totals never change: correct the file.',
  ])
  const store = await openStore({ DATABASE_URL: undefined, DATA_FOLDER: folder, TRUSTED_PROXIES: 0 })
  expect((await store.earlierTotals()).map(({ site, value }) => [site, value])).toEqual([
    ['diary', 19433],
    ['help', 3034],
  ])
  expect((await store.sketches()).map(({ state }) => state)).toEqual(['open', 'open'])
  await store.close()
})

it('says in one sentence what is wrong with a store that cannot be opened, and does not fail', async () => {
  const place = join(folder, 'broken')
  mkdirSync(place)
  writeFileSync(
    join(place, 'counts.sqlite'),
    'this is no database, and it is long enough to be read as the head of one, one would think',
  )
  const one = counting({}, { DATA_FOLDER: place })
  await one.start()
  one.see(request(), FRONT)
  await one.stop()
  expect(said).toHaveLength(1)
  expect(said[0]).toMatch(
    /^Counting has not begun, reading goes on\. The store answered SQLITE_NOTADB\. It is tried again every 10 seconds\.$/,
  )
})
