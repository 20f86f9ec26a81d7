import { expect, it } from 'vitest'
import { isForeignForm } from './foreign-form.ts'

it.each([
  // A browser with scripts, one without, an old one, and a program.
  [false, { host: 'www.jouwja.example', origin: 'https://www.jouwja.example', site: 'same-origin' }],
  [false, { host: 'www.jouwja.example', origin: 'null', site: 'same-origin' }],
  [false, { host: 'localhost:3000', origin: 'http://localhost:3000', site: null }],
  [false, { host: 'www.jouwja.example', origin: null, site: null }],
  [true, { host: 'www.jouwja.example', origin: 'https://elsewhere.example', site: 'cross-site' }],
  [true, { host: 'www.jouwja.example', origin: 'null', site: 'cross-site' }],
  [true, { host: 'www.jouwja.example', origin: 'null', site: null }],
  [true, { host: 'www.jouwja.example', origin: 'https://elsewhere.example', site: null }],
  [true, { host: 'www.jouwja.example', origin: 'https://www.jouwja.example.elsewhere.example', site: null }],
  // The diary may be on the same registered name, and sends no form here either; nor does an address that was typed.
  [true, { host: 'www.jouwja.example', origin: 'https://dagboek.jouwja.example', site: 'same-site' }],
  [true, { host: 'www.jouwja.example', origin: 'https://www.jouwja.example', site: 'none' }],
  [true, { host: 'localhost:3000', origin: 'http://localhost:3001', site: null }],
  [true, { host: null, origin: 'https://www.jouwja.example', site: null }],
])('%j: %j', (foreign, sender) => {
  expect(isForeignForm(sender)).toBe(foreign)
})
