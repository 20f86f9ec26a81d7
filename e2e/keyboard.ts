import type { Page } from '@playwright/test'
import { LEAST_OF_A_MARK, teachColours, type SeenColours } from './contrast.ts'

/**
 * Walks through a page with Tab, from its top to its last stop. @returns stops that were passed over, that are not in sight, or of which nobody can see that they have the focus
 * @param least the least number of stops, so that an empty page cannot pass
 */
export async function problemsOfKeyboard(page: Page, least: number): Promise<string[]> {
  await teachColours(page)
  const stops = await page.evaluate(beginAtTheTop, LEAST_OF_A_MARK)
  // The browser makes several stops of one field for a day or a time.
  const ofDays = await page.locator('input[type=date], input[type=time]').count()
  await pressTab(page, stops + 4 * ofDays)
  const { problems, seen, last } = await page.evaluate(stopsSeen)
  // The last stop is the last control of the page, so nothing was skipped and nothing holds the focus.
  return stops < least || seen !== stops || !last
    ? [...problems, `${seen} of ${stops} stops${last ? '' : ', not up to the last one'}`]
    : problems
}

/** Presses Tab so many times without waiting in between: the page looks at every stop by itself, for to be asked each time takes ten times as long. */
async function pressTab(page: Page, times: number): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const tab = { key: 'Tab', code: 'Tab', windowsVirtualKeyCode: 9 }
  await Promise.all(
    Array.from({ length: times }, () =>
      (['keyDown', 'keyUp'] as const).map((type) => session.send('Input.dispatchKeyEvent', { type, ...tab })),
    ).flat(),
  )
  await session.detach()
}

// The functions below run in the page and may use nothing from outside themselves.

/** Puts the reader before the first stop of the page, and has every stop looked at as soon as it has the focus. @returns how many there are */
function beginAtTheTop(leastContrast: number): number {
  const stops = [
    ...document.querySelectorAll<HTMLElement>(
      'a[href], button, summary, input, select, textarea, iframe, [tabindex="0"]',
    ),
  ].filter((element) => element.checkVisibility() && !element.matches(':disabled, [type=hidden]'))
  const seen: { problems: string[]; elements: Set<Element>; last: boolean } = {
    problems: [],
    elements: new Set(),
    last: false,
  }
  const known = window as unknown as { stopsSeen?: typeof seen; looks?: () => void; seenColours: SeenColours }
  known.stopsSeen = seen
  if (known.looks) document.removeEventListener('keyup', known.looks)
  // When a key comes up again the browser has moved the focus and scrolled to it.
  known.looks = () => {
    // What comes after the last stop is of the browser.
    if (seen.last) return
    const focused = document.activeElement
    if (!focused || focused === document.body) return void seen.problems.push('nothing has the focus')
    seen.elements.add(focused)
    seen.last = focused === stops.at(-1)
    const points = [...focused.getClientRects()].flatMap(({ left, right, top, bottom }) =>
      [0.1, 0.3, 0.5, 0.7, 0.9].flatMap((part) =>
        [0.1, 0.5, 0.9].map((across) => [left + (right - left) * across, top + (bottom - top) * part] as const),
      ),
    )
    const inSight = points.some(([x, y]) => {
      const there = document.elementFromPoint(x, y)
      return there === focused || focused.contains(there)
    })
    const { outlineStyle, outlineWidth, outlineColor, outlineOffset } = getComputedStyle(focused)
    if (!inSight) seen.problems.push(`is not in sight: ${focused.tagName} ${focused.textContent?.slice(0, 40)}`)
    if (outlineStyle === 'none' || parseFloat(outlineWidth) < 2)
      seen.problems.push(`is not marked: ${focused.tagName} ${focused.textContent?.slice(0, 40)}`)
    // A mark is drawn on what it lies over: the element itself, or what is around it.
    const under = known.seenColours.behind(parseFloat(outlineOffset) < 0 ? focused : focused.parentElement)
    const contrast = known.seenColours.contrast(outlineColor, under)
    if (contrast < leastContrast)
      seen.problems.push(
        `has a mark of ${contrast.toFixed(2)} to 1, ${outlineColor} on ${under}: ${focused.tagName} ${focused.textContent?.slice(0, 40)}`,
      )
  }
  document.addEventListener('keyup', known.looks)
  document.body.tabIndex = -1
  document.body.focus({ preventScroll: true })
  document.body.removeAttribute('tabindex')
  return stops.length
}

function stopsSeen(): { problems: string[]; seen: number; last: boolean } {
  const { stopsSeen: seen } = window as unknown as {
    stopsSeen: { problems: string[]; elements: Set<Element>; last: boolean }
  }
  return { problems: seen.problems, seen: seen.elements.size, last: seen.last }
}
