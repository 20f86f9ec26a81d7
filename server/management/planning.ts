import { z } from 'zod'
import { readDay, type CalendarDay } from '#campaign/day.ts'
import { brokenRulesOfPlan, canBeRemoved, runsOfTheMoment, type Plan, type PlanRule } from '#campaign/plan.ts'
import { phaseOn, PLANNED, type Run, type SiteId } from '#campaign/run.ts'
import type { PlannedRun, RunPlans } from '#store/run-plans.ts'
import { inOneLine } from './one-line.ts'

/** A run as it was typed into the form. `sites` is help, diary or both; the announcement and the memory may be empty. */
export type TypedRun = Readonly<Record<(typeof FIELDS)[number], string>>
export const FIELDS = ['name', 'firstDay', 'lastDay', 'sites', 'announcedFrom', 'rememberedUntil', 'visitors'] as const

/** The longest name of a run, so that it fits the calendar. Unit: characters. */
export const LONGEST_NAME = 60

/** Something wrong with what was typed: in which field, which rule it breaks, and against which other run. */
export interface PlanProblem {
  readonly field: (typeof FIELDS)[number]
  /** announces-during: the other run is announced while this one would go on. changed: by somebody else, since it was shown. */
  readonly rule:
    | PlanRule
    | 'announces-during'
    | 'no-name'
    | 'long-name'
    | 'no-day'
    | 'no-choice'
    | 'gone'
    | 'changed'
    | 'ends-already'
  readonly other?: Run
}

/** What came of a change: the run as it is now, or everything that is wrong; `now`: as somebody else left it meanwhile. */
export type Outcome =
  | { readonly run: PlannedRun; readonly problems?: undefined }
  | { readonly problems: readonly PlanProblem[]; readonly now?: PlannedRun }

/** What a plan is made in: the plans of the screen, the runs of the content, and the day. */
export interface Desk {
  readonly plans: RunPlans
  readonly written: readonly PlannedRun[]
  readonly today: CalendarDay
}

/**
 * Plans a new run.
 * @param taken ids that a new run may not have, such as those that something was published of
 */
export function planRun({ plans, written, today }: Desk, typed: TypedRun, taken: readonly string[]): Promise<Outcome> {
  return decide(plans, (known) => {
    const read = readTyped(typed)
    const used = new Set([...taken, PLANNED, ...written.map(({ id }) => id), ...known.map(({ run }) => run.id)])
    const run = { ...read.run, id: freeId(read.run.name, read.run.firstDay, used) }
    return checked(runsOfTheMoment(written, known), undefined, run, today, read.problems)
  })
}

/**
 * Changes a run: one to come, or the end of one that goes on.
 * @param seen the run as it was shown to whoever changes it: what somebody else changed since then is not overwritten
 */
export function changeRun(
  { plans, written, today }: Desk,
  id: string,
  typed: TypedRun,
  seen: TypedRun,
): Promise<Outcome> {
  return decide(plans, (known) => {
    const runs = runsOfTheMoment(written, known)
    const before = runs.find((run) => run.id === id)
    if (!before) return GONE
    // Two people who want the same are not in each other's way.
    if (!isSame(typedOf(before), seen) && !isSame(typedOf(before), typed)) return changedTo(before)
    const read = readTyped(typed)
    return checked(runs, before, { ...read.run, id }, today, read.problems)
  })
}

/** Lets a run that goes on end at the coming midnight: this is its last day. @param seen as for `changeRun` */
export function endRun({ plans, written, today }: Desk, id: string, seen: TypedRun): Promise<Outcome> {
  return decide(plans, (known) => {
    const runs = runsOfTheMoment(written, known)
    const before = runs.find((run) => run.id === id)
    if (!before || phaseOn(before, today) !== 'during') return GONE
    if (before.lastDay === today) return { problems: [{ field: 'lastDay', rule: 'ends-already' }] }
    if (!isSame(typedOf(before), seen)) return changedTo(before)
    return checked(runs, before, { ...withoutTexts(before), lastDay: today }, today)
  })
}

/** Takes away a run to come. It is kept, so that it can be put back. @param seen as for `changeRun` */
export function removeRun({ plans, written, today }: Desk, id: string, seen: TypedRun): Promise<Outcome> {
  return decide(plans, (known) => {
    const before = runsOfTheMoment(written, known).find((run) => run.id === id)
    if (!before || !canBeRemoved(before, today)) return GONE
    if (!isSame(typedOf(before), seen)) return changedTo(before)
    return { run: withoutTexts(before), removed: true }
  })
}

/** Puts back a run that was taken away, when its days are still free and still to come. */
export function putBackRun({ plans, written, today }: Desk, id: string): Promise<Outcome> {
  return decide(plans, (known) => {
    const plan = known.find(({ run, removed }) => removed && run.id === id)
    return plan ? checked(runsOfTheMoment(written, known), undefined, plan.run, today) : GONE
  })
}

