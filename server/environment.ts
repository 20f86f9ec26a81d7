import { isIP } from 'node:net'
import { z } from 'zod'

/** A setting that is a number of seconds, 0 when it is left out. */
function seconds(most: number) {
  return z
    .string()
    .regex(/^\d+$/, 'write a whole number')
    .transform(Number)
    .pipe(z.number().max(most, `write a number from 0 to ${most}`))
    .default(0)
}

const environmentSchema = z.object({
  /** The address to listen on. The default answers this machine only; 0.0.0.0 answers everybody. */
  HOST: z
    .string()
    .default('127.0.0.1')
    .refine((host) => isIP(host) !== 0, 'write an IP address, for example 127.0.0.1 or 0.0.0.0'),
  PORT: z
    .string()
    .regex(/\S/, 'write a whole number')
    .transform(Number)
    .pipe(
      z
        .number('write a whole number')
        .int('write a whole number')
        .min(0, 'write a number from 0 to 65535')
        .max(65535, 'write a number from 0 to 65535'),
    )
    .default(3000),
  /** `on` lets a request choose the moment with the header `x-moment`: for tests and preview, on loopback only. */
  FIXED_MOMENT: z.enum(['on', 'off'], 'write on or off').default('off'),
  /** `embedded`: this server counts by itself (docs/privacy.md). `vercel`: the host counts, through @vercel/analytics. */
  VISITOR_COUNTS: z.enum(['embedded', 'vercel', 'off'], 'write embedded, vercel or off').default('embedded'),
  /** Where counts are kept when they are not kept in the file: a PostgreSQL database. */
  DATABASE_URL: z
    .url({
      protocol: /^postgres(ql)?$/,
      error: 'write an address like postgres://user@host/database, or leave it out to count in a file',
    })
    .optional(),
  /** The folder of the file with counts and of the keys. In no backup: docs/privacy.md says why. */
  DATA_FOLDER: z.string().min(1, 'write the name of a folder').default('data'),
  /** Signs what the management remembers of a sign-in. Left out: made once and kept in the folder of data. */
  MANAGEMENT_SECRET: z
    .string()
    .min(32, 'write at least 32 characters of chance, for example from: openssl rand -base64 32')
    .optional(),
  /** The mail server for the weekly mail to managers. Left out: no mail is sent. */
  SMTP_URL: z
    .url({ protocol: /^smtps?$/, error: 'write an address like smtps://user:password@mail.example:465' })
    .optional(),
  /** Who the weekly mail comes from. */
  MAIL_FROM: z.email('write a mail address').optional(),
  /** How many proxies of ours a request passes through before it comes here. */
  TRUSTED_PROXIES: z.string().regex(/^\d$/, 'write a number from 0 to 9').transform(Number).default(0),
  /** A moment at which the clock of this server starts, for tests of what happens at midnight; on loopback only. */
  CLOCK_STARTS_AT: z.iso
    .datetime({ offset: true, error: 'write a moment with its offset, for example 2027-03-25T23:59:00+01:00' })
    .transform((text) => new Date(text))
    .optional(),
  /** Where an operator asks how this process is doing (operation.ts). Left out: nowhere. */
  OPERATION_PORT: z
    .string()
    .regex(/^\d+$/, 'write a whole number')
    .transform(Number)
    .pipe(z.number().min(1, 'write a number from 1 to 65535').max(65535, 'write a number from 1 to 65535'))
    .optional(),
  /** The address for that; one that readers cannot reach. */
  OPERATION_HOST: z
    .string()
    .default('127.0.0.1')
    .refine((host) => isIP(host) !== 0, 'write an IP address that readers cannot reach, for example 127.0.0.1'),
  /** How long this process goes on taking readers after it was told to stop, so that a load balancer that asks `/ready` has seen it. Unit: seconds. */
  DRAIN_SECONDS: seconds(60),
  /** How long a content delivery network may keep a page (cdn.ts); 0: not at all. Unit: seconds. */
  CDN_SECONDS: seconds(3600),
  /** `chromium`: measured browsers are told 404 with the whole page, and keep it out of sight (hidden-visits.ts, docs/decisions/0031). */
  HIDE_VISITS: z.enum(['off', 'chromium'], 'write off or chromium').default('off'),
  LOG: z.enum(['text', 'json'], 'write text or json').default('text'),
  NODE_ENV: z.enum(['development', 'production', 'test']).default('production'),
})

