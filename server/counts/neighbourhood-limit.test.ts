import { expect, it } from 'vitest'
import { randomTape } from '#counting/random-tape.ts'
import { NeighbourhoodLimit } from './neighbourhood-limit.ts'

const AT_NINE = new Date('2027-03-25T09:00:00Z')
const AT_TEN = new Date('2027-03-25T10:00:00Z')

it('believes thirty new visitors of one neighbourhood in an hour, and as many again in the next', () => {
  const limit = new NeighbourhoodLimit(randomTape('limit'))
  const believed = (moment: Date) =>
    Array.from({ length: 40 }, () => limit.allows('198.51.100.0/24', moment)).filter(Boolean).length
  expect(believed(AT_NINE)).toBe(30)
  expect(limit.allows('203.0.113.0/24', AT_NINE)).toBe(true)
  expect(believed(AT_TEN)).toBe(30)
})

it('lets two thousand neighbourhoods with ten visitors each through, though they share its slots', () => {
  const limit = new NeighbourhoodLimit(randomTape('limit'))
  const refused = Array.from({ length: 20_000 }, (_, index) =>
    limit.allows(`10.${Math.floor(index / 2560)}.${Math.floor(index / 10) % 256}.0/24`, AT_NINE),
  ).filter((allowed) => !allowed)
  expect(refused.length).toBe(0)
})
