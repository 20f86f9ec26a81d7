import { escaped } from './escaped.ts'

/** What a chat or a social network shows of a link, and keeps: on both telephones, in the list of chats, on a locked screen. */
export interface Card {
  readonly title: string
  readonly text: string
  /** The name of the site, as the card tells it. */
  readonly site: string
  /** The language of the words: a code of two letters. */
  readonly language: string
  /** The address of a picture of 1200 by 630 pixels; a discreet card has none, so that it stays small and says nothing. */
  readonly picture?: string | undefined
}

/** The size of the picture of a card, which the robots of all networks take. Unit: pixels. */
export const CARD_PICTURE = { width: 1200, height: 630 } as const

/**
 * A card as preview robots read it in the head of a page (Open Graph protocol, ogp.me; X Cards). Without `og:url`: the card then
 * leads where the sender's link does.
 */
export function markedUp({ title, text, site, language, picture }: Card): string {
  const tags: [string, string][] = [
    ['og:type', 'website'],
    ['og:title', title],
    ['og:description', text],
    ['og:site_name', site],
    ['og:locale', language],
    ...(picture === undefined
      ? []
      : ([
          ['og:image', picture],
          ['og:image:width', String(CARD_PICTURE.width)],
          ['og:image:height', String(CARD_PICTURE.height)],
          ['og:image:alt', title],
        ] as [string, string][])),
  ]
  const named = [
    ['description', text],
    ['twitter:card', picture === undefined ? 'summary' : 'summary_large_image'],
  ]
  return [
    ...tags.map(([name, value]) => `<meta property="${name}" content="${escaped(value)}">`),
    ...named.map(([name, value]) => `<meta name="${name}" content="${escaped(value ?? '')}">`),
  ].join('')
}
