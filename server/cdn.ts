import { addDays, dayOf, startOf } from '#campaign/day.ts'

/**
 * How long a content delivery network may keep a page (Targeted HTTP Cache Control, RFC 9213). It never keeps one over midnight in
 * Amsterdam, for then a run may begin or a day of the diary come. The browser is told `no-store` all the same.
 * @param seconds the setting CDN_SECONDS; 0: not at all
 */
export function cdnCacheControl(seconds: number, moment: Date): string {
  const untilMidnight = Math.floor((startOf(addDays(dayOf(moment), 1)).getTime() - moment.getTime()) / 1000)
  const age = Math.min(seconds, untilMidnight)
  return age <= 0 ? 'no-store' : `public, max-age=${age}`
}
