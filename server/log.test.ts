import { afterEach, describe, expect, it } from 'vitest'
import { keepConsole, kindOfError, sayTo, type Level } from './log.ts'

const NOON = new Date('2027-03-25T12:00:00+01:00')

function logged(form: 'text' | 'json'): { lines: [string, Level][]; say: ReturnType<typeof sayTo> } {
  const lines: [string, Level][] = []
  return {
    lines,
    say: sayTo(
      form,
      (line, level) => lines.push([line, level]),
      () => NOON,
    ),
  }
}

describe('sayTo', () => {
  it('writes sentences for people', () => {
    const { lines, say } = logged('text')
    say('Counting goes on.')
    say('jouw ja: http://localhost:3000', 'info')
    expect(lines).toEqual([
      ['Counting goes on.\n', 'warning'],
      ['jouw ja: http://localhost:3000\n', 'info'],
    ])
  })

  it('writes one object a line for a collector, with the day and no finer time', () => {
    const { lines, say } = logged('json')
    say('Two\nlines "quoted"', 'error')
    expect(lines).toHaveLength(1)
    expect(lines[0]?.[0].trimEnd()).not.toContain('\n')
    expect(JSON.parse(lines[0]?.[0] ?? '')).toEqual({
      day: '2027-03-25',
      level: 'error',
      sentence: 'Two\nlines "quoted"',
    })
  })
})

describe('kindOfError', () => {
  it('tells the kind, the code and the place, and never the message', () => {
    let error: unknown
    try {
      new URL('//secret-path?who=me')
    } catch (thrown) {
      error = thrown
    }
    const told = kindOfError(error)
    expect(told).toMatch(/^TypeError ERR_INVALID_URL\n\s+at /)
    expect(told).not.toContain('secret')
    expect(told).not.toContain('Invalid URL')
  })

  it('does not take a message for a place', () => {
    const told = kindOfError(new RangeError('no such page\n    at /reis (203.0.113.7)'))
    expect(told).toMatch(/^RangeError\n\s+at /)
    expect(told).not.toContain('203.0.113.7')
    expect(told).not.toContain('/reis')
  })

  it('tells nothing of a code that is more than a code, or of what is no error', () => {
    expect(kindOfError(Object.assign(new Error('x'), { code: 'no such user: me@example.org' }))).not.toContain(
      'example.org',
    )
    expect(kindOfError('/reis')).toBe('Something that is no error was thrown')
  })

  it('tells no place when the message was changed after the error was made', () => {
    const error = Object.assign(new Error('second'), { stack: 'Error: first\n    at /reis' })
    expect(kindOfError(error)).toBe('Error')
  })
})

describe('keepConsole', () => {
  const { log, info, debug, warn, error } = console
  afterEach(() => Object.assign(console, { log, info, debug, warn, error }))

  it('takes what libraries write while the server starts, in the form of the log', () => {
    const { lines, say } = logged('json')
    keepConsole(say, 'start')
    console.log('Ready in %d ms', 7)
    expect(JSON.parse(lines[0]?.[0] ?? '')).toMatchObject({ level: 'info', sentence: 'Ready in 7 ms' })
  })

  it('keeps what libraries write out of the log, but for the kind of an error', () => {
    const { lines, say } = logged('text')
    keepConsole(say, 'service')
    console.log('GET /reis 203.0.113.7')
    console.warn('GET /reis 203.0.113.7')
    console.error('⨯', new TypeError('GET /reis 203.0.113.7'))
    const text = lines.map(([line]) => line).join('')
    expect(lines.map(([, level]) => level)).toEqual(['warning', 'error'])
    expect(text).toContain('TypeError')
    expect(text).not.toContain('/reis')
    expect(text).not.toContain('203.0.113.7')
  })

  it('leaves out that the framework could not ask itself, which is meant to be', () => {
    const { lines, say } = logged('text')
    keepConsole(say, 'service')
    console.error('failed to get redirect response', new TypeError('fetch failed'))
    expect(lines).toEqual([])
  })
})
