import { describe, expect, it } from 'vitest'
import { isLoopback, readEnvironment, WrongSettings } from './environment.ts'

describe('readEnvironment', () => {
  it('answers this machine only, on port 3000, by the clock, unless told otherwise', () => {
    expect(readEnvironment({})).toEqual({
      HOST: '127.0.0.1',
      PORT: 3000,
      FIXED_MOMENT: 'off',
      VISITOR_COUNTS: 'embedded',
      DATA_FOLDER: 'data',
      TRUSTED_PROXIES: 0,
      OPERATION_HOST: '127.0.0.1',
      DRAIN_SECONDS: 0,
      CDN_SECONDS: 0,
      HIDE_VISITS: 'off',
      LOG: 'text',
      NODE_ENV: 'production',
    })
  })

  it('takes what it is told, and leaves alone what it does not know', () => {
    expect(
      readEnvironment({ HOST: '0.0.0.0', PORT: '8080', FIXED_MOMENT: 'off', NODE_ENV: 'test', PATH: '/bin' }),
    ).toMatchObject({ HOST: '0.0.0.0', PORT: 8080, FIXED_MOMENT: 'off', NODE_ENV: 'test' })
    expect(Object.keys(readEnvironment({ PATH: '/bin' }))).not.toContain('PATH')
  })

  it('reads how visitors are counted', () => {
    expect(
      readEnvironment({
        VISITOR_COUNTS: 'off',
        DATABASE_URL: 'postgres://site@127.0.0.1/counts',
        DATA_FOLDER: '/var/lib/site',
        TRUSTED_PROXIES: '2',
      }),
    ).toMatchObject({
      VISITOR_COUNTS: 'off',
      DATABASE_URL: 'postgres://site@127.0.0.1/counts',
      DATA_FOLDER: '/var/lib/site',
      TRUSTED_PROXIES: 2,
    })
  })

  it.each([
    ['VISITOR_COUNTS', 'google', 'write embedded, vercel or off'],
    [
      'DATABASE_URL',
      'mysql://site@127.0.0.1/counts',
      'write an address like postgres://user@host/database, or leave it out to count in a file',
    ],
    ['TRUSTED_PROXIES', '-1', 'write a number from 0 to 9'],
    ['TRUSTED_PROXIES', 'all', 'write a number from 0 to 9'],
    ['DATA_FOLDER', '', 'write the name of a folder'],
    ['OPERATION_PORT', '0', 'write a number from 1 to 65535'],
    ['OPERATION_HOST', 'localhost', 'write an IP address that readers cannot reach, for example 127.0.0.1'],
    ['DRAIN_SECONDS', '61', 'write a number from 0 to 60'],
    ['DRAIN_SECONDS', 'long', 'write a whole number'],
    ['HIDE_VISITS', 'firefox', 'write off or chromium'],
    ['LOG', 'xml', 'write text or json'],
    ['CLOCK_STARTS_AT', '2027-03-25', 'write a moment with its offset, for example 2027-03-25T23:59:00+01:00'],
  ])('refuses %s=%s', (name, value, remedy) => {
    expect(() => readEnvironment({ [name]: value })).toThrow(new WrongSettings([`${name}: ${remedy}`]))
  })

  it('starts the clock at another moment on this machine only', () => {
    expect(readEnvironment({ CLOCK_STARTS_AT: '2027-03-25T23:59:00+01:00' }).CLOCK_STARTS_AT).toEqual(
      new Date('2027-03-25T22:59:00Z'),
    )
    expect(() => readEnvironment({ HOST: '0.0.0.0', CLOCK_STARTS_AT: '2027-03-25T23:59:00+01:00' })).toThrow(
      /CLOCK_STARTS_AT: a clock that is wrong/,
    )
  })

  it.each(['0', '1', '65535'])('takes the port %s', (port) => {
    expect(readEnvironment({ PORT: port }).PORT).toBe(Number(port))
  })

  it.each([
    ['65536', 'write a number from 0 to 65535'],
    ['-1', 'write a number from 0 to 65535'],
    ['80.5', 'write a whole number'],
    ['http', 'write a whole number'],
    ['', 'write a whole number'],
    [' ', 'write a whole number'],
  ])('refuses the port "%s"', (port, remedy) => {
    expect(() => readEnvironment({ PORT: port })).toThrow(new WrongSettings([`PORT: ${remedy}`]))
  })

  it.each(['localhost', 'www.jouwja.example', '127.0.0.1:3000', '256.0.0.1', ''])(
    'refuses the address "%s"',
    (host) => {
      expect(() => readEnvironment({ HOST: host })).toThrow(
        new WrongSettings(['HOST: write an IP address, for example 127.0.0.1 or 0.0.0.0']),
      )
    },
  )

  it.each(['127.0.0.1', '127.8.9.10', '::1'])('lets requests choose the moment on %s', (host) => {
    expect(readEnvironment({ HOST: host, FIXED_MOMENT: 'on' }).FIXED_MOMENT).toBe('on')
  })

  it('lets nobody choose the moment where a proxy passes on what strangers send', () => {
    expect(() => readEnvironment({ FIXED_MOMENT: 'on', TRUSTED_PROXIES: '1' })).toThrow(
      /FIXED_MOMENT, TRUSTED_PROXIES: /,
    )
    expect(readEnvironment({ FIXED_MOMENT: 'on', TRUSTED_PROXIES: '0' }).FIXED_MOMENT).toBe('on')
  })

  it.each(['0.0.0.0', '::', '192.0.2.7', '2001:db8::1'])('does not let requests choose the moment on %s', (host) => {
    expect(() => readEnvironment({ HOST: host, FIXED_MOMENT: 'on' })).toThrow(
      new WrongSettings([
        'FIXED_MOMENT: a chosen moment shows pages before their day, so it is for this machine only; set HOST to 127.0.0.1 or FIXED_MOMENT to off',
      ]),
    )
  })

  it('lets a network keep pages only where visitors are not counted here', () => {
    expect(readEnvironment({ CDN_SECONDS: '60', VISITOR_COUNTS: 'off' }).CDN_SECONDS).toBe(60)
    expect(readEnvironment({ CDN_SECONDS: '0' }).CDN_SECONDS).toBe(0)
    expect(() => readEnvironment({ CDN_SECONDS: '60' })).toThrow(
      /CDN_SECONDS: a page that a network keeps is read without this server/,
    )
  })

  it('hides visits only where this server alone chooses the answer', () => {
    expect(readEnvironment({ HIDE_VISITS: 'chromium' }).HIDE_VISITS).toBe('chromium')
    expect(readEnvironment({ HIDE_VISITS: 'chromium', CDN_SECONDS: '0' }).HIDE_VISITS).toBe('chromium')
    expect(() => readEnvironment({ HIDE_VISITS: 'chromium', CDN_SECONDS: '60', VISITOR_COUNTS: 'off' })).toThrow(
      /HIDE_VISITS: a network that keeps pages gives one answer to everybody/,
    )
    expect(() => readEnvironment({ HIDE_VISITS: 'chromium', VISITOR_COUNTS: 'vercel' })).toThrow(
      /HIDE_VISITS: that host sends the pages by itself/,
    )
  })

  it('keeps operators and readers on ports of their own', () => {
    expect(readEnvironment({ OPERATION_PORT: '3900' })).toMatchObject({
      OPERATION_HOST: '127.0.0.1',
      OPERATION_PORT: 3900,
    })
    expect(() => readEnvironment({ OPERATION_PORT: '3000' })).toThrow(/OPERATION_PORT: this is the port for readers/)
  })

  it('reports every wrong setting at once', () => {
    expect(() => readEnvironment({ HOST: 'localhost', PORT: 'http', FIXED_MOMENT: 'yes' })).toThrow(
      new WrongSettings([
        'HOST: write an IP address, for example 127.0.0.1 or 0.0.0.0',
        'PORT: write a whole number',
        'FIXED_MOMENT: write on or off',
      ]),
    )
  })

  it('reports a moment chosen from outside beside another wrong setting', () => {
    expect(() => readEnvironment({ HOST: '0.0.0.0', PORT: 'http', FIXED_MOMENT: 'on' })).toThrow(
      /PORT: .+\n {2}FIXED_MOMENT: a chosen moment/,
    )
  })
})

describe('isLoopback', () => {
  it.each(['127.0.0.1', '127.255.255.254', '::1', '::ffff:127.0.0.1'])('%s is this machine', (address) => {
    expect(isLoopback(address)).toBe(true)
  })

  it.each([
    '',
    '0.0.0.0',
    '10.0.0.1',
    '192.0.2.127',
    '12.7.0.0',
    '::',
    '::11',
    '2001:db8::1',
    '::ffff:192.0.2.7',
    'fe80::1',
  ])('"%s" is not', (address) => {
    expect(isLoopback(address)).toBe(false)
  })
})
