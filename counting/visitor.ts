import { hmac, type _HMAC } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import ipaddr from 'ipaddr.js'
import { browserOf } from './browser.ts'

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

/** An IPv4 address as every socket and proxy writes it (dec-octet of RFC 3986), with its last number by itself. */
const DOTTED = /^((?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3})(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)$/

function prefixOf(address: string, bitsOf4: 24 | 32, bitsOf6: number): string | undefined {
  // Most addresses are these, and need no more than this.
  const dotted = DOTTED.exec(address)
  if (dotted) return bitsOf4 === 32 ? `${address}/32` : `${dotted[1]}0/24`
  // A short or octal way to write an address is for people; no socket or proxy writes it.
  if (!ipaddr.IPv4.isValidFourPartDecimal(address) && !(address.includes(':') && ipaddr.IPv6.isValid(address)))
    return undefined
  const parsed = ipaddr.process(address)
  const bits = parsed.kind() === 'ipv4' ? bitsOf4 : bitsOf6
  const bytes = parsed
    .toByteArray()
    .map((byte, index) => byte & (0xff << Math.max(0, 8 - Math.max(0, bits - index * 8))) & 0xff)
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
  const { family, major, system } = browserOf(userAgent)
  const language = /^\s*([a-z]{1,8})/i.exec(acceptLanguage)?.[1]?.toLowerCase() ?? ''
  return `${network}|${family}|${major}|${system}|${language}`
}

/** Bytes in which the text of an ordinary visitor fits. */
const ORDINARY = 256

type Mac = _HMAC<ReturnType<typeof sha256.create>>

/**
 * The key of a sketch, made ready: half of the work of an HMAC depends on the key alone (RFC 2104, 4), and is done once
 * here instead of with every visit.
 */
export class VisitorKey {
  readonly #ready: Mac
  /** Becomes like `#ready` for each visitor, and is wiped by its own digest. */
  readonly #working: Mac
  readonly #encoder = new TextEncoder()
  readonly #text = new Uint8Array(ORDINARY)
  readonly #mac = new Uint8Array(sha256.outputLen)

  /** @param key is read now and not kept */
  constructor(key: Uint8Array) {
    const made = hmac.create(sha256, key)
    this.#ready = made.clone()
    this.#working = made.clone()
    made.destroy()
  }

  /**
   * The bucket of a visitor in a sketch: HMAC-SHA256 (RFC 2104) with its key, cut to the number of buckets. Nothing of
   * the visitor is left in here.
   * @param buckets a power of two, at most 2^32
   */
  bucketOf(visitor: string, buckets: number): number {
    const working = this.#ready._cloneInto(this.#working)
    const { read, written } = this.#encoder.encodeInto(visitor, this.#text)
    working.update(read === visitor.length ? this.#text.subarray(0, written) : utf8ToBytes(visitor))
    working.digestInto(this.#mac)
    const [a = 0, b = 0, c = 0, d = 0] = this.#mac
    this.#text.fill(0, 0, written)
    this.#mac.fill(0)
    return (a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d) % buckets
  }

  /** Wipes the key from memory. Afterwards there are no more buckets. */
  destroy(): void {
    this.#ready.destroy()
    this.#working.destroy()
  }
}

/** The bucket of one visitor, for whoever asks for few of them: see `VisitorKey.bucketOf`. */
export function bucketOf(key: Uint8Array, visitor: string, buckets: number): number {
  return new VisitorKey(key).bucketOf(visitor, buckets)
}

/** Tells one key from another without giving it away: the first 8 bytes of an HMAC-SHA256 that is nobody's bucket, in hexadecimal. */
export function keyCheck(key: Uint8Array): string {
  return bytesToHex(hmac(sha256, key, utf8ToBytes('which key is this'))).slice(0, 16)
}
