import { addDays, daysBetween, parseDay, type CalendarDay } from '#campaign/day.ts'
import { spansBetween } from '#campaign/front.ts'
import { brokenRules } from '#campaign/run-rules.ts'
import { phaseOn, PLANNED, type Phase, type SiteId } from '#campaign/run.ts'
import { formatDay } from '#components/format.ts'
import type { CalendarBar } from '#components/manage/runs-calendar.tsx'
import { content } from '#server/content/content.ts'
import type { ContentRun } from '#server/content/read.ts'
import { management } from '#server/management/management.ts'
import type { Desk } from '#server/management/planning.ts'
import { holdPlans } from '#server/held-plans.ts'
import { contentNow } from '#server/planned-runs.ts'

/** Months before the present one with which the calendar begins, so that a run that just ended is in sight. */
const LOOKING_BACK = 2

/** The runs as this page is made: read anew, so that what was just planned by anybody is there. */
export async function runsFromStore(): Promise<{ runs: readonly ContentRun[]; removed: readonly ContentRun[] }> {
  const { store } = await management()
  const plans = await store.runPlans.all()
  holdPlans(plans)
  return { runs: contentNow().runs, removed: plans.filter(({ removed }) => removed).map(({ run }) => run) }
}

/** Where runs are planned on a day, among these plans of the screen. */
export function deskOn(plans: Desk['plans'], today: CalendarDay): Desk {
  return { plans, written: content().runs, today }
}

/** Runs by where they stand on a day: those that go on, those to come with the first one first, and those that ended. */
export function runsByPhase(runs: readonly ContentRun[], today: CalendarDay): Readonly<Record<Phase, ContentRun[]>> {
  const inPhase = (phase: Phase) =>
    runs.filter((run) => phaseOn(run, today) === phase).sort((a, b) => (a.firstDay < b.firstDay ? -1 : 1))
  return { before: inPhase('before'), during: inPhase('during'), after: inPhase('after').reverse() }
}

/** The names of the sites of a run, in words. */
export function sitesInWords(sites: readonly SiteId[], language: string): string {
  return new Intl.ListFormat(language).format(
    content()
      .sites.filter(({ id }) => sites.includes(id))
      .map(({ name }) => name),
  )
}

/** How a run came into the calendar: with the content, on the screen, or with the content and changed on the screen. */
export function originOf(
  run: ContentRun,
):
  | { readonly kind: 'inFile' | 'onScreen' }
  | { readonly kind: 'changedOnScreen'; readonly first: CalendarDay; readonly last: CalendarDay } {
  const written = content().runs.find(({ id }) => id === run.id)
  if (!written) return { kind: 'onScreen' }
  return run.texts === PLANNED
    ? { kind: 'changedOnScreen', first: written.firstDay, last: written.lastDay }
    : { kind: 'inFile' }
}

/** Whether the content and the screen contradict each other. */
export function isContradictory(runs: readonly ContentRun[]): boolean {
  return brokenRules(runs).length > 0
}

/** Twelve months of the calendar, beginning with a month such as 2027-03; anything else begins a little before today. */
export function calendarYear(
  runs: readonly ContentRun[],
  asked: string | undefined,
  today: CalendarDay,
  language: string,
) {
  const month =
    asked !== undefined && /^20\d{2}-(0[1-9]|1[0-2])$/.test(asked)
      ? asked
      : monthsAfter(today.slice(0, 7), -LOOKING_BACK)
  const firstDay = parseDay(`${month}-01`)
  const lastDay = addDays(parseDay(`${monthsAfter(month, 12)}-01`), -1)
  const nameOf = new Intl.DateTimeFormat(language, { month: 'short', timeZone: 'UTC' })
  const months = Array.from({ length: 12 }, (_, index) => {
    const day = parseDay(`${monthsAfter(month, index)}-01`)
    const name = nameOf.format(new Date(`${day}T00:00:00Z`))
    return { firstDay: day, text: index === 0 || day.slice(5, 7) === '01' ? `${name} ${day.slice(0, 4)}` : name }
  })
  const rows = content().sites.map(({ id, name }) => ({ site: name, bars: barsOf(runs, id, firstDay, lastDay) }))
  return { firstDay, lastDay, months, rows, earlier: monthsAfter(month, -12), later: monthsAfter(month, 12) }
}

/** The name of a run stands at the first of its stretches. */
function barsOf(runs: readonly ContentRun[], site: SiteId, firstDay: CalendarDay, lastDay: CalendarDay): CalendarBar[] {
  return spansBetween(runs, site, firstDay, lastDay).map(({ run, phase, ...days }, index, spans) => ({
    ...days,
    phase,
    name: spans.findIndex((span) => span.run === run) === index ? run.name : undefined,
  }))
}

/** The first and last day of a run and how many days it has, for a sentence. */
export function daysInWords({ firstDay, lastDay }: Pick<ContentRun, 'firstDay' | 'lastDay'>, language: string) {
  return {
    first: formatDay(firstDay, language),
    last: formatDay(lastDay, language),
    count: daysBetween(firstDay, lastDay) + 1,
  }
}

/** A month such as 2027-03, some months later. */
function monthsAfter(month: string, count: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  const months = year * 12 + number - 1 + count
  return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}`
}
