import { describe, expect, it } from 'vitest'
import { takes } from './reading-shelf.ts'

describe('which encoding somebody takes', () => {
  it.each([
    ['gzip, deflate, br, zstd', true, true],
    ['gzip, deflate', false, true],
    ['br', true, false],
    ['BR;q=0.5, GZIP;q=0.1', true, true],
    ['br;q=0, gzip;q=0.0', false, false],
    ['br;q=x', false, false],
    ['brx, xgzip', false, false],
    ['*;q=0', false, false],
    ['', false, false],
  ])('of "%s"', (header, br, gzip) => {
    const request = { headers: { 'accept-encoding': header } }
    expect([takes(request, 'br'), takes(request, 'gzip')]).toEqual([br, gzip])
  })

  it('nothing is taken without the header', () => {
    expect(takes({ headers: {} }, 'br')).toBe(false)
  })
})
