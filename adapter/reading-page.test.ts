import { createHash } from 'node:crypto'
import { parse, type DefaultTreeAdapterTypes } from 'parse5'
import { describe, expect, it } from 'vitest'
import { readingPage } from './reading-page.js'

const SCRIPT = "document.title='\u2026';const a=1<2&&'$&'"
const VISITS = "window.va='$&';document.head.append('é')"

/** A page as the framework writes it, with something of ours in the head and in the body. */
function page({
  html = ' data-reading=""',
  head = '',
  body = '<main id="main"><h1>Ga je op reis?</h1></main>',
}: { html?: string; head?: string; body?: string } = {}): string {
  return [
    `<!DOCTYPE html><html lang="nl" dir="ltr"${html}><head><meta charSet="utf-8"/><title>Op reis · Leeslijst</title>`,
    '<link rel="preload" as="script" fetchPriority="low" href="/_next/static/chunks/a.js"/><script src="/_next/static/chunks/a.js" async=""></script>',
    '<meta name="next-size-adjust" content=""/><link rel="icon" href="data:,"/>',
    `${head}</head><body><div hidden=""><!--$--><!--/$--></div>${body}<!--$--><!--/$-->`,
    '<script>(self.__next_f=self.__next_f||[]).push([0])</script><script>self.__next_f.push([1,"1:I[\\"/_next/static/chunks/b.js\\"]"])</script>',
    '<template id="P:1"></template></body></html>',
  ].join('')
}

function delivered(source: string) {
  const result = readingPage(source, SCRIPT, VISITS)
  if (!result) throw new Error('the page was not taken for a reading page')
  return result
}

/** The page without its doctype and the attributes of its <html>. */
const fromHead = (html: string) => html.slice(html.indexOf('<head>'))

function elementsOf(html: string): DefaultTreeAdapterTypes.Element[] {
  const found: DefaultTreeAdapterTypes.Element[] = []
  const visit = (node: DefaultTreeAdapterTypes.Node) => {
    if ('tagName' in node) found.push(node)
    if ('childNodes' in node) node.childNodes.forEach(visit)
  }
  visit(parse(html))
  return found
}

/** What a browser hashes: the text between the tags. */
function textsOf(html: string, tag: string): string[] {
  return elementsOf(html)
    .filter(({ tagName }) => tagName === tag)
    .map(({ childNodes }) => childNodes.map((node) => ('value' in node ? node.value : '')).join(''))
}

