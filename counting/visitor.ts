import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import Bowser from 'bowser'
import ipaddr from 'ipaddr.js'

/** What a request says of the browser on a network that sent it. It lives as long as that request, and is never written. */
export interface Sender {
  readonly address: string
  readonly userAgent: string
  readonly acceptLanguage: string
}

/**
 * The network an address belongs to: an IPv4 address is one by itself, of an IPv6 address the first 64 bits count,
 * because the rest changes daily on one telephone (RFC 8981).
 * @returns undefined for what is no IP address
 */
export function networkOf(address: string): string | undefined {
  return prefixOf(address, 32, 64)
}

/** The neighbourhood of an address, to notice a flood from one place: 24 bits of IPv4, 48 of IPv6. */
export function neighbourhoodOf(address: string): string | undefined {
  return prefixOf(address, 24, 48)
}

function prefixOf(address: string, bitsOf4: number, bitsOf6: number): string | undefined {
  // A short or octal way to write an address is for people; no socket or proxy writes it.
  if (!ipaddr.IPv4.isValidFourPartDecimal(address) && !(address.includes(':') && ipaddr.IPv6.isValid(address))) return undefined
  const parsed = ipaddr.process(address)
  const bits = parsed.kind() === 'ipv4' ? bitsOf4 : bitsOf6
  const bytes = parsed.toByteArray().map((byte, index) => byte & (0xff << Math.max(0, 8 - Math.max(0, bits - index * 8))) & 0xff)
  return `${bytes.join('.')}/${bits}`
}

/**
 * A visitor: a browser on a network. Of the browser only its family, its major version, its system and the first
 * language count: fewer differences make fewer people who seem new, and more people who seem the same.
 * @returns undefined when the address is none
 */
export function visitorOf({ address, userAgent, acceptLanguage }: Sender): string | undefined {
  const network = networkOf(address)
  if (network === undefined) return undefined
  const { browser, os } = Bowser.parse(userAgent)
  const major = browser.version?.split('.', 1)[0] ?? ''
  const language = /^\s*([a-z]{1,8})/i.exec(acceptLanguage)?.[1]?.toLowerCase() ?? ''
  return [network, browser.name ?? '', major, os.name ?? '', language].join('|')
}

/**
 * The bucket of a visitor in a sketch: HMAC-SHA256 (RFC 2104) with the key of that sketch, cut to the number of buckets.
 * @param buckets a power of two, at most 2^32
 */
export function bucketOf(key: Uint8Array, visitor: string, buckets: number): number {
  const [a = 0, b = 0, c = 0, d = 0] = hmac(sha256, key, utf8ToBytes(visitor))
  return (a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d) % buckets
}

/** Tells one key from another without giving it away: the first 8 bytes of an HMAC-SHA256 that is nobody's bucket, in hexadecimal. */
export function keyCheck(key: Uint8Array): string {
  return bytesToHex(hmac(sha256, key, utf8ToBytes('which key is this'))).slice(0, 16)
}
