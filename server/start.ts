import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import next from 'next'
import { dayOf } from '#campaign/day.ts'
import type { PublishedTotals } from '#store/published-totals.ts'
import { OF_THE_FRAMEWORK } from './asking-itself.ts'
import { cdnCacheControl } from './cdn.ts'
import { writeClientNetwork } from './client-network.ts'
import { now, startClockAt } from './clock.ts'
import { contentOfBuild } from './content/built-content.ts'
import { contentWarnings } from './content/check.ts'
import { content, holdContent } from './content/content.ts'
import { describeProblems } from './content/problem.ts'
import { Counting, openStore } from './counts/counting.ts'
import { systemRandom } from './counts/system-random.ts'
import { environmentWith } from './environment.ts'
import { sendAway } from './exit.ts'
import { guardHeaders } from './headers.ts'
import { holdLinks, knownLinks, linkOf } from './known-links.ts'
import {
  CONNECTION_LIMITS,
  Line,
  MOST_CONNECTIONS,
  refusalOf,
  refuse,
  SILENCE,
  TOO_BUSY,
  UNKNOWN_HOST,
} from './limits.ts'
import { keepConsole, kindOfError, sayTo, writeToStreams } from './log.ts'
import { PlanFollower } from './management/follow-plans.ts'
import { ScreenPlans } from './management/screen-plans.ts'
import { WeeklyMail } from './management/weekly-mail.ts'
import { MOMENT_HEADER, momentOf, refuseForeignMoment } from './moment.ts'
import { Operation } from './operation.ts'
import { contentNow, runsNow } from './planned-runs.ts'
import { readingShelf, sendPage, type ReadingShelf } from './reading-shelf.ts'
import { routeFor } from './route.ts'
import { differencesOf, SharedPages } from './shared-page.ts'
import { checkStart } from './start-check.ts'

// `npm run serve`: one process for both sites, from the build that is there.
const BUILD = '.next'

// When nobody takes the log any more, writing to it fails, and telling of that would fail again without end.
for (const log of [process.stdout, process.stderr]) log.on('error', () => {})

const { environment, problems, warnings } = checkStart(environmentWith({}), BUILD)
if (!environment) {
  console.error(`This server cannot start:\n${problems.map((problem) => `  ${problem}`).join('\n')}`)
  process.exit(1)
}
const say = sayTo(environment.LOG, writeToStreams, now)
for (const warning of warnings) say(warning)

if (environment.CLOCK_STARTS_AT) startClockAt(environment.CLOCK_STARTS_AT)
const mayChooseMoment = environment.FIXED_MOMENT === 'on'
// While a developer works there is no build: Next renders each page, from the folder.
const inDevelopment = environment.NODE_ENV === 'development'
if (!inDevelopment) {
  keepConsole(say, 'start')
  holdContent(contentOfBuild(BUILD))
}
const shelf: ReadingShelf = inDevelopment ? new Map() : readingShelf(BUILD)
const { sites } = content()

const toLookAt = contentWarnings(content(), dayOf(now()))
if (toLookAt.length > 0) say(`Before this site goes on line a person must look at:\n\n${describeProblems(toLookAt)}\n`)

const app = next({ dev: inDevelopment, ...OF_THE_FRAMEWORK })
await app.prepare()
const answer = app.getRequestHandler()

// While a developer works there is nobody to count.
const counting =
  environment.VISITOR_COUNTS === 'embedded' && !inDevelopment
    ? new Counting({ settings: environment, content: content(), runs: runsNow, links: knownLinks, now, say })
    : undefined

const screen = new ScreenPlans(environment)
const readScreen = async () => {
  holdLinks(await screen.links())
  return screen.read()
}
const plans = new PlanFollower(readScreen, say)

const [high = 0, low = 0] = systemRandom()(2)
const operation = new Operation(
  () => ({ plans: plans.works, ...(counting ? { counting: counting.works } : {}) }),
  (256 * high + low) / 65_536,
)

