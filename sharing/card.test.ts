import { expect, it } from 'vitest'
import { markedUp, type Card } from './card.ts'
import { escaped } from './escaped.ts'

const CARD: Card = { title: 'Leeslijst', text: 'Iets om te lezen.', site: 'Leeslijst', language: 'nl' }

it('a card without a picture is small', () => {
  expect(markedUp(CARD)).toBe(
    [
      '<meta property="og:type" content="website">',
      '<meta property="og:title" content="Leeslijst">',
      '<meta property="og:description" content="Iets om te lezen.">',
      '<meta property="og:site_name" content="Leeslijst">',
      '<meta property="og:locale" content="nl">',
      '<meta name="description" content="Iets om te lezen.">',
      '<meta name="twitter:card" content="summary">',
    ].join(''),
  )
})

it('a card with a picture tells its size and what it shows', () => {
  const html = markedUp({ ...CARD, picture: 'https://www.jouwja.example/beeld-nl.png' })
  for (const tag of [
    'property="og:image" content="https://www.jouwja.example/beeld-nl.png"',
    'property="og:image:width" content="1200"',
    'property="og:image:height" content="630"',
    'property="og:image:alt" content="Leeslijst"',
    'name="twitter:card" content="summary_large_image"',
  ])
    expect(html).toContain(tag)
})

it('nothing in a card ends its tag', () => {
  expect(escaped('"><script>&amp;')).toBe('&quot;&gt;&lt;script&gt;&amp;amp;')
  expect(markedUp({ ...CARD, title: '"><script>' })).not.toContain('<script>')
})
