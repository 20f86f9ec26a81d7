import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type BrowserContext } from '@playwright/test'

/** Lets Chromium show the page on which it tells what its address bar suggests. To be called before the browser starts. @param folder the profile */
export function allowSuggestionsPage(folder: string): void {
  writeFileSync(join(folder, 'Local State'), '{"internal_only_uis_enabled":true}')
}

/** The addresses that Chromium's address bar suggests for each of the words that somebody types in it. */
export async function suggestionsFor(
  context: BrowserContext,
  words: readonly string[],
): Promise<Map<string, string[]>> {
  const page = await context.newPage()
  await page.goto('chrome://omnibox')
  const suggestions = new Map<string, string[]>()
  for (const word of words) {
    await page.locator('#input-text').fill(word)
    // To search for what was typed is always one of the suggestions.
    await expect(page.getByText(word, { exact: true }).first()).toBeAttached()
    await expect(page.getByText('all providers done = true')).toBeAttached()
    const texts = await page.evaluate(() => {
      const within = (start: ParentNode) => {
        const elements: Element[] = []
        const roots = [start]
        for (const root of roots) {
          for (const element of root.querySelectorAll('*')) {
            elements.push(element)
            if (element.shadowRoot) roots.push(element.shadowRoot)
          }
        }
        return elements
      }
      // The list grows while the browser looks, and at first still holds what it found for the word before; the last one is the answer.
      const answer = within(document)
        .filter(({ localName }) => localName === 'output-results-group')
        .at(-1)?.shadowRoot
      return [
        ...new Set(
          answer
            ? within(answer)
                .filter(({ childElementCount }) => childElementCount === 0)
                .map(({ textContent }) => textContent?.trim() ?? '')
            : [],
        ),
      ]
    })
    suggestions.set(
      word,
      texts.filter((text) => /^https?:\/\//.test(text)),
    )
  }
  await page.close()
  return suggestions
}
