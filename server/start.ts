import { createServer } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import next from 'next'
import { dayOf } from '#campaign/day.ts'
import type { PublishedTotals } from '#store/published-totals.ts'
import { now, startClockAt } from './clock.ts'
import { contentOfBuild } from './content/built-content.ts'
import { contentWarnings } from './content/check.ts'
import { content, holdContent } from './content/content.ts'
import { describeProblems } from './content/problem.ts'
import { Counting, openStore } from './counts/counting.ts'
import { doubtAboutCounts } from './counts/told-counts.ts'
import { readEnvironment } from './environment.ts'
import { sendAway } from './exit.ts'
import { guardHeaders } from './headers.ts'
import { holdLinks, knownLinks, linkOf } from './known-links.ts'
import { PlanFollower } from './management/follow-plans.ts'
import { ScreenPlans } from './management/screen-plans.ts'
import { WeeklyMail } from './management/weekly-mail.ts'
import { MOMENT_HEADER, momentOf, refuseForeignMoment } from './moment.ts'
import { contentNow, runsNow } from './planned-runs.ts'
import { readingShelf, sendPage, type ReadingShelf } from './reading-shelf.ts'
import { routeFor } from './route.ts'
import { differencesOf, SharedPages } from './shared-page.ts'

// `npm run serve`: one process for both sites, from the build that is there.
// When nobody takes the log any more, writing to it fails, and telling of that would fail again without end.
for (const log of [process.stdout, process.stderr]) log.on('error', () => {})
const environment = readEnvironment()
if (environment.CLOCK_STARTS_AT) startClockAt(environment.CLOCK_STARTS_AT)
const mayChooseMoment = environment.FIXED_MOMENT === 'on'
// While a developer works there is no build: Next renders each page, from the folder.
if (environment.NODE_ENV !== 'development') holdContent(contentOfBuild('.next'))
const shelf: ReadingShelf = environment.NODE_ENV === 'development' ? new Map() : readingShelf('.next')
const { sites } = content()

const [anyPage] = shelf.values()
if (anyPage) {
  const doubt = doubtAboutCounts(anyPage.counts, environment.VISITOR_COUNTS)
  if (doubt?.stop) {
    console.error(doubt.sentence)
    process.exit(1)
  }
  if (doubt) console.warn(doubt.sentence)
}

const warnings = contentWarnings(content(), dayOf(now()))
if (warnings.length > 0) console.warn(`Before this site goes on line a person must look at:\n\n${describeProblems(warnings)}\n`)

// Next makes a rewrite to this name its own and a redirect to it relative. It is the name of neither site (RFC 6761), so
// that the way from one site to the other keeps the name of the other.
const app = next({ dev: environment.NODE_ENV === 'development', hostname: 'site.invalid', port: environment.PORT })
await app.prepare()
const answer = app.getRequestHandler()

// While a developer works there is nobody to count.
const counting =
  environment.VISITOR_COUNTS === 'embedded' && environment.NODE_ENV !== 'development'
    ? new Counting({ settings: environment, content: content(), runs: runsNow, links: knownLinks, now, say: (sentence) => console.warn(sentence) })
    : undefined

const shared = new SharedPages()
const server = createServer((request, response) => {
  refuseForeignMoment(request, mayChooseMoment)
  guardHeaders(request, response)
  const { method, url = '/', headers } = request
  const path = url.split('?', 1)[0] ?? '/'
  if ((method !== 'GET' && method !== 'HEAD') || path.startsWith('/_next/')) return void answer(request, response)

  const moment = momentOf(headers[MOMENT_HEADER], mayChooseMoment)
  const route = routeFor(contentNow(), { host: headers.host ?? '', path, moment }, linkOf)
  if (route.kind === 'exit') return sendAway(route.location, response)
  // Next answers everything but reading pages, by the same rule in proxy.ts.
  const page = route.kind === 'show' ? shelf.get(route.path) : undefined
  if (!page || route.kind !== 'show') return void answer(request, response)
  const differences = differencesOf(content(), route, headers['user-agent'])
  sendPage(differences ? shared.pageWith(route.path, page, differences) : page, route.framedBy, request, response)
  counting?.see(request, { path: route.path, status: page.status, moment, link: route.shared?.code })
})

const screen = new ScreenPlans(environment)
const readScreen = async () => {
  holdLinks(await screen.links())
  return screen.read()
}
const plans = new PlanFollower(readScreen, (sentence) => console.warn(sentence))

// A store that is gone says so at once; one that is slow gets ten seconds, so that the first readers are counted, and then they are
// let in.
const begun = plans.start().then(() => counting?.start())
await Promise.race([begun, wait(10_000, undefined, { ref: false })])

const { SMTP_URL, MAIL_FROM } = environment
let totals: PublishedTotals | undefined
const mail =
  SMTP_URL !== undefined && MAIL_FROM !== undefined
    ? new WeeklyMail({
        settings: { SMTP_URL, MAIL_FROM },
        store: () => screen.store(),
        totals: async () => (totals ??= await openStore(environment)),
        sites,
        runs: () => contentNow().runs,
        now,
        say: (sentence) => console.warn(sentence),
      })
    : undefined
void mail?.start()

// Longer than a proxy in front keeps a connection that it is about to use again (nginx: 60 seconds): else a reader's request is lost.
server.keepAliveTimeout = 75_000
server.on('error', (error: NodeJS.ErrnoException) => {
  console.error(error.code === 'EADDRINUSE' ? `Port ${environment.PORT} is in use. Stop what runs there, or set PORT to another number.` : error)
  process.exit(1)
})
server.listen(environment.PORT, environment.HOST, () => {
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : environment.PORT
  for (const site of sites) console.log(`${site.name}: http://${site.local}:${port}`)
})

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    plans.stop()
    mail?.stop()
    server.close(() => {
      // What was due at the start is done first, also when the server is stopped at once.
      void begun.then(() => counting?.stop()).then(() => process.exit(0))
    })
    server.closeIdleConnections()
  })
}
