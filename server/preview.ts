import { parse, serialize, type DefaultTreeAdapterTypes } from 'parse5'
import { momentAt, parseDay } from '#campaign/day.ts'
import type { SiteId } from '#campaign/run.ts'
import { MANAGEMENT } from './route.ts'

/** Where managers see a page as it will be: /beheer/voorbeeld/help/2027-06-01T0000/reis */
export const PREVIEW = `${MANAGEMENT}/voorbeeld`

type Element = DefaultTreeAdapterTypes.Element
type Parent = DefaultTreeAdapterTypes.ParentNode

/** A moment in the address of a preview: day and time as clocks in Amsterdam show them. */
const MOMENT = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3])([0-5]\d)$/

/** Reads a moment from the address of a preview; undefined for anything else. */
export function previewMoment(text: string): Date | undefined {
  const [, day = '', hours, minutes] = MOMENT.exec(text) ?? []
  try {
    return momentAt(parseDay(day), Number(hours) * 60 + Number(minutes))
  } catch {
    return undefined
  }
}

/** The address of the preview of a path of a site. */
export function previewPath(site: SiteId, moment: string, path: string): string {
  return `${PREVIEW}/${site}/${moment}${path}`.replace(/\/$/, '')
}

/**
 * A reading page as a manager previews it: without its script, so that nothing is counted, covered or left, and with links
 * that stay in the preview.
 * @param source the page as it is delivered
 */
export function previewPage(source: string, site: SiteId, moment: string): string {
  const document = parse(source)
  change(document, (element) => {
    const href = element.attrs.find(({ name }) => name === 'href')
    if (element.tagName !== 'a' || !href) return
    // The exit is seen, and leaves nothing.
    if (element.attrs.some(({ name }) => name === 'data-exit')) href.value = previewPath(site, moment, '/uit')
    else if (/^\/(?!\/)/.test(href.value)) href.value = previewPath(site, moment, href.value)
    else if (href.value.startsWith('https:')) element.attrs.push({ name: 'target', value: '_blank' })
  })
  return serialize(document)
}

/** The policy of a page for its preview: our own pages may show it in a frame, and no script runs. */
export function previewPolicy(policy: string): string {
  const instead: Record<string, string> = {
    'script-src': "script-src 'none'",
    'connect-src': "connect-src 'none'",
    'frame-ancestors': "frame-ancestors 'self'",
  }
  return policy
    .split('; ')
    .map((directive) => instead[directive.split(' ', 1)[0] ?? ''] ?? directive)
    .join('; ')
}

function change(parent: Parent, act: (element: Element) => void): void {
  parent.childNodes = parent.childNodes.filter((node) => node.nodeName !== 'script')
  for (const node of parent.childNodes) {
    if (!('tagName' in node)) continue
    act(node)
    change(node, act)
  }
}
