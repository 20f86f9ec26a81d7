import { createServer, IncomingMessage, type ServerResponse } from 'node:http'
import { chmodSync } from 'node:fs'
import next from 'next'
import { OF_THE_FRAMEWORK } from './asking-itself.ts'
import { now, startClockAt } from './clock.ts'
import { contentOfBuild } from './content/built-content.ts'
import { holdContent } from './content/content.ts'
import { readEnvironment } from './environment.ts'
import { refuse, UNREADABLE_FORM } from './limits.ts'
import { keepConsole, kindOfError, sayTo, writeToStreams } from './log.ts'
import type { FromManagement } from './management-process.ts'
import { followScreen } from './management/follow-plans.ts'
import { answerRenewed } from './management/renewed-site.ts'
import { ScreenPlans } from './management/screen-plans.ts'
import { isReadableForm } from './readable-form.ts'
import { plannedRuns } from './planned-runs.ts'

// The process of the management: Next, on a socket that only the readers' process opens (management-process.ts). It gets requests that
// were read whole and checked, and nothing of a reader.
const BUILD = '.next'
/** Between two signs of life. Unit: milliseconds. */
const PULSE = 5_000

const [socket] = process.argv.slice(2)
if (socket === undefined || !process.send) {
  console.error('The management is started by the server, when somebody asks for it: npm run serve')
  process.exit(1)
}
for (const log of [process.stdout, process.stderr]) log.on('error', () => {})
// It lives as long as the readers' process does, also when that was killed.
process.on('disconnect', () => process.exit(0))
// A terminal and systemd tell both processes to stop; the readers' one lets go of this one when its answers were sent.
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => {})

const environment = readEnvironment()
const say = sayTo(environment.LOG, writeToStreams, now)
keepConsole(say, 'start')
process.on('unhandledRejection', (error) =>
  say(`Something failed that nothing waits for:\n${kindOfError(error)}`, 'error'),
)
process.on('uncaughtException', (error) => {
  say(`The management met an error that it was not made for, and ends:\n${kindOfError(error)}`, 'error')
  process.exit(1)
})

if (environment.CLOCK_STARTS_AT) startClockAt(environment.CLOCK_STARTS_AT)
holdContent(contentOfBuild(BUILD))

const plans = followScreen(new ScreenPlans(environment), plannedRuns, say)

// Next listens to what upgrades a connection on the server that it is given. This one never listens.
const app = next({ dev: false, httpServer: createServer(), ...OF_THE_FRAMEWORK })
await Promise.all([app.prepare(), plans.start()])
const answer = app.getRequestHandler()

/** Hands a request to Next as one of its own, made of what was read: Next changes the fields of a request that it is given with a body. */
async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  const body = Buffer.concat(parts)
  if (!(await isReadableForm(request.headers['content-type'], body))) return refuse(UNREADABLE_FORM, response)
  const made = new IncomingMessage(request.socket)
  const { method, url, headers, rawHeaders, httpVersion, httpVersionMajor, httpVersionMinor } = request
  Object.assign(made, { method, url, rawHeaders, httpVersion, httpVersionMajor, httpVersionMinor, complete: true })
  made.headers = headers
  if (body.length > 0) made.push(body)
  made.push(null)
  answerRenewed({ url: url ?? '', headers, body }, response)
  await answer(made, response)
}

const server = createServer({ requestTimeout: 0, keepAliveTimeout: 1 }, (request, response) => {
  serve(request, response).catch(() => response.destroy())
})
server.listen(socket, () => {
  chmodSync(socket, 0o600)
  const tell = (message: FromManagement) => process.send?.(message, () => {})
  keepConsole(say, 'service')
  tell('ready')
  setInterval(() => tell('alive'), PULSE)
})
