import { createHash } from 'node:crypto'
import { html, parse, serialize, type DefaultTreeAdapterTypes } from 'parse5'
import { escaped } from '#sharing/escaped.ts'
import { isTextOnly, pathOfTextOnly, pathWithDrawings } from './route.ts'

type Element = DefaultTreeAdapterTypes.Element
type Parent = DefaultTreeAdapterTypes.ParentNode

/**
 * All that is left of our style: lines of a length that reads, room around what is pressed, the exit in sight, and what the script of
 * the page covers it with. Colours and letters are those of the reader's own browser.
 */
const STYLE = [
  'html{scroll-padding-block-start:4.5em}',
  'body{max-inline-size:40em;margin:0 auto;padding:0 1em;line-height:1.75;overflow-wrap:break-word}',
  'header{position:sticky;inset-block-start:0;background:Canvas}',
  'header div{display:flex;justify-content:space-between;gap:1em}',
  'header a{padding-block:.5em}',
  'li,p,dd{padding-block:.25em}',
  ':is(li,nav,p)>a,.step a{display:inline-block;min-inline-size:1.5em}',
  'section[tabindex="0"]{overflow-x:auto}',
  '[data-status]{position:absolute;clip-path:inset(50%)}',
  '.cover>:not(#cover),.away>:not([data-curtain]),[hidden]{display:none!important}',
  '#cover,[data-curtain]:not([hidden]){position:fixed;inset:0;background:Canvas}',
  '@media print{header,nav,footer{display:none}}',
].join('')

const STYLE_HASH = `'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`

/** The one class that the script of a page looks for: that of a question of the guide. */
const CLASS_OF_THE_SCRIPT = 'step'

/**
 * A reading page as text only: no drawings, no colours and letters of ours, and links that stay that way. Its script stays, for leaving
 * and for keeping a visit one line in the history do not depend on how a page looks.
 * @param source the page of the build
 * @param back the words of the link to the page itself
 */
export function textOnlyPage(source: string, back: string): string {
  const document = parse(source)
  const way = wayBack(document)
  change(document, (element) => {
    const href = element.attrs.find(({ name }) => name === 'href')
    if (element.tagName === 'a' && href && staysInSite(element, href.value)) href.value = pathOfTextOnly(href.value)
    element.attrs = element.attrs.filter(({ name, value }) => name !== 'class' || value === CLASS_OF_THE_SCRIPT)
  })
  const text = serialize(document).replace('</head>', () => `<style>${STYLE}</style></head>`)
  // A part more than the page itself has: so the script of one does not read the other in place, under the wrong style.
  return way === ''
    ? text
    : text.replace('</header>', () => `</header><nav><a href="${escaped(way)}">${escaped(back)}</a></nav>`)
}

/** The policy of a page for its form as text only: its one style is another. */
export function textOnlyPolicy(policy: string): string {
  return policy.replace(/style-src [^;]*/, () => `style-src ${STYLE_HASH}`)
}

/** The path of the page itself, by its link to this form; that link goes, for it is here that it leads. */
function wayBack(parent: Parent): string {
  for (const node of parent.childNodes) {
    if (!('tagName' in node)) continue
    const href = node.attrs.find(({ name }) => name === 'href')?.value ?? ''
    if (node.tagName === 'a' && isTextOnly(href)) {
      parent.childNodes = parent.childNodes.filter((other) => other !== node)
      return pathWithDrawings(href)
    }
    const found = wayBack(node)
    if (found !== '') return found
  }
  return ''
}

/** Whether a link leads to a page of ours that has a form as text only: not the exit, and not a file. */
function staysInSite(element: Element, href: string): boolean {
  return /^\/(?!\/)[^.]*$/.test(href) && !has(element, 'data-exit') && !has(element, 'download')
}

/** Takes out what is only to look at, and the style, changes the rest, and breaks the line where only the style kept two things apart. */
function change(parent: Parent, act: (element: Element) => void): void {
  parent.childNodes = parent.childNodes
    .filter((node) => !('tagName' in node) || !isLeftOut(node))
    .flatMap((node, index, nodes) =>
      isInLine(node) && isInLine(nodes[index - 1]) ? [lineBreak(parent), node] : [node],
    )
  for (const node of parent.childNodes) {
    if (!('tagName' in node)) continue
    act(node)
    change(node, act)
  }
}

/** Pictures and what a screen reader passes over too, our style and colours, and the exit that only the keyboard finds: the other one is as near. */
function isLeftOut(element: Element): boolean {
  const { tagName, attrs } = element
  if (tagName === 'style' || tagName === 'svg') return true
  if (has(element, 'data-exit') && attrs.some(({ name, value }) => name === 'class' && value === 'skip')) return true
  if (tagName === 'meta') return attrs.some(({ name, value }) => name === 'name' && value === 'theme-color')
  return attrs.some(({ name, value }) => name === 'aria-hidden' && value === 'true')
}

function isInLine(node: Parent['childNodes'][number] | undefined): boolean {
  return node !== undefined && 'tagName' in node && ['a', 'bdi', 'button', 'span'].includes(node.tagName)
}

function lineBreak(parentNode: Parent): Element {
  return { nodeName: 'br', tagName: 'br', attrs: [], namespaceURI: html.NS.HTML, childNodes: [], parentNode }
}

function has(element: Element, name: string): boolean {
  return element.attrs.some((attribute) => attribute.name === name)
}
