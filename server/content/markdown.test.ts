import type { Element, Nodes } from 'hast'
import { describe, expect, it } from 'vitest'
import { readMarkdown } from './markdown.ts'

/** The HTML tree as one line of text, for reading: names, classes, and what the site needs of an element. */
function outline(node: Nodes): string {
  if (node.type === 'text') return node.value
  if (node.type !== 'root' && node.type !== 'element') return `(${node.type})`
  const inner = node.children.map(outline).join('')
  return node.type === 'root' ? inner : `<${[node.tagName, ...attributesOf(node)].join(' ')}>${inner}</${node.tagName}>`
}

function attributesOf({ properties }: Element): string[] {
  return Object.entries(properties).map(
    ([name, value]) => `${name}=${Array.isArray(value) ? value.join('.') : String(value)}`,
  )
}

/** The tree without the line breaks between its blocks. */
const bodyOf = (text: string) => outline(readMarkdown(text).body).replaceAll('\n', '')

describe('front matter', () => {
  it('is read as YAML and taken out of the text', () => {
    const { frontMatter, plainText } = readMarkdown(
      '---\npath: reis\nsites: [help]\nchecked: 2026-11-23\n---\nTwijfel is genoeg.\n',
    )
    expect(frontMatter).toEqual({ path: 'reis', sites: ['help'], checked: '2026-11-23' })
    expect(plainText).toBe('Twijfel is genoeg.')
  })

  it('may be absent', () => {
    expect(readMarkdown('Twijfel is genoeg.').frontMatter).toEqual({})
  })

  it('that is not YAML is an error', () => {
    expect(() => readMarkdown('---\ntitle: Let op: een reis\n---\ntekst\n')).toThrow()
  })
})

describe('what a text refers to', () => {
  it('comes in the order of reading', () => {
    const { references } = readMarkdown(
      [
        'Bel :tel[veilig-thuis] of lees [verder](page:travel) en [dag 12](entry:12). :checked[free] :checked[day]',
        '',
        '::numbers{ids="bz-phone bz-whatsapp"}',
        '',
        ':::warning',
        'Ook :tel[emergency]. [Veilig](page:safety) :checked[free]',
        ':::',
      ].join('\n'),
    )
    expect(references).toEqual({
      pages: ['travel', 'safety'],
      entries: [12],
      helplines: ['veilig-thuis', 'bz-phone', 'bz-whatsapp', 'emergency'],
      facts: ['free', 'day'],
      blocks: ['numbers', 'warning'],
      unknownDirectives: [],
      unknownLinks: [],
    })
  })

  it('leaves ordinary links alone', () => {
    const { references } = readMarkdown('[bron](https://www.rijksoverheid.nl/page:1) [plek](#plek)')
    expect(references).toMatchObject({ pages: [], entries: [] })
  })

  it('gives an entry that is no number away, so that the check can report it', () => {
    expect(readMarkdown('[dag](entry:twaalf)').references.entries).toEqual([Number.NaN])
  })

  it.each([
    ['a misspelt word in a line', 'Bel :tell[veilig-thuis].', 'tell'],
    ['a misspelt place', '::nummers{ids="lkha"}', 'nummers'],
    ['a misspelt box', ':::warnign\nLet op.\n:::', 'warnign'],
    ['a place written as a box', ':::numbers\n:::', 'numbers'],
    ['a box written as a place', '::warning', 'warning'],
    ['a word after a colon', 'Let op:reis', 'reis'],
  ])('names %s', (_what, text, name) => {
    expect(readMarkdown(text).references.unknownDirectives).toEqual([name])
  })

  it.each(['Om 11:00 uur.', 'Let op: een reis.', 'https://www.rijksoverheid.nl', ':-)'])(
    'sees no directive in "%s"',
    (text) => {
      expect(readMarkdown(text).references.unknownDirectives).toEqual([])
    },
  )
})

