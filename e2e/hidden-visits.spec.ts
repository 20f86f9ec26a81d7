import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { acceptingBuild } from './accepting-build.ts'
import { ask } from './ask.ts'
import { CountedSite } from './counted-site.ts'
import { CHROMIUM_OPENS } from './hidden-visits.ts'
import { MOMENT_HEADER, QUIET_MOMENT } from './moment.ts'
import { Proxy, PROXIES } from './proxy.ts'
import { readingPages } from './reading-pages.ts'
import { HOSTS } from './site.ts'

// What a server sends that hides visits (HIDE_VISITS=chromium), byte for byte beside one that does not: the server of all tests.

const GOOGLEBOT = {
  ...CHROMIUM_OPENS,
  'User-Agent':
    'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; Googlebot/2.1; +http://www.google.com/bot.html) Chrome/156.0.0.0 Safari/537.36',
}

/** The names of the sites where the server is asked under them by a proxy. */
const HELP = 'www.jouwja.example'

let build: ReturnType<typeof acceptingBuild>
let folder: string
let site: CountedSite | undefined
/** A server behind a proxy shows no moment that somebody chooses, so it is another one. */
let behindProxy: CountedSite | undefined
test.beforeAll(async () => {
  build = acceptingBuild()
  folder = mkdtempSync(join(tmpdir(), 'hidden-visits-'))
  const settings = { HIDE_VISITS: 'chromium', DATA_FOLDER: folder }
  site = await CountedSite.start({ ...settings, FIXED_MOMENT: 'on' }, build.folder)
  behindProxy = await CountedSite.start({ ...settings, TRUSTED_PROXIES: '1' }, build.folder)
})
test.afterAll(async () => {
  await site?.stop()
  await behindProxy?.stop()
  build.remove()
  rmSync(folder, { recursive: true, force: true })
})

test('every page goes out whole with the status 404 to Chromium, and with its own to everybody else', async () => {
  const shared = (['help', 'diary'] as const).flatMap((id) =>
    ['/d/kiezen', '/o/kiezen', '/d/niets', '/k/abcd', '/t/', '/t/bellen', '/ar/d/kiezen', '/en/t/bellen'].map(
      (path) => ({
        site: id,
        path,
        moment: QUIET_MOMENT,
      }),
    ),
  )
  const differences: string[] = []
  const port = site?.port ?? 0
  let compared = 0
  for (const { site: id, path, moment } of [...readingPages(), ...shared]) {
    const headers = { [MOMENT_HEADER]: moment, 'Accept-Encoding': 'gzip' }
    const openly = await ask(HOSTS[id], path, headers)
    const own = HOSTS[id].replace(/\d+$/, String(port))
    const hidden = await ask(own, path, { ...headers, ...CHROMIUM_OPENS }, port)
    const ofRobot = await ask(own, path, { ...headers, ...GOOGLEBOT }, port)
    const ofReader = await ask(
      own,
      path,
      { ...headers, ...CHROMIUM_OPENS, 'Sec-Fetch-Dest': 'empty', 'Sec-Fetch-Mode': 'cors' },
      port,
    )
    if (openly.status >= 300 && openly.status < 400) {
      if (hidden.status !== openly.status) differences.push(`${id} ${path}: ${hidden.status}`)
      continue
    }
    compared += 1
    if (hidden.status !== 404) differences.push(`${id} ${path}: ${hidden.status} for Chromium`)
    if (!hidden.headers['strict-transport-security']) differences.push(`${id} ${path}: no HSTS`)
    if (!/Sec-CH-UA/.test(hidden.headers.vary ?? '')) differences.push(`${id} ${path}: no Vary`)
    if (hidden.headers['content-security-policy'] !== openly.headers['content-security-policy'])
      differences.push(`${id} ${path}: another policy`)
    if (!hidden.wire.equals(openly.wire)) differences.push(`${id} ${path}: other bytes`)
    for (const [who, answer] of Object.entries({ 'a robot': ofRobot, 'reading in place': ofReader }))
      if (answer.status !== openly.status || !answer.wire.equals(openly.wire))
        differences.push(`${id} ${path}: ${answer.status} for ${who}`)
  }
  expect(differences).toEqual([])
  expect(compared).toBeGreaterThan(300)
})

test('a way out of a page keeps its own status, and a file, a form and the management too', async () => {
  const port = site?.port ?? 0
  const help = `localhost:${port}`
  for (const [path, status] of [
    ['/uit', 302],
    ['/naar/diary', 307],
    ['/robots.txt', 200],
    ['/venster.js', 200],
    ['/beheer/bestaat-niet', 404],
  ] as const)
    expect((await ask(help, path, CHROMIUM_OPENS, port)).status, path).toBe(status)
  const refused = await ask(`elders.example:${port}`, '/', CHROMIUM_OPENS, port)
  expect([refused.status, refused.text.includes('<main')]).toEqual([421, false])
})

for (const name of PROXIES) {
  test(`${name} as it is shipped passes the page on with that status, and puts none of its own in its place`, async () => {
    const port = behindProxy?.port ?? 0
    const proxy = await Proxy.start(name, [port, port])
    try {
      const sender = proxy.sender('127.0.0.1')
      const openly = await proxy.read(sender, HELP, '/bellen', GOOGLEBOT)
      const hidden = await proxy.read(sender, HELP, '/bellen', CHROMIUM_OPENS)
      const throughAnother = await proxy.read(sender, HELP, '/bellen', { ...CHROMIUM_OPENS, Via: '1.1 school' })
      expect([openly.status, hidden.status, throughAnother.status]).toEqual([200, 404, 200])
      expect(openly.text).toContain('0800 2000')
      expect(hidden.text).toBe(openly.text)
      sender.agent.destroy()
    } finally {
      await proxy.stop()
    }
  })
}
