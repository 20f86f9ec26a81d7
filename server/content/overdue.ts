import { daysBetween, type CalendarDay } from '#campaign/day.ts'
import type { Problem } from './problem.ts'
import type { Content } from './read.ts'

/** Days after which the tests that readers are told of must be recorded again: a browser has a new version about every month. */
export const RECORD_VALID_DAYS = 60

/** What needs a person on a day: an owner who is not named, a number or a record whose check is overdue. */
export function overdueWarnings(
  content: Pick<Content, 'helplines' | 'traces' | 'accessibility' | 'owner'>,
  today: CalendarDay,
): Problem[] {
  const warnings: Problem[] = content.helplines
    .filter((helpline) => helpline.reviewBy < today)
    .map((helpline) => ({
      file: 'helplines.yaml',
      field: `${helpline.id}.reviewBy`,
      problem: `${helpline.display} should have been checked again by ${helpline.reviewBy}`,
      remedy: 'call or open it, then set checked and reviewBy',
    }))
  if (daysBetween(content.traces.recorded, today) > RECORD_VALID_DAYS) {
    warnings.push({
      file: 'traces.json',
      field: 'recorded',
      problem: `what a visit leaves behind was last measured on ${content.traces.recorded}`,
      remedy: `run \`npm run traces\`; browsers change, and the page tells readers what was found`,
    })
  }
  const { accessibility } = content
  if (!accessibility || daysBetween(accessibility.recorded, today) > RECORD_VALID_DAYS) {
    warnings.push({
      file: 'accessibility.json',
      field: 'recorded',
      problem: accessibility
        ? `whether everybody can use the pages was last recorded on ${accessibility.recorded}`
        : 'no test of whether everybody can use the pages was recorded',
      remedy: 'run `npm run accessibility`; the accessibility statement tells readers what was tested',
    })
  }
  if (!content.owner.filled) {
    warnings.push({
      file: 'owner.yaml',
      field: 'filled',
      problem: 'nobody is named as the owner of this site',
      remedy: 'fill in every line and set filled to true before the site goes on line',
    })
  }
  return warnings
}