/** A run as the form asks for it. */
export function typedOf(run: PlannedRun): TypedRun {
  const [site] = run.sites
  return {
    name: run.name,
    firstDay: run.firstDay,
    lastDay: run.lastDay,
    sites: run.sites.length === 1 && site ? site : 'both',
    announcedFrom: run.announcedFrom ?? '',
    rememberedUntil: run.rememberedUntil ?? '',
    visitors: run.visitors,
  }
}

function isSame(one: TypedRun, other: TypedRun): boolean {
  return FIELDS.every((field) => one[field] === other[field])
}

function changedTo(now: PlannedRun): Outcome {
  return { problems: [{ field: 'name', rule: 'changed' }], now }
}

const GONE: Outcome = { problems: [{ field: 'name', rule: 'gone' }] }

/** Decides and keeps in one turn, so that two managers cannot take the same days. */
async function decide(
  plans: RunPlans,
  how: (known: readonly Plan<PlannedRun>[]) => Outcome | Plan<PlannedRun>,
): Promise<Outcome> {
  const { outcome } = await plans.change((known) => {
    const decided = how(known)
    return 'removed' in decided
      ? { keep: decided, outcome: { run: decided.run } }
      : { keep: undefined, outcome: decided }
  })
  return outcome
}

/** @param unread what could not be read of the run; a field in it is not judged further */
function checked(
  runs: readonly PlannedRun[],
  before: PlannedRun | undefined,
  after: PlannedRun,
  today: CalendarDay,
  unread: readonly PlanProblem[] = [],
): Outcome | Plan<PlannedRun> {
  // Without its two days nothing can be said of the others.
  const readable = !unread.some(({ field }) => field === 'firstDay' || field === 'lastDay')
  const broken = readable ? brokenRulesOfPlan(runs, before, after, today) : []
  const judged = broken.map(({ rule, field, run, other }): PlanProblem => {
    if (other === after) return { rule: 'announces-during', field: 'lastDay', other: run }
    return { rule, field: fieldOf(field), ...(other ? { other } : {}) }
  })
  const problems = [...unread, ...judged.filter(({ field }) => !unread.some((known) => known.field === field))]
  return problems.length > 0 ? { problems } : { run: after, removed: false }
}

function fieldOf(field: keyof PlannedRun): PlanProblem['field'] {
  return FIELDS.find((known) => known === field) ?? 'name'
}

/** A run as it is planned; which texts fit it follows from the content (`runsOfTheMoment`). */
function withoutTexts(run: PlannedRun): PlannedRun {
  return { ...run, texts: undefined }
}

const day = z.string().transform((text, context) => {
  const read = readDay(text)
  if (read !== undefined) return read
  context.addIssue({ code: 'custom', message: 'no-day' })
  return z.NEVER
})
const dayOrNone = z
  .literal('')
  .transform(() => undefined)
  .or(day)
const name = z.string().transform(inOneLine).pipe(z.string().min(1, 'no-name').max(LONGEST_NAME, 'long-name'))
const sites = z
  .enum(['help', 'diary', 'both'])
  .transform((choice): SiteId[] => (choice === 'both' ? ['help', 'diary'] : [choice]))
const visitors = z.enum(['none', 'small', 'standard', 'large'])

/** Reads what was typed as far as it can be read, with every field that cannot. */
function readTyped(typed: TypedRun): {
  readonly run: Omit<PlannedRun, 'id'>
  readonly problems: readonly PlanProblem[]
} {
  const problems: PlanProblem[] = []
  const read = <Schema extends z.ZodType>(
    field: PlanProblem['field'],
    schema: Schema,
    rule: 'no-day' | 'no-choice' | 'long-name',
    otherwise: z.output<Schema>,
  ): z.output<Schema> => {
    const result = schema.safeParse(typed[field])
    if (!result.success)
      problems.push({ field, rule: result.error.issues[0]?.message === 'no-name' ? 'no-name' : rule })
    return result.success ? result.data : otherwise
  }
  const run = {
    name: read('name', name, 'long-name', ''),
    firstDay: read('firstDay', day, 'no-day', '' as CalendarDay),
    lastDay: read('lastDay', day, 'no-day', '' as CalendarDay),
    sites: read('sites', sites, 'no-choice', []),
    announcedFrom: read('announcedFrom', dayOrNone, 'no-day', undefined),
    rememberedUntil: read('rememberedUntil', dayOrNone, 'no-day', undefined),
    visitors: read('visitors', visitors, 'no-choice', 'none'),
  }
  return { run, problems }
}

/** The name of a run as one word of small letters, with its year, and a number when it is taken. */
function freeId(name: string, firstDay: CalendarDay, taken: ReadonlySet<string>): string {
  const word = name
    .normalize('NFD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
  const year = firstDay.slice(0, 4)
  const id = word.includes(year) ? word : `${word || 'run'}-${year}`
  if (!taken.has(id)) return id
  let number = 2
  while (taken.has(`${id}-${number}`)) number += 1
  return `${id}-${number}`
}
