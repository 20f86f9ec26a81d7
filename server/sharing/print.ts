import { Resvg, type ResvgRenderOptions } from '@resvg/resvg-js'
import { drawText, FONT_FAMILY, PALETTE, type Ink, type Measure, type PlacedText, type Weight } from '#sharing/sheet.ts'

/** The letters of every sheet, so that it is the same on every machine (SIL Open Font License 1.1, docs/sharing.md). */
const FONT_FILES: Readonly<Record<Weight, string>> = {
  400: '400Regular/Cairo_400Regular.ttf',
  700: '700Bold/Cairo_700Bold.ttf',
  900: '900Black/Cairo_900Black.ttf',
}
const FONT: NonNullable<ResvgRenderOptions['font']> = {
  fontFiles: Object.values(FONT_FILES).map((file) => `node_modules/@expo-google-fonts/cairo/${file}`),
  loadSystemFonts: false,
  defaultFontFamily: FONT_FAMILY,
}

/** The size at which a line is measured, so that its ink is not rounded away. Unit: pixels. */
const MEASURED_AT = 100

/** Where the ink of a line is, by the program that draws it. */
export const measureInk: Measure = (line, weight) => {
  const { left, right, top, bottom } = inkOf({ line, x: 0, y: 0, size: MEASURED_AT, weight, colour: PALETTE.ink })
  return { left: left / MEASURED_AT, right: right / MEASURED_AT, top: top / MEASURED_AT, bottom: bottom / MEASURED_AT }
}

/** The box of the ink of a line where it stands on a sheet; empty for a line of spaces. Unit: that of the sheet. */
export function inkOf(text: PlacedText): Ink {
  const box = new Resvg(`<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10">${drawText(text)}</svg>`, {
    font: FONT,
  }).getBBox()
  return box
    ? { left: box.x, right: box.x + box.width, top: box.y, bottom: box.y + box.height }
    : { left: 0, right: 0, top: 0, bottom: 0 }
}

/** A sheet, or any SVG in its letters, as PNG. @param width of the picture, in pixels */
export function pngOfSheet(svg: string, width: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(new Resvg(svg, { font: FONT, fitTo: { mode: 'width', value: width } }).render().asPng())
}

/** A sheet as SVG without letters: every one is a shape, joined as its language joins it, so that it needs no font. Its points are as exact as a printer. */
export function shapesOfSheet(svg: string): string {
  return new Resvg(svg, { font: FONT })
    .toString()
    .replace(/ d="[^"]*"/g, (path) =>
      path.replace(/-?\d+\.\d+/g, (number) => String(Math.round(Number(number) * 100) / 100)),
    )
}
