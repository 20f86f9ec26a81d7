import { inflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { pngOf } from './png.ts'

const SVG = (text: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="200" height="50" viewBox="0 0 200 50"><rect width="100%" height="100%" fill="#ffffff"/><text x="10" y="30" font-family="DejaVu Sans" font-size="20">${text}</text></svg>`

/** Width, height and the inflated rows of a PNG (ISO/IEC 15948). */
function partsOf(png: Uint8Array): { width: number; height: number; rows: Buffer } {
  const file = Buffer.from(png)
  const parts: Buffer[] = []
  for (let at = 8; at < file.length; at += 12 + file.readUInt32BE(at)) {
    if (file.toString('latin1', at + 4, at + 8) === 'IDAT')
      parts.push(file.subarray(at + 8, at + 8 + file.readUInt32BE(at)))
  }
  return { width: file.readUInt32BE(16), height: file.readUInt32BE(20), rows: inflateSync(Buffer.concat(parts)) }
}

describe('a drawing as PNG', () => {
  it('is a picture twice as wide as the drawing', () => {
    const png = pngOf(SVG('3.034'))
    expect(Buffer.from(png.subarray(0, 8)).toString('latin1')).toBe('\x89PNG\r\n\x1a\n')
    expect(partsOf(png)).toMatchObject({ width: 400, height: 100 })
  })

  it('has its letters, by the font that comes along', () => {
    expect(partsOf(pngOf(SVG('3.034'))).rows.equals(partsOf(pngOf(SVG(''))).rows)).toBe(false)
  })
})
