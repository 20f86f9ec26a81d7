import type { Page } from '@playwright/test'

/** The least contrast of a mark that must be seen, such as the one of the focus: WCAG 2.2 AA, 1.4.11 and 2.4.13. */
export const LEAST_OF_A_MARK = 3

/** Colours as they are seen in the page. */
export interface SeenColours {
  /** The ratio of contrast of two colours, 1 to 21 (WCAG 2.2, the definition of contrast ratio). */
  readonly contrast: (one: string, other: string) => number
  /** The nearest background at or around an element that is not clear. */
  readonly behind: (element: Element | null) => string
}

/**
 * Texts whose letters are too near to what is behind them, each once. It looks at every element with words of its own that is in sight, in
 * letters that axe cannot see too, such as the Arabic ones; what is behind is the nearest background that is not clear.
 * @param least the least ratio (WCAG 2.2, 1.4.3 and 1.4.6)
 */
export async function paleTexts(page: Page, least: number): Promise<string[]> {
  await teachColours(page)
  return page.evaluate(textsBelow, least)
}

/** Gives the page a `seenColours`, for what looks at its colours from inside. */
export async function teachColours(page: Page): Promise<void> {
  await page.evaluate(seeColours)
}

// The functions below run in the page and may use nothing from outside themselves.

function seeColours(): void {
  const partsOf = (colour: string) => {
    const [red = 0, green = 0, blue = 0, clear = 1] = (colour.match(/[\d.]+/g) ?? []).map(Number)
    return { red, green, blue, clear }
  }
  const luminance = (colour: string) => {
    const { red, green, blue } = partsOf(colour)
    const [r = 0, g = 0, b = 0] = [red, green, blue]
      .map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const colours: SeenColours = {
    contrast: (one, other) => {
      const [a, b] = [luminance(one), luminance(other)]
      return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
    },
    behind: (element) => {
      for (let part = element; part; part = part.parentElement) {
        const { backgroundColor } = getComputedStyle(part)
        if (partsOf(backgroundColor).clear === 1 && backgroundColor !== 'rgba(0, 0, 0, 0)') return backgroundColor
      }
      return matchMedia('(prefers-color-scheme: dark)').matches ? 'rgb(0, 0, 0)' : 'rgb(255, 255, 255)'
    },
  }
  Object.assign(window, { seenColours: colours })
}

function textsBelow(least: number): string[] {
  const { contrast, behind } = (window as unknown as { seenColours: SeenColours }).seenColours
  const found = new Set<string>()
  for (const element of document.body.querySelectorAll<HTMLElement>('*')) {
    if (
      element.closest('script, style, svg') ||
      ![...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.nodeValue?.trim()) ||
      !element.checkVisibility()
    )
      continue
    const { color } = getComputedStyle(element)
    const background = behind(element)
    const ratio = contrast(color, background)
    if (ratio < least)
      found.add(
        `letters of ${ratio.toFixed(2)} to 1, ${color} on ${background}: "${element.textContent?.trim().slice(0, 30)}"`,
      )
  }
  return [...found]
}
