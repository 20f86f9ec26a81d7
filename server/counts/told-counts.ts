import type { Environment } from '../environment.ts'

/**
 * What is wrong when the pages of a build tell of another way to count than the server is set to. It must not start when
 * more would happen than a reader is told.
 * @param told VISITOR_COUNTS at the time of the build
 * @param set VISITOR_COUNTS of this server
 */
export function doubtAboutCounts(
  told: string,
  set: Environment['VISITOR_COUNTS'],
): { readonly stop: boolean; readonly sentence: string } | undefined {
  if (told === set) return undefined
  const stop = set === 'embedded'
  return {
    stop,
    sentence: `This build was made with VISITOR_COUNTS=${told} and tells its readers so; this server has VISITOR_COUNTS=${set}. ${stop ? 'It does not start: build again with' : 'Build again with'} VISITOR_COUNTS=${set} npm run build.`,
  }
}
