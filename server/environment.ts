import { isIP } from 'node:net'
import { z } from 'zod'

const environmentSchema = z.object({
  /** The address to listen on. The default answers this machine only; 0.0.0.0 answers everybody. */
  HOST: z.string().default('127.0.0.1').refine((host) => isIP(host) !== 0, 'write an IP address, for example 127.0.0.1 or 0.0.0.0'),
  PORT: z.string().regex(/\S/, 'write a whole number').transform(Number).pipe(z.number('write a whole number').int('write a whole number').min(0, 'write a number from 0 to 65535').max(65535, 'write a number from 0 to 65535')).default(3000),
  /** `on` lets a request choose the moment with the header `x-moment`: for tests and preview, on loopback only. */
  FIXED_MOMENT: z.enum(['on', 'off'], 'write on or off').default('off'),
  /** `embedded`: this server counts by itself (docs/privacy.md). `vercel`: the host counts, through @vercel/analytics. */
  VISITOR_COUNTS: z.enum(['embedded', 'vercel', 'off'], 'write embedded, vercel or off').default('embedded'),
  /** Where counts are kept when they are not kept in the file: a PostgreSQL database. */
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'write an address like postgres://user@host/database, or leave it out to count in a file' }).optional(),
  /** The folder of the file with counts and of the keys. In no backup: docs/privacy.md says why. */
  DATA_FOLDER: z.string().min(1, 'write the name of a folder').default('data'),
  /** Signs what the management remembers of a sign-in. Left out: made once and kept in the folder of data. */
  MANAGEMENT_SECRET: z.string().min(32, 'write at least 32 characters of chance, for example from: openssl rand -base64 32').optional(),
  /** The mail server for the weekly mail to managers. Left out: no mail is sent. */
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'write an address like smtps://user:password@mail.example:465' }).optional(),
  /** Who the weekly mail comes from. */
  MAIL_FROM: z.email('write a mail address').optional(),
  /** How many proxies of ours a request passes through before it comes here. */
  TRUSTED_PROXIES: z.string().regex(/^\d$/, 'write a number from 0 to 9').transform(Number).default(0),
  /** A moment at which the clock of this server starts, for tests of what happens at midnight; on loopback only. */
  CLOCK_STARTS_AT: z.iso.datetime({ offset: true, error: 'write a moment with its offset, for example 2027-03-25T23:59:00+01:00' }).transform((text) => new Date(text)).optional(),
  NODE_ENV: z.enum(['development', 'production', 'test']).default('production'),
})

export type Environment = z.infer<typeof environmentSchema>

const LOOPBACK = /^(127\.|::1$)/

/** Whether an IP address is one of this machine's own (127.0.0.0/8 or ::1; RFC 1122 3.2.1.3, RFC 4291 2.5.3). */
export function isLoopback(address: string): boolean {
  return LOOPBACK.test(address.replace(/^::ffff:/, ''))
}

/**
 * The settings, read and checked at once. The only place that reads the environment of the process.
 * @throws Error that lists every wrong setting with its remedy.
 */
export function readEnvironment(source: Record<string, string | undefined> = process.env): Environment {
  const result = environmentSchema.safeParse(source)
  const problems = result.success ? [] : result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
  const host = environmentSchema.shape.HOST.safeParse(source.HOST)
  if (source.FIXED_MOMENT === 'on' && host.success && !isLoopback(host.data)) {
    problems.push('FIXED_MOMENT: a chosen moment shows pages before their day, so it is for this machine only; set HOST to 127.0.0.1 or FIXED_MOMENT to off')
  }
  if (source.CLOCK_STARTS_AT !== undefined && host.success && !isLoopback(host.data)) {
    problems.push('CLOCK_STARTS_AT: a clock that is wrong is for this machine only; set HOST to 127.0.0.1 or leave CLOCK_STARTS_AT out')
  }
  if ((source.SMTP_URL === undefined) !== (source.MAIL_FROM === undefined)) {
    problems.push('SMTP_URL, MAIL_FROM: mail needs both, a server and a sender; set the one that is missing or leave both out')
  }
  if (!result.success || problems.length > 0) {
    throw new Error(`These settings are wrong:\n${problems.map((problem) => `  ${problem}`).join('\n')}`)
  }
  return result.data
}

/** The environment of a process that a command starts: that of the command, with settings of its own. */
export function environmentWith(settings: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  return { ...process.env, ...settings }
}
