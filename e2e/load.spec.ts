import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from '@playwright/test'
import { freePort } from '#store/free-port.ts'
import { newDatabase, PostgresForTests } from '#store/postgres-for-tests.ts'
import { CountedSite, publishedTotals, somebody } from './counted-site.ts'
import { Proxy, type Sender } from './proxy.ts'

// An hour of television in a minute: two servers on one PostgreSQL behind the shipped proxy, while machines fail and are restarted.

/** When what happens, after the first reader. Unit: milliseconds. */
const KILLED = 12_000
const DATABASE_GONE = 20_000
const DATABASE_BACK = 31_500
const ROLLED = 33_000
/** From here on, or when all of that is over, everybody comes once more, as people do. */
const AGAIN = 48_000
const ROUND = 12_000
/** New readers in a second while all of that happens. */
const A_SECOND = 36
/** Who reads the help site; every third of them the diary too. */
const READERS = 1_500

const HELP = 'www.jouwja.example'
const DIARY = 'www.dagboekvanyarah.example'
const OPENED = ['/', '/reis', '/en/reis', '/ar', '/tr/bellen', '/ver-weg', '/d/reis', '/k/k7m3pd'] as const
const READ_ON = ['/bellen', '/deze-site', '/regels', '/bestaat-niet', '/thuis'] as const
/** What another status than 200 is right for. */
const STATUS: Readonly<Record<string, number>> = { '/bestaat-niet': 404, '/uit': 302 }
const FROM_ELSEWHERE = {
  'Sec-Fetch-Site': 'none',
  'Sec-Fetch-Mode': 'navigate',
  'Sec-Fetch-Dest': 'document',
  'Accept-Encoding': 'gzip',
  'Accept-Language': 'nl-NL,nl;q=0.9',
}
const READ_IN_PLACE = {
  ...FROM_ELSEWHERE,
  'Sec-Fetch-Site': 'same-origin',
  'Sec-Fetch-Mode': 'cors',
  'Sec-Fetch-Dest': 'empty',
  'X-First-Read': '1',
}

test('two servers behind the proxy: one is killed, the database goes and comes, both are restarted, and no reader and no visitor is lost', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'load-'))
  const postgres = await PostgresForTests.start()
  const settings = {
    DATA_FOLDER: folder,
    DATABASE_URL: await newDatabase(postgres.url()),
    TRUSTED_PROXIES: '1',
    LOG: 'json',
  }
  const ports = [await freePort(), await freePort()] as const
  const start = (index: 0 | 1) =>
    CountedSite.start({ ...settings, PORT: String(ports[index]), CLOCK_STARTS_AT: '2027-04-06T12:00:00+02:00' })
  const sites = [await start(0), await start(1)] as [CountedSite, CountedSite]
  const proxy = await Proxy.start('nginx', ports)
  const logs: string[] = []
  try {
    const failures: string[] = []
    const seen = { help: new Set<number>(), diary: new Set<number>() }
    let reads = 0
    const begun = performance.now()
    const read = async (
      sender: Sender,
      number: number,
      host: string,
      path: string,
      headers: Readonly<Record<string, string>>,
    ) => {
      const { status, text } = await proxy.read(sender, host, path, {
        ...headers,
        'User-Agent': somebody(number).userAgent,
      })
      reads += 1
      if (status === (STATUS[path] ?? 200)) return true
      failures.push(`${((performance.now() - begun) / 1000).toFixed(1)} s: ${status === 0 ? text : status} ${path}`)
      return false
    }
    const visit = async (number: number) => {
      const sender = proxy.sender(somebody(number).address.replace(/^100\./, '127.'))
      if (await read(sender, number, HELP, OPENED[number % OPENED.length] ?? '/', FROM_ELSEWHERE)) seen.help.add(number)
      for (let more = 0; more < 2; more += 1)
        await read(sender, number, HELP, READ_ON[(number + more) % READ_ON.length] ?? '/', READ_IN_PLACE)
      if (number % 3 === 0 && (await read(sender, number, DIARY, `/${1 + (number % 5)}`, FROM_ELSEWHERE)))
        seen.diary.add(number)
      await read(sender, number, HELP, '/uit', FROM_ELSEWHERE)
      sender.agent.destroy()
    }

    const until = (moment: number) => wait(Math.max(0, begun + moment - performance.now()))
    let over = false
    const begin = async (number: number, moment: number, visits: Promise<void>[]) => {
      await until(moment)
      visits.push(visit(number % READERS))
    }
    const comeAndAgain = async () => {
      const visits: Promise<void>[] = []
      let number = 0
      for (; number < READERS || !over || performance.now() - begun < AGAIN; number += 1)
        await begin(number, (number * 1000) / A_SECOND, visits)
      const from = performance.now() - begun
      for (let reader = 0; reader < READERS; reader += 1) await begin(reader, from + (reader * ROUND) / READERS, visits)
      await Promise.all(visits)
    }
    const readers = comeAndAgain()

    await until(KILLED)
    await sites[0].kill()
    logs.push(sites[0].log)
    // As systemd does.
    sites[0] = await start(0)
    await until(DATABASE_GONE)
    await postgres.stop()
    await until(DATABASE_BACK)
    await postgres.goOn()
    await until(ROLLED)
    for (const index of [0, 1] as const) {
      await sites[index].stop()
      logs.push(sites[index].log)
      sites[index] = await start(index)
    }
    over = true
    await readers
    const seconds = (performance.now() - begun) / 1000
    await Promise.all(sites.map((site) => site.stop()))

    const after = await CountedSite.start({ ...settings, CLOCK_STARTS_AT: '2027-04-26T00:01:00+02:00' })
    await after.stop()
    const totals = await publishedTotals(folder, settings.DATABASE_URL)
    const outside: string[] = []
    for (const site of ['help', 'diary'] as const) {
      const total = totals.find((one) => one.site === site)
      const truth = seen[site].size
      const { value = 0, error = 0 } = total?.estimate ?? {}
      console.log(
        `${site}: ${Math.round(value)} published, ± ${(1.96 * error).toFixed(0)} in 95 of 100 cases; ${truth} in truth`,
      )
      if (!(Math.abs(value - truth) < 4 * error))
        outside.push(`${site}: ${value} published, ${truth} in truth, standard error ${error}`)
    }
    console.log(
      `${reads} pages in ${seconds.toFixed(0)} s (${(reads / seconds).toFixed(0)} a second), ${failures.length} failed`,
    )
    logs.push(...sites.map(({ log }) => log), after.log, ...proxy.written().values())
    const written = logs.join('\n')
    // First, because the other server may have hidden it from readers.
    expect(written.match(/met an error that it was not made for[^]{0,300}/), 'a server that ended by itself').toBeNull()
    expect(failures).toEqual([])
    expect(outside).toEqual([])
    expect(seen.help.size).toBe(READERS)

    // Nobody of all of them stands in what the servers and the proxy wrote.
    expect(written).toContain('Counting waits, reading goes on')
    expect(
      written.match(/127\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.\d+\.\d+|Mozilla|\/reis|k7m3pd|bestaat-niet|ver-weg/g),
    ).toBeNull()
  } finally {
    await Promise.all([proxy.stop(), ...sites.map((site) => site.kill())])
    await postgres.remove()
    rmSync(folder, { recursive: true, force: true })
  }
})
