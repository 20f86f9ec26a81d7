/**
 * Texts whose letters are too near to what is behind them, each once. It looks at every element with words of its own that is in sight, in
 * letters that axe cannot see too, such as the Arabic ones; what is behind is the nearest background that is not clear.
 * Runs in the page and may use nothing from outside itself.
 * @param least the least ratio (WCAG 2.2, 1.4.3 and 1.4.6)
 */
export function paleTexts(least: number): string[] {
  const partsOf = (colour: string) => {
    const [red = 0, green = 0, blue = 0, clear = 1] = (colour.match(/[\d.]+/g) ?? []).map(Number)
    return { red, green, blue, clear }
  }
  const luminance = (colour: string) => {
    const { red, green, blue } = partsOf(colour)
    const [r = 0, g = 0, b = 0] = [red, green, blue].map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const behind = (element: Element | null): string => {
    for (let part = element; part; part = part.parentElement) {
      const { backgroundColor } = getComputedStyle(part)
      if (partsOf(backgroundColor).clear === 1 && backgroundColor !== 'rgba(0, 0, 0, 0)') return backgroundColor
    }
    return matchMedia('(prefers-color-scheme: dark)').matches ? 'rgb(0, 0, 0)' : 'rgb(255, 255, 255)'
  }
  const found = new Set<string>()
  for (const element of document.body.querySelectorAll<HTMLElement>('*')) {
    if (element.closest('script, style, svg') || ![...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.nodeValue?.trim()) || !element.checkVisibility()) continue
    const { color } = getComputedStyle(element)
    const [one, other] = [luminance(color), luminance(behind(element))]
    const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05)
    if (ratio < least) found.add(`letters of ${ratio.toFixed(2)} to 1, ${color} on ${behind(element)}: "${element.textContent?.trim().slice(0, 30)}"`)
  }
  return [...found]
}
