import { decodedOnce } from '#sharing/plain-path.ts'
import { isManaged } from './route.ts'

/** The path that a request asks for, with its percent-encoding undone once; or that the address is refused. */
export type RequestPath = { readonly path: string } | { readonly path?: undefined }

const ENCODED_SLASH = /%2f|%5c/i
// eslint-disable-next-line no-control-regex -- it is control characters that are looked for
const CONTROL = /[\0-\x1f\x7f]/
/** In an address of the management nothing is encoded twice, and no segment is empty: programs disagree on what that means. */
const ENCODED_TWICE_OR_EMPTY = /%25|\/\//

/**
 * Reads the path of a request, before anybody looks at how it begins. What a proxy, a cache and this server could read in two ways is
 * refused: else "open /beheer to the offices only" would hold for one spelling of it and not for another (CWE-180, CWE-436; RFC 3986, 6.2.2).
 * Refused are addresses that change when they are normalised (WHATWG URL), an encoded slash or backslash, control characters, and an
 * address of the management whose beginning is encoded. What cannot be decoded is left as it is, so that it leads to no page.
 * @param target the target of the request line, which begins with a slash
 */
export function readRequestPath(target: string): RequestPath {
  const written = target.split('?', 1)[0] ?? ''
  if (!URL.canParse(written, ORIGIN) || new URL(written, ORIGIN).pathname !== written) return REFUSED
  if (ENCODED_SLASH.test(written)) return REFUSED
  const decoded = decodedOnce(written)
  if (CONTROL.test(decoded ?? '')) return REFUSED
  const path = decoded ?? written
  if (!isManaged(path)) return { path }
  const isPlain = isManaged(written) && decoded !== undefined && !ENCODED_TWICE_OR_EMPTY.test(written)
  return isPlain ? { path } : REFUSED
}

const ORIGIN = 'http://site.invalid'
const REFUSED = {} as const
