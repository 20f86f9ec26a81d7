/**
 * The address by which the framework knows this server. A rewrite to it is its own, and a redirect to it becomes relative, so it is
 * the name of neither site and is looked up nowhere (`.invalid`, RFC 6761).
 *
 * After a form that leads on, the framework asks this address for the next page itself, with the cookie of who sent the form. A
 * resolver that knows any name, or completes it with the domain of an organisation, would get that cookie somewhere else. Port 1 is
 * one that fetch never asks (Fetch, "port blocking"): it fails before any name is looked up, and the browser asks for the page.
 */
export const OF_THE_FRAMEWORK = { hostname: 'site.invalid', port: 1 }

/** Whether the framework says, in what it writes to the console, that it could not ask for that page. */
export function isAskingItself(parts: readonly unknown[]): boolean {
  return parts[0] === 'failed to get redirect response'
}
