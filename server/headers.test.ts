import { createServer, get, type IncomingMessage, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { guardHeaders } from './headers.ts'

/** What a client gets from a real server that guards its headers and then lets a framework answer. */
async function answerTo(
  path: string,
  framework: RequestListener,
  headers: Record<string, string> = {},
): Promise<IncomingMessage> {
  const server = createServer((request, response) => {
    guardHeaders(request, response)
    framework(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  try {
    return await new Promise((resolve, reject) => {
      get({ host: '127.0.0.1', port, path, headers, agent: false }, (response) =>
        response.resume().on('end', () => resolve(response)),
      ).on('error', reject)
    })
  } finally {
    await new Promise((resolve) => server.close(resolve))
  }
}

const plain: RequestListener = (_request, response) => response.end('ok')

describe('guardHeaders', () => {
  it.each([
    ['referrer-policy', 'no-referrer'],
    ['x-content-type-options', 'nosniff'],
    ['cross-origin-opener-policy', 'same-origin'],
    ['cross-origin-resource-policy', 'same-origin'],
    ['strict-transport-security', 'max-age=63072000; includeSubDomains; preload'],
    ['request-otr', '1'],
    ['cache-control', 'no-store'],
  ])('gives every answer %s: %s', async (name, value) => {
    expect((await answerTo('/reis', plain)).headers[name]).toBe(value)
  })

  it('takes every power of the device away', async () => {
    const policy = (await answerTo('/', plain)).headers['permissions-policy']
    for (const power of ['camera', 'microphone', 'geolocation', 'browsing-topics'])
      expect(policy).toContain(`${power}=()`)
    expect(policy).not.toMatch(/=\([^)]/)
  })

  it('gives an answer that is not a page the same headers', async () => {
    const { headers, statusCode } = await answerTo('/uit', (_request, response) =>
      response.writeHead(302, { Location: 'https://nl.wikipedia.org/' }).end(),
    )
    expect(statusCode).toBe(302)
    expect(headers).toMatchObject({
      location: 'https://nl.wikipedia.org/',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    })
  })

  it.each<[how: string, RequestListener]>([
    ['setHeader', (_request, response) => response.setHeader('Cache-Control', 's-maxage=31536000').end()],
    ['writeHead', (_request, response) => response.writeHead(200, { 'cache-control': 's-maxage=31536000' }).end()],
  ])('does not let the framework keep a page in a cache: %s', async (_how, framework) => {
    expect((await answerTo('/reis', framework)).headers['cache-control']).toBe('no-store')
  })

  it.each(['/_next/image?url=x', '/next/static/a.js', '/', '/x/_next/static/a.js'])(
    'keeps %s out of every cache',
    async (path) => {
      expect(
        (
          await answerTo(path, (_request, response) =>
            response.setHeader('Cache-Control', 'public, max-age=31536000').end(),
          )
        ).headers['cache-control'],
      ).toBe('no-store')
    },
  )

  it('lets the framework cache a file whose name changes with its content', async () => {
    const { headers } = await answerTo('/_next/static/chunks/a1b2.js', (_request, response) =>
      response.setHeader('Cache-Control', 'public, max-age=31536000, immutable').end(),
    )
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable')
    expect(headers['x-content-type-options']).toBe('nosniff')
  })

  it.each(['x-nextjs-cache', 'X-Nextjs-Prerender', 'x-nextjs-stale-time', 'x-middleware-rewrite', 'X-Middleware-Next'])(
    'leaves %s out of the answer',
    async (name) => {
      const { headers } = await answerTo('/', (_request, response) =>
        response.setHeader(name, '1').setHeader('X-Other', 'kept').end(),
      )
      expect(headers).toMatchObject({ 'x-other': 'kept' })
      expect(headers).not.toHaveProperty(name.toLowerCase())
    },
  )

  it('leaves out what writeHead is given too', async () => {
    const { headers } = await answerTo('/', (_request, response) =>
      response.writeHead(200, { 'x-nextjs-cache': 'HIT', 'X-Other': 'kept' }).end(),
    )
    expect(headers).toMatchObject({ 'x-other': 'kept' })
    expect(headers).not.toHaveProperty('x-nextjs-cache')
  })

  it('does not let a request ask for what only a client of the framework reads', async () => {
    let seen: string[] = []
    const asked = {
      RSC: '1',
      'Next-Router-State-Tree': 'x',
      'Next-Router-Prefetch': '1',
      'Next-Router-Segment-Prefetch': '/',
      'Next-Url': '/reis',
      'Next-Action': 'a1',
      'Accept-Language': 'nl',
    }
    await answerTo(
      '/',
      (request, response) => {
        seen = Object.keys(request.headers)
        response.end()
      },
      asked,
    )
    expect(seen.toSorted()).toEqual(['accept-language', 'connection', 'host'])
  })
})
