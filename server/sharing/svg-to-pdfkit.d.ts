declare module 'svg-to-pdfkit' {
  /** Draws an SVG into a PDF. @see https://github.com/alafr/SVG-to-PDFKit#readme */
  export default function toPdf(pdf: PDFKit.PDFDocument, svg: string, x: number, y: number, options: { width: number; height: number; assumePt: boolean }): void
}
