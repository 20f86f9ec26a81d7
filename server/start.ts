import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { dayOf } from '#campaign/day.ts'
import { isFetchedAhead } from '#counting/judgement.ts'
import type { PublishedTotals } from '#store/published-totals.ts'
import { builtFiles, sendFile } from './built-files.ts'
import { cdnCacheControl } from './cdn.ts'
import { writeClientNetwork } from './client-network.ts'
import { now, startClockAt } from './clock.ts'
import { outlineOfBuild } from './content/built-content.ts'
import { overdueWarnings } from './content/overdue.ts'
import { describeProblems } from './content/problem.ts'
import { Counting, openStore } from './counts/counting.ts'
import { systemRandom } from './counts/system-random.ts'
import { environmentWith, type Environment } from './environment.ts'
import { sendAway } from './exit.ts'
import { setSecurityHeaders } from './headers.ts'
import { RunsOfTheMoment } from './held-plans.ts'
import { HIDDEN_VISITS_VARY, hidesVisit } from './hidden-visits.ts'
import { knownLinks, linkOf } from './known-links.ts'
import {
  AMBIGUOUS_ADDRESS,
  CONNECTION_LIMITS,
  MOST_CONNECTIONS,
  NO_SUCH_FILE,
  NOT_AHEAD,
  READING_ONLY,
  refusalOf,
  refuse,
  SILENCE,
  UNKNOWN_HOST,
} from './limits.ts'
import { keepConsole, kindOfError, sayTo, writeToStreams } from './log.ts'
import { ManagementGateway } from './management-gateway.ts'
import { ManagementProcess } from './management-process.ts'
import { followScreen } from './management/follow-plans.ts'
import { refuseForeignForm, isForeignForm } from './management/foreign-form.ts'
import { ScreenPlans } from './management/screen-plans.ts'
import { unavailablePage } from './management/unavailable-page.ts'
import { MOMENT_HEADER, momentOf, refuseForeignMoment } from './moment.ts'
import { Operation } from './operation.ts'
import { readingShelf, sendPage } from './reading-shelf.ts'
import { readRequestPath } from './request-path.ts'
import { routeFor, routeOfRefused, type Route } from './route.ts'
import { SECURITY_TEXT, securityText } from './security-text.ts'
import { TRAFFIC_ADVICE, TRAFFIC_ADVICE_TEXT, TRAFFIC_ADVICE_TYPE } from './traffic-advice.ts'
import { differencesOf, SharedPages } from './shared-page.ts'
import { checkStart } from './start-check.ts'

// `npm run serve`: the readers' process, for both sites, from the build that is there. Next is not in it: what managers ask for is passed
// to a process of its own (management-process.ts), which starts with the first of them.
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
keepConsole(say, 'start')
const { outline, translations } = outlineOfBuild(BUILD)
const ofTheMoment = new RunsOfTheMoment(() => outline)
const shelf = readingShelf(BUILD)
const files = builtFiles(BUILD)
const { sites } = outline

const toLookAt = [...overdueWarnings(outline, dayOf(now())), ...translations]
if (toLookAt.length > 0) say(`Before this site goes on line a person must look at:\n\n${describeProblems(toLookAt)}\n`)

const counting =
  environment.VISITOR_COUNTS === 'embedded'
    ? new Counting({
        settings: environment,
        content: outline,
        runs: () => ofTheMoment.runs,
        links: knownLinks,
        now,
        say,
      })
    : undefined

const screen = new ScreenPlans(environment)
const plans = followScreen(screen, ofTheMoment, say)

const management = new ManagementProcess(`${BUILD}/management.mjs`, say, () => plans.read())
const gateway = new ManagementGateway(management, unavailablePage())

const [high = 0, low = 0] = systemRandom()(2)
const operation = new Operation(
  () => ({ plans: plans.works, management: management.works, ...(counting ? { counting: counting.works } : {}) }),
  (256 * high + low) / 65_536,
)

const shared = new SharedPages()

function serve(request: IncomingMessage, response: ServerResponse): void {
  operation.answered()
  refuseForeignMoment(request, mayChooseMoment)
  const { url = '/' } = request
  const { path } = readRequestPath(url)
  setSecurityHeaders(path, response)
  // Whoever keeps a connection open is to go to another process with the next request.
  if (operation.stage === 'stopping') response.setHeader('Connection', 'close')
  const refusal = refusalOf(request)
  if (refusal) return refuse(refusal, response)

  const host = request.headers.host ?? ''
  const moment = momentOf(request.headers[MOMENT_HEADER], mayChooseMoment)
  const route =
    path === undefined
      ? routeOfRefused(outline, host, url)
      : routeFor(ofTheMoment.content, { host, path, moment }, linkOf)
  if (route?.kind === 'unknown-host') return refuse(UNKNOWN_HOST, response)
  if (path?.startsWith('/_next/')) return sendBuilt(path, request, response)
  if (!route) return refuse(AMBIGUOUS_ADDRESS, response)
  if (route.kind === 'management') return manage(request, response)
  if (request.method === 'POST') return refuse(READING_ONLY, response)
  switch (route.kind) {
    case 'exit':
      return sendAway(route.location, response)
    case 'other-site':
      return sendElsewhere(307, route.location, response)
    case 'moved':
      return sendElsewhere(308, route.location, response)
    case 'file':
      return sendBuilt(route.path, request, response)
    case 'show':
      return show(route, moment, request, response)
  }
}

