import { Chance } from './chance.ts'

/** What is tried. */
export const KINDS = [
  'form',
  'upgrade',
  'address',
  'header',
  'method',
  'pipelined',
  'smuggled',
  'slow',
  'garbage',
  'changed',
  'http2',
] as const
export type Kind = (typeof KINDS)[number]

/** One connection of an attacker: what is sent, how, and how it ends. */
export interface Hostile {
  readonly kind: Kind
  /** Sent one after the other, with the pause between them. */
  readonly pieces: readonly Buffer[]
  /** Unit: milliseconds. */
  readonly pause: number
  /** What the attacker does with the connection after the last piece. Whoever reads waits for the end of the connection. */
  readonly end: 'read' | 'half-close' | 'close' | 'reset'
  /** How long after the last piece that is done; the longest that somebody reads. Unit: milliseconds. */
  readonly after: number
  /** How it is sent to a door with TLS: in TLS as HTTP/1 or HTTP/2, or as bytes that are no TLS. */
  readonly layer: 'h1' | 'h2' | 'bare'
}

const HELP = 'www.jouwja.example'
const OFTEN = [HELP, HELP, HELP, 'www.dagboekvanyarah.example', 'localhost', `${HELP}:443`]
const ODD_HOSTS = ['elsewhere.example', '', '127.0.0.1', `${HELP}@elsewhere.example`, `${HELP}:99999`, '[::1]']
const HOSTS = [...OFTEN, ...ODD_HOSTS, HELP.toUpperCase(), 'a'.repeat(300)]

const READING = ['/', '/reis', '/bellen', '/en/reis', '/ar', '/t/reis', '/k/k7m3pd', '/d/reis', '/en/d/reis', '/o/reis']
const BESIDE = ['/uit', '/naar/diary', '/naar/help/reis', '/venster', '/venster.js', '/robots.txt', '/materiaal.zip']
const MANAGED = ['/beheer', '/beheer/aanmelden', '/beheer/uitnodiging/x', '/beheer/runs', '/pakket/x', '/gedeeld/x']
const OF_FRAMEWORK = ['/_next/static/x', '/_next/image?url=/&w=64&q=75', '/_next/x', '/__nextjs_original-stack-frame']
const ADDRESSES = [...READING, ...BESIDE, ...MANAGED, ...OF_FRAMEWORK, '/.well-known/security.txt', '/sitemap.xml']

const DOTS = ['/..', '/.', '/%2e%2e', '/%2E.', '/.%2e', '/..;', '/..%2f..%2fx', '/..\\', '%252e%252e', '%u002e']
const SLASHES = ['//', '/%2f', '/%5c', '\\', '%c0%ae%c0%ae', '/a'.repeat(90), '/x'.repeat(2_100)]
const ODD_SIGNS = ['%00', '%0d%0aX-One:%20two', '%', '%zz', '%E0%A4%A', ';a=b', '#', '\u00e9', ' ', '\t', '/*']
const WORDS = ['/beheer', '/%62eheer', '/_next', '/constructor', '/__proto__', '@elsewhere.example']
const PARTS = [...DOTS, ...SLASHES, ...ODD_SIGNS, ...WORDS, '?', '??', '?a=%2f..']

