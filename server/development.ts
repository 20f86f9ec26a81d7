import { createServer } from 'node:http'
import next from 'next'
import { OF_THE_FRAMEWORK } from './asking-itself.ts'
import { writeClientNetwork } from './client-network.ts'
import { content } from './content/content.ts'
import { environmentWith, readEnvironment } from './environment.ts'
import { setSecurityHeaders } from './headers.ts'
import { sayTo, writeToStreams } from './log.ts'
import { followScreen } from './management/follow-plans.ts'
import { ScreenPlans } from './management/screen-plans.ts'
import { refuseForeignMoment } from './moment.ts'
import { plannedRuns } from './planned-runs.ts'
import { now } from './clock.ts'
import { readRequestPath } from './request-path.ts'

// `npm run dev`: Next renders every page when it is asked for, readers' pages too, in one process. Nobody is counted.
const environment = readEnvironment(environmentWith({}))
await followScreen(new ScreenPlans(environment), plannedRuns, sayTo('text', writeToStreams, now)).start()

const app = next({ dev: true, ...OF_THE_FRAMEWORK })
await app.prepare()
const answer = app.getRequestHandler()

createServer((request, response) => {
  refuseForeignMoment(request, environment.FIXED_MOMENT === 'on')
  writeClientNetwork(request, 0)
  setSecurityHeaders(readRequestPath(request.url ?? '/').path, response)
  void answer(request, response)
}).listen(environment.PORT, environment.HOST, () => {
  for (const { name, local } of content().sites) console.log(`${name}: http://${local}:${environment.PORT}`)
})
