import { describe, expect, it } from 'vitest'
import { LARGEST_BODY, refusalOf } from './limits.ts'

function statusOf(
  method: string,
  url: string,
  headers: Readonly<Record<string, string>> = {},
  hosts = 1,
): number | undefined {
  const rawHeaders = [...Array.from({ length: hosts }, () => ['Host', 'localhost']), ...Object.entries(headers)].flat()
  return refusalOf({ method, url, headers, rawHeaders })?.status
}

describe('refusalOf', () => {
  it('lets through what readers, managers and robots send', () => {
    expect(statusOf('GET', '/')).toBeUndefined()
    expect(statusOf('HEAD', '/ar/reis?utm_source=x')).toBeUndefined()
    // A link that was broken on its way gets the page that says so.
    expect(statusOf('GET', '/%E0%A4%A')).toBeUndefined()
    expect(statusOf('GET', '/', { 'content-length': '0' })).toBeUndefined()
    expect(statusOf('POST', '/beheer/links', { 'content-length': String(LARGEST_BODY) })).toBeUndefined()
  })

  it.each([
    ['two hosts', 'GET', '/', {}, 2, 400],
    ['a whole address', 'GET', 'http://elsewhere.example/', {}, 1, 400],
    ['a star', 'OPTIONS', '*', {}, 1, 400],
    ['an address without an end', 'GET', `/${'a'.repeat(4000)}`, {}, 1, 414],
    ['a form for an address that can be read in two ways', 'POST', '/beheer/..%2fx', { 'content-length': '5' }, 1, 405],
    ['a page with a body', 'GET', '/', { 'content-length': '5' }, 1, 400],
    ['a page with a body in pieces', 'GET', '/', { 'transfer-encoding': 'chunked' }, 1, 400],
    ['a form for a reading page', 'POST', '/', { 'content-length': '5' }, 1, 405],
    ['a path that only looks like the management', 'POST', '/beheerder', { 'content-length': '5' }, 1, 405],
    ['another method', 'PUT', '/beheer', { 'content-length': '5' }, 1, 405],
    ['a method that repeats the request', 'TRACE', '/', {}, 1, 405],
    ['a form in pieces', 'POST', '/beheer', { 'transfer-encoding': 'chunked' }, 1, 411],
    ['a form of unknown length', 'POST', '/beheer', {}, 1, 411],
    ['a form that is too large', 'POST', '/beheer', { 'content-length': String(LARGEST_BODY + 1) }, 1, 413],
  ])('refuses %s', (_, method, url, headers, hosts, status) => {
    expect(statusOf(method, url, headers, hosts)).toBe(status)
  })

  it('says what may be sent instead', () => {
    const allowed = (url: string) => refusalOf({ method: 'DELETE', url, headers: {}, rawHeaders: [] })?.headers?.Allow
    expect(allowed('/reis')).toBe('GET, HEAD')
    expect(allowed('/beheer/runs')).toBe('GET, HEAD, POST')
  })
})
