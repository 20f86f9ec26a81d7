import type { Page } from '@playwright/test'
import { paleTexts } from './contrast.ts'

/** The least contrast of letters in the colours that a reader chose: WCAG 2.2 AA, 1.4.3. */
const LEAST_CONTRAST = 4.5

/** What is lost of a page in the colours of the reader's device (forced colours), and what still moves for a reader who wants no movement. */
export async function problemsInOwnColours(page: Page): Promise<string[]> {
  await page.emulateMedia({ forcedColors: 'none', reducedMotion: 'reduce' })
  const moving = await page.evaluate(movements)
  await page.evaluate(markButtons)
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' })
  const lost = [...(await page.evaluate(buttonsWithoutEdge)), ...(await paleTexts(page, LEAST_CONTRAST))]
  await page.emulateMedia({ forcedColors: 'none', reducedMotion: 'no-preference' })
  return [...moving, ...lost]
}

// The functions below run in the page and may use nothing from outside themselves.

/** What moves, or would when it is pointed at. */
function movements(): string[] {
  const seconds = (text: string) =>
    Math.max(...text.split(',').map((part) => parseFloat(part) * (part.trim().endsWith('ms') ? 0.001 : 1)))
  return [
    ...document.getAnimations().map(() => 'something moves'),
    ...[document.documentElement, ...document.body.querySelectorAll('*')].flatMap((element) => {
      const { transitionDuration, animationDuration, animationName, scrollBehavior } = getComputedStyle(element)
      const moves =
        seconds(transitionDuration) > 0.01 ||
        (animationName !== 'none' && seconds(animationDuration) > 0.01) ||
        scrollBehavior === 'smooth'
      return moves ? [`moves: <${element.tagName.toLowerCase()} class="${element.getAttribute('class') ?? ''}">`] : []
    }),
  ]
}

/** Remembers what a background makes a button of: it will not be there in the colours of the device. */
function markButtons(): void {
  for (const button of document.querySelectorAll<HTMLElement>('a, button, summary')) {
    if (button.checkVisibility() && !/, 0\)$|^transparent$/.test(getComputedStyle(button).backgroundColor))
      button.dataset.filled = ''
  }
}

function buttonsWithoutEdge(): string[] {
  return [...document.querySelectorAll<HTMLElement>('[data-filled]')].flatMap((button) => {
    const { borderTopWidth, borderTopStyle, borderTopColor, backgroundColor, textDecorationLine } =
      getComputedStyle(button)
    const edged = parseFloat(borderTopWidth) >= 1 && borderTopStyle !== 'none' && borderTopColor !== backgroundColor
    return edged || textDecorationLine.includes('underline')
      ? []
      : [`has no edge: ${button.tagName} ${button.textContent?.slice(0, 40)}`]
  })
}