const shared = new SharedPages()
const line = new Line()
function serve(request: IncomingMessage, response: ServerResponse): void {
  operation.answered()
  refuseForeignMoment(request, mayChooseMoment)
  guardHeaders(request, response)
  // Whoever keeps a connection open is to go to another process with the next request.
  if (operation.stage === 'stopping') response.setHeader('Connection', 'close')
  const refusal = refusalOf(request)
  // While a developer works the framework's tools ask for more.
  if (refusal && !inDevelopment) return refuse(refusal, response)

  const { method, url = '/', headers } = request
  const path = url.split('?', 1)[0] ?? '/'
  // Files of the build are only read and sent.
  if (path.startsWith('/_next/')) return void answer(request, response)
  const moment = momentOf(headers[MOMENT_HEADER], mayChooseMoment)
  const route =
    method === 'POST' ? undefined : routeFor(contentNow(), { host: headers.host ?? '', path, moment }, linkOf)
  if (route?.kind === 'exit') return sendAway(route.location, response)
  if (route?.kind === 'unknown-host') return refuse(UNKNOWN_HOST, response)
  // Next answers everything but reading pages, by the same rule in proxy.ts.
  const page = route?.kind === 'show' ? shelf.get(route.path) : undefined
  if (!page || route?.kind !== 'show') {
    writeClientNetwork(request, environment?.TRUSTED_PROXIES ?? 0)
    if (!line.answer(response, () => answer(request, response))) refuse(TOO_BUSY, response)
    return
  }
  const differences = differencesOf(content(), route, headers['user-agent'])
  if (environment?.CDN_SECONDS)
    response.setHeader('CDN-Cache-Control', differences ? 'no-store' : cdnCacheControl(environment.CDN_SECONDS, moment))
  sendPage(differences ? shared.pageWith(route.path, page, differences) : page, route.framedBy, request, response)
  counting?.see(request, { path: route.path, status: page.status, moment, link: route.shared?.code })
}

const server = createServer(CONNECTION_LIMITS, serve)
// Whoever asks before sending a large form is told at once that it is too large.
server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
  if (!refusalOf(request)) response.writeContinue()
  serve(request, response)
})
server.maxConnections = MOST_CONNECTIONS
server.timeout = SILENCE
server.on('error', (error: NodeJS.ErrnoException) => {
  say(
    error.code === 'EADDRINUSE'
      ? `Port ${environment.PORT} is in use. Stop what runs there, or set PORT to another number.`
      : `The server cannot listen on ${environment.HOST}, port ${environment.PORT}: ${error.code}.`,
    'error',
  )
  process.exit(1)
})

const { OPERATION_HOST, OPERATION_PORT } = environment
const asked =
  OPERATION_PORT === undefined
    ? undefined
    : operation.listen(OPERATION_HOST, OPERATION_PORT, (error) => {
        say(
          `An operator cannot ask on ${OPERATION_HOST}, port ${OPERATION_PORT} (${error.code}). Set OPERATION_HOST and OPERATION_PORT to an address of this machine that is free.`,
          'error',
        )
        process.exit(1)
      })

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
        say,
      })
    : undefined
void mail?.start()

server.listen(environment.PORT, environment.HOST, () => {
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : environment.PORT
  operation.stage = 'serving'
  for (const site of sites) say(`${site.name}: http://${site.local}:${port}`, 'info')
  if (!inDevelopment) keepConsole(say, 'service')
})

/** How long answers that are on their way may take when this process stops. Unit: milliseconds. */
const LAST_ANSWERS = 10_000

let stopping: Promise<void> | undefined
/** Takes no new readers, sends what is on its way, writes what was counted, and ends the process. */
function stop(code: number): Promise<void> {
  return (stopping ??= stopOnce(code))
}

async function stopOnce(code: number): Promise<void> {
  operation.stage = 'stopping'
  if (environment?.DRAIN_SECONDS) await wait(environment.DRAIN_SECONDS * 1000)
  plans.stop()
  mail?.stop()
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeIdleConnections()
  // A connection on which nobody takes or sends anything must not keep the last visits from being written.
  const impatient = setTimeout(() => server.closeAllConnections(), LAST_ANSWERS)
  await closed
  clearTimeout(impatient)
  // What was due at the start is done first, also when the server is stopped at once.
  await begun
  await counting?.stop()
  asked?.closeAllConnections()
  process.exit(code)
}

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop(0))

if (!inDevelopment) {
  // Nobody waits for this answer any more; the other readers are served as before.
  process.on('unhandledRejection', (error) =>
    say(`Something failed that nothing waits for:\n${kindOfError(error)}`, 'error'),
  )
  // What is in memory may be half changed. Whatever looks after this process starts a new one.
  process.on('uncaughtException', (error) => {
    say(
      `This process met an error that it was not made for. It writes what was counted and ends:\n${kindOfError(error)}`,
      'error',
    )
    void stop(1)
  })
}
