import type { Root as HastRoot } from 'hast'
import type { List, ListItem, Nodes, Paragraph, Root, Strong } from 'mdast'
import type { ContainerDirective, LeafDirective, TextDirective } from 'mdast-util-directive'
import remarkDirective from 'remark-directive'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import remarkRehype from 'remark-rehype'
import { unified } from 'unified'
import { VFile } from 'vfile'
import { matter } from 'vfile-matter'

type Directive = ContainerDirective | LeafDirective | TextDirective

/** What a text refers to, in the order of reading. */
export interface References {
  readonly pages: string[]
  readonly entries: number[]
  readonly helplines: string[]
  readonly facts: string[]
  /** The boxes and places of the text by their directive; a chat in which the writer speaks is `chat by ik`. */
  readonly blocks: string[]
  readonly unknownDirectives: string[]
  /** Addresses of links that are neither to a page or entry, nor to a place of this page, nor safe to follow; and of every picture. */
  readonly unknownLinks: string[]
}

/** A Markdown file, read: its front matter, its text as an HTML tree, what it refers to and how many words it has. */
export interface MarkdownFile {
  readonly frontMatter: unknown
  readonly body: HastRoot
  readonly references: References
  readonly words: number
  readonly plainText: string
}

/** Boxes that hold Markdown; each becomes a `div` of that class. */
const BOXES = new Set(['do', 'dont', 'warning', 'steps', 'poem', 'letter'])

/** Places where the site puts something of its own; each becomes an element `site-<name>` for components/prose.tsx. */
const PLACES = new Set([
  'numbers',
  'estimates',
  'all-helplines',
  'guide',
  'wallet-card',
  'contact-files',
  'toolkit',
  'owner',
  'exit',
  'traces',
  'accessibility',
  'share-list',
])

/** The values of VISITOR_COUNTS: a text between `:::counts{by=off}` and `:::` is shown in a build of that kind only. */
const WAYS_TO_COUNT = new Set(['embedded', 'vercel', 'off'])

/** Where a link may lead, beside pages and entries. */
const KNOWN_LINK = /^(https:\/\/|mailto:|#)/

/** A line that begins with so many marks of lists and quotes, or spaces, that it stands deeper than people read. */
const DEEP_LINE = /^(?:[ \t>]|[-*+][ \t]|\d{1,9}[.)][ \t]){60}/m
const MOST_BOXES = 100

const processor = unified().use(remarkParse).use(remarkGfm).use(remarkDirective)
const toHtmlTree = unified().use(remarkRehype)

/**
 * Whether a text has more in each other than a text for people needs. The time of the parser grows with the square of it and more:
 * three hundred lists in each other take it seconds, a thousand a minute.
 */
export function isTooDeep(source: string): boolean {
  return DEEP_LINE.test(source) || source.split(/^[ \t]*:::+[a-z]/im).length > MOST_BOXES
}

/**
 * Reads a Markdown file with front matter and the directives of docs/content.md.
 * Raw HTML in the text is left out (the default of remark-rehype), so content cannot bring a script along.
 */
export function readMarkdown(source: string): MarkdownFile {
  const file = new VFile(source)
  matter(file, { strip: true })
  const tree = processor.parse(file)
  const references: References = {
    pages: [],
    entries: [],
    helplines: [],
    facts: [],
    blocks: [],
    unknownDirectives: [],
    unknownLinks: [],
  }
  prepare(tree, references)
  const plainText = plainTextOf(tree)
  return {
    frontMatter: file.data.matter,
    body: toHtmlTree.runSync(tree),
    references,
    words: plainText.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length,
    plainText,
  }
}

function prepare(node: Nodes, references: References): void {
  switch (node.type) {
    case 'link':
    case 'definition': {
      const [scheme, target = ''] = node.url.split(':', 2)
      if (scheme === 'page') references.pages.push(target)
      else if (scheme === 'entry') references.entries.push(Number(target))
      else if (!KNOWN_LINK.test(node.url)) references.unknownLinks.push(node.url)
      break
    }
    // A picture from elsewhere would tell somebody else of the visit.
    case 'image':
      references.unknownLinks.push(node.url)
      break
    case 'text':
      // A box in a box needs more colons outside than inside; the end of one that has not is left as text.
      if (node.value.includes(':::')) references.unknownDirectives.push(':::')
      break
    case 'textDirective':
    case 'leafDirective':
    case 'containerDirective':
      prepareDirective(node, references)
      break
  }
  if ('children' in node) for (const child of node.children) prepare(child, references)
}

