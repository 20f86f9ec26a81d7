import { PurgeCSS } from 'purgecss'

/** Classes that only the script of a page gives. */
const OF_THE_SCRIPT = ['cover', 'away']

/** Parts of selectors that name nothing in a page. */
const OF_NO_PAGE = [':not', ':focus-visible']

/** Attributes of which the style asks a value that a page may get later, or that only some pages have. */
const ATTRIBUTES = [
  'aria-current',
  'class',
  'data-curtain',
  'data-shown',
  'dir',
  'hidden',
  'href',
  'hreflang',
  'lang',
  'tabindex',
]

/**
 * The rules of a style that can match anything in the pages of a site. Every byte is part of every page, and the help site has no use for
 * the letters and poems of the diary. All pages of a site keep one style, so that each can be read in the place of another.
 * @param {string} style @param {Iterable<string>} names of the classes and elements in all pages of the site
 * @returns {Promise<string>}
 */
export async function usedStyle(style, names) {
  // What a rule leaves out need not be in a page for the rule to match.
  const leftOut = [...style.matchAll(/:not\(\.([\w-]+)\)/g)].map(([, name]) => String(name))
  const [result] = await new PurgeCSS().purge({
    content: [{ raw: [...names].join(' '), extension: 'html' }],
    css: [{ raw: style }],
    defaultExtractor: (text) => text.split(' '),
    safelist: [...OF_THE_SCRIPT, ...OF_NO_PAGE, ...leftOut],
    dynamicAttributes: ATTRIBUTES,
  })
  if (!result) throw new Error('The style of the reading pages could not be read.')
  return result.css
}

/**
 * The names of the elements and classes in a page.
 * @param {string} source HTML @returns {string[]}
 */
export function namesIn(source) {
  const elements = [...source.matchAll(/<([a-z][a-z0-9]*)[\s>]/g)].map(([, name]) => String(name))
  const classes = [...source.matchAll(/\sclass="([^"]*)"/g)].flatMap(([, value]) =>
    String(value).replaceAll('&amp;', '&').replaceAll('&gt;', '>').split(/\s+/),
  )
  return [...elements, ...classes]
}
