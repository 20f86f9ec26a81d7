import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { Operation } from './operation.ts'

let stop: () => void = () => {}
afterEach(() => stop())

async function asked(
  operation: Operation,
): Promise<(path: string, method?: string) => Promise<{ status: number; text: string }>> {
  const server = operation.listen('127.0.0.1', 0, (error) => {
    throw error
  })
  stop = () => server.close()
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return async (path, method = 'GET') => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { method })
    return { status: response.status, text: await response.text() }
  }
}

it('no proxy of deploy/ passes a reader on to where an operator asks', () => {
  const proxies = readdirSync('deploy', { withFileTypes: true }).filter(
    (entry) => entry.isFile() && /\.(conf|cfg)$|^Caddyfile/.test(entry.name),
  )
  expect(proxies.length).toBeGreaterThan(0)
  for (const { name } of proxies) {
    const lines = readFileSync(`deploy/${name}`, 'utf8').replace(/^\s*#.*$/gm, '')
    expect([name, lines.match(/:(1300\d|3900)\b/)]).toEqual([name, null])
  }
})

describe('Operation', () => {
  it('takes readers only while it serves', async () => {
    const operation = new Operation(() => ({ counting: true }), 0)
    const ask = await asked(operation)
    expect(await ask('/ready')).toEqual({ status: 503, text: 'starting\n' })
    operation.stage = 'serving'
    expect(await ask('/ready')).toEqual({ status: 200, text: 'serving\n' })
    operation.stage = 'stopping'
    expect(await ask('/ready')).toEqual({ status: 503, text: 'stopping\n' })
    expect(await ask('/health')).toEqual({ status: 200, text: 'alive\n' })
  })

  it('is ready without the parts that readers can do without, and names them', async () => {
    let works = false
    const operation = new Operation(() => ({ plans: true, counting: works }), 0)
    operation.stage = 'serving'
    const ask = await asked(operation)
    expect(await ask('/ready')).toEqual({ status: 200, text: 'serving\nnot working: counting\n' })
    expect((await ask('/metrics')).text).toContain('campaign_part_working{part="counting"} 0')
    works = true
    expect((await ask('/metrics')).text).toContain('campaign_part_working{part="counting"} 1')
  })

  it('tells of answers by the thousand, from a random first one on', async () => {
    const operation = new Operation(() => ({}), 0.9)
    const ask = await asked(operation)
    const answers = async () => /^campaign_answers (\d+)$/m.exec((await ask('/metrics')).text)?.[1]
    for (let answer = 0; answer < 99; answer += 1) operation.answered()
    expect(await answers()).toBe('0')
    operation.answered()
    expect(await answers()).toBe('1000')
    for (let answer = 0; answer < 999; answer += 1) operation.answered()
    expect(await answers()).toBe('1000')
  })

  it('has nothing else, and takes nothing', async () => {
    const ask = await asked(new Operation(() => ({}), 0))
    expect((await ask('/')).status).toBe(404)
    expect((await ask('/metrics', 'POST')).status).toBe(405)
  })
})
