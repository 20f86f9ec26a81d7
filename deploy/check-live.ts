import { request as plainRequest, type IncomingHttpHeaders } from 'node:http'
import { request as secureRequest } from 'node:https'

// `npm run check:live -- https://www.jouwja.example https://www.dagboekvanyarah.example`: asks a site that is on line whether what
// stands before it (proxy, network, host) took away or added anything that tells of a reader. It reads; it changes nothing.

interface Check {
  readonly sentence: string
  readonly passed: boolean
  readonly remedy: string
}

/** Headers with which networks between the site and the reader mark a visitor, or let the browser report on the visit. */
const TELLING = [
  'set-cookie',
  'nel',
  'report-to',
  'reporting-endpoints',
  'etag',
  'last-modified',
  'server-timing',
  'alt-svc',
  'accept-ch',
  'x-powered-by',
]

/** Chromium opens a page; the newest version that was measured (server/hidden-visits.ts). */
const AS_CHROMIUM = {
  'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36',
  'Sec-CH-UA': '"Chromium";v="156", "Not)A;Brand";v="8"',
  'Sec-Fetch-Site': 'none',
  'Sec-Fetch-Mode': 'navigate',
  'Sec-Fetch-Dest': 'document',
  'Accept-Language': 'nl-NL,nl;q=0.9',
}

/** The robot of a search engine, which draws pages in Chromium and says so (developers.google.com/search/docs/crawling-indexing). */
const AS_GOOGLEBOT = {
  ...AS_CHROMIUM,
  'User-Agent':
    'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; Googlebot/2.1; +http://www.google.com/bot.html) Chrome/156.0.0.0 Safari/537.36',
}

const addresses = process.argv.slice(2)
if (
  addresses.length === 0 ||
  addresses.some((address) => !URL.canParse(address) || new URL(address).protocol !== 'https:')
) {
  console.error(
    'Write the addresses of the sites: npm run check:live -- https://www.jouwja.example https://www.dagboekvanyarah.example',
  )
  process.exit(2)
}

let failed = 0
for (const address of addresses) {
  const origin = new URL(address).origin
  console.log(`\n${origin}`)
  try {
    for (const { sentence, passed, remedy } of await checksOf(origin)) {
      console.log(passed ? `  yes  ${sentence}` : `  NO   ${sentence}\n       Remedy: ${remedy}`)
      if (!passed) failed += 1
    }
  } catch (error) {
    failed += 1
    console.log(`  NO   it answers\n       Remedy: ${causeOf(error)}`)
  }
}
if (failed > 0) {
  console.error(`\n${failed} ${failed === 1 ? 'answer is' : 'answers are'} not as it must be before readers come.`)
  process.exitCode = 1
}

async function checksOf(origin: string): Promise<Check[]> {
  const front = await fetch(`${origin}/`, { redirect: 'manual', headers: { 'Accept-Encoding': 'gzip' } })
  const text = await front.text()
  const header = (name: string) => front.headers.get(name) ?? ''
  const told = TELLING.filter((name) => front.headers.has(name))
  const chosen = await fetch(`${origin}/`, { redirect: 'manual', headers: { 'x-moment': '2014-06-01T12:00:00+02:00' } })
  const exit = await fetch(`${origin}/uit`, { redirect: 'manual' })
  const operation = await Promise.all(
    ['/ready', '/metrics'].map(async (path) => (await fetch(`${origin}${path}`, { redirect: 'manual' })).status),
  )
  const plain = await plainAnswer(new URL(origin).hostname)
  const neutral = exit.headers.get('location') ?? ''
  return [
    ...(await checksOfHiddenVisits(origin, header('vary'), text)),
    {
      sentence: 'the front answers, compressed',
      passed: front.status === 200 && header('content-encoding') === 'gzip',
      remedy:
        'look at /ready of each process and at the addresses in the proxy; a proxy must not take the compression away',
    },
    {
      sentence: 'no browser keeps a page',
      passed: header('cache-control') === 'no-store',
      remedy: 'the proxy or network changes Cache-Control; tell it to leave that header alone',
    },
    {
      sentence: 'nothing marks the reader or reports on the visit',
      passed: told.length === 0,
      remedy: `switch off what adds: ${told.join(', ')}`,
    },
    {
      sentence: 'the page has its own security policy and nothing was put into it',
      passed:
        header('content-security-policy').startsWith("default-src 'none'") &&
        (text.match(/<script/g)?.length ?? 0) <= 1,
      remedy:
        'the proxy or network writes into pages or headers (analytics, "optimisation", challenges); switch that off',
    },
    {
      sentence: 'no other site learns where the reader came from',
      passed: header('referrer-policy') === 'no-referrer',
      remedy: 'the proxy changes Referrer-Policy; leave it alone',
    },
    {
      sentence: 'browsers come back over TLS',
      passed: Number(/max-age=(\d+)/.exec(header('strict-transport-security'))?.[1] ?? 0) >= 31_536_000,
      remedy: 'the proxy changes Strict-Transport-Security; leave it alone',
    },
    {
      sentence: 'nobody can choose the moment',
      passed: chosen.status === 200 && (await chosen.text()) === text,
      remedy: 'set FIXED_MOMENT to off',
    },
    {
      sentence: `the old address of the exit leads to the neutral page, ${neutral}: a person in each country where readers are must see that it opens there`,
      passed: exit.status === 302 && URL.canParse(neutral),
      remedy: 'the proxy or network answers /uit by itself; let it through',
    },
    {
      sentence: 'what is for operators is not open to readers',
      passed: operation.every((status) => status === 404),
      remedy:
        'take /ready and /metrics out of the proxy, and set OPERATION_HOST to an address that readers cannot reach',
    },
    {
      sentence: 'without TLS there is no page, only the way to TLS',
      passed:
        plain === undefined || (plain.status >= 301 && plain.status <= 308 && plain.location.startsWith(`${origin}/`)),
      remedy: 'let port 80 lead to https and show nothing',
    },
  ]
}