/** The weekly mail, where the settings name a mail server. What writes and sends it takes twenty megabytes, so no other server loads it. */
async function weeklyMail({ SMTP_URL, MAIL_FROM, ...settings }: Environment) {
  if (SMTP_URL === undefined || MAIL_FROM === undefined) return undefined
  const { WeeklyMail } = await import('./management/weekly-mail.ts')
  return new WeeklyMail({
    settings: { SMTP_URL, MAIL_FROM },
    store: () => screen.store(),
    totals: async () => (totals ??= await openStore(settings)),
    sites,
    runs: () => ofTheMoment.content.runs,
    now,
    say,
  })
}

/** A page of a manager, or one that managers open to others. */
function manage(request: IncomingMessage, response: ServerResponse): void {
  if (request.method === 'POST' && isForeignForm(senderOf(request))) return refuseForeignForm(response)
  writeClientNetwork(request, environment?.TRUSTED_PROXIES ?? 0)
  void gateway.answer(request, response)
}

function senderOf({ headers }: IncomingMessage) {
  const site = headers['sec-fetch-site']
  return { host: headers.host ?? null, origin: headers.origin ?? null, site: typeof site === 'string' ? site : null }
}

function sendElsewhere(status: 307 | 308, location: string, response: ServerResponse): void {
  response.writeHead(status, { Location: location, 'Content-Length': 0 }).end()
}

/** A file of the build, by its internal path. */
function sendBuilt(path: string, request: IncomingMessage, response: ServerResponse): void {
  if (path === SECURITY_TEXT) {
    const { status, text } = securityText(outline, dayOf(now()))
    response.writeHead(status, {
      'Content-Type': 'text/plain; charset=utf-8',
      'Content-Length': Buffer.byteLength(text),
    })
    response.end(request.method === 'HEAD' ? undefined : text)
    return
  }
  if (path === TRAFFIC_ADVICE) {
    response.writeHead(200, {
      'Content-Type': TRAFFIC_ADVICE_TYPE,
      'Content-Length': Buffer.byteLength(TRAFFIC_ADVICE_TEXT),
    })
    response.end(request.method === 'HEAD' ? undefined : TRAFFIC_ADVICE_TEXT)
    return
  }
  const file = files.get(path)
  if (file) return sendFile(file, request, response)
  // A name that is there no more may be there again in the next version.
  response.setHeader('Cache-Control', 'no-store')
  refuse(NO_SUCH_FILE, response)
}

/** A reading page, and the count of it. */
function show(
  route: Extract<Route, { kind: 'show' }>,
  moment: Date,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const page = shelf.get(route.path)
  if (!page) return refuse(NO_SUCH_FILE, response)
  const seen = { path: route.path, status: page.status, moment, link: route.shared?.code }
  const answer = answerFor(page.status, request)
  const isHidden = answer.status !== page.status
  if (isFetchedAhead(request.headers) && !isHidden) {
    counting?.see(request, seen)
    if (environment?.CDN_SECONDS) response.setHeader('CDN-Cache-Control', 'no-store')
    return refuse(NOT_AHEAD, response)
  }
  const differences = differencesOf(outline, route, request.headers['user-agent'])
  if (environment?.CDN_SECONDS)
    response.setHeader('CDN-Cache-Control', differences ? 'no-store' : cdnCacheControl(environment.CDN_SECONDS, moment))
  sendPage(
    differences ? shared.pageWith(route.path, page, differences) : page,
    route.framedBy,
    answer,
    request,
    response,
  )
  // By the status of the page itself: a visit that is hidden from a history is counted as any other.
  counting?.see(request, seen)
}

/** The status with which a page is sent, and what that depends on. */
function answerFor(status: number, { method, headers }: IncomingMessage) {
  if (environment?.HIDE_VISITS !== 'chromium') return { status, vary: [] }
  return { status: hidesVisit(method, headers, environment.TRUSTED_PROXIES) ? 404 : status, vary: HIDDEN_VISITS_VARY }
}

const server = createServer(CONNECTION_LIMITS, serve)
// Whoever asks before sending a large form is told at once that it is too large.
server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
  if (!refusalOf(request)) response.writeContinue()
  serve(request, response)
})
// Every connection is known, so that a stop can end all of them, whatever became of the request on it.
const sockets = new Set<Socket>()
server.on('connection', (socket: Socket) => {
  sockets.add(socket)
  socket.once('close', () => sockets.delete(socket))
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

let totals: PublishedTotals | undefined
const mail = await weeklyMail(environment)
void mail?.start()

server.listen(environment.PORT, environment.HOST, () => {
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : environment.PORT
  operation.stage = 'serving'
  for (const site of sites) say(`${site.name}: http://${site.local}:${port}`, 'info')
  keepConsole(say, 'service')
})

/** How long answers that are on their way may take when this process stops, and after them the last writing. Units: milliseconds. */
const LAST_ANSWERS = 7_000
const LAST_WRITING = 4_000

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
  await Promise.race([closed, wait(LAST_ANSWERS)])
  for (const socket of sockets) socket.destroy()
  // What was due at the start is done first, also when the server is stopped at once. A store that hangs keeps nobody from ending.
  const written = begun.then(() => counting?.stop())
  await Promise.all([Promise.race([written, wait(LAST_WRITING)]), management.stop()])
  asked?.closeAllConnections()
  process.exit(code)
}

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop(0))

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