describe('the HTML tree', () => {
  it('has the telephone number and the check mark as places for the site to fill', () => {
    expect(bodyOf('Bel :tel[lkha]. :checked[b] :checked[a] :checked[b]')).toBe(
      '<p>Bel <site-tel of=lkha></site-tel>. <site-checked number=1></site-checked> <site-checked number=2></site-checked> <site-checked number=1></site-checked></p>',
    )
  })

  it.each(['estimates', 'all-helplines', 'guide', 'wallet-card', 'contact-files', 'owner'])(
    'has a place for ::%s',
    (name) => {
      expect(bodyOf(`::${name}`)).toBe(`<site-${name} ids=></site-${name}>`)
    },
  )

  it.each(['do', 'dont', 'warning', 'steps', 'letter'])('has a box for :::%s', (name) => {
    expect(bodyOf(`:::${name}\nLuister.\n:::`)).toBe(`<div className=${name}><p>Luister.</p></div>`)
  })

  it.each(['embedded', 'vercel', 'off'])('keeps apart what is true when visitors are counted: %s', (way) => {
    expect(bodyOf(`:::counts{by=${way}}\nZo tellen we.\n:::`)).toBe(
      `<site-counts by=${way}><p>Zo tellen we.</p></site-counts>`,
    )
  })

  it.each(['{by=google}', ''])('knows no other way to count: %s', (attributes) => {
    expect(readMarkdown(`:::counts${attributes}\nZo tellen we.\n:::`).references.unknownDirectives).toEqual(['counts'])
  })

  it('finds the end of a box that closed another one', () => {
    expect(readMarkdown(':::counts{by=off}\n:::steps\n1. een\n:::\n:::').references.unknownDirectives).toEqual([':::'])
    expect(readMarkdown('::::counts{by=off}\n:::steps\n1. een\n:::\n::::').references.unknownDirectives).toEqual([])
  })

  it('shows who speaks in a chat', () => {
    expect(bodyOf(':::chat\n- **Noor** hoi\n- **Ik** dag\n- **ik** tot zo\n- zonder naam\n:::')).toBe(
      '<div className=chat><ul><li className=theirs><strong>Noor</strong> hoi</li><li className=mine><site-me>Ik</site-me> dag</li><li className=mine><site-me>ik</site-me> tot zo</li><li className=theirs>zonder naam</li></ul></div>',
    )
  })

  it('keeps a chat together whose lines have space between them', () => {
    expect(bodyOf(':::chat\n- **Noor** hoi\n\n- **ik** dag\n:::')).toContain(
      '<li className=theirs><strong>Noor</strong> hoi</li>',
    )
  })

  it('keeps the lines of a poem', () => {
    expect(bodyOf(':::poem\neen brug\ngaat open\n\nen dicht\n:::')).toBe(
      '<div className=poem><p>een brug<br></br>gaat open</p><p>en dicht</p></div>',
    )
  })

  it('runs on where a text is no poem', () => {
    expect(outline(readMarkdown('een brug\ngaat open').body)).toBe('<p>een brug\ngaat open</p>')
  })

  it('has the crossed-out line and the note', () => {
    expect(bodyOf('~~nee~~ ja\n\n> een vraag')).toBe(
      '<p><del>nee</del> ja</p><blockquote><p>een vraag</p></blockquote>',
    )
  })

  it.each([
    '<script>alert(1)</script>',
    'Dag <img src=x onerror=alert(1)> dag',
    '<div onclick="x">\n\ntekst\n\n</div>',
    '<style>p{}</style>',
  ])('leaves out raw HTML: %s', (html) => {
    expect(bodyOf(html)).not.toMatch(/<(script|img|style|div)|onerror|onclick|alert/)
  })
})

describe('the words of a text', () => {
  it.each([
    ['Een ja telt.', 3],
    ['## Een kop\n\nen tekst', 4],
    ['- een\n- twee\n- drie', 3],
    ['1 euro 99 — en een flamingo', 6],
    ['**Dikke** woorden, [een link](page:travel).', 4],
    ['Bel :tel[veilig-thuis] nu.', 2],
    ['> Vraag van Sami.', 3],
    ['| a | b |\n|---|---|\n| c | d |', 4],
    [':::chat\n- **Noor** hoi\n- **ik** dag\n:::', 4],
    ['<b>geen</b>', 1],
    ['…', 0],
    ['', 0],
  ])('%j has %i', (text, words) => {
    expect(readMarkdown(text).words).toBe(words)
  })

  it('of a poem are counted line by line', () => {
    expect(readMarkdown(':::poem\neen brug\ngaat open\nen dicht\n:::').words).toBe(6)
  })

  it('on both sides of a line break are two words', () => {
    expect(readMarkdown('een brug\\\ngaat open').words).toBe(4)
  })
})

describe('plain text', () => {
  it('has what is read, without telephone numbers that the site fills in and without HTML', () => {
    expect(readMarkdown('Bel **nu** :tel[lkha] <b>of</b> `later`.').plainText).toBe('Bel nu  of later.')
  })
})
