import { Resvg, type ResvgRenderOptions } from '@resvg/resvg-js'
import PDFDocument from 'pdfkit'
import toPdf from 'svg-to-pdfkit'
import { drawText, FONT_FAMILY, PALETTE, SIZES, type Ink, type Measure, type PaperFormat, type PlacedText, type Weight } from '#sharing/sheet.ts'

/** The letters of every sheet, so that it is the same on every machine (SIL Open Font License 1.1, docs/sharing.md). */
const FONT_FILES: Readonly<Record<Weight, string>> = { 400: '400Regular/Cairo_400Regular.ttf', 700: '700Bold/Cairo_700Bold.ttf', 900: '900Black/Cairo_900Black.ttf' }
const FONT: NonNullable<ResvgRenderOptions['font']> = {
  fontFiles: Object.values(FONT_FILES).map((file) => `node_modules/@expo-google-fonts/cairo/${file}`),
  loadSystemFonts: false,
  defaultFontFamily: FONT_FAMILY,
}

/** The size at which a line is measured, so that its ink is not rounded away. Unit: pixels. */
const MEASURED_AT = 100

/** pdfkit needs a moment to begin with; it is not written. The same one for every sheet gives the same sheet the same bytes. */
const NO_MOMENT = new Date(0)

/** Where the ink of a line is, by the program that draws it. */
export const measureInk: Measure = (line, weight) => {
  const { left, right, top, bottom } = inkOf({ line, x: 0, y: 0, size: MEASURED_AT, weight, colour: PALETTE.ink })
  return { left: left / MEASURED_AT, right: right / MEASURED_AT, top: top / MEASURED_AT, bottom: bottom / MEASURED_AT }
}

/** The box of the ink of a line where it stands on a sheet; empty for a line of spaces. Unit: that of the sheet. */
export function inkOf(text: PlacedText): Ink {
  const box = new Resvg(`<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10">${drawText(text)}</svg>`, { font: FONT }).getBBox()
  return box ? { left: box.x, right: box.x + box.width, top: box.y, bottom: box.y + box.height } : { left: 0, right: 0, top: 0, bottom: 0 }
}

/** A sheet, or any SVG in its letters, as PNG. @param width of the picture, in pixels */
export function pngOfSheet(svg: string, width: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(new Resvg(svg, { font: FONT, fitTo: { mode: 'width', value: width } }).render().asPng())
}

/** A sheet as SVG without letters: every one is a shape, joined as its language joins it, so that it needs no font. Its points are as exact as a printer. */
export function shapesOfSheet(svg: string): string {
  return new Resvg(svg, { font: FONT }).toString().replace(/ d="[^"]*"/g, (path) => path.replace(/-?\d+\.\d+/g, (number) => String(Math.round(Number(number) * 100) / 100)))
}

/**
 * A sheet as PDF of one page of the exact size, all of it shapes: sharp at any size, and the same on every printer.
 * @param title what a program shows of it: neutral. Nothing else is told: no author, no program, no moment
 */
export async function pdfOfSheet(svg: string, format: PaperFormat, title: string): Promise<Uint8Array<ArrayBuffer>> {
  const { width, height } = SIZES[format]
  // Without a font: the one that pdfkit begins with would be a file to read, and is not used.
  const pdf = new PDFDocument({ size: [width, height], margin: 0, font: null as unknown as string, info: { Title: title, CreationDate: NO_MOMENT } })
  // pdfkit writes every property that can be listed, itself and the moment too; only the title is for others.
  for (const told of ['Producer', 'Creator', 'CreationDate'] as const) Object.defineProperty(pdf.info, told, { enumerable: false })
  const parts: Uint8Array[] = []
  const whole = new Promise<void>((resolve, reject) => {
    pdf.on('data', (part: Uint8Array) => parts.push(part))
    pdf.on('end', resolve)
    pdf.on('error', reject)
  })
  toPdf(pdf, shapesOfSheet(svg), 0, 0, { width, height, assumePt: true })
  pdf.end()
  await whole
  return new Uint8Array(Buffer.concat(parts))
}
