import { daysBetween, type CalendarDay } from '#campaign/day.ts'
import { needsCheckDate } from './check.ts'
import { RECORD_VALID_DAYS } from './overdue.ts'
import type { Content, Language } from './read.ts'
import { MAIN_LANGUAGE } from './read.ts'
import { translationStates, type TranslationState } from './translations.ts'

/** A number or a fact, with the day somebody last compared it with its source. */
export interface CheckedText {
  readonly text: string
  /** The page that says it; absent for a helpline. */
  readonly page?: string
  readonly checked: CalendarDay
  /** The day by which it must be checked again; absent for a fact, which has no such day. */
  readonly reviewBy?: CalendarDay
  readonly overdue: boolean
}

/** How the translation into one language stands. */
export interface LanguageState {
  readonly language: Language
  readonly files: number
  /** Files that a native speaker read since they were translated. */
  readonly read: number
  /** What is not as it should be: missing, stale or unknown. */
  readonly open: readonly TranslationState[]
}

/** What a person must still do to the content. */
export interface ContentState {
  readonly ownerNamed: boolean
  /** When the trace test was last recorded, and whether that is too long ago. */
  readonly traces: { readonly recorded: CalendarDay; readonly overdue: boolean }
  /** The longest overdue first. */
  readonly helplines: readonly CheckedText[]
  /** Facts that are not certain or whose source is old, the longest unchecked first. */
  readonly facts: readonly CheckedText[]
  readonly languages: readonly LanguageState[]
}

/** How the content stands on a day. The rules are those of the content check. */
export function contentState(content: Content, today: CalendarDay): ContentState {
  const main = content.languages[MAIN_LANGUAGE]
  const states = translationStates(content)
  return {
    ownerNamed: content.owner.filled,
    traces: {
      recorded: content.traces.recorded,
      overdue: daysBetween(content.traces.recorded, today) > RECORD_VALID_DAYS,
    },
    helplines: content.helplines
      .map(({ id, display, checked, reviewBy }) => ({
        text: `${main.helplineTexts[id]?.name ?? id}: ${display}`,
        checked,
        reviewBy,
        overdue: reviewBy < today,
      }))
      .toSorted((a, b) => (a.reviewBy < b.reviewBy ? -1 : 1)),
    facts: main.pages
      .flatMap(({ title, facts }) =>
        facts.filter(needsCheckDate).map(({ says, checked }) => ({ text: says, page: title, checked, overdue: false })),
      )
      .toSorted((a, b) => (a.checked < b.checked ? -1 : 1)),
    languages: [...new Set(states.map(({ language }) => language))].map((language) => {
      const files = states.filter((state) => state.language === language)
      return {
        language,
        files: files.length,
        read: files.filter(
          ({ translated, read }) => read !== undefined && translated !== undefined && read >= translated,
        ).length,
        open: files.filter(({ state }) => state !== 'current'),
      }
    }),
  }
}
