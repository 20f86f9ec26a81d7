import { createHash, randomBytes } from 'node:crypto'

/** A secret for an address that only its receiver is to know: 32 bytes of chance. It is kept nowhere. */
export function secretForAddress(): string {
  return randomBytes(32).toString('base64url')
}

/** What is kept of such a secret. */
export function hashOfSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}