const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`

function directivesOf(policy: string): Record<string, string[]> {
  return Object.fromEntries(
    policy.split('; ').map((directive) => {
      const [name = '', ...values] = directive.split(' ')
      return [name, values]
    }),
  )
}

describe('which pages it takes', () => {
  it('leaves a page without the marker to the framework', () => {
    expect(readingPage(page({ html: '' }), SCRIPT, VISITS)).toBeUndefined()
    expect(readingPage(page({ html: '', body: '<main data-reading=""></main>' }), SCRIPT, VISITS)).toBeUndefined()
  })

  it('takes a page with the marker, and takes the marker off', () => {
    expect(delivered(page()).html).toMatch(/^<!DOCTYPE html><html lang="nl" dir="ltr"><head>/)
  })
})

describe('what is left of a page', () => {
  it('is everything but the framework', () => {
    expect(fromHead(delivered(page()).html)).toBe(
      `<head><meta charset="utf-8"><title>Op reis · Leeslijst</title><link rel="icon" href="data:,"><script>${SCRIPT}</script></head><body><main id="main"><h1>Ga je op reis?</h1></main></body></html>`,
    )
  })

  it('is one script: ours, letter for letter', () => {
    expect(textsOf(delivered(page()).html, 'script')).toEqual([SCRIPT])
  })

  it.each(['preload', 'modulepreload', 'prefetch', 'preconnect'])('is no link that loads ahead: %s', (rel) => {
    expect(delivered(page({ head: `<link rel="${rel}" href="/font.woff2"/>` })).html).not.toContain(rel)
  })

  it('has no script wherever it stands', () => {
    const body =
      '<main><p>a<script>x()</script></p><svg><script>y()</script></svg><script type="application/ld+json">{}</script></main>'
    expect(textsOf(delivered(page({ body })).html, 'script')).toEqual([SCRIPT])
  })

  it('keeps a hidden part that says something', () => {
    expect(
      delivered(page({ body: '<div hidden=""><p>later</p></div><div hidden="">tekst</div><main></main>' })).html,
    ).toContain('<div hidden=""><p>later</p></div><div hidden="">tekst</div>')
  })

  it('has the style inside the page, without what the framework wrote on it', () => {
    const { html } = delivered(page({ head: '<style data-precedence="next" data-href="a.css">p{color:red}</style>' }))
    expect(html).toContain('<style>p{color:red}</style>')
  })

  it('leaves out of the style what changes nothing', () => {
    const style = [
      '@layer properties{@supports (x:y){*,:before{--tw-border-style:solid;--tw-leading:initial}}}',
      'a{-webkit-text-decoration:inherit;-webkit-text-decoration:inherit;text-decoration:inherit}',
      '.border-b{border-bottom-style:var(--tw-border-style);border-bottom-width:1px}.border-dashed{--tw-border-style:dashed;border-style:dashed}',
      '.leading{--tw-leading:1.1;line-height:1.1}',
      '@property --tw-leading{syntax:"*";inherits:false}',
    ].join('')
    expect(textsOf(delivered(page({ head: `<style>${style}</style>` })).html, 'style')).toEqual([
      'a{-webkit-text-decoration:inherit;text-decoration:inherit}.border-b{border-bottom-width:1px}.border-dashed{border-style:dashed}.leading{line-height:1.1}',
    ])
  })

  it('keeps a property that a rule reads, and one of our own', () => {
    const style = ':root{--paper:#fff}*{--tw-scale-x:1}.wide{--tw-scale-x:2;scale:var(--tw-scale-x)}'
    expect(textsOf(delivered(page({ head: `<style>${style}</style>` })).html, 'style')).toEqual([style])
  })

  it('is a drawing without the name of its language, which stands in HTML', () => {
    expect(
      delivered(page({ body: '<main><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"></svg></main>' })).html,
    ).toContain('<main><svg viewBox="0 0 1 1"></svg></main>')
  })

  it('puts the script at the end of the head, before any text, also where a text speaks of </head>', () => {
    const { html } = delivered(
      page({
        head: '<meta name="description" content="&lt;/head&gt;"/>',
        body: '<main title="</head>">&lt;/head&gt;</main>',
      }),
    )
    expect(html).toContain(`<script>${SCRIPT}</script></head><body><main`)
  })

  it('stays the same when it is delivered again', () => {
    const once = delivered(page({ head: '<style>p{}</style>' }))
    const twice = delivered(once.html.replace('<html ', '<html data-reading="" '))
    expect(fromHead(twice.html)).toBe(fromHead(once.html))
    expect(twice.policy).toBe(once.policy)
  })
})

describe('the policy', () => {
  it('allows exactly the script and the styles of the page', () => {
    const { html, policy } = delivered(page({ head: '<style>p{content:"é>"}</style><style>\na{}\r\nb{}</style>' }))
    const styles = textsOf(html, 'style')
    expect(styles).toHaveLength(2)
    expect(directivesOf(policy)).toEqual({
      'default-src': ["'none'"],
      'script-src': textsOf(html, 'script').map(hashOf),
      'style-src': styles.map(hashOf),
      'img-src': ["'self'", 'data:'],
      'connect-src': ["'self'"],
      'base-uri': ["'none'"],
      'form-action': ["'none'"],
      'frame-ancestors': ["'none'"],
    })
  })

  it('allows no style where there is none', () => {
    expect(directivesOf(delivered(page()).policy)['style-src']).toEqual(["'none'"])
  })

  it('does not allow another script', () => {
    expect(delivered(page()).policy).not.toContain(hashOf('alert(1)'))
    expect(delivered(page()).policy).not.toContain('unsafe')
  })
})

describe('a page whose visits are counted elsewhere', () => {
  const counted = (kind: string) =>
    page({ body: `<main id="main" data-visits="${kind}"><h1>Ga je op reis?</h1></main>` })

  it('gets a second script, with the kind of the page, and loses the marker', () => {
    const { html } = delivered(counted('front'))
    expect(html).toContain(
      `<script>${SCRIPT}</script><script data-kind="front">${VISITS}</script></head><body><main id="main"><h1>Ga je op reis?</h1></main>`,
    )
    expect(html).not.toContain('data-visits')
  })

  it('is allowed that script, and to load one from its own site', () => {
    expect(directivesOf(delivered(counted('entry')).policy)).toEqual({
      ...directivesOf(delivered(page()).policy),
      'script-src': [hashOf(SCRIPT), hashOf(VISITS), "'self'"],
    })
  })

  it('is otherwise the page that is not counted', () => {
    expect(delivered(counted('page')).html.replace(`<script data-kind="page">${VISITS}</script>`, '')).toBe(
      delivered(page()).html,
    )
  })

  it('tells a kind and no address', () => {
    for (const kind of ['', '/reis', 'reis?bron=1', 'https://a', '&quot;><p>'])
      expect(() => delivered(counted(kind))).toThrow('a kind of page is one word, so that no address can be told')
  })

  it('is the only one with any of this', () => {
    const { html, policy } = delivered(page())
    expect(html).not.toContain(VISITS)
    expect(html).not.toContain('data-kind')
    expect(directivesOf(policy)['script-src']).toEqual([hashOf(SCRIPT)])
  })
})

describe('what it refuses', () => {
  const FRAMEWORK = 'a part of the framework is left in the page'

  it.each([
    ['a picture of the framework', '<main><img src="/_next/image?url=x"></main>', FRAMEWORK],
    ['a link of the framework', '<main><a href="/_next/data/x">x</a></main>', FRAMEWORK],
    [
      'an element of the framework',
      '<main><next-route-announcer id="__next"></next-route-announcer></main>',
      FRAMEWORK,
    ],
    ['a payload hidden from a browser without scripts', '<noscript><img src="/_next/x"></noscript>', FRAMEWORK],
    [
      'an inline style',
      '<main><p style="color:red">x</p></main>',
      '<p> has the attribute style, which the policy of the page refuses',
    ],
    [
      'an inline style in a drawing',
      '<main><svg><path style="fill:red"/></svg></main>',
      '<path> has the attribute style, which the policy of the page refuses',
    ],
    [
      'an inline style on the body',
      '</div></body><body style="color:red">',
      '<body> has the attribute style, which the policy of the page refuses',
    ],
    [
      'a handler',
      '<main><button onclick="x()">x</button></main>',
      '<button> has the attribute onclick, which the policy of the page refuses',
    ],
    [
      'a handler in a drawing',
      '<main><svg onload="x()"></svg></main>',
      '<svg> has the attribute onload, which the policy of the page refuses',
    ],
  ])('%s', (_what, body, message) => {
    expect(() => readingPage(page({ body }), SCRIPT, VISITS)).toThrow(new Error(message))
  })

  it('a style sheet outside the page', () => {
    expect(() => readingPage(page({ head: '<link rel="stylesheet" href="/a.css"/>' }), SCRIPT, VISITS)).toThrow(
      new Error('a style sheet is linked instead of being part of the page'),
    )
    expect(() =>
      readingPage(page({ head: '<link rel="stylesheet" href="/_next/static/a.css"/>' }), SCRIPT, VISITS),
    ).toThrow(new Error(FRAMEWORK))
  })

  it.each(['style', 'onload'])('the attribute %s on the page itself', (name) => {
    expect(() => readingPage(page({ html: ` data-reading="" ${name}="x"` }), SCRIPT, VISITS)).toThrow(
      new Error(`<html> has the attribute ${name}, which the policy of the page refuses`),
    )
  })

  it('no attribute that only begins like one of those', () => {
    expect(delivered(page({ body: '<main data-style="x" data-onclick="y"></main>' })).html).toContain(
      '<main data-style="x" data-onclick="y">',
    )
  })
})

describe('the status of the answer', () => {
  it('is the one that the page carries', () => {
    expect(delivered(page({ body: '<main><div data-answer="404">Deze pagina is er niet</div></main>' })).status).toBe(
      404,
    )
  })

  it('is left to the framework where the page carries none', () => {
    expect(delivered(page()).status).toBeUndefined()
  })
})
