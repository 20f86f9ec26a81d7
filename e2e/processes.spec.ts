import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { freePort } from '#store/free-port.ts'
import { ask, BROWSER_ENCODINGS } from './ask.ts'
import { childOf, stateOf } from './attack/process-state.ts'
import { CountedSite, publishedTotals, refusedOf, somebody } from './counted-site.ts'
import { everyReadingPage } from './reading-pages.ts'

// The readers' process and the management's: what a person with a socket does to one of them, and what the other readers get meanwhile.

const openFiles = (pid: number) => readdirSync(`/proc/${pid}/fd`).length

/** Reads pages one after the other until told to stop. @returns every status that is not 200 */
function readUntil(site: CountedSite, isOver: () => boolean): Promise<number[]> {
  let number = 0
  return (async () => {
    const wrong: number[] = []
    while (!isOver()) {
      number += 1
      const status = await site.open('localhost', number % 2 ? '/reis' : '/', somebody(number)).catch(() => 0)
      if (status !== 200) wrong.push(status)
    }
    expect(number).toBeGreaterThan(20)
    return wrong
  })()
}

const manage = (site: CountedSite) => site.open('localhost', '/beheer/aanmelden', somebody(1)).catch(() => 0)

let folder: string
let operation: number
let site: CountedSite
test.describe.configure({ mode: 'default' })
test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'processes-'))
  operation = await freePort()
  site = await CountedSite.start({ DATA_FOLDER: folder, OPERATION_PORT: String(operation) })
})
test.afterAll(async () => {
  await site.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** Opens a connection, sends bytes on it, and leaves what becomes of it to the caller. */
function open(port: number, bytes: string): Promise<Socket> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes, () => resolve(socket)))
    socket.on('error', () => {})
    socket.on('data', () => {})
  })
}

/** The most that the readers' process takes (VmRSS), with every page of the build in it. Unit: bytes. */
const MOST_MEMORY = 120 * 1024 * 1024

test('the process of the readers takes at most 120 MB, also when every page was read once', async () => {
  expect(stateOf(site.pid).memory).toBeLessThan(MOST_MEMORY)
  const paths = new Map(everyReadingPage().map(({ site, path }) => [`${site} ${path}`, { site, path }]))
  for (const { site: name, path } of paths.values()) {
    const host = name === 'help' ? 'localhost' : 'dagboek.localhost'
    const { status } = await ask(host, path, { 'Accept-Encoding': BROWSER_ENCODINGS }, site.port)
    expect([200, 404]).toContain(status)
  }
  expect(paths.size).toBeGreaterThan(200)
  expect(stateOf(site.pid).memory).toBeLessThan(MOST_MEMORY)
})

test('readers are served by a process that never loads the framework, and the first manager brings another one', async () => {
  expect(await site.open('localhost', '/', somebody(1))).toBe(200)
  for (const path of [
    '/robots.txt',
    '/venster.js',
    '/materiaal.zip',
    '/kaartje/contact-1.vcf',
    '/_next/static/none.js',
  ])
    await site.open('localhost', path, somebody(1))
  expect(childOf(site.pid)).toBeUndefined()
  expect(await manage(site)).toBe(200)
  expect(childOf(site.pid)).toBeGreaterThan(0)
})

test('a form that is reset in the middle ends neither process, whenever the reset comes', async () => {
  await manage(site)
  const child = childOf(site.pid)
  const forms = [
    'Host: localhost\r\nOrigin: http://evil.example',
    'Host: evil',
    'Host: localhost\r\nSec-Fetch-Site: same-origin',
  ]
  for (const form of forms) {
    for (const length of [5, 5_000]) {
      const bytes = `POST /beheer/aanmelden HTTP/1.1\r\n${form}\r\nContent-Type: text/plain\r\nContent-Length: ${length}\r\n\r\nabcde`
      for (let delay = 0; delay <= 25; delay += 1) {
        const socket = await open(site.port, bytes)
        await wait(delay)
        socket.resetAndDestroy()
      }
    }
  }
  expect(await manage(site)).toBe(200)
  expect(childOf(site.pid)).toBe(child)
  expect(site.log).not.toContain('was not made for')
})