export type Environment = z.infer<typeof environmentSchema>

const LOOPBACK = /^(127\.|::1$)/

/** Whether an IP address is one of this machine's own (127.0.0.0/8 or ::1; RFC 1122 3.2.1.3, RFC 4291 2.5.3). */
export function isLoopback(address: string): boolean {
  return LOOPBACK.test(address.replace(/^::ffff:/, ''))
}

/** Settings that are wrong: every one, each with its remedy. */
export class WrongSettings extends Error {
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(`These settings are wrong:\n${problems.map((problem) => `  ${problem}`).join('\n')}`)
    this.problems = problems
  }
}

/**
 * The settings, read and checked at once. The only place that reads the environment of the process.
 * @throws WrongSettings that lists every wrong setting with its remedy.
 */
export function readEnvironment(source: Record<string, string | undefined> = process.env): Environment {
  const result = environmentSchema.safeParse(source)
  const problems = result.success ? [] : result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
  const host = environmentSchema.shape.HOST.safeParse(source.HOST)
  if (source.FIXED_MOMENT === 'on' && host.success && !isLoopback(host.data)) {
    problems.push(
      'FIXED_MOMENT: a chosen moment shows pages before their day, so it is for this machine only; set HOST to 127.0.0.1 or FIXED_MOMENT to off',
    )
  }
  if (source.FIXED_MOMENT === 'on' && (source.TRUSTED_PROXIES ?? '0') !== '0') {
    problems.push(
      'FIXED_MOMENT, TRUSTED_PROXIES: a proxy passes on what strangers send, so they would choose the moment and see pages before their day; set FIXED_MOMENT to off',
    )
  }
  if (source.CLOCK_STARTS_AT !== undefined && host.success && !isLoopback(host.data)) {
    problems.push(
      'CLOCK_STARTS_AT: a clock that is wrong is for this machine only; set HOST to 127.0.0.1 or leave CLOCK_STARTS_AT out',
    )
  }
  if ((source.SMTP_URL === undefined) !== (source.MAIL_FROM === undefined)) {
    problems.push(
      'SMTP_URL, MAIL_FROM: mail needs both, a server and a sender; set the one that is missing or leave both out',
    )
  }
  if (
    source.CDN_SECONDS !== undefined &&
    source.CDN_SECONDS !== '0' &&
    (source.VISITOR_COUNTS ?? 'embedded') === 'embedded'
  ) {
    problems.push(
      'CDN_SECONDS: a page that a network keeps is read without this server, so its visitors are not counted; set VISITOR_COUNTS to off (also for the build), or leave CDN_SECONDS out',
    )
  }
  if (source.HIDE_VISITS === 'chromium' && source.VISITOR_COUNTS === 'vercel') {
    problems.push(
      'HIDE_VISITS: that host sends the pages by itself, and always with the status 200; set HIDE_VISITS to off, or run a server of your own',
    )
  }
  if (source.HIDE_VISITS === 'chromium' && source.CDN_SECONDS !== undefined && source.CDN_SECONDS !== '0') {
    problems.push(
      'HIDE_VISITS: a network that keeps pages gives one answer to everybody, so a search engine would be told that there is no page, or a reader would not be hidden; leave CDN_SECONDS out, or set HIDE_VISITS to off',
    )
  }
  if (source.OPERATION_PORT !== undefined && source.OPERATION_PORT === (source.PORT ?? '3000')) {
    problems.push('OPERATION_PORT: this is the port for readers; choose another one, which readers cannot reach')
  }
  if (!result.success || problems.length > 0) throw new WrongSettings(problems)
  return result.data
}

/** The environment of a process that a command starts: that of the command, with settings of its own. */
export function environmentWith(settings: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  return { ...process.env, ...settings }
}
