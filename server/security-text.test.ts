import { expect, test } from 'vitest'
import { parseDay } from '#campaign/day.ts'
import { content } from './content/content.ts'
import { securityText } from './security-text.ts'

const { owner } = content()

test('names the address and the moment until which it holds, as RFC 9116 asks', () => {
  const filled = { owner: { ...owner, filled: true, email: 'veilig@organisatie.example' } }
  expect(securityText(filled, parseDay('2027-05-23'))).toEqual({
    status: 200,
    text: 'Contact: mailto:veilig@organisatie.example\nExpires: 2027-11-19T00:00:00Z\nPreferred-Languages: nl, en\n',
  })
})

test('is not there until the owner is filled in', () => {
  expect(securityText({ owner: { ...owner, filled: false } }, parseDay('2027-05-23')).status).toBe(404)
})