test('a thousand requests that ask for another protocol are answered as plain ones, and no socket of them stays', async () => {
  const before = openFiles(site.pid)
  const paths = ['/_next/static/x', '/', '//x', '/beheer/aanmelden', '/k/k7m3pd']
  for (let round = 0; round < 25; round += 1) {
    const sockets = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        open(
          site.port,
          `GET ${paths[index % paths.length]} HTTP/1.1\r\nHost: ${index % 7 === 0 ? 'evil' : 'localhost'}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
        ),
      ),
    )
    await wait(10)
    for (const [index, socket] of sockets.entries()) {
      if (index % 2) socket.resetAndDestroy()
      else socket.destroy()
    }
  }
  expect(await site.open('localhost', '/', somebody(1), { Connection: 'Upgrade', Upgrade: 'h2c' })).toBe(200)
  await expect.poll(() => openFiles(site.pid), { timeout: 60_000 }).toBeLessThan(before + 20)
  const ready = await fetch(`http://127.0.0.1:${operation}/ready`)
  expect([ready.status, await ready.text()]).toEqual([200, 'serving\n'])
})

test('when the process of the management is killed, readers do not notice, and the next manager gets a new one', async () => {
  await manage(site)
  let over = false
  const wrong = readUntil(site, () => over)
  for (let times = 0; times < 2; times += 1) {
    const child = childOf(site.pid) ?? 0
    process.kill(child, 'SIGKILL')
    await expect.poll(() => childOf(site.pid)).not.toBe(child)
    await expect.poll(() => manage(site), { timeout: 60_000 }).toBe(200)
    expect(childOf(site.pid)).not.toBe(child)
  }
  over = true
  expect(await wrong).toEqual([])
  expect(site.log).toContain('The process of the management ended (SIGKILL)')
})

/** A form as large as any that is let in, with as many fields as fit into it. */
const LARGE_FORM = Array.from({ length: 30_000 }, (_, index) => `f${index}=x`).join('&')

/** Sends a form to the management, whatever becomes of it. */
async function sendLargeForm(port: number): Promise<void> {
  try {
    const answer = await fetch(`http://localhost:${port}/beheer/aanmelden`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', Origin: `http://localhost:${port}` },
      body: LARGE_FORM,
    })
    await answer.arrayBuffer()
  } catch {
    // The process ended in the middle of its answer.
  }
}

test('when the memory of the process of the management is full, readers do not notice, and the next manager gets a new one', async () => {
  await manage(site)
  const child = childOf(site.pid) ?? 0
  // No form fills the memory that it may have. So the system gives it little more than it has, and large forms at once do the rest.
  const [, data = ''] = /^VmData:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${child}/status`, 'utf8')) ?? []
  execFileSync('prlimit', ['--pid', String(child), `--data=${(Number(data) + 1_024) * 1024}`])
  const before = site.log.length
  let over = false
  const wrong = readUntil(site, () => over)
  await expect
    .poll(
      async () => {
        await Promise.all(Array.from({ length: 20 }, () => sendLargeForm(site.port)))
        return childOf(site.pid) !== child
      },
      { timeout: 60_000 },
    )
    .toBe(true)
  await expect.poll(() => manage(site), { timeout: 60_000 }).toBe(200)
  over = true
  expect(await wrong).toEqual([])
  expect(site.log.slice(before)).toContain('The process of the management ended (SIG')
  const ready = await fetch(`http://127.0.0.1:${operation}/ready`)
  expect([ready.status, await ready.text()]).toEqual([200, 'serving\n'])
})

test('with two hundred hanging, upgraded and half-open connections a stop ends in time, and what was counted is written', async () => {
  const counted = mkdtempSync(join(tmpdir(), 'stopped-'))
  const settings = { DATA_FOLDER: counted, TRUSTED_PROXIES: '1' }
  try {
    const during = await CountedSite.start({ ...settings, CLOCK_STARTS_AT: '2027-04-25T12:00:00+02:00' })
    const people = Array.from({ length: 300 }, (_, index) => index)
    expect(await refusedOf(people, 16, (one) => during.open('localhost', '/reis', somebody(one)))).toEqual([])
    expect(await manage(during)).toBe(200)
    const head = 'HTTP/1.1\r\nHost: localhost\r\n'
    const hanging = [
      'GET / HT',
      `GET /beheer/aanmelden ${head}X-Slow: `,
      `POST /beheer/aanmelden ${head}Content-Length: 1000\r\n\r\nhalf`,
      `GET /_next/static/x ${head}Connection: Upgrade\r\nUpgrade: x\r\n\r\n`,
      `GET /materiaal.zip ${head}\r\n`,
    ]
    const sockets = await Promise.all(
      Array.from({ length: 200 }, (_, index) => open(during.port, hanging[index % hanging.length] ?? '')),
    )
    // Those who take nothing of a large answer, and those who have half closed.
    for (const [index, socket] of sockets.entries()) {
      if (index % hanging.length === 4) socket.pause()
      if (index % 11 === 0) socket.end()
    }
    const begun = performance.now()
    await during.stop()
    expect(performance.now() - begun).toBeLessThan(12_000)
    for (const socket of sockets) socket.destroy()

    const after = await CountedSite.start({ ...settings, CLOCK_STARTS_AT: '2027-04-26T00:01:00+02:00' })
    await after.stop()
    const total = (await publishedTotals(counted, undefined)).find(({ site }) => site === 'help')
    const { value = 0, error = 0 } = total?.estimate ?? {}
    expect(error).toBeGreaterThan(0)
    expect(Math.abs(value - people.length)).toBeLessThan(4 * error)
  } finally {
    rmSync(counted, { recursive: true, force: true })
  }
})

test('while visitors are written to the file, managers read from it and nobody finds it locked', async () => {
  let over = false
  const wrong = readUntil(site, () => over)
  const begun = performance.now()
  const statuses = new Set<number>()
  // What was seen is written every ten seconds.
  while (performance.now() - begun < 21_000) statuses.add(await manage(site))
  over = true
  expect(await wrong).toEqual([])
  expect([...statuses]).toEqual([200])
  expect(site.log).not.toMatch(/SQLITE|Counting waits|cannot be read/)
})
