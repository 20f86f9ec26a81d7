import { describe, expect, it } from 'vitest'
import { contactFile } from './contact-file.ts'

describe('contactFile', () => {
  it('is a vCard 3.0 with one name, and the first number preferred', () => {
    expect(contactFile('Kopieershop', ['+31247247247', '08002000'])).toBe(
      [
        'BEGIN:VCARD',
        'VERSION:3.0',
        'N:Kopieershop;;;;',
        'FN:Kopieershop',
        'TEL;TYPE=VOICE,PREF:+31247247247',
        'TEL;TYPE=VOICE:08002000',
        'END:VCARD',
        '',
      ].join('\r\n'),
    )
  })

  it.each([
    ['Print; kopie, school', 'Print\\; kopie\\, school'],
    ['Kopie\\shop', 'Kopie\\\\shop'],
    ['\\;', '\\\\\\;'],
    ['Kluisjes\nbalie', 'Kluisjes\\nbalie'],
    ['Kluisjes\r\nbalie', 'Kluisjes\\nbalie'],
    ['Café Reçu', 'Café Reçu'],
  ])('escapes the name %j', (name, escaped) => {
    const lines = contactFile(name, []).split('\r\n')
    expect(lines).toEqual(['BEGIN:VCARD', 'VERSION:3.0', `N:${escaped};;;;`, `FN:${escaped}`, 'END:VCARD', ''])
  })

  it('cannot be made to hold another field', () => {
    expect(contactFile('Balie\r\nNOTE:geheim', ['112'])).not.toMatch(/^NOTE/m)
  })
})
