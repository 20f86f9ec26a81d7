import { createHash } from 'node:crypto'
import { parse, serialize } from 'parse5'

/** @typedef {import('parse5').DefaultTreeAdapterTypes.Element} Element */
/** @typedef {import('parse5').DefaultTreeAdapterTypes.ChildNode} ChildNode */
/** @typedef {import('parse5').DefaultTreeAdapterTypes.ParentNode} ParentNode */

/**
 * A prerendered page without the framework: no script but those given, no preloads, no payload, and a Content Security
 * Policy (level 3) with the SHA-256 of each inline script and style.
 * @param {string} source the page as Next wrote it
 * @param {string} script the script of every page
 * @param {string} visitsScript the script of a page that carries `data-visits`, which then may load one of its own site
 * @param {(style: string) => string} [restyle] what is to be left of the style, after what no browser needs is gone
 * @returns {{ html: string, policy: string, status: number | undefined, counts: string } | undefined} nothing for a page without `data-reading`
 * @throws {Error} when something of the framework, or an inline style or handler, is left
 */
export function readingPage(source, script, visitsScript, restyle = (style) => style) {
  const document = parse(source)
  const html = document.childNodes.find(isElement)
  const counts = html && attribute(html, 'data-reading')
  if (!html || counts === undefined) return undefined

  const kind = kindForVisits(document)
  clean(document, restyle)
  const elements = [...descendants(document)]
  const body = elements.find(({ tagName }) => tagName === 'body')
  if (!body) throw new Error('the page has no body')
  const status = elements.map((element) => attribute(element, 'data-answer')).find((value) => value !== undefined)

  const visits = kind === undefined ? '' : `<script data-kind="${kind}">${visitsScript}</script>`
  // In the head, so that leaving works from the first byte of the text on (docs/decisions/0028).
  const text = serialize(document).replace('</head>', () => `<script>${script}</script>${visits}</head>`)
  refuseLeftovers(text, elements)
  const styles = elements.filter(({ tagName }) => tagName === 'style').map((style) => textOf(style))
  const scripts = kind === undefined ? [hash(script)] : [hash(script), hash(visitsScript), "'self'"]
  return {
    html: text,
    policy: policyFor(scripts, styles),
    status: status === undefined ? undefined : Number(status),
    counts,
  }
}

/**
 * What the count of visits may be told of a page (VISITOR_COUNTS=vercel), from its `data-visits`.
 * @param {ParentNode} document @returns {string | undefined} nothing for a page that is not counted
 */
function kindForVisits(document) {
  const kind = [...descendants(document)]
    .map((element) => attribute(element, 'data-visits'))
    .find((value) => value !== undefined)
  if (kind !== undefined && !/^[a-z]+$/.test(kind))
    throw new Error(`data-visits is "${kind}"; a kind of page is one word, so that no address can be told`)
  return kind
}

/** @param {readonly string[]} scripts what script-src allows @param {readonly string[]} styles */
function policyFor(scripts, styles) {
  return [
    "default-src 'none'",
    `script-src ${scripts.join(' ')}`,
    `style-src ${styles.map(hash).join(' ') || "'none'"}`,
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/** @param {string} text */
function hash(text) {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
}

/** Takes out scripts, preloads, comments and empty holders of the framework. @param {ParentNode} parent @param {(style: string) => string} restyle */
function clean(parent, restyle) {
  parent.childNodes = parent.childNodes.filter(
    (node) => node.nodeName !== '#comment' && !(isElement(node) && isOfFramework(node)),
  )
  for (const node of parent.childNodes) {
    if (!isElement(node)) continue
    if (node.tagName === 'style')
      for (const text of node.childNodes) if ('value' in text) text.value = restyle(thinned(text.value))
    // A drawing that stands in HTML needs no name of its language (HTML, 13.1.2.6).
    node.attrs = node.attrs.filter(
      ({ name }) => !['data-precedence', 'data-href', 'data-reading', 'data-visits', 'xmlns'].includes(name),
    )
    clean(node, restyle)
  }
}

/**
 * The style tools declare their own properties twice, for browsers with @property and for those without, and add some that
 * no rule uses. Every byte is part of every page, so what changes nothing goes: declarations for browsers with @property, a
 * declaration that is written twice, a style of a border that every element has from the first rule of reading.css, and
 * properties that no rule reads.
 * @param {string} style
 */
export function thinned(style) {
  const once = style
    .replace(/@property [^{]*\{[^}]*\}/g, '')
    .replace(/@layer properties\{@supports [^{]*\{([^{}]*\{[^{}]*\})\}\}/, '@layer properties{$1}')
    .replace(/--lightningcss-(light|dark):[^;]*;/g, '')
    .replace(/([a-z-]+:[^;{}]+;)\1+/g, '$1')
    .replace(/border(-[a-z]+)*-style:var\(--tw-border-style\);?/g, '')
  const read = new Set([...once.matchAll(/var\((--tw-[a-z-]+)/g)].map(([, name]) => name))
  return once
    .replace(/(--tw-[a-z-]+):[^;{}]*(;|(?=\}))/g, (declaration, name) => (read.has(name) ? declaration : ''))
    .replace(/@layer properties\{[^{}]*\{\}\}/, '')
}

/** @param {Element} element */
function isOfFramework(element) {
  const { tagName } = element
  if (tagName === 'script' || tagName === 'template') return true
  if (tagName === 'link')
    return ['preload', 'modulepreload', 'prefetch', 'preconnect'].includes(attribute(element, 'rel') ?? '')
  if (tagName === 'meta') return attribute(element, 'name') === 'next-size-adjust'
  return (
    tagName === 'div' &&
    attribute(element, 'hidden') !== undefined &&
    textOf(element).trim() === '' &&
    ![...descendants(element)].some((child) => child.tagName !== 'template')
  )
}

/** @param {string} html @param {readonly Element[]} elements */
function refuseLeftovers(html, elements) {
  if (/\/_next\/|__next|self\.__next/.test(html)) throw new Error('a part of the framework is left in the page')
  for (const { tagName, attrs } of elements) {
    const forbidden = attrs.find(({ name }) => name === 'style' || /^on[a-z]/.test(name))
    if (forbidden)
      throw new Error(`<${tagName}> has the attribute ${forbidden.name}, which the policy of the page refuses`)
    if (tagName === 'link' && attrs.some(({ name, value }) => name === 'rel' && value === 'stylesheet'))
      throw new Error('a style sheet is linked instead of being part of the page')
  }
}

/** @param {ParentNode} parent @returns {Generator<Element>} */
function* descendants(parent) {
  for (const node of parent.childNodes) {
    if (!isElement(node)) continue
    yield node
    yield* descendants(node)
  }
}

/** @param {ChildNode} node @returns {node is Element} */
function isElement(node) {
  return 'tagName' in node
}

/** @param {Element} element @param {string} name */
function attribute(element, name) {
  return element.attrs.find((candidate) => candidate.name === name)?.value
}

/** @param {ParentNode} parent @returns {string} */
function textOf(parent) {
  return parent.childNodes.map((node) => ('value' in node ? node.value : isElement(node) ? textOf(node) : '')).join('')
}
