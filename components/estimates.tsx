import type { Estimates as EstimateData, EstimateTexts } from '#server/content/read.ts'
import { formatSourceDate, hostOf, localeOf } from './format.ts'
import type { Translator } from './translator.ts'

interface Props {
  readonly t: Translator
  readonly language: string
  readonly estimates: EstimateData
  readonly texts: EstimateTexts
}

const CHART = { width: 640, rowHeight: 84, start: 16, end: 24, top: 12, axis: 44 }
const AXIS_STEP = 500

/**
 * The estimates as a picture and as a table. Each subject is a range from its lowest to its highest count; the three
 * methods have three marks, so that nobody reads the dots as one series or adds the rows up.
 */
export function Estimates({ t, language, estimates, texts }: Props) {
  const numbers = new Intl.NumberFormat(localeOf(language))
  const nameOf = (id: string) => texts.rows[id] ?? id
  const axisEnd = Math.ceil(Math.max(...estimates.rows.map(({ high }) => high)) / AXIS_STEP) * AXIS_STEP
  const x = (count: number) => CHART.start + (count / axisEnd) * (CHART.width - CHART.start - CHART.end)
  const height = CHART.top + estimates.rows.length * CHART.rowHeight + CHART.axis
  const ticks = Array.from({ length: axisEnd / AXIS_STEP + 1 }, (_, index) => index * AXIS_STEP)
  const source = t('estimates.source', {
    source: hostOf(estimates.source),
    date: formatSourceDate(estimates.sourceDate, language, t('helpline.sourceUndated')),
    respondents: estimates.respondents,
    municipalities: estimates.municipalities,
  })
  return (
    <figure className="rounded-2xl border-2 border-line bg-sheet p-4 sm:p-6">
      <figcaption className="font-bold">{texts.caption}</figcaption>
      <svg viewBox={`0 0 ${CHART.width} ${height}`} className="picture mt-4 w-full" aria-hidden="true" direction="ltr">
        {ticks.map((tick) => (
          <g key={tick}>
            <path d={`M${x(tick)} ${CHART.top}V${height - CHART.axis}`} stroke="var(--line)" strokeWidth="1" />
            <text
              x={x(tick)}
              y={height - 20}
              textAnchor={tick === axisEnd ? 'end' : 'middle'}
              fontSize="19"
              fill="var(--soft)"
            >
              {numbers.format(tick)}
            </text>
          </g>
        ))}
        {estimates.rows.map((row, index) => {
          const y = CHART.top + index * CHART.rowHeight + 56
          return (
            <g key={row.id}>
              <text x={CHART.start} y={y - 22} fontSize="22" fontWeight="700" fill="var(--ink)">
                {nameOf(row.id)}
              </text>
              <path
                d={`M${x(row.registered)} ${y}H${x(row.high)}`}
                stroke="var(--sand)"
                strokeWidth="16"
                strokeLinecap="round"
              />
              <Mark method="registered" x={x(row.registered)} y={y} />
              <Mark method="low" x={x(row.low)} y={y} />
              <Mark method="high" x={x(row.high)} y={y} />
            </g>
          )
        })}
      </svg>
      <ul className="plain mt-2 flex flex-wrap gap-x-5 gap-y-1 text-[0.9375rem]" aria-hidden="true">
        {(['registered', 'low', 'high'] as const).map((method) => (
          <li key={method} className="flex items-center gap-2">
            <svg viewBox="0 0 24 24" className="picture size-5">
              <Mark method={method} x={12} y={12} />
            </svg>
            {texts.methods[method]}
          </li>
        ))}
      </ul>
      {/* It can be wider than a small screen, so it can be reached and scrolled with the keyboard. */}
      <section className="mt-5 overflow-x-auto" tabIndex={0} aria-label={texts.caption}>
        <table className="min-w-[30rem] text-[1rem]">
          <thead>
            <tr>
              <th scope="col">{t('estimates.subject')}</th>
              <th scope="col">{texts.methods.registered}</th>
              <th scope="col">{texts.methods.low}</th>
              <th scope="col">{texts.methods.high}</th>
            </tr>
          </thead>
          <tbody>
            {estimates.rows.map((row) => (
              <tr key={row.id}>
                <th scope="row">{nameOf(row.id)}</th>
                <td>{numbers.format(row.registered)}</td>
                <td>{numbers.format(row.low)}</td>
                <td>{numbers.format(row.high)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p className="mt-4">{texts.note}</p>
      <p className="mt-2 text-[0.9375rem] text-soft">{source}</p>
    </figure>
  )
}

/** A square for what was counted in files, an open circle for the lowest estimate, a filled circle for the highest. */
function Mark({ method, x, y }: { method: 'registered' | 'low' | 'high'; x: number; y: number }) {
  const outline = { stroke: 'var(--ink)', strokeWidth: 3 }
  if (method === 'registered') return <rect x={x - 8} y={y - 8} width="16" height="16" fill="var(--ink)" />
  return <circle cx={x} cy={y} r="8" fill={method === 'low' ? 'var(--sheet)' : 'var(--spot)'} {...outline} />
}
