import type { ServerResponse } from 'node:http'

/**
 * Sends who leaves by an old address of the exit to the neutral one, which learns nothing of it. It does not have the browser clear what
 * it kept of this site: there is nothing, and Chromium writes down that and when it was asked (docs/decisions/0032). No framework stands
 * in between: the first exit after a start must not wait until one has warmed up.
 */
export function sendAway(location: string, response: ServerResponse): void {
  response.writeHead(302, { Location: location, 'Content-Length': 0 })
  response.end()
}
