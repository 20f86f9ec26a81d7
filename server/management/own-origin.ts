/** Names of the machine itself (RFC 6761, 6.3), where the site is tried without HTTPS. */
const OF_THIS_MACHINE = /^((.+\.)?localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/

/** The origin of this site at a host, where the browser did not name it: HTTPS, as everywhere but on the machine itself. */
export function ownOrigin(host: string): string {
  return `${OF_THIS_MACHINE.test(host) ? 'http' : 'https'}://${host}`
}
