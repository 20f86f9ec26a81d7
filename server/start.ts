import { createServer } from 'node:http'
import next from 'next'
import { dayOf } from '#campaign/day.ts'
import { now } from './clock.ts'
import { contentWarnings } from './content/check.ts'
import { content } from './content/content.ts'
import { describeProblems } from './content/problem.ts'
import { readEnvironment } from './environment.ts'
import { guardHeaders } from './headers.ts'
import { refuseForeignMoment } from './moment.ts'

// `npm run serve`: one process for both sites, from the build that is there.
const environment = readEnvironment()
const { sites } = content()

const warnings = contentWarnings(content(), dayOf(now()))
if (warnings.length > 0) console.warn(`Before this site goes on line a person must look at:\n\n${describeProblems(warnings)}\n`)

// Next compares the target of a rewrite with this name to know that it is its own; the address to listen on is ours.
const app = next({ dev: false, hostname: 'localhost', port: environment.PORT })
await app.prepare()
const answer = app.getRequestHandler()
const server = createServer((request, response) => {
  refuseForeignMoment(request, environment.FIXED_MOMENT === 'on')
  guardHeaders(request, response)
  void answer(request, response)
})

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
    server.close(() => process.exit(0))
    server.closeIdleConnections()
  })
}
