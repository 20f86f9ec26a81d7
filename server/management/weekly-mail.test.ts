import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SMTPServer } from 'smtp-server'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { parseDay } from '#campaign/day.ts'
import { dayAsPeriod } from '#campaign/period.ts'
import { randomTape } from '#counting/random-tape.ts'
import { COMMAND_LINE } from '#store/audit-log.ts'
import { openEmbeddedStore } from '#store/embedded.ts'
import { openManagementStore, type ManagementStore } from '#store/management-store.ts'
import type { SqlStore } from '#store/sql-store.ts'
import { openManagement, type Management } from './management.ts'
import { acceptInvitation, invite } from './people.ts'
import { WeeklyMail } from './weekly-mail.ts'

const MONDAY = new Date('2027-04-05T09:00:00+02:00')
const SUNDAY = parseDay('2027-04-04')
const RUN = {
  id: '2027-spring',
  name: 'Voorjaar 2027',
  firstDay: parseDay('2027-03-25'),
  lastDay: parseDay('2027-04-25'),
  sites: ['help' as const],
}
const SITE = {
  id: 'help' as const,
  name: 'jouw ja',
  tabName: 'Leeslijst',
  mark: 'mark',
  hosts: ['www.jouwja.example'],
  local: 'localhost',
}

let folder: string
let management: Management
let post: SMTPServer
let letters: string[]
let refusing: boolean
let said: string[]

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mail-'))
  management = await openManagement({
    DATA_FOLDER: folder,
    TRUSTED_PROXIES: 0,
    DATABASE_URL: undefined,
    MANAGEMENT_SECRET: undefined,
  })
  letters = []
  said = []
  refusing = false
  post = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onMailFrom: (_address, _session, done) => done(refusing ? new Error('not now') : undefined),
    onData: (stream, _session, done) => {
      let letter = ''
      stream.on('data', (part: Buffer) => (letter += part.toString()))
      stream.on('end', () => {
        letters.push(letter)
        done()
      })
    },
  })
  await new Promise<void>((resolve) => post.listen(0, '127.0.0.1', resolve))
})
afterEach(async () => {
  await new Promise<void>((resolve) => post.close(resolve))
  await management.store.close()
  await management.totals.close()
  rmSync(folder, { recursive: true })
})

function mail(now: Date, store: ManagementStore = management.store): WeeklyMail {
  const { port } = post.server.address() as AddressInfo
  return new WeeklyMail({
    settings: { SMTP_URL: `smtp://127.0.0.1:${port}`, MAIL_FROM: 'beheer@jouwja.example' },
    store: async () => store,
    totals: async () => management.totals,
    sites: [SITE],
    runs: () => [RUN],
    now: () => now,
    say: (sentence) => said.push(sentence),
  })
}

async function person(email: string, language: 'nl' | 'en', wantsMail: boolean): Promise<void> {
  const today = parseDay('2027-03-01')
  const made = { email, name: email.split('@')[0] ?? '', role: 'reader' as const, language }
  const invited = await invite(management, made, COMMAND_LINE, today)
  if ('refusal' in invited) throw new Error(invited.refusal)
  await acceptInvitation(management, invited.path.split('/').at(-1) ?? '', 'kiwi tandem regenwolk lepel', today)
  if (wantsMail) await management.store.setMail((await management.store.accounts.withAddress(email))?.id ?? '', true)
}

/** Publishes a day with visits, in the file of the counts. */
async function publish(visits: number): Promise<void> {
  const store: SqlStore = await openEmbeddedStore(join(folder, 'counts.sqlite'), randomTape('mail'))
  await store.begin({
    run: RUN.id,
    site: 'help',
    number: 1,
    size: 'small',
    keyCheck: 'a'.repeat(16),
    periods: [dayAsPeriod(SUNDAY)],
  })
  await store.openTallies([{ site: 'help', series: 'visits', label: '', period: dayAsPeriod(SUNDAY) }])
  await store.write({
    writer: 'one',
    number: 1,
    flips: [],
    tallies: [{ site: 'help', series: 'visits', label: '', period: SUNDAY, by: visits }],
  })
  await store.closeBefore(parseDay('2027-04-05'))
  await store.close()
}

/** A letter as its reader sees it. */
const readable = (letter: string) =>
  letter
    .replaceAll('=\r\n', '')
    .replace(/((?:=[0-9A-F]{2})+)/g, (bytes) => Buffer.from(bytes.replaceAll('=', ''), 'hex').toString())

it('goes to those who asked for it, each in their language, with what was published', async () => {
  await person('anna@example.org', 'nl', true)
  await person('ben@example.org', 'en', true)
  await person('carla@example.org', 'nl', false)
  await publish(4000)
  await mail(MONDAY).sendWhatIsDue()
  expect(said).toEqual([])
  expect(letters).toHaveLength(2)
  const dutch = readable(letters.find((letter) => letter.includes('anna@example.org')) ?? '')
  expect(dutch).toContain('Subject: Cijfers van de campagnesites, week 2027-W13')
  expect(dutch).toMatch(/Voorjaar 2027, jouw ja: .* bezoekers, gesloten tot en met 4 april 2027\./)
  expect(dutch).toMatch(
    /jouw ja: ongeveer [34]\.\d{3} \([\d.]+–[\d.]+\) bezoeken in de week van 29 maart 2027 tot en met 4 april 2027\./,
  )
  expect(dutch).toContain('https://www.jouwja.example/beheer')
  expect(readable(letters.find((letter) => letter.includes('ben@example.org')) ?? '')).toMatch(
    /jouw ja: about [34],\d{3} \([\d,]+–[\d,]+\) visits in the week/,
  )
})

it('goes once, however many processes try, and not before the week is closed', async () => {
  await person('anna@example.org', 'nl', true)
  await mail(MONDAY).sendWhatIsDue()
  expect(letters).toEqual([])
  await publish(10)
  const other = await openManagementStore({ file: join(folder, 'management.sqlite') })
  await Promise.all([mail(MONDAY).sendWhatIsDue(), mail(MONDAY, other).sendWhatIsDue()])
  await mail(MONDAY).sendWhatIsDue()
  await other.close()
  expect(letters).toHaveLength(1)
})

it('waits when the mail server refuses, says so once without a password, and goes when it can', async () => {
  await person('anna@example.org', 'nl', true)
  await publish(10)
  refusing = true
  const weekly = mail(MONDAY)
  await weekly.sendWhatIsDue()
  await weekly.sendWhatIsDue()
  expect(said).toEqual([
    'The weekly mail waits. 1 of 1 mails could not be sent. Look at SMTP_URL and MAIL_FROM; what could not be sent at all is tried again every ten minutes.',
  ])
  refusing = false
  await weekly.sendWhatIsDue()
  expect(letters).toHaveLength(1)
})

it('tells nothing of a number that is too small', async () => {
  await person('anna@example.org', 'nl', true)
  await publish(3)
  await mail(MONDAY).sendWhatIsDue()
  expect(readable(letters[0] ?? '')).toContain('hooguit')
})
