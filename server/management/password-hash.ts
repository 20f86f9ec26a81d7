import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto'
import { promisify } from 'node:util'
import pLimit from 'p-limit'

/**
 * The present minimum for scrypt (OWASP Password Storage Cheat Sheet): N = 2^17, r = 8, p = 1, which takes 128 MiB and about half a second.
 */
const NOW = { logN: 17, r: 8, p: 1 }
/** What better-auth used before, whose hashes begin with their salt. */
const BEFORE = { logN: 14, r: 16, p: 1 }
/** Units: bytes. */
const LENGTHS = { salt: 16, key: 32, keyBefore: 64 }

/** One at a time, so that a flood of passwords takes the memory of one. */
const oneAtATime = pLimit(1)

const derive = promisify<string, string | Buffer, number, ScryptOptions, Buffer>(scrypt)

interface Read {
  readonly cost: typeof NOW
  readonly salt: string | Buffer
  readonly key: Buffer
}

/** The hash of a password with a salt of its own: `scrypt$17$8$1$<salt>$<key>`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(LENGTHS.salt)
  const key = await keyOf(password, salt, NOW, LENGTHS.key)
  return ['scrypt', NOW.logN, NOW.r, NOW.p, salt.toString('base64url'), key.toString('base64url')].join('$')
}

/** Whether a password belongs to a hash, of this version or of one before. */
export async function verifyPassword({
  hash,
  password,
}: {
  readonly hash: string
  readonly password: string
}): Promise<boolean> {
  const read = readHash(hash)
  return read !== undefined && timingSafeEqual(await keyOf(password, read.salt, read.cost, read.key.length), read.key)
}

/** Whether a hash was made with less work than a new one would be. */
export function isOutdated(hash: string): boolean {
  const cost = readHash(hash)?.cost
  return cost?.logN !== NOW.logN || cost.r !== NOW.r || cost.p !== NOW.p
}

function readHash(hash: string): Read | undefined {
  const [now, logN, r, p, salt = '', key = ''] = hash.split('$')
  if (now === 'scrypt' && [logN, r, p].join() === [NOW.logN, NOW.r, NOW.p].join())
    return read(NOW, Buffer.from(salt, 'base64url'), Buffer.from(key, 'base64url'), LENGTHS.key)
  const [saltBefore = '', keyBefore = ''] = hash.split(':')
  return read(BEFORE, saltBefore, Buffer.from(keyBefore, 'hex'), LENGTHS.keyBefore)
}

function read(cost: typeof NOW, salt: string | Buffer, key: Buffer, length: number): Read | undefined {
  return key.length === length ? { cost, salt, key } : undefined
}

function keyOf(password: string, salt: string | Buffer, { logN, r, p }: typeof NOW, length: number): Promise<Buffer> {
  const N = 2 ** logN
  // The library normalised before hashing, and one password can be typed in two forms of Unicode.
  return oneAtATime(() => derive(password.normalize('NFKC'), salt, length, { N, r, p, maxmem: 2 * 128 * N * r }))
}
