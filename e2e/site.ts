import type { SiteId } from '#campaign/run.ts'
import { PORT } from './environment.ts'

/** The names of the two sites on this machine. */
export const HOSTS: Readonly<Record<SiteId, string>> = { help: `localhost:${PORT}`, diary: `dagboek.localhost:${PORT}` }

/** The address of a page of a site, as a reader on this machine opens it. */
export function addressOf(site: SiteId, path: string): string {
  return `http://${HOSTS[site]}${path}`
}
