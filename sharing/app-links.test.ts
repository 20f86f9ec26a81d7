import { expect, it } from 'vitest'
import { addressInApp, messageWith, SHARE_APPS } from './app-links.ts'

const ADDRESS = 'https://www.jouwja.example/ar/d/reis'
const message = messageWith('Een ja & een nee: {address}', ADDRESS)

it('takes a message apart around its address', () => {
  expect(message).toEqual({ before: 'Een ja & een nee: ', address: ADDRESS, after: '' })
  expect(messageWith('{address} — oku', ADDRESS)).toEqual({ before: '', address: ADDRESS, after: ' — oku' })
})

it.each([
  ['whatsapp', 'whatsapp:', { text: `Een ja & een nee: ${ADDRESS}` }],
  // Telegram puts the address above the text, so it is not in there again.
  ['telegram', 'tg:', { url: ADDRESS, text: 'Een ja & een nee' }],
  ['mail', 'mailto:', { subject: 'Leeslijst', body: `Een ja & een nee: ${ADDRESS}` }],
  ['sms', 'sms:', { body: `Een ja & een nee: ${ADDRESS}` }],
] as const)('hands the whole message to %s', (app, protocol, expected) => {
  const address = new URL(addressInApp(app, message, 'Leeslijst'))
  expect(address.protocol).toBe(protocol)
  expect(Object.fromEntries(address.searchParams)).toEqual(expected)
})

it('writes a space as %20: a plus sign would stand in the message', () => {
  for (const app of SHARE_APPS) expect(addressInApp(app, message, 'Iets om te lezen')).not.toContain('+')
})
