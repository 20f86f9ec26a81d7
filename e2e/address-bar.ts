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
    // Without a function inside it: what a page is given to run must not lean on anything of the program that gives it.
    const texts = await page.evaluate(() => {
      const roots: ParentNode[] = [document]
      const answers: ShadowRoot[] = []
      for (const root of roots)
        for (const element of root.querySelectorAll('*')) {
          if (!element.shadowRoot) continue
          roots.push(element.shadowRoot)
          if (element.localName === 'output-results-group') answers.push(element.shadowRoot)
        }
      // The list grows while the browser looks, and at first still holds what it found for the word before; the last one is the answer.
      const parts: ParentNode[] = answers.slice(-1)
      const found = new Set<string>()
      for (const part of parts)
        for (const element of part.querySelectorAll('*')) {
          if (element.shadowRoot) parts.push(element.shadowRoot)
          if (element.childElementCount === 0) found.add(element.textContent?.trim() ?? '')
        }
      return [...found]
    })
    suggestions.set(
      word,
      texts.filter((text) => /^https?:\/\//.test(text)),
    )
  }
  await page.close()
  return suggestions
}
