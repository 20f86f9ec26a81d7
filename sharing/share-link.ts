/** discreet: neutral card, neutral first screen; the default · open: says what it is, for posters and public posts. */
export const SHARE_KINDS = ['discreet', 'open'] as const
export type ShareKind = (typeof SHARE_KINDS)[number]

/** Fewer expected readers than this, and a count of its own could name a person (docs/privacy.md). Unit: people. */
const LEAST_READERS = 20

/**
 * From so many expected readers on the error that the noise makes is smaller than the one that comes of not knowing when in a run
 * they came (`npm run bench:accuracy`). Unit: people.
 */
const MANY_READERS = 200

/** Whether a link leads on without a word and is counted on a day (both days YYYY-MM-DD; the last day inclusive). */
export function isActive(link: { readonly lastDay: string; readonly revoked: boolean }, today: string): boolean {
  return !link.revoked && today <= link.lastDay
}

/** Whether the visitors of a link are counted by themselves: only where a count cannot name one of them. @param readers how many people are expected */
export function hasOwnCount({ readers }: { readonly readers: number }): boolean {
  return readers >= LEAST_READERS
}

/** Whether a link is counted week by week. Fewer readers are counted once in a whole run, with the noise of one week. @param readers how many people are expected */
export function isCountedByWeek({ readers }: { readonly readers: number }): boolean {
  return readers >= MANY_READERS
}
