import { createHmac, hkdfSync } from 'node:crypto'

/** A hash of several texts under a key of its own purpose (HMAC-SHA-256, RFC 2104), in base64url. */
export type KeyedHash = (purpose: string, ...texts: readonly string[]) => string

/** Length of a key: that of the hash. Unit: bytes. */
const KEY_LENGTH = 32

/**
 * Hashes that nobody can make or check who has the database without the secret of the management. Each purpose has a key of its own,
 * derived from the secret (HKDF, RFC 5869), so that no hash of one purpose is one of another.
 */
export function keyedHashOf(secret: string): KeyedHash {
  const keys = new Map<string, Buffer>()
  const keyOf = (purpose: string) => {
    const key = keys.get(purpose) ?? Buffer.from(hkdfSync('sha256', secret, '', purpose, KEY_LENGTH))
    keys.set(purpose, key)
    return key
  }
  return (purpose, ...texts) => createHmac('sha256', keyOf(purpose)).update(JSON.stringify(texts)).digest('base64url')
}
