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
import { attack } from './attack/attack.ts'
import { deliver, type Door } from './attack/deliver.ts'
import { stateOf, type ProcessState } from './attack/process-state.ts'
import { CountedSite } from './counted-site.ts'
import { PROXIES, Proxy, type ProxyName } from './proxy.ts'

// What attackers send, as bytes: to the server itself, and through each of the shipped proxies.

const HELP = 'www.jouwja.example'
const ELSEWHERE = 'elsewhere.example'

/** The ways in: to the server itself, and through a proxy. */
const WAYS = ['direct', ...PROXIES] as const
type Way = (typeof WAYS)[number]

let folder: string
let operation: number
let site: CountedSite
let before: ProcessState
const proxies = new Map<ProxyName, Proxy>()
test.describe.configure({ mode: 'default' })
test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'attacks-'))
  operation = await freePort()
  site = await CountedSite.start({
    DATA_FOLDER: folder,
    TRUSTED_PROXIES: '1',
    LOG: 'json',
    OPERATION_PORT: String(operation),
  })
  // Both lines of a proxy lead to the one server that is attacked.
  for (const name of PROXIES) proxies.set(name, await Proxy.start(name, [site.port, site.port]))
  // The process of the management comes with the first request for it.
  expect(statusOf(await send(get('/beheer/aanmelden'), { patience: 60_000 }))).toBe(200)
  before = stateOf(site.pid)
})
test.afterAll(async () => {
  await Promise.all([...proxies.values()].map((proxy) => proxy.stop()))
  await site.stop()
  rmSync(folder, { recursive: true, force: true })
})

function proxyOf(name: ProxyName): Proxy {
  const proxy = proxies.get(name)
  if (!proxy) throw new Error(`${name} was not started`)
  return proxy
}

function doorOf(way: Way): Door {
  return way === 'direct' ? { port: site.port } : { port: proxyOf(way).port, tlsFor: HELP }
}

interface Heard {
  readonly text: string
  readonly closed: boolean
  /** Unit: milliseconds. */
  readonly after: number
}

