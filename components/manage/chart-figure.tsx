interface Props {
  /** The same drawing for a wide and for a narrow screen, as SVG of our own making. */
  readonly wide: string
  readonly narrow: string
}

/** A chart, in the drawing that fits the screen. The same numbers stand in a table near it. */
export function ChartFigure({ wide, narrow }: Props) {
  return (
    <figure className="chart mt-3">
      <div className="chart-wide" dangerouslySetInnerHTML={{ __html: wide }} />
      <div className="chart-narrow" dangerouslySetInnerHTML={{ __html: narrow }} />
    </figure>
  )
}
