import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayOf } from '#campaign/day.ts'
import { previewMoment, previewPage, previewPolicy } from './preview.ts'

/** Every code unit of a text, halves of signs too. The unit `binary` takes two seconds to prepare. */
const anyUnit = fc.nat({ max: 0xffff }).map((code) => String.fromCharCode(code))

const MOMENT = '2027-06-01T0000'

describe('the moment in the address of a preview', () => {
  it('is a day and a time in Amsterdam', () => {
    expect(previewMoment('2027-06-01T0000')?.toISOString()).toBe('2027-05-31T22:00:00.000Z')
    expect(previewMoment('2027-03-24T2359')?.toISOString()).toBe('2027-03-24T22:59:00.000Z')
  })

  it.each([
    '',
    '2027-06-01',
    '2027-02-30T0000',
    '2027-06-01T2400',
    '2027-06-01T00:00',
    '2027-06-01T0060',
    '../2027-06-01T0000',
    '2027-06-01T0000Z',
  ])('is not %j', (text) => {
    expect(previewMoment(text)).toBeUndefined()
  })
})

it('the moment in an address is read again as it was written, and anything else is none', () => {
  const days = fc
    .date({ min: new Date('1950-01-01T00:00:00Z'), max: new Date('2099-12-31T00:00:00Z'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10))
  const times = fc
    .tuple(fc.integer({ min: 4, max: 23 }), fc.nat({ max: 59 }))
    .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(''))
  const pieces = fc
    .array(fc.constantFrom('2027-06-01', '9999-12-31', '0000', 'T', '00', '2400', '-', '%54', '/', '\0', 'Z'), {
      maxLength: 6,
    })
    .map((all) => all.join(''))
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Amsterdam', hour: '2-digit', minute: '2-digit' })
  fc.assert(
    fc.property(days, times, fc.oneof(pieces, fc.string({ unit: anyUnit })), (day, time, anything) => {
      // From four o'clock on, so that no clock change lies in between.
      const moment = previewMoment(`${day}T${time}`)
      expect(moment && `${dayOf(moment)}T${clock.format(moment).replace(':', '')}`).toBe(`${day}T${time}`)
      expect(previewMoment(anything) === undefined || /^\d{4}-\d{2}-\d{2}T\d{4}$/.test(anything)).toBe(true)
    }),
  )
})

describe('a page in the preview', () => {
  it('has links that stay in it', () => {
    const page = previewPage(
      '<a href="/">a</a><a href="/reis">b</a><a href="/en/naar/diary/12">c</a><a href="https://neutraal.example/" data-exit="">d</a><a href="#step">e</a><a href="tel:112">f</a>',
      'help',
      MOMENT,
    )
    expect([...page.matchAll(/href="([^"]*)"/g)].map(([, href]) => href)).toEqual([
      '/beheer/voorbeeld/help/2027-06-01T0000',
      '/beheer/voorbeeld/help/2027-06-01T0000/reis',
      '/beheer/voorbeeld/help/2027-06-01T0000/en/naar/diary/12',
      '/beheer/voorbeeld/help/2027-06-01T0000/uit',
      '#step',
      'tel:112',
    ])
  })

  it('opens the pages of others beside it', () => {
    expect(previewPage('<a href="https://example.org/">a</a><a href="//example.org/">b</a>', 'help', MOMENT)).toContain(
      '<a href="https://example.org/" target="_blank">a</a><a href="//example.org/">b</a>',
    )
  })

  it('has no script, and keeps everything else', () => {
    expect(
      previewPage(
        '<!DOCTYPE html><html lang="nl"><head><title>Leeslijst</title><style>p{}</style></head><body><main>tekst<script>a()</script></main><script>b()</script></body></html>',
        'help',
        MOMENT,
      ),
    ).toBe(
      '<!DOCTYPE html><html lang="nl"><head><title>Leeslijst</title><style>p{}</style></head><body><main>tekst</main></body></html>',
    )
  })

  it('may be framed by our own pages, runs no script, and keeps the rest of its policy', () => {
    expect(
      previewPolicy(
        "default-src 'none'; script-src 'sha256-a' 'self'; style-src 'sha256-b'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      ),
    ).toBe(
      "default-src 'none'; script-src 'none'; style-src 'sha256-b'; img-src 'self' data:; connect-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
    )
  })
})
