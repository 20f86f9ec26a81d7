import { z } from 'zod'
import { dayOf } from '#campaign/day.ts'
import { COMMAND_LINE } from '#store/audit-log.ts'
import { now } from '../clock.ts'
import { content } from '../content/content.ts'
import { readEnvironment } from '../environment.ts'
import { tellByMail } from './account-mail.ts'
import { openManagement } from './management.ts'
import { inOneLine } from './one-line.ts'
import { INVITATION_DAYS, invite, inviteAnew, LONGEST_NAME } from './people.ts'

const HELP = `npm run manager:add -- ADDRESS "NAME" [manager|reader]
npm run manager:add -- --renew ADDRESS

Makes an invitation for a person with this mail address, and prints the way to it. With it the person chooses a password; nobody
else learns it. Without a role: manager. With --renew it is for somebody who has an account, and lost the password or the
telephone: using it ends every sign-in of the account, its second step and its recovery codes. It changes no role.`

/** Prints what is wrong and ends. */
function refuse(sentence: string): never {
  console.error(sentence)
  process.exit(1)
}

// `npm run manager:add`: lets the first manager in. Who is in can invite others on the screen.
const given = process.argv.slice(2)
const renews = given[0] === '--renew'
const [address = '', name = '', role = 'manager'] = renews ? given.slice(1) : given
const person = z
  .object({
    email: z.email().max(200).toLowerCase(),
    name: z
      .string()
      .transform(inOneLine)
      .pipe(
        z
          .string()
          .min(renews ? 0 : 1)
          .max(LONGEST_NAME),
      ),
    role: z.enum(['manager', 'reader']),
  })
  .safeParse({ email: address, name, role })
if (!person.success) refuse(HELP)
const { email } = person.data

const environment = readEnvironment()
const management = await openManagement(environment)
const today = dayOf(now())
try {
  const known = await management.store.accounts.withAddress(email)
  if (known && !renews)
    refuse(
      `${email} has an account already, of ${known.name} (${known.role}). Nothing was changed. To let ${known.name} begin anew, with a new password and a new second step, run: npm run manager:add -- --renew ${email}`,
    )
  if (!known && renews) refuse(`${email} has no account. Leave --renew out to invite somebody new.`)
  const made = known
    ? await inviteAnew(management, known.id, COMMAND_LINE, today)
    : await invite(management, { ...person.data, language: 'nl' }, COMMAND_LINE, today)
  if ('refusal' in made)
    refuse('Somebody changed this account at the same moment. Nothing was done; run the command again.')
  await tellByMail(
    management,
    environment,
    known ? 'renewal-offered' : 'invited',
    known ?? { ...person.data, language: 'nl' },
    COMMAND_LINE,
    today,
  )
  const [host] = content().sites.find(({ id }) => id === 'help')?.hosts ?? []
  console.log(`The invitation of ${email} works once, for ${INVITATION_DAYS} days. Send it in a safe way:

  https://${host}${made.path}
  http://localhost:${environment.PORT}${made.path}   (on this machine)
${known ? `\nOnce it is used, ${known.name} loses the old password, the second step, the recovery codes and every sign-in, and stays ${known.role}.` : ''}`)
} finally {
  await management.store.close()
  await management.totals.close()
}
