import type { Front } from '#campaign/front.ts'
import { PLANNED, type SiteId } from '#campaign/run.ts'
import type { Fronts } from './read.ts'

/**
 * What the front page of a site says of the campaign.
 * @throws Error when the run has no text for the site, which the content check reports beforehand.
 */
export function frontText(fronts: Fronts, front: Front, site: SiteId): Fronts['quiet'][SiteId] {
  if (front === 'quiet') return fronts.quiet[site]
  if (front.run === PLANNED) return fronts.planned[site][front.phase]
  const text = fronts.runs[front.run]?.[site]?.[front.phase]
  if (!text) throw new Error(`The run "${front.run}" has no front text for the site "${site}".`)
  return text
}