/**
 * Whether what stands before the site lets it hide visits (HIDE_VISITS): the whole page under the status 404 for a browser, and 200 for
 * the robot of a search engine. A site that does so says in `Vary` what its answer depends on.
 */
async function checksOfHiddenVisits(origin: string, vary: string, text: string): Promise<Check[]> {
  const browser = await askAs(origin, AS_CHROMIUM)
  const robot = await askAs(origin, AS_GOOGLEBOT)
  const hides = /sec-ch-ua/i.test(vary) || browser.status === 404
  return [
    hides
      ? {
          sentence: 'Chromium gets the whole page with the status 404, so that it keeps the visit out of sight',
          passed:
            browser.status === 404 &&
            browser.text === text &&
            browser.headers['strict-transport-security'] !== undefined,
          remedy:
            'the proxy or network has a page of its own for 404, changes the status, or counts more proxies than TRUSTED_PROXIES: let answers of the site through as they are, or set HIDE_VISITS to off',
        }
      : {
          sentence: 'visits are not hidden from browsers (HIDE_VISITS=off)',
          passed: browser.status === 200 && browser.text === text,
          remedy: 'the proxy or network answers a browser by itself; let it through',
        },
    {
      sentence: 'a search engine gets the page with the status 200',
      passed: robot.status === 200 && robot.text === text,
      remedy:
        'the proxy or network answers robots by itself, or keeps the answer for a browser; let every request through',
    },
  ]
}

/** The front as it is answered to who sends these headers. `fetch` would write some of them itself. */
function askAs(
  origin: string,
  headers: Readonly<Record<string, string>>,
): Promise<{ status: number; headers: IncomingHttpHeaders; text: string }> {
  return new Promise((resolve, reject) => {
    const sent = secureRequest(`${origin}/`, { headers, timeout: 10_000 }, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('error', reject)
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text: Buffer.concat(parts).toString() }),
      )
    })
    sent.on('timeout', () => sent.destroy(new Error('no answer within ten seconds')))
    sent.on('error', reject)
    sent.end()
  })
}

/** What port 80 answers; undefined when nothing is there. */
function plainAnswer(host: string): Promise<{ status: number; location: string } | undefined> {
  return new Promise((resolve) => {
    const sent = plainRequest({ host, port: 80, path: '/', timeout: 5_000 }, (response) => {
      response.resume()
      resolve({ status: response.statusCode ?? 0, location: response.headers.location ?? '' })
    })
    sent.on('timeout', () => sent.destroy())
    sent.on('error', () => resolve(undefined))
    sent.end()
  })
}

function causeOf(error: unknown): string {
  const { cause } = error as { cause?: { code?: string } }
  return cause?.code ? `the connection failed with ${cause.code}` : String(error)
}
