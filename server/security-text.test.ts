import { expect, test } from 'vitest'
import { parseDay } from '#campaign/day.ts'
import { securityText } from './security-text.ts'

test('names the address and the moment until which it holds, as RFC 9116 asks', () => {
  expect(securityText('veilig@organisatie.example', parseDay('2027-05-23'))).toBe(
    'Contact: mailto:veilig@organisatie.example\nExpires: 2027-05-23T00:00:00Z\nPreferred-Languages: nl, en\n',
  )
})
