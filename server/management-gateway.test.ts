import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, request as ask, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { setSecurityHeaders } from './headers.ts'
import { ManagementGateway } from './management-gateway.ts'

// A server behind a real socket stands for the management's process, so that a test sees what comes through the gateway.

let folder: string
let behind: Server
let front: Server
let port: number
let answer: RequestListener
let seen: { request: IncomingMessage; body: string }[]

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gateway-'))
  seen = []
  answer = (_request, response) => response.end('answered')
  const socket = join(folder, 'socket')
  behind = createServer(async (request, response) => {
    seen.push({ request, body: await text(request) })
    answer(request, response)
  })
  await new Promise<void>((resolve) => behind.listen(socket, resolve))
  const gateway = new ManagementGateway({ socket: () => Promise.resolve(socket) }, '<p>unavailable</p>')
  front = createServer((request, response) => {
    setSecurityHeaders('/beheer', response)
    void gateway.answer(request, response)
  })
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve))
  port = (front.address() as AddressInfo).port
})
afterEach(() => {
  for (const server of [front, behind]) {
    server.closeAllConnections()
    server.close()
  }
  rmSync(folder, { recursive: true, force: true })
})

function send(
  method: string,
  headers: Record<string, string> = {},
  body = '',
): Promise<{ response: IncomingMessage; body: string }> {
  return new Promise((resolve, reject) => {
    const sent = ask(
      { host: '127.0.0.1', port, method, path: '/beheer/runs?x=1', headers, agent: false },
      async (response) => resolve({ response, body: await text(response).catch(() => 'broken off') }),
    )
    sent.on('error', reject)
    sent.end(body)
  })
}

describe('ManagementGateway', () => {
  it('passes a form on whole, with what the management may know and nothing else', async () => {
    const headers = {
      Cookie: 'a=b',
      'X-Middleware-Subrequest': 'proxy',
      'X-Forwarded-Host': 'elsewhere.example',
      'User-Agent': 'Mozilla',
    }
    const { body } = await send('POST', { ...headers, 'Content-Length': '7' }, 'name=ja')
    expect(body).toBe('answered')
    expect(seen.map(({ request, body }) => [request.method, request.url, body])).toEqual([
      ['POST', '/beheer/runs?x=1', 'name=ja'],
    ])
    expect(Object.keys(seen[0]?.request.headers ?? {}).toSorted()).toEqual([
      'connection',
      'content-length',
      'cookie',
      'host',
    ])
  })

  it('lets nothing behind it change the headers for security, and takes off those of the framework', async () => {
    answer = (_request, response) =>
      response
        .writeHead(200, {
          'Cache-Control': 's-maxage=31536000',
          'Referrer-Policy': 'unsafe-url',
          'X-Middleware-Rewrite': '/x',
          'Content-Security-Policy': 'p',
          'Set-Cookie': ['a=1', 'b=2'],
        })
        .end()
    const { response } = await send('GET')
    expect(response.headers).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'content-security-policy': 'p',
      'set-cookie': ['a=1', 'b=2'],
    })
    expect(response.headers).not.toHaveProperty('x-middleware-rewrite')
  })

  it('passes nothing on of a form whose sender resets the connection', async () => {
    const socket = connect(port, '127.0.0.1')
    socket.on('error', () => {})
    socket.write('POST /beheer/runs HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nhalf')
    await new Promise((resolve) => socket.write('', resolve))
    socket.resetAndDestroy()
    expect((await send('GET')).body).toBe('answered')
    expect(seen.map(({ request }) => request.method)).toEqual(['GET'])
  })

  it('says what to do when the process ends before it answers, and sends nothing twice', async () => {
    answer = (request) => request.socket.destroy()
    const { response, body } = await send('POST', { 'Content-Length': '1' }, 'x')
    expect([response.statusCode, response.headers['retry-after'], body]).toEqual([503, '5', '<p>unavailable</p>'])
    expect(seen).toHaveLength(1)
  })

  it('breaks off an answer that the process did not finish, so that it does not look whole', async () => {
    answer = (request, response) => {
      response.write('half')
      setImmediate(() => request.socket.destroy())
    }
    expect((await send('GET')).body).toBe('broken off')
  })

  it('gives the place of somebody who left before the answer to the next one at once', async () => {
    const waiting: (() => void)[] = []
    answer = (_request, response) => waiting.push(() => response.end('a'.repeat(300_000)))
    const gone = Array.from({ length: 40 }, () =>
      ask({ host: '127.0.0.1', port, path: '/beheer', agent: false })
        .on('error', () => {})
        .end(),
    )
    await expect.poll(() => waiting.length).toBe(40)
    for (const sent of gone) sent.destroy()
    await expect.poll(() => new Promise((resolve) => front.getConnections((_error, count) => resolve(count)))).toBe(0)
    for (const go of waiting) go()
    answer = (_request, response) => response.end('answered')
    const statuses = async () =>
      (await Promise.all(Array.from({ length: 40 }, () => send('GET')))).map(({ response }) => response.statusCode)
    await expect.poll(statuses, { timeout: 5_000 }).toEqual(Array.from({ length: 40 }, () => 200))
  })

  it('tells a network that asks for too much at once to come back, and still answers another one', async () => {
    const waiting: (() => void)[] = []
    answer = (_request, response) => waiting.push(() => response.end('answered'))
    const flood = Array.from({ length: 60 }, () => send('GET', { 'x-client-network': 'one' }))
    await expect.poll(() => waiting.length).toBe(40)
    const other = send('GET', { 'x-client-network': 'other' })
    await expect.poll(() => waiting.length).toBe(41)
    for (const go of waiting) go()
    expect((await other).response.statusCode).toBe(200)
    const statuses = (await Promise.all(flood)).map(({ response }) => response.statusCode)
    expect([
      statuses.filter((status) => status === 200).length,
      statuses.filter((status) => status === 503).length,
    ]).toEqual([40, 20])
  })

  it('keeps the connection of whoever is refused, unless a form is on it that nobody read', async () => {
    const waiting: (() => void)[] = []
    answer = (_request, response) => waiting.push(() => response.end('answered'))
    const flood = Array.from({ length: 40 }, () => send('GET'))
    await expect.poll(() => waiting.length).toBe(40)
    const socket = connect(port, '127.0.0.1')
    let heard = ''
    socket.on('data', (data: Buffer) => (heard += data.toString('latin1')))
    const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()))
    const refused = () => heard.split('HTTP/1.1 503').length - 1
    for (const times of [1, 2]) {
      socket.write('GET /beheer HTTP/1.1\r\nHost: localhost\r\n\r\n')
      await expect.poll(refused).toBe(times)
    }
    socket.write('POST /beheer HTTP/1.1\r\nHost: localhost\r\nContent-Length: 7\r\n\r\nna')
    await closed
    expect(refused()).toBe(3)
    for (const go of waiting) go()
    await Promise.all(flood)
  })
})