function prepareDirective(node: Directive, references: References): void {
  const label = plainTextOf(node).trim()
  if (node.type !== 'textDirective') references.blocks.push(blockName(node))
  if (node.type === 'textDirective' && /^\d/.test(node.name)) {
    Object.assign(node, { type: 'text', value: `:${node.name}`, children: [] })
    return
  }
  if (node.type === 'textDirective' && node.name === 'tel') {
    references.helplines.push(label)
    node.data = { hName: 'site-tel', hProperties: { of: label } }
    node.children = []
  } else if (node.type === 'textDirective' && node.name === 'checked') {
    if (!references.facts.includes(label)) references.facts.push(label)
    node.data = { hName: 'site-checked', hProperties: { number: references.facts.indexOf(label) + 1 } }
    node.children = []
  } else if (node.type === 'leafDirective' && PLACES.has(node.name)) {
    const ids = node.attributes?.ids ?? ''
    references.helplines.push(...ids.split(/\s+/).filter(Boolean))
    node.data = { hName: `site-${node.name}`, hProperties: { ids } }
  } else if (node.type === 'containerDirective' && node.name === 'chat') {
    for (const child of node.children) if (child.type === 'list') prepareChat(child)
    node.data = { hName: 'div', hProperties: { className: ['chat'] } }
  } else if (
    node.type === 'containerDirective' &&
    node.name === 'counts' &&
    WAYS_TO_COUNT.has(node.attributes?.by ?? '')
  ) {
    node.data = { hName: 'site-counts', hProperties: { by: node.attributes?.by ?? '' } }
  } else if (node.type === 'containerDirective' && BOXES.has(node.name)) {
    if (node.name === 'poem') keepLines(node)
    node.data = { hName: 'div', hProperties: { className: [node.name] } }
  } else {
    references.unknownDirectives.push(node.name)
  }
}

function blockName(node: ContainerDirective | LeafDirective): string {
  const by =
    node.name === 'chat'
      ? node.children.some((child) => child.type === 'list' && child.children.some(isMine))
        ? 'ik'
        : undefined
      : node.attributes?.by
  return by ? `${node.name} by ${by}` : node.name
}

/** Marks who speaks: items that begin with **ik** are the writer's own, and the page says "ik" in its own language. */
function prepareChat(list: List): void {
  list.spread = false
  for (const item of list.children) {
    const mine = isMine(item)
    item.data = { hProperties: { className: [mine ? 'mine' : 'theirs'] } }
    const speaker = mine ? firstStrong(item) : undefined
    if (speaker) speaker.data = { hName: 'site-me' }
  }
}

function isMine(item: ListItem): boolean {
  const speaker = firstStrong(item)
  return speaker !== undefined && plainTextOf(speaker).toLowerCase() === 'ik'
}

function firstStrong(item: ListItem): Strong | undefined {
  const paragraph = item.children[0]
  const first = paragraph?.type === 'paragraph' ? paragraph.children[0] : undefined
  return first?.type === 'strong' ? first : undefined
}

/** In a poem a line of the source is a line on the page. */
function keepLines(poem: ContainerDirective): void {
  for (const paragraph of poem.children) {
    if (paragraph.type !== 'paragraph') continue
    paragraph.children = paragraph.children.flatMap((child): Paragraph['children'] =>
      child.type === 'text'
        ? child.value
            .split('\n')
            .flatMap((value, line): Paragraph['children'] => [
              ...(line > 0 ? [{ type: 'break' as const }] : []),
              { type: 'text', value },
            ])
        : [child],
    )
  }
}

function plainTextOf(node: Root | Nodes): string {
  if (node.type === 'break') return '\n'
  if ('value' in node) return node.type === 'html' ? '' : node.value
  if (!('children' in node)) return ''
  const separator =
    node.type === 'root' ||
    node.type === 'list' ||
    node.type === 'listItem' ||
    node.type === 'containerDirective' ||
    node.type === 'blockquote' ||
    node.type === 'table' ||
    node.type === 'tableRow'
      ? '\n'
      : ''
  return node.children.map(plainTextOf).join(separator)
}
