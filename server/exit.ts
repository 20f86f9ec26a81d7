import type { ServerResponse } from 'node:http'

/** The browser drops what it kept of this origin (Clear Site Data, W3C). */
export const FORGET = { 'Clear-Site-Data': '"cache", "cookies", "storage"' } as const

/**
 * Sends who leaves to the neutral address, which learns nothing of it. No framework stands in between: the first exit after a start
 * must not wait until one has warmed up.
 */
export function sendAway(location: string, response: ServerResponse): void {
  response.writeHead(302, { Location: location, ...FORGET })
  response.end()
}
