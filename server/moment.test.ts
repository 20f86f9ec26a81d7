import { createServer, get, IncomingMessage } from 'node:http'
import { Socket, type AddressInfo } from 'node:net'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { dayOf, parseDay } from '#campaign/day.ts'
import { MOMENT_HEADER, momentOf, refuseForeignMoment } from './moment.ts'

/** Every code unit of a text, halves of signs too. The unit `binary` takes two seconds to prepare. */
const anyUnit = fc.nat({ max: 0xffff }).map((code) => String.fromCharCode(code))

const CHOSEN = '2027-03-25T00:00:00+01:00'

describe('refuseForeignMoment', () => {
  // Answers with the moment that is left in the request.
  const server = createServer((request, response) => {
    refuseForeignMoment(request, request.url === '/allowed')
    response.end(request.headers[MOMENT_HEADER] ?? 'none')
  })

  beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)))
  afterAll(() => new Promise((resolve) => server.close(resolve)))

  function momentLeftIn(path: string, headers: Record<string, string>): Promise<string> {
    const { port } = server.address() as AddressInfo
    return new Promise((resolve, reject) => {
      get({ host: '127.0.0.1', port, path, headers, agent: false }, (response) => {
        let body = ''
        response
          .setEncoding('utf8')
          .on('data', (text: string) => (body += text))
          .on('end', () => resolve(body))
      }).on('error', reject)
    })
  }

  it('keeps the moment of a sender on this machine, where it is allowed', async () => {
    expect(await momentLeftIn('/allowed', { 'X-Moment': CHOSEN })).toBe(CHOSEN)
  })

  it('takes it out where it is not allowed', async () => {
    expect(await momentLeftIn('/refused', { 'X-Moment': CHOSEN })).toBe('none')
  })

  it.each(['Forwarded', 'X-Forwarded-For', 'X-Forwarded-Host', 'X-Real-IP', 'Via'])(
    'takes it out of a request that came through another server: %s',
    async (name) => {
      expect(await momentLeftIn('/allowed', { 'X-Moment': CHOSEN, [name]: '127.0.0.1' })).toBe('none')
      expect(await momentLeftIn('/allowed', { 'X-Moment': CHOSEN, [name]: '' })).toBe('none')
    },
  )

  /** A request as the server gets it from an address that this machine cannot send from. */
  function requestFrom(address: string | undefined): IncomingMessage {
    const socket = Object.defineProperty(new Socket(), 'remoteAddress', { value: address })
    const request = new IncomingMessage(socket)
    request.headers = { [MOMENT_HEADER]: CHOSEN, host: 'localhost' }
    return request
  }

  it.each(['192.0.2.7', '2001:db8::1', '::ffff:192.0.2.7', undefined])(
    'takes it out of a request from %s, and nothing else',
    (address) => {
      const request = requestFrom(address)
      refuseForeignMoment(request, true)
      expect(request.headers).toEqual({ host: 'localhost' })
    },
  )

  it.each(['127.0.0.1', '::1', '::ffff:127.0.0.1'])('keeps it in a request from %s', (address) => {
    const request = requestFrom(address)
    refuseForeignMoment(request, true)
    expect(request.headers[MOMENT_HEADER]).toBe(CHOSEN)
  })
})

describe('momentOf', () => {
  const CLOCK = new Date('2026-11-23T12:34:56Z')
  afterEach(() => vi.useRealTimers())

  function momentAtClock(header?: string, allowed = true): Date {
    // The one place that reads the clock is asked; it must read the same every time.
    vi.useFakeTimers({ now: CLOCK, toFake: ['Date'] })
    return momentOf(header, allowed)
  }

  it('does not follow a moment where the server does not allow it', () => {
    expect(momentAtClock('2027-03-25T00:00:00+01:00', false)).toEqual(CLOCK)
  })

  it.each([
    ['2027-03-25T00:00:00+01:00', '2027-03-24T23:00:00.000Z'],
    ['2027-03-24T23:59:59.999+01:00', '2027-03-24T22:59:59.999Z'],
    ['2027-04-25T23:59+02:00', '2027-04-25T21:59:00.000Z'],
    ['2027-03-25T00:00:00Z', '2027-03-25T00:00:00.000Z'],
  ])('takes %s', (header, moment) => {
    expect(momentAtClock(header).toISOString()).toBe(moment)
  })

  it.each([
    '',
    '2027-03-25',
    '2027-03-25T00:00:00',
    '25 March 2027 00:00 GMT',
    '1806015600000',
    '2027-13-25T00:00:00Z',
    '2027-03-25T25:00:00Z',
    '0000-01-01T00:00:00Z',
    '9999-12-31T23:59:59Z',
    '2027-03-25T00:00:00+99:99',
    '2027-03-25T00:00:00Z, 2027-03-26T00:00:00Z',
  ])('goes by the clock for "%s", which is no moment with its offset', (header) => {
    expect(momentAtClock(header)).toEqual(CLOCK)
  })

  it('is a moment of a day that can be written, whatever somebody chooses', () => {
    const parts = fc
      .array(
        fc.constantFrom(
          '2027',
          '0000',
          '9999',
          '-',
          '00',
          '12',
          '31',
          'T',
          ':',
          '24',
          '59',
          '.',
          '9'.repeat(400),
          'Z',
          '+',
          '99:99',
          ' ',
          '\0',
        ),
        { maxLength: 14 },
      )
      .map((all) => all.join(''))
    const written = fc.date({ noInvalidDate: true }).map((date) => date.toISOString())
    vi.useFakeTimers({ now: CLOCK, toFake: ['Date'] })
    fc.assert(
      fc.property(
        fc.oneof(parts, written, fc.string({ unit: anyUnit }), fc.constant(undefined), fc.array(fc.string())),
        (chosen) => {
          const moment = momentOf(chosen, true)
          expect(parseDay(dayOf(moment))).toMatch(/^[123]/)
          if (typeof chosen !== 'string' || Number.isNaN(Date.parse(chosen)) || moment.getTime() !== Date.parse(chosen))
            expect(moment).toEqual(CLOCK)
        },
      ),
      { numRuns: 500 },
    )
  })

  it('goes by the clock when nothing is chosen', () => {
    expect(momentAtClock()).toEqual(CLOCK)
  })
})
