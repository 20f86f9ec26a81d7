import { parseFragment, type DefaultTreeAdapterTypes } from 'parse5'
import PDFDocument from 'pdfkit'
import { SIZES, type PaperFormat } from '#sharing/sheet.ts'
import { shapesOfSheet } from './print.ts'

type Pdf = InstanceType<typeof PDFDocument>

/** pdfkit needs a moment to begin with; it is not written. The same one for every sheet gives the same sheet the same bytes. */
const NO_MOMENT = new Date(0)

/**
 * A sheet as PDF of one page of the exact size, all of it shapes: sharp at any size, and the same on every printer.
 * @param svg of drawSheet
 * @param title what a program shows of it: neutral. Nothing else is told: no author, no program, no moment
 * @throws Error when the sheet has something that this file does not draw
 */
export async function pdfOfSheet(svg: string, format: PaperFormat, title: string): Promise<Uint8Array<ArrayBuffer>> {
  const { width, height } = SIZES[format]
  // Without a font: the one that pdfkit begins with would be a file to read, and is not used.
  const pdf = new PDFDocument({
    size: [width, height],
    margin: 0,
    font: null as unknown as string,
    info: { Title: title, CreationDate: NO_MOMENT },
  })
  // pdfkit writes every property that can be listed, itself and the moment too; only the title is for others.
  for (const told of ['Producer', 'Creator', 'CreationDate'] as const)
    Object.defineProperty(pdf.info, told, { enumerable: false })
  const parts: Uint8Array[] = []
  const whole = new Promise<void>((resolve, reject) => {
    pdf.on('data', (part: Uint8Array) => parts.push(part))
    pdf.on('end', resolve)
    pdf.on('error', reject)
  })
  for (const node of parseFragment(shapesOfSheet(svg)).childNodes) draw(pdf, node)
  pdf.end()
  await whole
  return new Uint8Array(Buffer.concat(parts))
}

/**
 * Draws what resvg writes of a sheet: groups with a matrix, and paths in absolute commands with plain colours. A library
 * for any SVG took four times as long. Whatever is not known is refused, so that no part of a sheet is left out unseen.
 */
function draw(pdf: Pdf, node: DefaultTreeAdapterTypes.ChildNode): void {
  if (!('tagName' in node)) return
  const attributes = Object.fromEntries(node.attrs.map(({ name, value }) => [name, value]))
  switch (node.tagName) {
    case 'svg':
    case 'defs':
      for (const child of node.childNodes) draw(pdf, child)
      return
    case 'g': {
      const { transform, ...others } = attributes
      refuse('g', others)
      pdf.save()
      if (transform !== undefined) pdf.transform(...matrixOf(transform))
      for (const child of node.childNodes) draw(pdf, child)
      pdf.restore()
      return
    }
    case 'path':
      drawPath(pdf, attributes)
      return
    default:
      refuse(node.tagName, { element: node.tagName })
  }
}

function drawPath(pdf: Pdf, attributes: Readonly<Record<string, string>>): void {
  const {
    d = '',
    fill = 'none',
    stroke = 'none',
    'stroke-width': width = '1',
    'stroke-linecap': cap = 'butt',
    'stroke-linejoin': join = 'miter',
    'stroke-dasharray': dashes,
    ...others
  } = attributes
  refuse('path', others)
  pdf.save()
  if (stroke !== 'none') {
    pdf.lineWidth(Number(width)).lineCap(cap).lineJoin(join)
    const [dash, space] = dashes?.split(/[ ,]+/).map(Number) ?? []
    if (dash !== undefined && space !== undefined) pdf.dash(dash, { space })
  }
  pdf.path(d)
  if (fill !== 'none' && stroke !== 'none') pdf.fillAndStroke(fill, stroke)
  else if (fill !== 'none') pdf.fill(fill)
  else if (stroke !== 'none') pdf.stroke(stroke)
  pdf.restore()
}

function matrixOf(transform: string): [number, number, number, number, number, number] {
  const numbers = /^matrix\(([^)]*)\)$/.exec(transform)?.[1]?.split(/[ ,]+/).map(Number) ?? []
  const [a, b, c, d, e, f] = numbers
  if (
    numbers.length !== 6 ||
    a === undefined ||
    b === undefined ||
    c === undefined ||
    d === undefined ||
    e === undefined ||
    f === undefined
  )
    throw new Error(`A PDF is not drawn with the transform "${transform}".`)
  return [a, b, c, d, e, f]
}

function refuse(element: string, attributes: Readonly<Record<string, string>>): void {
  const [name] = Object.keys(attributes)
  if (name !== undefined) throw new Error(`A PDF is not drawn with ${name} of <${element}>.`)
}