/** Sends bytes and hears what comes back, until the other side closes or for so long. Unit: milliseconds. */
async function send(
  bytes: string,
  { way = 'direct', door = doorOf(way), patience = 10_000 }: { way?: Way; door?: Door; patience?: number } = {},
): Promise<Heard> {
  const begun = performance.now()
  const socket: Socket =
    door.tlsFor === undefined
      ? connect(door.port, '127.0.0.1')
      : connectTls({ host: '127.0.0.1', port: door.port, servername: door.tlsFor, rejectUnauthorized: false })
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

/** Does something with each item, eight at a time: an attacker has more than one connection. */
async function forEach<T>(items: readonly T[], act: (item: T) => Promise<void>): Promise<void> {
  for (let from = 0; from < items.length; from += 8) await Promise.all(items.slice(from, from + 8).map(act))
}

const get = (path: string, headers = '', host = HELP) =>
  `GET ${path} HTTP/1.1\r\nHost: ${host}\r\n${headers}Connection: close\r\n\r\n`
/** The status of the first answer; what says "go on" is none. */
const statusOf = ({ text }: Heard) =>
  Number(/^(?:HTTP\/1\.1 100 Continue\r\n\r\n)?HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0)
const bodyOf = ({ text }: Heard) => {
  const answer = text.replace(/^HTTP\/1\.1 100 Continue\r\n\r\n/, '')
  return answer.slice(answer.indexOf('\r\n\r\n') + 4)
}
/** The status, and the title of the page. */
const statusAndTitle = (heard: Heard) => [statusOf(heard), /<title>([^<]*)/.exec(heard.text)?.[1]] as const
const locationOf = ({ text }: Heard) => /^location: (.*)$/im.exec(text.split('\r\n\r\n', 1)[0] ?? '')?.[1]?.trim()

/**
 * What no reader sends, and the status of the refusal. A proxy may answer by itself, join what it may join before it passes a request on (a
 * form in pieces, a header on two lines: RFC 9112, 5.2 and 7), or wait for a body that does not come (0).
 */
const REFUSED: readonly (readonly [string, string, number, Partial<Record<ProxyName, number>>?])[] = (() => {
  const host = `Host: ${HELP}\r\n`
  return [
    ['no host', 'GET / HTTP/1.1\r\n\r\n', 400, { haproxy: 421 }],
    ['two hosts', `GET / HTTP/1.1\r\n${host}Host: ${ELSEWHERE}\r\n\r\n`, 400],
    ['a host that is not ours', get('/', '', ELSEWHERE), 421],
    ['a host with a name and a password', get('/', '', `${HELP}@${ELSEWHERE}`), 421, { caddy: 400, apache: 400 }],
    ['a host with a path', get('/', '', `${HELP}/${ELSEWHERE}`), 421, { nginx: 400, caddy: 400, apache: 400 }],
    ['a whole address', `GET http://${ELSEWHERE}/ HTTP/1.1\r\n${host}\r\n`, 400, { nginx: 421, caddy: 421 }],
    ['a star', `OPTIONS * HTTP/1.1\r\n${host}\r\n`, 400, { caddy: 200, apache: 200 }],
    ['a method that repeats the request', `TRACE / HTTP/1.1\r\n${host}X-Secret: ${ELSEWHERE}\r\n\r\n`, 405],
    ['a method that writes', `PUT /reis HTTP/1.1\r\n${host}Content-Length: 3\r\n\r\nabc`, 405],
    ['a form for a reading page', `POST / HTTP/1.1\r\n${host}Content-Length: 3\r\n\r\nabc`, 405],
    ['a page with a body', `GET / HTTP/1.1\r\n${host}Content-Length: 3\r\n\r\nabc`, 400],
    [
      'a form in pieces',
      `POST /beheer/aanmelden HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      411,
      { nginx: 200, apache: 200 },
    ],
    [
      'a form that is too large',
      `POST /beheer/aanmelden HTTP/1.1\r\n${host}Content-Length: ${LARGEST_BODY + 1}\r\n\r\n`,
      413,
      { caddy: 0, apache: 0 },
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
      { haproxy: 411, caddy: 411, apache: 307 },
    ],
    ['two lengths', `POST /beheer HTTP/1.1\r\n${host}Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef`, 400],
    ['a length that is none', `POST /beheer HTTP/1.1\r\n${host}Content-Length: +5\r\n\r\nabcde`, 400],
    ['a space before the colon', `GET / HTTP/1.1\r\n${host}X-One : two\r\n\r\n`, 400],
    [
      'a header on two lines',
      `GET / HTTP/1.1\r\n${host}X-One: two\r\n three\r\n\r\n`,
      400,
      { haproxy: 200, caddy: 200, apache: 200 },
    ],
    ['a zero in a header', `GET / HTTP/1.1\r\n${host}X-One: a\0b\r\n\r\n`, 400],
    ['a line that ends halfway', `GET / HTTP/1.1\r\n${host}X-One: a\rX-Two: b\r\n\r\n`, 400],
    [
      'headers without an end',
      `GET / HTTP/1.1\r\n${host}X-One: ${'a'.repeat(20_000)}\r\n\r\n`,
      431,
      { nginx: 400, haproxy: 400, apache: 400 },
    ],
    ['an address without an end', get(`/${'a'.repeat(5_000)}`), 414],
    ['no HTTP at all', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n', 400],
    ['half a letter for the framework', get('/beheer/%E0%A4%A'), 400],
  ]
})()

for (const way of WAYS)
  test(`${way}: what no reader sends is refused, and nothing of the request is repeated`, async () => {
    const wrong: string[] = []
    const patience = way === 'direct' ? 10_000 : 2_000
    await Promise.all(
      REFUSED.map(async ([name, bytes, status, ofProxies = {}]) => {
        const heard = await send(bytes, { way, patience })
        const expected = way === 'direct' ? status : (ofProxies[way] ?? status)
        if (statusOf(heard) !== expected) wrong.push(`${name}: ${statusOf(heard)} instead of ${expected}`)
        // A proxy keeps the connection of its client for the next request.
        if (way === 'direct' && !heard.closed) wrong.push(`${name}: the connection stays open`)
        if (heard.text.includes(ELSEWHERE)) wrong.push(`${name}: repeated in the answer`)
        if (statusOf(heard) >= 400 && bodyOf(heard).length > (way === 'direct' ? 200 : 500))
          wrong.push(`${name}: a long answer`)
      }),
    )
    expect(wrong).toEqual([])
  })

for (const way of WAYS)
  test(`${way}: no address sends a reader anywhere but to our own sites and the neutral page`, async () => {
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
    await forEach(paths, async (path) => void answers.set(path, await send(get(path), { way, patience: 60_000 })))
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

for (const way of WAYS)
  test(`${way}: no address reaches a file of the server, and none puts a header of its own into the answer`, async () => {
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
      await forEach(climbs, async (path) => {
        const heard = await send(get(`${before}${path}`), { way })
        if (/root:.*:0:0:|"dependencies"|\[core\]|SQLite format|createServer/.test(heard.text))
          wrong.push(`${before}${path} gives a file`)
        if (statusOf(heard) < 300 || statusOf(heard) >= 500) wrong.push(`${before}${path}: ${statusOf(heard)}`)
      })
    }
    for (const path of injections) {
      const [head = ''] = (await send(get(path), { way })).text.split('\r\n\r\n', 1)
      if (/^(set-cookie|x-one):/im.test(head) || head.includes(ELSEWHERE))
        wrong.push(`${path} puts a header in the answer`)
    }
    expect(wrong).toEqual([])
  })

for (const way of WAYS)
  test(`${way}: headers that frameworks and networks listen to change nothing of a page, so that no network keeps a changed one`, async () => {
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
      const plain = withoutDate(await send(get(path), { way }))
      expect(plain).toMatch(/^HTTP\/1\.1 (200|404)/)
      await forEach(headers, async (header) => {
        if (withoutDate(await send(get(path, `${header}\r\n`), { way })) !== plain)
          wrong.push(`${path} with ${header.slice(0, 60)}`)
      })
    }
    expect(wrong).toEqual([])
  })

test('slow senders are let go by every way in, and meanwhile others read', async () => {
  // Half a request and half a form: two hundred and fifty of them at the server itself, fifty at each proxy.
  const slow = WAYS.map((way) => {
    const many = way === 'direct' ? 4 : 1
    return {
      way,
      heads: Array.from({ length: 50 * many }, () =>
        send(`GET / HTTP/1.1\r\nHost: ${HELP}\r\nX-Slow: `, { way, patience: 25_000 }),
      ),
      forms: Array.from({ length: 12 * many }, () =>
        send(`POST /beheer/aanmelden HTTP/1.1\r\nHost: ${HELP}\r\nContent-Length: 1000\r\n\r\nhalf`, {
          way,
          patience: 45_000,
        }),
      ),
    }
  })
  await wait(500)
  for (const way of WAYS) {
    const read = await Promise.all(Array.from({ length: 20 }, () => send(get('/reis'), { way })))
    expect(read.map(statusOf), way).toEqual(read.map(() => 200))
  }
  const wrong: string[] = []
  for (const { way, heads, forms } of slow) {
    // A header has ten seconds and a form twenty, wherever it is read; a look every two finds out.
    for (const [what, heard, most] of [
      ['head', await Promise.all(heads), 18_000],
      ['form', await Promise.all(forms), 35_000],
    ] as const) {
      const longest = Math.max(...heard.map(({ after }) => after))
      if (heard.some(({ closed }) => !closed) || longest > most)
        wrong.push(`${way}, half a ${what}: ${longest.toFixed(0)} ms, ${most} is the most`)
    }
  }
  expect(wrong).toEqual([])
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

for (const name of PROXIES)
  test(`${name}: no request hides in another one`, async () => {
    const proxy = proxyOf(name)
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
    await forEach(cases, async ([what, bytes]) => {
      const { text } = await send(bytes, { way: name, patience: 1_000 })
      // What the visitor sends after the first request is a request of that visitor; it must never become the answer to somebody else's.
      for (let next = 0; next < 3; next += 1) {
        const { status, text: page } = await proxy.read(proxy.sender('127.0.0.1'), HELP, '/')
        if (status !== 200 || !page.includes('<html lang="nl"') || page.includes('/beheer/hidden'))
          wrong.push(`${what}: the next reader gets ${status}`)
      }
      if (/HTTP\/1\.1 101/.test(text)) wrong.push(`${what}: another protocol`)
    })
    expect(wrong).toEqual([])
  })

for (const name of PROXIES)
  test(`${name}: only our names are answered, and what a visitor writes of an address is not believed`, async () => {
    const proxy = proxyOf(name)
    const plainDoor = { port: proxy.plainPort }
    // Apache cannot end the handshake: it answers without a page.
    const unknown = await send(get('/', '', ELSEWHERE), { door: { port: proxy.port, tlsFor: ELSEWHERE } })
    expect([statusOf(unknown), unknown.text.includes('lang=')]).toEqual([name === 'apache' ? 421 : 0, false])
    // One of our names for the certificate and another one for the page: nginx showed its own first page.
    const other = await send(get('/', '', ELSEWHERE), { way: name })
    expect([statusOf(other), other.text.includes('Welcome')]).toEqual([421, false])
    const plain = await send(get('/reis?a=b%2fc'), { door: plainDoor })
    expect([statusOf(plain), locationOf(plain)]).toEqual([301, `https://${HELP}/reis?a=b%2fc`])
    expect(statusOf(await send(get('/', '', ELSEWHERE), { door: plainDoor }))).toBe(421)
    expect(statusOf(await send(get('/', `Host: ${ELSEWHERE}\r\n`), { way: name }))).toBe(400)
    const { status } = await proxy.read(proxy.sender('127.0.0.9'), HELP, '/', {
      'X-Forwarded-For': '203.0.113.7',
      Forwarded: 'for=203.0.113.7',
      'X-Real-IP': '203.0.113.7',
    })
    expect(status).toBe(200)
  })

/** The management by another spelling: each one opened it once, or could where a proxy and a server read an address in two ways. */
const SPELLINGS = [
  ...['/beheer', '/beheer/', '/beheer?x', '/beheer/aanmelden', '/beheer/aanmelden?x=%2f..', '/beheer/aanmelden/'],
  ...['/%62eheer/aanmelden', '/b%65heer/aanmelden', '/%62%65%68%65%65%72', '/%42eheer', '/%2562eheer/aanmelden'],
  ...[
    '//beheer/aanmelden',
    '///beheer',
    '/beheer//aanmelden',
    '/./beheer/aanmelden',
    '/x/../beheer/aanmelden',
    '/%2e/beheer',
  ],
  ...[
    '/x/%2e%2e/beheer',
    '/x/.%2e/beheer/aanmelden',
    '/x/%2E./beheer',
    '/beheer/%2e%2e/beheer/aanmelden',
    '/beheer/.',
    '/beheer/..',
  ],
  ...[
    '/beheer/uitnodiging/..%2f..%2fx',
    '/beheer/mensen/..%2f..%2fx/verwijderen',
    '/beheer/runs/wijzigen/..%2f..%2f..%2fx',
  ],
  ...[
    '/beheer%2faanmelden',
    '/%2fbeheer',
    '/beheer%5caanmelden',
    '/beheer\\aanmelden',
    '/\\beheer',
    '\\beheer',
    'beheer',
  ],
  ...[
    '/beheer;a=b/aanmelden',
    '/beheer/aanmelden;a=b',
    '/;/beheer',
    '/..;/beheer',
    '/x;/../beheer',
    '/beheer/;/../aanmelden',
  ],
  ...[
    '/BEHEER/aanmelden',
    '/Beheer',
    '/beheer%00',
    '/beheer%20',
    '/beheer%09',
    '/beheer#x',
    '/#/../beheer',
    '/%c0%af../beheer',
  ],
  ...[
    '/en/beheer',
    '/en/../beheer/aanmelden',
    '/k/../beheer/aanmelden',
    '/k/..%2fbeheer',
    '/d/%2e%2e/beheer/aanmelden',
  ],
  ...[
    '/en/d/../../beheer',
    '/_next/../beheer/aanmelden',
    '/_next/static/..%2f..%2fbeheer',
    '/pakket/../beheer/aanmelden',
  ],
  ...[
    'http:/beheer',
    `http://${HELP}/beheer/aanmelden`,
    `https://${HELP}//beheer`,
    `HTTP://${HELP}/beheer`,
    `http://${ELSEWHERE}/beheer`,
  ],
  ...[`//${HELP}/beheer`, `/@${HELP}/beheer`, '*'],
]

/** Whether an answer is of the management: only its pages have a nonce in their policy, and only it leads to itself. */
const isOfManagement = ({ text }: Heard) =>
  /strict-dynamic|^location: [^\r\n]*\/beheer/im.test(text) || text.includes('/beheer/aanmelden')

for (const name of PROXIES)
  test(`${name}: where the management is open to the offices only, no spelling of its address opens it to others`, async () => {
    const closed = await Proxy.start(name, [site.port, site.port], '127.0.0.9/32')
    try {
      const door = { port: closed.port, tlsFor: HELP }
      const wrong: string[] = []
      const form = `Origin: https://${HELP}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 3\r\n`
      await forEach(SPELLINGS, async (path) => {
        const post = `POST ${path} HTTP/1.1\r\nHost: ${HELP}\r\n${form}Connection: close\r\n\r\na=b`
        for (const bytes of [get(path), post, get(path, 'X-Forwarded-For: 127.0.0.9\r\n')]) {
          const heard = await send(bytes, { door })
          if (isOfManagement(heard) || statusOf(heard) >= 500)
            wrong.push(`${bytes.slice(0, bytes.indexOf('\r'))}: ${statusOf(heard)}`)
        }
      })
      expect(wrong).toEqual([])
      // From the offices it opens, and what colleagues and volunteers open is open to everybody.
      const office = await closed.read(closed.sender('127.0.0.9'), HELP, '/beheer/aanmelden')
      expect([office.status, office.text.includes('name="email"')]).toEqual([200, true])
      for (const path of ['/pakket/x', '/gedeeld/x'])
        expect((await closed.read(closed.sender('127.0.0.1'), HELP, path)).status, path).toBe(404)
    } finally {
      await closed.stop()
    }
  })

test('at the server itself only what plainly begins with it is an address of the management', async () => {
  const opened: string[] = []
  await forEach(SPELLINGS, async (path) => {
    if (isOfManagement(await send(get(path)))) opened.push(path)
  })
  expect(opened.sort()).toEqual(
    [
      '/beheer',
      '/beheer/',
      '/beheer?x',
      '/beheer/aanmelden',
      '/beheer/aanmelden/',
      '/beheer/aanmelden;a=b',
      '/beheer/aanmelden?x=%2f..',
    ].sort(),
  )
})

for (const way of WAYS)
  test(`${way}: an address below a shared link that can be read in two ways shows the bare screen, and elsewhere it is refused`, async () => {
    const screens = new Map([
      ['', statusAndTitle(await send(get('/d/reis')))],
      ['/en', statusAndTitle(await send(get('/en/d/reis')))],
    ])
    // Some proxies refuse by themselves what climbs out of everything, or what is no letter (docs/operate.md).
    const shown = ['/d/..%2fx', '/k/%2e%2e/x', '/en/d/.%2e/x', '/o/x%5cy', '/k/\\x', '/d/%0a']
    for (const path of shown) {
      const screen = screens.get(path.startsWith('/en/') ? '/en' : '')
      expect.soft(statusAndTitle(await send(get(path), { way })), path).toEqual(screen)
    }
    const refused = [
      '/x/../reis',
      '/reis/%2e',
      '/x%2fy',
      '/x%5Cy',
      '/x\\y',
      '//reis',
      '/_next/static/../../reis',
      '/x%0ay',
      '/x%7f',
    ]
    for (const path of refused) expect.soft(statusOf(await send(get(path), { way })), path).toBe(400)
    // What stands in a query is no part of the address.
    expect.soft(statusOf(await send(get('/reis?from=/../%2f%5c//'), { way }))).toBe(200)
  })

for (const way of WAYS)
  test(`${way}: forms that are reset, connections that ask for another protocol, and requests in a row do no harm`, async () => {
    const door = doorOf(way)
    const forms = [
      `Host: ${HELP}\r\nOrigin: http://${ELSEWHERE}`,
      `Host: ${ELSEWHERE}`,
      `Host: ${HELP}\r\nSec-Fetch-Site: same-origin`,
    ]
    const reset = forms.flatMap((lines) =>
      Array.from({ length: 26 }, (_, delay) => ({
        bytes: `POST /beheer/aanmelden HTTP/1.1\r\n${lines}\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nabcde`,
        end: 'reset' as const,
        after: delay,
      })),
    )
    const upgraded = Array.from({ length: 200 }, (_, index) => ({
      bytes: get(['/_next/static/x', '/', '//x', '/k/k7m3pd'][index % 4] ?? '/', 'Upgrade: websocket\r\n').replace(
        'Connection: close',
        'Connection: Upgrade',
      ),
      end: (['reset', 'close', 'half-close'] as const)[index % 3] ?? 'close',
      after: 5 + (index % 20),
    }))
    await forEach([...reset, ...upgraded], async ({ bytes, end, after }) => {
      await deliver({ kind: 'form', pieces: [Buffer.from(bytes)], pause: 0, end, after, layer: 'h1' }, door)
    })
    const paths = ['/reis', '/robots.txt', '/bestaat-niet', '/uit', '/']
    const row = paths.map((path) => `GET ${path} HTTP/1.1\r\nHost: ${HELP}\r\n\r\n`).join('')
    const { text } = await send(row + get('/bestaat-niet'), { way })
    // Each begins where the body of the one before ended.
    const statuses = [...text.matchAll(/HTTP\/1\.1 (\d{3}) (?:OK|Not Found|Found)\r\n/g)].map(([, status]) =>
      Number(status),
    )
    expect(statuses).toEqual([200, 200, 404, 302, 200, 404])
    expect(site.hasEnded).toBe(false)
    // Whoever asks for another protocol and stays gets the page.
    expect(statusOf(await send(get('/reis', 'Upgrade: h2c\r\n').replace('close', 'Upgrade, close'), { way }))).toBe(200)
  })

test('a form that cannot be read is refused with what to do, by every way in', async () => {
  const forms = [
    ['multipart/form-data', 'a=b'],
    ['multipart/form-data; boundary=x', 'a=b'],
    ['multipart/form-data; boundary=x', '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb'],
  ]
  for (const way of WAYS) {
    for (const [type = '', body = ''] of forms) {
      const head = `Host: ${HELP}\r\nContent-Type: ${type}\r\nContent-Length: ${body.length}\r\nConnection: close`
      const answer = await send(`POST /beheer/aanmelden HTTP/1.1\r\n${head}\r\n\r\n${body}`, { way })
      expect([way, type, statusOf(answer)]).toEqual([way, type, 400])
      expect(bodyOf(answer)).toContain('The form cannot be read')
    }
    const codings = 'Transfer-Encoding: identity\r\nTransfer-Encoding: chunked'
    const coded = await send(`POST / HTTP/1.1\r\nHost: ${HELP}\r\n${codings}\r\n\r\n0\r\n\r\n`, { way })
    // Each proxy says in its own way that it does not know such a form (400, 411, 422, 501). It is not at fault (500).
    expect([way, statusOf(coded)]).not.toEqual([way, 500])
    expect(statusOf(coded)).toBeGreaterThanOrEqual(400)
  }
})

test('connections that a seed makes do no harm by any way in, and nothing of them stays', async () => {
  const plan = { seed: 16, from: 0, requests: 500, seconds: 30, atATime: 8 }
  const outcomes = await Promise.all(
    WAYS.map((way) => attack(site, operation, plan, way === 'direct' ? undefined : proxyOf(way))),
  )
  expect(outcomes.flatMap(({ failures }) => failures)).toEqual([])
  for (const { sent, statuses } of outcomes) {
    expect(sent).toBe(plan.requests)
    // Requests did come in, and were refused for more than one reason.
    expect([...statuses.keys()].length).toBeGreaterThan(3)
  }
  expect(stateOf(site.pid).sockets).toBeLessThan(before.sockets + 20)
})

test('after all of that the log holds no address, no path, no name of a browser, and nothing that was sent', () => {
  const written = [site.log, ...[...proxies.values()].flatMap((proxy) => [...proxy.written().values()])].join('\n')
  expect(site.hasEnded).toBe(false)
  expect(site.log).toContain('"level":"info"')
  for (const line of site.log.trim().split('\n'))
    expect(Object.keys(JSON.parse(line) as object)).toEqual(['day', 'level', 'sentence'])
  expect(
    written.match(/127\.0\.0\.[129]\b(?!:)|203\.0\.113|elsewhere|\/reis|\/beheer|hidden|passwd|X-One|Mozilla/gi),
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
      (await send(get(path, headers), { door: { port: kept.port } })).text.split('\r\n\r\n', 1)[0] ?? ''
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
