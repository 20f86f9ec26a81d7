import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readRequestPath } from './request-path.ts'

describe('readRequestPath', () => {
  it.each([
    ['/', '/'],
    ['/reis?a=/../b', '/reis'],
    ['/ar/reis', '/ar/reis'],
    ['/re%69s', '/reis'],
    ['/k/cj4%20p7k', '/k/cj4 p7k'],
    ['/k/cj4%E2%80%93p7k', '/k/cj4–p7k'],
    ['/beheer/runs?gepland=x', '/beheer/runs'],
    // What stands for no letters leads to no page.
    ['/%E0%A4%A', '/%E0%A4%A'],
    // Undone once, and not twice.
    ['/a%252fb', '/a%2fb'],
  ])('reads %s as %s', (target, path) => {
    expect(readRequestPath(target)).toEqual({ path })
  })

  it.each([
    '/_next/static/../../reis',
    '/_next/../beheer/aanmelden',
    '/beheer/../reis',
    '/./reis',
    '/%2e%2e/reis',
    '/.%2E/reis',
    '//elsewhere.example',
    '/\\elsewhere.example',
    '/a\\b',
    '/beheer/uitnodiging/..%2f..%2fx',
    '/beheer%2fmensen',
    '/a%5Cb',
    '/a%00b',
    '/a%0d%0aSet-Cookie:x',
    '/reis#x',
    // The management in another spelling than a proxy would look for.
    '/%62eheer/aanmelden',
    '/beheer//aanmelden',
    '/beheer/%E0%A4%A',
    '/beheer/%252e%252e/x',
    '/%70akket/x',
  ])('refuses %s', (target) => {
    expect(readRequestPath(target)).toEqual({})
  })

  it('refuses or reads whatever comes, and never reads the management where the address does not begin with it', () => {
    const part = fc.oneof(
      fc.constantFrom('/', '.', '..', '%2f', '%2e', '%25', '\\', 'beheer', '%62eheer', 'BEHEER', ';', '?', '#', 'x'),
      fc.string({ maxLength: 3 }),
    )
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const target = `/${parts.join('')}`
        const { path } = readRequestPath(target)
        if (path !== undefined && /^\/beheer(\/|$)/.test(path))
          expect(target).toMatch(/^\/beheer(\/(?!.*\/\/)[^]*)?(\?|$|\/)/)
      }),
      { numRuns: 2_000 },
    )
  })
})
