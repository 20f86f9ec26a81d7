import { createServer, get, type IncomingMessage, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { setSecurityHeaders } from './headers.ts'

/** What a client gets from a real server that sets its headers before it answers. */
async function answerTo(path: string, answer: RequestListener): Promise<IncomingMessage> {
  const server = createServer((request, response) => {
    setSecurityHeaders(request.url, response)
    answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  try {
    return await new Promise((resolve, reject) => {
      get({ host: '127.0.0.1', port, path, agent: false }, (response) =>
        response.resume().on('end', () => resolve(response)),
      ).on('error', reject)
    })
  } finally {
    await new Promise((resolve) => server.close(resolve))
  }
}

const plain: RequestListener = (_request, response) => response.end('ok')

describe('setSecurityHeaders', () => {
  it.each([
    ['referrer-policy', 'no-referrer'],
    ['x-content-type-options', 'nosniff'],
    ['cross-origin-resource-policy', 'same-origin'],
    ['strict-transport-security', 'max-age=63072000; includeSubDomains; preload'],
    ['request-otr', '1'],
    ['cache-control', 'no-store'],
  ])('gives every answer %s: %s', async (name, value) => {
    expect((await answerTo('/reis', plain)).headers[name]).toBe(value)
  })

  it.each(['/beheer', '/beheer/toegang', '/pakket/k7', '/gedeeld/9'])(
    'keeps the windows of managers apart: %s',
    async (path) => {
      expect((await answerTo(path, plain)).headers['cross-origin-opener-policy']).toBe('same-origin')
    },
  )

  it.each(['/', '/reis', '/ar/d/reis', '/venster', '/uit', '/beheerder'])(
    'has no browser write down that a window was kept apart: %s',
    async (path) => {
      expect((await answerTo(path, plain)).headers).not.toHaveProperty('cross-origin-opener-policy')
    },
  )

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

  it.each(['/_next/image', '/next/static/a.js', '/', '/x/_next/static/a.js'])(
    'keeps %s out of every cache',
    async (path) => {
      expect((await answerTo(path, plain)).headers['cache-control']).toBe('no-store')
    },
  )

  it('lets a cache keep a file whose name changes with its content', async () => {
    const { headers } = await answerTo('/_next/static/chunks/a1b2.js', plain)
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable')
    expect(headers['x-content-type-options']).toBe('nosniff')
  })

  it('lets another site load the one file that is made for it', async () => {
    expect((await answerTo('/venster.js', plain)).headers['cross-origin-resource-policy']).toBe('cross-origin')
  })
})
