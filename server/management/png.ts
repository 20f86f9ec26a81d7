import { Resvg } from '@resvg/resvg-js'

/** DejaVu, so that a picture has the same letters on every machine. */
const FONTS = ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'].map((file) => `node_modules/dejavu-fonts-ttf/ttf/${file}`)

/** A drawing as PNG, twice as wide as it is drawn, so that it is sharp on paper. */
export function pngOf(svg: string): Uint8Array<ArrayBuffer> {
  const png = new Resvg(svg, {
    font: { fontFiles: FONTS, loadSystemFonts: false, defaultFontFamily: 'DejaVu Sans' },
    fitTo: { mode: 'zoom', value: 2 },
  })
    .render()
    .asPng()
  return new Uint8Array(png)
}
