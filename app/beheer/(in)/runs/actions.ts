'use server'

import { redirect } from 'next/navigation'
import type { CalendarDay } from '#campaign/day.ts'
import { LONGEST_RUN } from '#campaign/plan.ts'
import { formatDay } from '#components/format.ts'
import type { FormState } from '#components/manage/form.tsx'
import { management } from '#server/management/management.ts'
import {
  changeRun,
  endRun,
  FIELDS,
  LONGEST_NAME,
  planRun,
  putBackRun,
  removeRun,
  typedOf,
  type Desk,
  type Outcome,
  type PlanProblem,
  type TypedRun,
} from '#server/management/planning.ts'
import { tellReaders } from '#server/management/tell-readers.ts'
import { holdPlans } from '#server/held-plans.ts'
import type { CarryOut } from '#server/management/sent-once.ts'
import { typedIn } from '../../form-words.ts'
import { asManager, today, type Manager } from '../../guard.ts'
import { once } from '../../once.ts'
import { runsTexts, type RunsTexts } from '../../runs-texts.ts'
import { seenIn, versionsOf } from './run-fields.ts'
import { deskOn } from './runs-page.ts'

/** Plans a new run. */
export const plan = once('plain', async (_before, data, carryOut): Promise<FormState> => {
  const manager = await asManager(data)
  const typed = typedRun(data)
  const { totals } = await management()
  // A run that was published once is over, also when nobody remembers it in the calendar.
  const published = (await totals.periods()).map(({ run }) => run)
  const outcome = await carriedOut(carryOut, manager, 'run-planned', (desk) => planRun(desk, typed, published))
  return outcome.problems
    ? stateOf(outcome.problems, manager, typed)
    : redirect(`/beheer/runs?gepland=${outcome.run.id}`)
})

/** Changes a run to come, or the end of one that goes on. */
export const change = once('plain', async (_before, data, carryOut): Promise<FormState> => {
  const manager = await asManager(data)
  const typed = typedRun(data)
  const outcome = await carriedOut(carryOut, manager, 'run-changed', (desk) =>
    changeRun(desk, runIn(data), typed, seenBy(data)),
  )
  return outcome.problems
    ? { ...stateOf(outcome.problems, manager, typed), ...(await versionsBeside(outcome, manager, data, typed)) }
    : redirect(`/beheer/runs?gepland=${outcome.run.id}`)
})

/** Lets a run end at the coming midnight, after a page that asked once more. */
export const end = once('plain', async (_before, data, carryOut): Promise<FormState> => {
  const manager = await asManager(data)
  const outcome = await carriedOut(carryOut, manager, 'run-ended', (desk) => endRun(desk, runIn(data), seenBy(data)))
  return outcome.problems
    ? { ...refused(outcome.problems, manager), ...(await versionsBeside(outcome, manager, data)) }
    : redirect(`/beheer/runs?eindigt=${outcome.run.id}`)
})

/** Takes a run to come off the calendar. The next page offers it back. */
export const remove = once('plain', async (_before, data, carryOut): Promise<FormState> => {
  const manager = await asManager(data)
  const outcome = await carriedOut(carryOut, manager, 'run-removed', (desk) =>
    removeRun(desk, runIn(data), seenBy(data)),
  )
  return outcome.problems
    ? { ...refused(outcome.problems, manager), ...(await versionsBeside(outcome, manager, data)) }
    : redirect(`/beheer/runs?weg=${outcome.run.id}`)
})

/** Puts a run back that was taken off the calendar. */
export const putBack = once('plain', async (_before, data, carryOut): Promise<FormState> => {
  const manager = await asManager(data)
  const outcome = await carriedOut(carryOut, manager, 'run-put-back', (desk) => putBackRun(desk, runIn(data)))
  return outcome.problems ? refused(outcome.problems, manager) : redirect(`/beheer/runs?gepland=${outcome.run.id}`)
})

