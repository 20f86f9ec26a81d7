import { execFile } from 'node:child_process'
import { z } from 'zod'
import { addDays, type CalendarDay } from '#campaign/day.ts'
import { day } from '#server/content/schema.ts'

const SEVERITIES = ['info', 'low', 'moderate', 'high', 'critical'] as const

/** From this severity on an advisory stops a release. */
const FAILS_FROM = SEVERITIES.indexOf('moderate')

/** The farthest that an exception may reach. Unit: days. */
export const LONGEST_EXCEPTION = 90

/** A published weakness of a package that runs in production. */
export interface Advisory {
  /** Its number, such as GHSA-9c47-m6qq-7p4h. */
  readonly id: string
  readonly package: string
  readonly severity: (typeof SEVERITIES)[number]
  readonly title: string
}

/** The report of `npm audit --json` (auditReportVersion 2), as far as it is read. What is a text in `via` is told with another package. */
const reportSchema = z.object({
  auditReportVersion: z.literal(2),
  vulnerabilities: z.record(
    z.string(),
    z.object({
      via: z.array(
        z.union([
          z.string(),
          z.object({ name: z.string(), severity: z.enum(SEVERITIES), title: z.string(), url: z.string() }),
        ]),
      ),
    }),
  ),
})

/** supply/audit-exceptions.yaml */
export const exceptionsSchema = z.array(
  z.strictObject({
    advisory: z.string().regex(/^GHSA(-[0-9a-z]{4}){3}$/),
    package: z.string().min(1),
    reason: z.string().min(20, 'says too little: why can it not hurt here?'),
    until: day,
  }),
)
export type Exception = z.infer<typeof exceptionsSchema>[number]

/**
 * Asks the registry for the advisories of everything that is installed in production, through npm.
 * @param options more options of npm
 * @returns what it reported; or why there is no report, in words without an address
 */
export async function askForAdvisories(
  folder: string,
  ...options: string[]
): Promise<{ readonly advisories: readonly Advisory[] } | { readonly unasked: string }> {
  // npm ends with 1 both when it found something and when it could not ask: its report tells the two apart.
  const output = await new Promise<string>((resolve) => {
    execFile(
      'npm',
      ['audit', '--json', '--omit=dev', '--package-lock-only', '--fetch-retries=1', ...options],
      { cwd: folder, maxBuffer: 2 ** 26 },
      (_error, stdout) => resolve(stdout),
    )
  })
  return advisoriesIn(output)
}

/** Reads a report of npm; anything else is no report, and never a success. */
export function advisoriesIn(
  output: string,
): { readonly advisories: readonly Advisory[] } | { readonly unasked: string } {
  let value: unknown
  try {
    value = JSON.parse(output)
  } catch {
    return { unasked: 'npm gave no report' }
  }
  const report = reportSchema.safeParse(value)
  if (!report.success) {
    const answer = z.object({ statusCode: z.number() }).safeParse(value)
    return {
      unasked: answer.success
        ? `the registry answered ${answer.data.statusCode}`
        : 'npm gave a report that cannot be read',
    }
  }
  const found = new Map<string, Advisory>()
  for (const { via } of Object.values(report.data.vulnerabilities)) {
    for (const source of via) {
      if (typeof source === 'string') continue
      const id = source.url.slice(source.url.lastIndexOf('/') + 1)
      found.set(`${id} ${source.name}`, { id, package: source.name, severity: source.severity, title: source.title })
    }
  }
  return { advisories: [...found.values()] }
}

/** Everything that must be dealt with before a release, a sentence for each: advisories without an exception, and exceptions that are over or for nothing. */
export function auditProblems(
  advisories: readonly Advisory[],
  exceptions: readonly Exception[],
  today: CalendarDay,
): string[] {
  const isFor = (exception: Exception) => (advisory: Advisory) =>
    exception.advisory === advisory.id && exception.package === advisory.package
  const open = advisories.filter(
    (advisory) =>
      SEVERITIES.indexOf(advisory.severity) >= FAILS_FROM &&
      !exceptions.some((exception) => exception.until >= today && isFor(exception)(advisory)),
  )
  return [
    ...open.map(
      ({ id, package: name, severity, title }) =>
        `${name}: ${title} (${id}, ${severity}). Update it, or write down in supply/audit-exceptions.yaml why it cannot hurt here.`,
    ),
    ...exceptions
      .filter(({ until }) => until < today)
      .map(
        ({ advisory, package: name, until }) =>
          `The exception of ${advisory} for ${name} ended on ${until}. Look at it again.`,
      ),
    ...exceptions
      .filter(({ until }) => until > addDays(today, LONGEST_EXCEPTION))
      .map(
        ({ advisory, package: name }) =>
          `The exception of ${advisory} for ${name} reaches more than ${LONGEST_EXCEPTION} days ahead. Choose an earlier day.`,
      ),
    ...exceptions
      .filter((exception) => !advisories.some(isFor(exception)))
      .map(
        ({ advisory, package: name }) =>
          `The exception of ${advisory} for ${name} is for nothing that was reported. Take it out.`,
      ),
  ]
}
