import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { textOnlyPage, textOnlyPolicy } from './text-only.ts'

const PAGE =
  '<!DOCTYPE html><html lang="en" dir="ltr"><head><meta name="color-scheme" content="light dark"><meta name="theme-color" content="#fbf5ec"><style>p{color:red}</style></head>' +
  '<body><a href="#main" class="skip">To the text</a><header class="sticky"><a href="/uit" data-exit="" class="skip">Leave now</a><a href="/uit" data-exit="" class="bg-ink"><svg><path d="M0 0"></path></svg>Leave</a></header>' +
  '<main id="main"><div aria-hidden="true" class="picture"><svg></svg></div><p>Text<sup><span class="sr-only">source 1</span><span aria-hidden="true">1</span></sup></p>' +
  '<a href="/en/reis" class="lift"><span class="block">Travel</span><span class="block">Read on</span></a><a href="/en/naar/diary/4">d</a><a href="/en/kaartje/contact-1.vcf" download="">f</a><a href="#step" class="step">s</a><a href="tel:112">112</a><a href="https://example.org/">e</a></main>' +
  '<footer><a href="/en/t/ver-weg" class="underline">Text only</a></footer><script>leave()</script></body></html>'

const text = textOnlyPage(PAGE, 'With drawings')

describe('a page as text only', () => {
  it('has no drawing, no colour and no class of ours, and what a screen reader hears is there to be read', () => {
    expect(text).not.toMatch(/<svg|aria-hidden|theme-color|color:red|class="(?!step")/)
    expect(text).toContain('<p>Text<sup><span>source 1</span></sup></p>')
    expect(text).toContain('<meta name="color-scheme" content="light dark">')
  })

  it('has links to pages of ours that stay text only; the exit, files and other sites are as they were', () => {
    expect([...text.matchAll(/href="([^"]*)"/g)].map(([, href]) => href)).toEqual([
      '#main',
      '/uit',
      '/en/ver-weg',
      '/en/t/reis',
      '/en/t/naar/diary/4',
      '/en/kaartje/contact-1.vcf',
      '#step',
      'tel:112',
      'https://example.org/',
    ])
  })

  it('leads back to the page itself, by one part more than that page has', () => {
    expect(text).toContain('</header><nav><a href="/en/ver-weg">With drawings</a></nav><main id="main">')
    expect(text).toContain('<footer></footer>')
  })

  it('keeps the script of the page and one exit', () => {
    expect(text).toContain('<script>leave()</script>')
    expect(text.match(/data-exit/g)).toHaveLength(1)
  })

  it('breaks the line where only the style kept two things apart', () => {
    expect(text).toContain('<span>Travel</span><br><span>Read on</span>')
  })

  it('has the policy of the page, with its own style alone', () => {
    const style = /<style>(.*?)<\/style>/.exec(text)?.[1] ?? ''
    expect(textOnlyPolicy("default-src 'none'; script-src 'sha256-a'; style-src 'sha256-b'; img-src 'self'")).toBe(
      `default-src 'none'; script-src 'sha256-a'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; img-src 'self'`,
    )
    expect(style).not.toMatch(/color:|font|url\(/)
  })
})
