import { randomInt } from 'node:crypto'
import type { BackupCodeOptions } from 'better-auth/plugins'
import { symmetricDecrypt, symmetricEncrypt } from 'better-auth/crypto'
import { z } from 'zod'
import type { KeyedHash } from './keyed-hash.ts'

/** Small letters and digits that are not taken for each other, on paper or on a screen. */
const SIGNS = 'abcdefghjkmnpqrstuvwxyz23456789'
/**
 * Six groups of four signs are 118 bits of chance. From 112 bits on a fast hash will do (OWASP ASVS 5, 6.5.2): there is nothing to guess, so
 * nothing has to make guessing slow.
 */
const GROUPS = 6
const SIGNS_PER_GROUP = 4
const CODES = 10

/** What a hash begins with; no code has this sign. */
const HASHED = '#'

const codesSchema = z.array(z.string())

/** The hash under which a recovery code is kept, of a code as somebody types it: capitals, blanks and dashes do not matter. */
export function hashOfRecoveryCode(keyed: KeyedHash, typed: string): string {
  return `${HASHED}${keyed('recovery code', typed.toLowerCase().replace(/[^a-z0-9]/g, ''))}`
}

/**
 * How better-auth makes recovery codes and keeps them: as keyed hashes, encrypted once more. It compares what is typed with what is kept, so
 * it is given `hashOfRecoveryCode` of what was typed. Codes of an older version, which were only encrypted, are hashed when they are read.
 */
export function recoveryCodes(secret: string, keyed: KeyedHash): BackupCodeOptions {
  return {
    customBackupCodesGenerate: () => Array.from({ length: CODES }, newCode),
    storeBackupCodes: {
      encrypt: (codes) => symmetricEncrypt({ key: secret, data: hashed(keyed, codes) }),
      decrypt: async (kept) => hashed(keyed, await symmetricDecrypt({ key: secret, data: kept })),
    },
  }
}

/** Kept codes of an older version as this one keeps them. Absent: they are so already. */
export async function renewedCodes(secret: string, keyed: KeyedHash, kept: string): Promise<string | undefined> {
  const codes = await symmetricDecrypt({ key: secret, data: kept })
  if (codesIn(codes).every((code) => code.startsWith(HASHED))) return undefined
  return symmetricEncrypt({ key: secret, data: hashed(keyed, codes) })
}

function hashed(keyed: KeyedHash, codes: string): string {
  return JSON.stringify(
    codesIn(codes).map((code) => (code.startsWith(HASHED) ? code : hashOfRecoveryCode(keyed, code))),
  )
}

function codesIn(json: string): string[] {
  return codesSchema.parse(JSON.parse(json))
}

function newCode(): string {
  return Array.from({ length: GROUPS }, () =>
    Array.from({ length: SIGNS_PER_GROUP }, () => SIGNS[randomInt(SIGNS.length)]).join(''),
  ).join('-')
}