const METHODS_OF_HTTP = ['GET', 'GET', 'HEAD', 'POST', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT', 'PATCH']
const METHODS = [
  ...METHODS_OF_HTTP,
  'PROPFIND',
  'PRI',
  'PURGE',
  'get',
  'G ET',
  '',
  'M-SEARCH',
  'QUERY',
  'A'.repeat(200),
]
const VERSIONS = ['HTTP/1.1', 'HTTP/1.1', 'HTTP/1.0', 'HTTP/0.9', 'HTTP/2.0', 'HTTP/1.1 ', 'http/1.1', '']

const UPGRADES = [
  'Connection: Upgrade\r\nUpgrade: websocket',
  'Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\nConnection: Upgrade, HTTP2-Settings',
]
const CODINGS = ['chunked', 'xchunked', 'identity'].map((coding) => `Transfer-Encoding: ${coding}`)
const LENGTHS = ['5', '5\r\nContent-Length: 6', '-1', '9'.repeat(20)].map((length) => `Content-Length: ${length}`)
const ORIGINS = [`https://${HELP}`, 'http://elsewhere.example', 'null'].map((origin) => `Origin: ${origin}`)
const OF_PROXIES = [
  ...['X-Forwarded-For: 203.0.113.7', 'X-Forwarded-Host: elsewhere.example', 'Forwarded: for=203.0.113.7;host=x'],
  ...['X-Client-Network: 10.0.0', 'X-Original-URL: /beheer', 'X-Moment: 2014-06-01T12:00:00+02:00'],
]
const FOR_FRAMEWORK = [
  ...['X-Middleware-Subrequest: proxy:proxy:proxy:proxy:proxy', 'Next-Action: 0011', 'RSC: 1'],
  ...['Next-Router-State-Tree: %5B', 'X-Middleware-Rewrite: http://127.0.0.1:1/'],
]
const FOR_READING = [
  ...['Range: bytes=0-,1-', 'Range: bytes=99999-', 'Accept-Encoding: gzip;q=0, br;q=x', 'Accept-Encoding: *;q=0'],
  ...['User-Agent: WhatsApp/2.23', `User-Agent: ${'('.repeat(3_000)}`, 'Accept-Language: \u0000'],
]
const BROKEN = [
  ...['Transfer-Encoding : chunked', 'X-One: a\rX-Two: b', 'X-One\r\n: a', ' X-One: folded', ': nameless'],
  ...[`Host: ${HELP}`, 'Host: elsewhere.example', `X-Long: ${'a'.repeat(17_000)}`],
]
const OF_CONNECTION = ['Expect: 100-continue', 'Expect: x', 'Connection: close, keep-alive, Host', 'TE: trailers']
const COOKIES = ['Cookie: a=b; __proto__=c', `Cookie: ${'a=b; '.repeat(700)}`]
const HEADERS = [
  ...[...UPGRADES, ...CODINGS, ...LENGTHS, ...ORIGINS, ...OF_PROXIES, ...FOR_FRAMEWORK],
  ...[...FOR_READING, ...BROKEN, ...OF_CONNECTION, ...COOKIES],
]

const FORMS = [
  ...['', 'a=b', 'email=a%40b.example&password=x', '$ACTION_ID_00=&1_$ACTION_REF_1=', '{"a":1}', '%'],
  ...['a='.repeat(5_000), '\u0000'.repeat(64)],
  '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n--x--\r\n',
]
const FORM_TYPES = [
  ...['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'multipart/form-data'],
  ...['text/plain;charset=UTF-8', 'application/json', ''],
]

/** What somebody does who does not wait for the answer; the time is drawn apart. */
const ENDS = ['read', 'read', 'close', 'reset', 'reset', 'half-close'] as const
/** The longest that somebody waits before a reset or an end. Finding 1 of the first test ended the process within these. Unit: milliseconds. */
const SOON = 25
/** The longest that somebody reads. Unit: milliseconds. */
const READ = 1_000

/**
 * The connection with a number, of the attack with a seed: always the same one.
 * @param seed and number: whole numbers from 0 to 2^32 - 1
 */
export function hostile(seed: number, number: number): Hostile {
  const chance = new Chance(seed, number)
  const kind = chance.of(KINDS)
  const end = chance.of(ENDS)
  const soon = chance.upTo(SOON)
  const after = end === 'read' ? READ : soon
  const whole = (text: string): Hostile => ({
    ...{ kind, pieces: [Buffer.from(text, 'latin1')] },
    ...{ pause: 0, end, after, layer: 'h1' },
  })
  switch (kind) {
    case 'form':
      return whole(form(chance))
    case 'upgrade': {
      const asked = chance.of(['Upgrade', 'upgrade, close', 'keep-alive, Upgrade'])
      const protocol = chance.of(['x', 'websocket', 'h2c', 'TLS/1.0', 'h2c, websocket'])
      const further = chance.oneIn(2) ? chance.bytes(64).toString('latin1') : ''
      const text = head(chance, address(chance), `Connection: ${asked}\r\nUpgrade: ${protocol}\r\n`)
      return { ...whole(`${text}${further}`), after: soon }
    }
    case 'address':
      return whole(head(chance, chance.oneIn(3) ? `http://${chance.of(HOSTS)}${address(chance)}` : address(chance)))
    case 'header': {
      const lines = Array.from({ length: 1 + chance.upTo(5) }, () => `${chance.of(HEADERS)}\r\n`)
      return whole(head(chance, address(chance), lines.join('')))
    }
    case 'method': {
      const line = `${chance.of(METHODS)} ${address(chance)} ${chance.of(VERSIONS)}`
      return whole(`${line}\r\nHost: ${chance.of(HOSTS)}\r\n${body(chance)}`)
    }
    case 'pipelined': {
      const requests = Array.from({ length: 2 + chance.upTo(18) }, () =>
        chance.oneIn(4) ? form(chance) : head(chance, address(chance)),
      )
      return whole(requests.join(''))
    }
    case 'smuggled':
      return whole(smuggled(chance))
    case 'slow': {
      const text = chance.oneIn(2) ? form(chance) : head(chance, address(chance), 'X-Slow: a\r\n')
      const some = Buffer.from(text.slice(0, 1 + chance.upTo(Math.min(text.length - 1, 200))), 'latin1')
      const pieces = [some.subarray(0, some.length >> 1), some.subarray(some.length >> 1)]
      return { ...whole(''), pieces, pause: chance.upTo(100), after: chance.upTo(300) }
    }
    case 'garbage': {
      // The start of a ClientHello (RFC 8446, 4.1.2) with another length and other bytes, or bytes that are nothing.
      const start = [22, 3, chance.upTo(4), chance.upTo(255), chance.upTo(255), 1]
      const hello = Buffer.concat([Buffer.from(start), chance.bytes(chance.upTo(400))])
      const pieces = [chance.oneIn(2) ? hello : chance.bytes(1 + chance.upTo(900))]
      return { ...whole(''), pieces, after: soon, layer: chance.of(['bare', 'bare', 'h1']) }
    }
    case 'changed': {
      // An honest request in which a few bytes are others.
      const bytes = Buffer.from(chance.oneIn(3) ? form(chance) : head(chance, '/reis'), 'latin1')
      for (let change = 0; change <= chance.upTo(4); change += 1)
        bytes[chance.upTo(bytes.length - 1)] = chance.upTo(255)
      return { ...whole(''), pieces: [bytes], after: Math.min(after, 200) }
    }
    case 'http2': {
      const frames = Array.from({ length: 1 + chance.upTo(12) }, () => frame(chance))
      const preface = `PRI * HTTP/2.0\r\n\r\nS${chance.oneIn(8) ? 'X' : 'M'}\r\n\r\n`
      return { ...whole(''), pieces: [Buffer.concat([Buffer.from(preface), ...frames])], after: soon, layer: 'h2' }
    }
  }
}

function address(chance: Chance): string {
  const parts = Array.from({ length: chance.upTo(3) }, () => chance.of(PARTS)).join('')
  return chance.oneIn(5) ? `${parts}${chance.of(ADDRESSES)}` : `${chance.of(ADDRESSES)}${parts}`
}

function head(chance: Chance, target: string, lines = ''): string {
  const close = chance.oneIn(3) ? 'Connection: close\r\n' : ''
  return `GET ${target} HTTP/1.1\r\nHost: ${chance.of(HOSTS)}\r\n${lines}${close}\r\n`
}

/** A form, most often for the management: from us, from elsewhere or from nowhere. */
function form(chance: Chance): string {
  const sender = chance.of(['', ...ORIGINS.map((origin) => `${origin}\r\n`), 'Sec-Fetch-Site: cross-site\r\n'])
  const target = chance.of(['/beheer/aanmelden', '/beheer', '/beheer/uitnodiging/x', '/reis', address(chance)])
  return `POST ${target} HTTP/1.1\r\nHost: ${chance.of(HOSTS)}\r\n${sender}${body(chance)}`
}

/** The end of a head and a body, with a length that is right, too large, too small, or larger than is allowed. */
function body(chance: Chance): string {
  const text = chance.of(FORMS)
  const type = chance.of(FORM_TYPES)
  const typed = type === '' ? '' : `Content-Type: ${type}\r\n`
  if (chance.oneIn(6)) {
    const end = chance.oneIn(2) ? '0\r\n\r\n' : ''
    return `${typed}Transfer-Encoding: chunked\r\n\r\n${text.length.toString(16)}\r\n${text}\r\n${end}`
  }
  const { length } = text
  const said = chance.of([length, length, length + 1 + chance.upTo(5_000), Math.max(0, length - 1), 400_000])
  return `${typed}Content-Length: ${said}\r\n\r\n${text}`
}

/** A request with another one in it, for whoever counts its bytes in another way. */
function smuggled(chance: Chance): string {
  const hidden = `GET /beheer/hidden HTTP/1.1\r\nHost: ${chance.of(HOSTS)}\r\n\r\n`
  const coding = chance.of([
    ...['Transfer-Encoding: chunked', 'Transfer-Encoding: xchunked', 'Transfer-Encoding : chunked'],
    ...['Transfer-Encoding:\x0bchunked', 'Transfer-Encoding: identity\r\nTransfer-Encoding: chunked'],
    ...['X-One: a\nTransfer-Encoding: chunked', 'transfer-encoding: chunked\x00'],
  ])
  const length = chance.of([0, 4, 5, hidden.length, hidden.length + 5])
  const lengthLine = chance.oneIn(4) ? '' : `Content-Length: ${length}\r\n`
  const start = chance.of([
    ...['0\r\n\r\n', '1;\n\r\nx\r\n0\r\n\r\n', 'ffffffffffffffff1\r\n'],
    ...['0;\r\nX: y\r\n\r\n', '5\r\nabc\r\n0\r\n\r\n'],
  ])
  const target = chance.of(['/beheer/aanmelden', '/', address(chance)])
  return `POST ${target} HTTP/1.1\r\nHost: ${HELP}\r\n${lengthLine}${coding}\r\n\r\n${start}${hidden}`
}

/** A frame of HTTP/2 (RFC 9113, 4.1) with whatever is in it. */
function frame(chance: Chance): Buffer {
  const payload = chance.bytes(chance.upTo(48))
  const start = Buffer.alloc(9)
  start.writeUIntBE(chance.oneIn(6) ? chance.upTo(0xffff) : payload.length, 0, 3)
  start[3] = chance.upTo(12)
  start[4] = chance.upTo(255)
  start.writeUInt32BE(chance.of([0, 1, 1, 3, 5, chance.upTo(0x7fffffff)]), 5)
  return Buffer.concat([start, payload])
}
