import { parse, type DefaultTreeAdapterTypes } from 'parse5'

type Element = DefaultTreeAdapterTypes.Element
type Parent = DefaultTreeAdapterTypes.ParentNode

/** A page as the server sent it, for what must be true before any browser touches it. */
export class PageSource {
  private readonly all: readonly Element[]

  constructor(readonly html: string) {
    this.all = [...elementsIn(parse(html))]
  }

  /** The elements with a tag name, in the order of the page; all of them without one. */
  elements(tagName?: string): readonly Element[] {
    return tagName === undefined ? this.all : this.all.filter((element) => element.tagName === tagName)
  }

  /** The texts of the elements with a tag name. */
  texts(tagName: string): string[] {
    return this.elements(tagName).map(textOf)
  }
}

/** The value of an attribute, or nothing where the element does not have it. */
export function attribute(element: Element | undefined, name: string): string | undefined {
  return element?.attrs.find((candidate) => candidate.name === name)?.value
}

/** All elements inside a part of a page, in the order of the page. */
export function* elementsIn(parent: Parent): Generator<Element> {
  for (const node of parent.childNodes) {
    if (!('tagName' in node)) continue
    yield node
    yield* elementsIn(node)
  }
}

/** The text of a part of a page, without any rendering. */
export function textOf(parent: Parent): string {
  return parent.childNodes
    .map((node) => ('value' in node ? node.value : 'childNodes' in node ? textOf(node) : ''))
    .join('')
}
