import { z } from 'zod'
import { dayOf } from '#campaign/day.ts'
import { now } from '../clock.ts'
import { content } from '../content/content.ts'
import { readEnvironment } from '../environment.ts'
import { openManagement } from './management.ts'
import { INVITATION_DAYS, invite } from './people.ts'

const HELP = `npm run manager:add -- ADDRESS "NAME" [manager|reader]

Makes an invitation for a person with this mail address, and prints the way to it. With it the person chooses a password; nobody
else learns it. For somebody who has an account it is the way to a new password and a new second step. Without a role:
manager.`

// `npm run manager:add`: lets the first manager in. Who is in can invite others on the screen.
const [address, name, role = 'manager'] = process.argv.slice(2)
const person = z
  .object({ email: z.email(), name: z.string().trim().min(1), role: z.enum(['manager', 'reader']) })
  .safeParse({ email: address, name, role })
if (!person.success) {
  console.error(HELP)
  process.exit(1)
}

const environment = readEnvironment()
const management = await openManagement(environment)
const path = await invite(management, { ...person.data, language: 'nl' }, dayOf(now()))
await management.store.close()
await management.totals.close()

const [host] = content().sites.find(({ id }) => id === 'help')?.hosts ?? []
console.log(`The invitation of ${person.data.email} works once, for ${INVITATION_DAYS} days. Send it in a safe way:

  https://${host}${path}
  http://localhost:${environment.PORT}${path}   (on this machine)`)
