import { connect, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from '@playwright/test'
import { content } from '#server/content/content.ts'
import { LARGEST_BODY } from '#server/limits.ts'
import { freePort } from '#store/free-port.ts'
import { CountedSite } from './counted-site.ts'
import { Proxy } from './proxy.ts'

// What attackers send, as bytes: to the server itself, and through the shipped proxy.

const HELP = 'www.jouwja.example'
const ELSEWHERE = 'elsewhere.example'

let folder: string
let site: CountedSite
let proxy: Proxy
test.describe.configure({ mode: 'default' })
test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'attacks-'))
  const operation = String(await freePort())
  site = await CountedSite.start({ DATA_FOLDER: folder, TRUSTED_PROXIES: '1', LOG: 'json', OPERATION_PORT: operation })
  // Both lines of the proxy lead to the one server that is attacked.
  proxy = await Proxy.start([site.port, site.port])
})
test.afterAll(async () => {
  await Promise.all([proxy.stop(), site.stop()])
  rmSync(folder, { recursive: true, force: true })
})

interface Heard {
  readonly text: string
  readonly closed: boolean
  /** Unit: milliseconds. */
  readonly after: number
}

/** Sends bytes and hears what comes back, until the other side closes or for so long. Unit: milliseconds. */
async function send(bytes: string, { port = site.port, patience = 10_000, through = false } = {}): Promise<Heard> {
  const begun = performance.now()
  const socket: Socket = through
    ? connectTls({ host: '127.0.0.1', port: proxy.port, servername: HELP, rejectUnauthorized: false })
    : connect(port, '127.0.0.1')
  let text = ''
  socket.on('data', (data: Buffer) => (text += data.toString('latin1')))
  const closed = new Promise<boolean>((resolve) =>
    socket.once('close', () => resolve(true)).once('error', () => resolve(true)),
  )
  socket.write(bytes, 'latin1')
  const heard = await Promise.race([closed, wait(patience, false)])
  socket.destroy()
  return { text, closed: heard, after: performance.now() - begun }
}

const get = (path: string, headers = '', host = HELP) =>
  `GET ${path} HTTP/1.1\r\nHost: ${host}\r\n${headers}Connection: close\r\n\r\n`
const statusOf = ({ text }: Heard) => Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0)
const bodyOf = ({ text }: Heard) => text.slice(text.indexOf('\r\n\r\n') + 4)
const locationOf = ({ text }: Heard) => /^location: (.*)$/im.exec(text.split('\r\n\r\n', 1)[0] ?? '')?.[1]?.trim()

