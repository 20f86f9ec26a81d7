import { expect, type Frame, type Page } from '@playwright/test'

/** The least a page must give, so that a search for its words cannot pass for want of words. */
const LEAST_PHRASES = 6

/** What a reader has read: the words by which it would be known again, wherever they turned up. */
export class ReadWords {
  readonly titles = new Set<string>()
  readonly texts: string[] = []
  private readonly perPage: string[][] = []

  /** Takes in the page that is in front of the reader. */
  async add(page: Page | Frame): Promise<void> {
    // The text between two tags, as it also stands in the source of the page, so that it can be found in a copy of that.
    const { headings, runs, html } = await page.evaluate(() => {
      const main = document.querySelector('main') ?? document.body
      const runs: string[] = []
      const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT)
      while (walker.nextNode()) runs.push(walker.currentNode.nodeValue ?? '')
      return {
        headings: [...main.querySelectorAll('h1, h2, h3')].map((heading) => heading.textContent ?? ''),
        runs,
        html: main.outerHTML,
      }
    })
    const sentences = runs
      .flatMap((run) => run.split(/[.!?؟:\n]/))
      .map((text) => text.trim())
      .filter((text) => text.length >= 20 && text.split(' ').length >= 4)
    // Written the same in every encoding that is searched for. A heading of one word is not known again for certain.
    const phrases = [...headings.map((text) => text.trim()).filter((text) => text.includes(' ')), ...sentences].filter(
      (text) => /^[A-Za-z0-9\u0600-\u06ff ,;()-]+[?\u061f]?$/.test(text),
    )
    expect(new Set(phrases).size, `phrases of "${headings[0]}"`).toBeGreaterThanOrEqual(LEAST_PHRASES)
    this.perPage.push(phrases)
    this.texts.push(html)
    this.titles.add(await page.title())
  }

  get pages(): number {
    return this.perPage.length
  }

  /** Every distinctive phrase of every page, once. */
  get phrases(): string[] {
    return [...new Set(this.perPage.flat())]
  }

  /** The phrases of what a page shows that are of what was read. */
  in(text: string): string[] {
    const folded = text.toLowerCase()
    return this.phrases.filter((phrase) => folded.includes(phrase.toLowerCase()))
  }
}
