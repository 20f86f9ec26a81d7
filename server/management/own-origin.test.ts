import { expect, test } from 'vitest'
import { ownOrigin } from './own-origin.ts'

test.each([
  ['www.jouwja.example', 'https://www.jouwja.example'],
  ['www.jouwja.example:8443', 'https://www.jouwja.example:8443'],
  ['localhost.example', 'https://localhost.example'],
  ['localhost:3000', 'http://localhost:3000'],
  ['dagboek.localhost:3000', 'http://dagboek.localhost:3000'],
  ['127.0.0.1:3000', 'http://127.0.0.1:3000'],
  ['[::1]:3000', 'http://[::1]:3000'],
])('the origin of %s is %s', (host, origin) => {
  expect(ownOrigin(host)).toBe(origin)
})