test('what no reader sends is refused with a sentence, the connection is closed, and nothing of the request is repeated', async () => {
  const host = `Host: ${HELP}\r\n`
  const cases: readonly (readonly [string, string, number])[] = [
    ['no host', 'GET / HTTP/1.1\r\n\r\n', 400],
    ['two hosts', `GET / HTTP/1.1\r\n${host}Host: ${ELSEWHERE}\r\n\r\n`, 400],
    ['a host that is not ours', get('/', '', ELSEWHERE), 421],
    ['a host with a name and a password', get('/', '', `${HELP}@${ELSEWHERE}`), 421],
    ['a host with a path', get('/', '', `${HELP}/${ELSEWHERE}`), 421],
    ['a whole address', `GET http://${ELSEWHERE}/ HTTP/1.1\r\n${host}\r\n`, 400],
    ['a star', `OPTIONS * HTTP/1.1\r\n${host}\r\n`, 400],
    ['a method that repeats the request', `TRACE / HTTP/1.1\r\n${host}X-Secret: ${ELSEWHERE}\r\n\r\n`, 405],
    ['a method that writes', `PUT /reis HTTP/1.1\r\n${host}Content-Length: 3\r\n\r\nabc`, 405],
    ['a form for a reading page', `POST / HTTP/1.1\r\n${host}Content-Length: 3\r\n\r\nabc`, 405],
    ['a page with a body', `GET / HTTP/1.1\r\n${host}Content-Length: 3\r\n\r\nabc`, 400],
    ['a form in pieces', `POST /beheer/aanmelden HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n`, 411],
    [
      'a form that is too large',
      `POST /beheer/aanmelden HTTP/1.1\r\n${host}Content-Length: ${LARGEST_BODY + 1}\r\n\r\n`,
      413,
    ],
    [
      'a form that is too large, asked before',
      `POST /beheer/aanmelden HTTP/1.1\r\n${host}Expect: 100-continue\r\nContent-Length: 5000000\r\n\r\n`,
      413,
    ],
    [
      'a length and a coding at once',
      `POST /beheer HTTP/1.1\r\n${host}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      400,
    ],
    ['two lengths', `POST /beheer HTTP/1.1\r\n${host}Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef`, 400],
    ['a length that is none', `POST /beheer HTTP/1.1\r\n${host}Content-Length: +5\r\n\r\nabcde`, 400],
    ['a space before the colon', `GET / HTTP/1.1\r\n${host}X-One : two\r\n\r\n`, 400],
    ['a header on two lines', `GET / HTTP/1.1\r\n${host}X-One: two\r\n three\r\n\r\n`, 400],
    ['a zero in a header', `GET / HTTP/1.1\r\n${host}X-One: a\0b\r\n\r\n`, 400],
    ['a line that ends halfway', `GET / HTTP/1.1\r\n${host}X-One: a\rX-Two: b\r\n\r\n`, 400],
    ['headers without an end', `GET / HTTP/1.1\r\n${host}X-One: ${'a'.repeat(20_000)}\r\n\r\n`, 431],
    ['an address without an end', get(`/${'a'.repeat(5_000)}`), 414],
    ['no HTTP at all', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n', 400],
    ['half a letter for the framework', get('/beheer/%E0%A4%A'), 400],
  ]
  const wrong: string[] = []
  for (const [name, bytes, status] of cases) {
    const heard = await send(bytes)
    if (statusOf(heard) !== status) wrong.push(`${name}: ${statusOf(heard)} instead of ${status}`)
    if (!heard.closed) wrong.push(`${name}: the connection stays open`)
    if (heard.text.includes(ELSEWHERE)) wrong.push(`${name}: repeated in the answer`)
    if (bodyOf(heard).length > 200) wrong.push(`${name}: a long answer`)
  }
  expect(wrong).toEqual([])
})

test('no address sends a reader anywhere but to our own sites and the neutral page', async () => {
  const places = [
    '//elsewhere.example',
    '/\\elsewhere.example',
    '/%2F%2Felsewhere.example',
    '/%5Celsewhere.example',
    '/.elsewhere.example',
    '/;@elsewhere.example',
    '///elsewhere.example/%2F..',
    '/https:elsewhere.example',
    '/%09/elsewhere.example',
    '/?next=https://elsewhere.example',
  ]
  const paths = [
    '',
    '/en',
    '/naar/help',
    '/naar/diary',
    '/en/naar/help',
    '/venster',
    '/beheer',
    '/d',
    '/o',
    '/k',
    '/uit',
  ].flatMap((before) => places.flatMap((place) => [`${before}${place}`, `${before}${place}/`]))
  const allowed = [content().exit, ...content().sites.flatMap(({ hosts }) => hosts.map((host) => `https://${host}/`))]
  const wrong: string[] = []
  let redirects = 0
  const answers = new Map<string, Heard>()
  for (let from = 0; from < paths.length; from += 8)
    await Promise.all(
      paths.slice(from, from + 8).map(async (path) => answers.set(path, await send(get(path), { patience: 60_000 }))),
    )
  for (const [path, heard] of answers) {
    const location = locationOf(heard)
    if (location !== undefined) {
      redirects += 1
      // As a browser reads it: a backslash is a slash, and two of them begin a host name.
      const target = new URL(location, `https://${HELP}/`)
      if (!allowed.some((address) => target.href === address || target.href.startsWith(address)))
        wrong.push(`${path} leads to ${location}`)
    }
    if (statusOf(heard) === 0 || statusOf(heard) >= 500) wrong.push(`${path}: ${statusOf(heard)}`)
  }
  expect(wrong).toEqual([])
  // Some do lead somewhere: the rule was asked.
  expect(redirects).toBeGreaterThan(10)
})

test('no address reaches a file of the server, and none puts a header of its own into the answer', async () => {
  const climbs = [
    '/../../../../etc/passwd',
    '/%2e%2e/%2e%2e/%2e%2e/etc/passwd',
    '/..%2f..%2f..%2fetc%2fpasswd',
    '/..%5c..%5cpackage.json',
    '/....//....//package.json',
    '/%252e%252e/package.json',
    '/package.json',
    '/.env',
    '/.git/config',
    '/data/counts.sqlite',
    '/server/start.ts',
  ]
  const injections = [
    '/%0d%0aSet-Cookie:%20a=b',
    '/reis%0d%0a%0d%0a<script>',
    '/%E5%98%8A%E5%98%8DSet-Cookie:a=b',
    '/naar/help/%0d%0aLocation:%20https://elsewhere.example',
    '/k/%0d%0aX-One:%20two',
  ]
  const wrong: string[] = []
  for (const before of [
    '',
    '/_next/static',
    '/_next',
    '/files',
    '/venster',
    '/beheer/voorbeeld/help/2027-03-25',
    '/en',
  ]) {
    for (const path of climbs) {
      const heard = await send(get(`${before}${path}`))
      if (/root:.*:0:0:|"dependencies"|\[core\]|SQLite format|createServer/.test(heard.text))
        wrong.push(`${before}${path} gives a file`)
      if (statusOf(heard) < 300 || statusOf(heard) >= 500) wrong.push(`${before}${path}: ${statusOf(heard)}`)
    }
  }
  for (const path of injections) {
    const [head = ''] = (await send(get(path))).text.split('\r\n\r\n', 1)
    if (/^(set-cookie|x-one):/im.test(head) || head.includes(ELSEWHERE))
      wrong.push(`${path} puts a header in the answer`)
  }
  expect(wrong).toEqual([])
})

test('headers that frameworks and networks listen to change nothing of a page, so that no network keeps a changed one', async () => {
  const headers = [
    ...['X-Forwarded-Host', 'X-Host', 'X-Forwarded-Server', 'X-HTTP-Host-Override'].map(
      (name) => `${name}: ${ELSEWHERE}`,
    ),
    ...[
      'X-Original-URL',
      'X-Rewrite-URL',
      'X-Invoke-Path',
      'X-Matched-Path',
      'X-Middleware-Rewrite',
      'X-Now-Route-Matches',
    ].map((name) => `${name}: /beheer`),
    ...[
      'RSC: 1',
      'Next-Action: 0011',
      'Next-Router-State-Tree: x',
      'Next-Router-Prefetch: 1',
      'X-Nextjs-Data: 1',
      'X-Middleware-Prefetch: 1',
      'X-Middleware-Subrequest: proxy:proxy:proxy:proxy:proxy',
      'X-Invoke-Status: 500',
      'X-Prerender-Revalidate: 1',
      'X-Moment: 2014-06-01T12:00:00+02:00',
    ],
    ...[
      'X-HTTP-Method-Override: POST',
      'Range: bytes=0-9',
      'If-None-Match: *',
      'If-Modified-Since: Mon, 01 Jan 2035 00:00:00 GMT',
      'X-Forwarded-Proto: http',
      'X-Forwarded-Port: 1',
      `Origin: https://${ELSEWHERE}`,
      `Cookie: a=${'b'.repeat(2000)}`,
      'Accept: application/json',
      'Accept-Language: ar',
      'Upgrade-Insecure-Requests: 1',
    ],
  ]
  const wrong: string[] = []
  const withoutDate = ({ text }: Heard) => text.replace(/^date: .*$/im, '')
  for (const path of ['/', '/reis', '/bestaat-niet', '/robots.txt', '/_next/static/none.js']) {
    const plain = withoutDate(await send(get(path)))
    expect(plain).toMatch(/^HTTP\/1\.1 (200|404)/)
    for (const header of headers)
      if (withoutDate(await send(get(path, `${header}\r\n`))) !== plain)
        wrong.push(`${path} with ${header.slice(0, 60)}`)
  }
  expect(wrong).toEqual([])
})

test('slow senders are let go, and meanwhile others read', async () => {
  // Two hundred who send half a request, and fifty who send half a form.
  const slow = [
    ...Array.from({ length: 200 }, () => send(`GET / HTTP/1.1\r\nHost: ${HELP}\r\nX-Slow: `, { patience: 20_000 })),
    ...Array.from({ length: 50 }, () =>
      send(`POST /beheer/aanmelden HTTP/1.1\r\nHost: ${HELP}\r\nContent-Length: 1000\r\n\r\nhalf`, {
        patience: 35_000,
      }),
    ),
  ]
  await wait(500)
  const read = await Promise.all(Array.from({ length: 20 }, () => send(get('/reis'))))
  expect(read.map(statusOf)).toEqual(read.map(() => 200))
  const heard = await Promise.all(slow)
  expect(heard.filter(({ closed }) => !closed)).toEqual([])
  // A header has ten seconds and a form twenty; a look every two finds out.
  expect(Math.max(...heard.slice(0, 200).map(({ after }) => after))).toBeLessThan(16_000)
  expect(Math.max(...heard.slice(200).map(({ after }) => after))).toBeLessThan(30_000)
})

test('a flood of requests that take work gets a clear answer, and readers do not wait for it', async () => {
  // Made while somebody waits, hundreds at a time; pages from memory do not stand in that line.
  const begun = performance.now()
  const flood = Array.from({ length: 300 }, () => send(get('/beheer/aanmelden'), { patience: 40_000 }))
  await wait(100)
  const asked = performance.now()
  const read = await Promise.all(Array.from({ length: 20 }, () => send(get('/reis'), { patience: 40_000 })))
  const waited = performance.now() - asked
  const statuses = (await Promise.all(flood)).map(statusOf)
  const lasted = performance.now() - begun
  expect(read.map(statusOf)).toEqual(read.map(() => 200))
  expect([...new Set(statuses)].sort()).toEqual([200, 503])
  // Who reads is served before the flood is over, on a machine that does other things too.
  expect(waited).toBeLessThan(0.8 * lasted)
  expect(statusOf(await send(get('/beheer/aanmelden')))).toBe(200)
})

test('through the proxy no request hides in another one', async () => {
  const host = `Host: ${HELP}\r\n`
  const hidden = `GET /beheer/hidden HTTP/1.1\r\n${host}\r\n`
  const cases: readonly (readonly [string, string])[] = [
    [
      'length and coding',
      `POST /beheer/aanmelden HTTP/1.1\r\n${host}Content-Length: ${hidden.length + 5}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${hidden}`,
    ],
    [
      'a coding in disguise',
      `POST /beheer/aanmelden HTTP/1.1\r\n${host}Content-Length: 4\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${hidden}`,
    ],
    [
      'a coding with a space',
      `POST /beheer/aanmelden HTTP/1.1\r\n${host}Transfer-Encoding : chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n${hidden}`,
    ],
    [
      'a coding with a tab',
      `POST /beheer/aanmelden HTTP/1.1\r\n${host}Transfer-Encoding:\x0bchunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n${hidden}`,
    ],
    [
      'two codings',
      `POST /beheer/aanmelden HTTP/1.1\r\n${host}Transfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${hidden}`,
    ],
    [
      'a piece with more than its size',
      `POST /beheer/aanmelden HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\n1;\n\r\nx\r\n0\r\n\r\n${hidden}`,
    ],
    ['a page with a body', `GET / HTTP/1.1\r\n${host}Content-Length: ${hidden.length}\r\n\r\n${hidden}`],
    ['a line that ends with half an end', `GET / HTTP/1.1\r\n${host}X-One: a\n\r\n${hidden}`],
    [
      'an upgrade to HTTP/2',
      `GET / HTTP/1.1\r\n${host}Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n${hidden}`,
    ],
  ]
  const wrong: string[] = []
  for (const [name, bytes] of cases) {
    const { text } = await send(bytes, { through: true, patience: 1_500 })
    // What the visitor sends after the first request is a request of that visitor; it must never become the answer to somebody else's.
    for (let next = 0; next < 3; next += 1) {
      const { status, text: page } = await proxy.read(proxy.sender('127.0.0.1'), HELP, '/')
      if (status !== 200 || !page.includes('<html lang="nl"') || page.includes('/beheer/hidden'))
        wrong.push(`${name}: the next reader gets ${status}`)
    }
    if (/HTTP\/1\.1 101/.test(text)) wrong.push(`${name}: another protocol`)
  }
  expect(wrong).toEqual([])
})

test('through the proxy only our names are answered, and what a visitor writes of an address is not believed', async () => {
  await expect(
    new Promise((resolve, reject) =>
      connectTls({ host: '127.0.0.1', port: proxy.port, servername: ELSEWHERE, rejectUnauthorized: false })
        .once('secureConnect', resolve)
        .once('error', reject),
    ),
  ).rejects.toThrow()
  const plain = await send(`GET /reis?a=b HTTP/1.1\r\nHost: ${HELP}\r\nConnection: close\r\n\r\n`, {
    port: proxy.plainPort,
  })
  expect([statusOf(plain), locationOf(plain)]).toEqual([301, `https://${HELP}/reis?a=b`])
  expect(statusOf(await send(get('/', '', ELSEWHERE), { port: proxy.plainPort }))).toBe(421)
  expect(statusOf(await send(get('/', `Host: ${ELSEWHERE}\r\n`), { through: true }))).toBe(400)
  const { status } = await proxy.read(proxy.sender('127.0.0.9'), HELP, '/', {
    'X-Forwarded-For': '203.0.113.7',
    Forwarded: 'for=203.0.113.7',
    'X-Real-IP': '203.0.113.7',
  })
  expect(status).toBe(200)
})

test('after all of that the log holds no address, no path, no name of a browser, and nothing that was sent', () => {
  const written = [
    site.log,
    ...[...proxy.written()].flatMap(([name, text]) => (name === 'error.log' ? [text] : [])),
  ].join('\n')
  expect(site.log).toContain('"level":"info"')
  for (const line of site.log.trim().split('\n'))
    expect(Object.keys(JSON.parse(line) as object)).toEqual(['day', 'level', 'sentence'])
  expect(
    written.match(/127\.0\.0\.[19]\b(?!:)|203\.0\.113|elsewhere|\/reis|\/beheer|hidden|passwd|X-One|Mozilla/gi),
  ).toBeNull()
})

test('a network of servers may keep pages until midnight, and nothing of who shares, leaves or manages; a browser keeps nothing', async () => {
  const kept = await CountedSite.start({
    DATA_FOLDER: join(folder, 'cdn'),
    VISITOR_COUNTS: 'off',
    CDN_SECONDS: '3600',
    CLOCK_STARTS_AT: '2027-04-06T23:50:00+02:00',
  })
  try {
    const headersOf = async (path: string, headers = '') =>
      (await send(get(path, headers), { port: kept.port })).text.split('\r\n\r\n', 1)[0] ?? ''
    for (const path of ['/', '/reis', '/ar', '/bestaat-niet']) {
      const headers = await headersOf(path)
      expect(headers).toMatch(/^cache-control: no-store$/im)
      const seconds = Number(/^cdn-cache-control: public, max-age=(\d+)$/im.exec(headers)?.[1])
      expect(seconds).toBeGreaterThan(500)
      expect(seconds).toBeLessThanOrEqual(600)
    }
    for (const path of ['/d/reis', '/k/k7m3pd', '/o/reis', '/uit', '/beheer/aanmelden', '/robots.txt'])
      expect(await headersOf(path), path).not.toMatch(/^cdn-cache-control: public/im)
    // A page with a card for a chat is not kept for people.
    expect(await headersOf('/', 'User-Agent: WhatsApp/2.23\r\n')).toMatch(/^cdn-cache-control: no-store$/im)
  } finally {
    await kept.stop()
  }
})
