import type { ShareLink } from '#store/share-links.ts'
import { ofProcess } from './of-process.ts'

const held = ofProcess<ReadonlyMap<string, ShareLink>>('links')

/** Holds every link there is in the memory of this process, so that no reader waits for the store. */
export function holdLinks(links: readonly ShareLink[]): void {
  held.value = new Map(links.map((link) => [link.code, link]))
}

/** The link that has a code, as this process knows it; undefined when there is none. */
export function linkOf(code: string): ShareLink | undefined {
  return held.value?.get(code)
}

/** Every link that this process knows. */
export function knownLinks(): readonly ShareLink[] {
  return [...(held.value?.values() ?? [])]
}
