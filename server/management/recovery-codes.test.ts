import { symmetricEncrypt } from 'better-auth/crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { keyedHashOf } from './keyed-hash.ts'
import { hashOfRecoveryCode, recoveryCodes, renewedCodes } from './recovery-codes.ts'

const SECRET = 'a secret of this test, long enough to be one'
const keyed = keyedHashOf(SECRET)
const options = recoveryCodes(SECRET, keyed)
const storage = options.storeBackupCodes as {
  encrypt(codes: string): Promise<string>
  decrypt(kept: string): Promise<string>
}
const made = () => options.customBackupCodesGenerate?.() ?? []
const kept = async (row: string) => JSON.parse(await storage.decrypt(row)) as string[]

it('are ten codes of 118 bits, in small letters and digits that nobody takes for each other', () => {
  const codes = made()
  expect(codes).toHaveLength(10)
  for (const code of codes) expect(code).toMatch(/^([a-hjkmnp-z2-9]{4}-){5}[a-hjkmnp-z2-9]{4}$/)
  expect(new Set([...codes, ...made()]).size).toBe(20)
})

it('are read with capitals, blanks and dashes of every kind, and as nothing else', () => {
  const between = fc.array(fc.constantFrom(' ', '-', '–', '—', '‑', '−', '\u00a0', '\t', '.', '_'), { maxLength: 3 })
  fc.assert(
    fc.property(fc.array(between, { minLength: 25, maxLength: 25 }), fc.boolean(), (gaps, capitals) => {
      const [code = '', other = ''] = made()
      const signs = code.replaceAll('-', '')
      const typed = gaps.map((gap, index) => gap.join('') + (signs[index] ?? '')).join('')
      expect(hashOfRecoveryCode(keyed, capitals ? typed.toUpperCase() : typed)).toBe(hashOfRecoveryCode(keyed, code))
      expect(hashOfRecoveryCode(keyed, other)).not.toBe(hashOfRecoveryCode(keyed, code))
    }),
    { numRuns: 50 },
  )
})

it('are kept as hashes, whatever is kept again', async () => {
  const codes = made()
  const row = await storage.encrypt(JSON.stringify(codes))
  const hashes = codes.map((code) => hashOfRecoveryCode(keyed, code))
  expect(await kept(row)).toEqual(hashes)
  expect(JSON.stringify(await kept(row))).not.toContain(codes[0])
  expect(await kept(await storage.encrypt(JSON.stringify(hashes.slice(1))))).toEqual(hashes.slice(1))
  expect(await renewedCodes(SECRET, keyed, row)).toBeUndefined()
  expect(keyedHashOf('another secret, long enough to be one')('recovery code', 'a')).not.toBe(
    keyed('recovery code', 'a'),
  )
})

it('of an older version work as they were printed, and are kept as hashes from then on', async () => {
  const before = await symmetricEncrypt({ key: SECRET, data: JSON.stringify(['r0D9c-rDrr2', 'fOgFF-hvdJX']) })
  const hashes = [hashOfRecoveryCode(keyed, 'r0d9c rdrr2'), hashOfRecoveryCode(keyed, 'FOGFFHVDJX')]
  expect(await kept(before)).toEqual(hashes)
  const renewed = await renewedCodes(SECRET, keyed, before)
  expect(await kept(renewed ?? '')).toEqual(hashes)
  expect(await renewedCodes(SECRET, keyed, renewed ?? '')).toBeUndefined()
})
