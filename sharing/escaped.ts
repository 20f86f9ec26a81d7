/** A text as it stands in HTML or SVG, also within double quotes (HTML, 13.3). */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