/** Carries a change out, writes down who made it, and lets this process know at once. */
async function carriedOut(
  carryOut: CarryOut,
  manager: Manager,
  action: string,
  how: (desk: Desk) => Promise<Outcome>,
): Promise<Outcome> {
  const day = await today()
  const outcome = await carryOut(
    async (store) => {
      const decided = await how(deskOn(store.runPlans, day))
      if (!decided.problems) await store.record({ day, by: manager, action, subject: decided.run.name })
      return decided
    },
    ({ problems }) => problems === undefined,
  )
  if (outcome.problems) return outcome
  const { store } = await management()
  holdPlans(await store.runPlans.all())
  await tellReaders()
  return outcome
}

/**
 * What a form shows where somebody else changed the run since it was shown: the versions beside each other. What is sent after that was decided
 * by somebody who saw them.
 */
async function versionsBeside(
  outcome: Outcome,
  { language }: Manager,
  data: FormData,
  typed?: TypedRun,
): Promise<Pick<FormState, 'values' | 'errors' | 'table'>> {
  const sent = typedIn(data, 'seen').seen ?? ''
  const now = outcome.problems && outcome.now
  if (!now) return typed ? { values: { ...typed, seen: sent } } : {}
  const t = runsTexts(language)
  const { store } = await management()
  const line = (await store.auditLog.lines({}, LINES_TO_LOOK_AT)).find(
    ({ action, subject }) => action.startsWith('run-') && subject === now.name,
  )
  const who = line?.manager ?? t('conflict.somebody')
  return {
    values: { ...typed, seen: JSON.stringify(typedOf(now)) },
    errors: { form: t(typed ? 'conflict.change' : 'conflict.do', { who }) },
    table: versionsOf(t, language, [
      [t('conflict.seen'), seenBy(data)],
      [t('conflict.now'), typedOf(now)],
      ...(typed ? [[t('conflict.typed'), typed] as const] : []),
    ]),
  }
}

/** How many lines of the log are searched for who changed a run. */
const LINES_TO_LOOK_AT = 200

/** What a form says that is not carried out: everything that is wrong, each at its field, and what was typed. */
function stateOf(problems: readonly PlanProblem[], { language }: Manager, values: TypedRun): FormState {
  const t = runsTexts(language)
  const errors = new Map<string, string>([['form', t('form.problems')]])
  for (const problem of problems)
    errors.set(
      problem.rule === 'gone' ? 'form' : problem.field,
      [errors.get(problem.field), sentence(t, problem, language)].filter(Boolean).join(' '),
    )
  return { values, errors: Object.fromEntries(errors) }
}

/** What a form without questions says that is not carried out. */
function refused(problems: readonly PlanProblem[], { language }: Manager): FormState {
  return { errors: { form: problems.map((problem) => sentence(runsTexts(language), problem, language)).join(' ') } }
}

function sentence(t: RunsTexts, { rule, other }: PlanProblem, language: string): string {
  const day = (of: CalendarDay | undefined) => (of ? formatDay(of, language) : '')
  switch (rule) {
    case 'overlap':
      return t('problem.overlap', { other: other?.name ?? '', first: day(other?.firstDay), last: day(other?.lastDay) })
    case 'announced-during':
      return t('problem.announced-during', { other: other?.name ?? '', last: day(other?.lastDay) })
    case 'announces-during':
      return t('problem.announces-during', { other: other?.name ?? '', announced: day(other?.announcedFrom) })
    case 'long-name':
      return t('problem.long-name', { longest: LONGEST_NAME })
    case 'too-long':
      return t('problem.too-long', { longest: LONGEST_RUN })
    default:
      return t(`problem.${rule}`)
  }
}

function typedRun(data: FormData): TypedRun {
  return typedIn(data, ...FIELDS) as TypedRun
}

/** The run as it was shown to whoever sends this. */
function seenBy(data: FormData): TypedRun {
  return seenIn(typedIn(data, 'seen').seen)
}

function runIn(data: FormData): string {
  return typedIn(data, 'run').run ?? ''
}
