import { addDays, daysBetween, type CalendarDay } from '#campaign/day.ts'
import type { Phase } from '#campaign/run.ts'

/** A stretch of days on which the front page of a site speaks of a run. */
export interface CalendarBar {
  readonly firstDay: CalendarDay
  readonly lastDay: CalendarDay
  readonly phase: Phase
  /** The name of the run, at the stretch that is to carry it. */
  readonly name?: string | undefined
}

interface Props {
  /** What the picture shows, in a sentence. */
  readonly title: string
  readonly firstDay: CalendarDay
  readonly lastDay: CalendarDay
  readonly months: readonly { readonly firstDay: CalendarDay; readonly text: string }[]
  readonly rows: readonly { readonly site: string; readonly bars: readonly CalendarBar[] }[]
  readonly today: { readonly day: CalendarDay; readonly text: string }
}

const WIDTH = 960
const HEAD = 26
const ROW = 74
const FOOT = 22
/** About the width of a letter of the names, and the space after a name. */
const LETTER = 9
const GAP = 10

/** A year as a strip: a row for each site, with the phases of its runs, and a line at today. */
export function RunsCalendar({ title, firstDay, lastDay, months, rows, today }: Props) {
  const perDay = WIDTH / (daysBetween(firstDay, lastDay) + 1)
  const startOf = (day: CalendarDay) => round(Math.max(0, daysBetween(firstDay, day)) * perDay)
  const endOf = (day: CalendarDay) =>
    round((Math.min(daysBetween(firstDay, lastDay), daysBetween(firstDay, day)) + 1) * perDay)
  const height = HEAD + rows.length * ROW + FOOT
  const todayAt =
    today.day >= firstDay && today.day <= lastDay ? round((daysBetween(firstDay, today.day) + 0.5) * perDay) : undefined
  return (
    <svg className="runs-calendar" viewBox={`0 0 ${WIDTH} ${height}`} role="img" aria-label={title}>
      {months.map((month) => (
        <g key={month.firstDay}>
          <path className="grid" d={`M${startOf(month.firstDay)} 0V${height - FOOT}`} />
          <text className="month" x={startOf(month.firstDay) + 5} y="15">
            {month.text}
          </text>
        </g>
      ))}
      {todayAt === undefined ? null : (
        <g>
          <path className="today" d={`M${todayAt} 20V${height - FOOT}`} />
          <text
            x={todayAt}
            y={height - 6}
            textAnchor={todayAt < 40 ? 'start' : todayAt > WIDTH - 40 ? 'end' : 'middle'}
          >
            {today.text}
          </text>
        </g>
      )}
      {rows.map(({ site, bars }, row) => (
        <g key={site} transform={`translate(0 ${HEAD + row * ROW})`}>
          <text x="5" y="18">
            {site}
          </text>
          {bars.map((bar, index) => (
            <g key={bar.firstDay}>
              <rect
                className={`phase ${bar.phase}`}
                x={startOf(bar.firstDay) + 1}
                width={Math.max(2, round(endOf(bar.lastDay) - startOf(bar.firstDay) - 2))}
                y={bar.phase === 'during' ? 42 : 47}
                height={bar.phase === 'during' ? 22 : 12}
                rx="4"
              />
              {bar.name === undefined ? null : (
                <text className="name" x={startOf(bar.firstDay) + 2} y="36">
                  {shortened(
                    bar.name,
                    startOf(nextName(bars, index) ?? addDays(lastDay, 1)) - startOf(bar.firstDay) - GAP,
                  )}
                </text>
              )}
            </g>
          ))}
        </g>
      ))}
    </svg>
  )
}

/** The day at which the next name stands. */
function nextName(bars: readonly CalendarBar[], index: number): CalendarDay | undefined {
  return bars.slice(index + 1).find(({ name }) => name !== undefined)?.firstDay
}

function shortened(name: string, space: number): string {
  const letters = Math.floor(space / LETTER)
  return name.length <= letters ? name : letters < 4 ? '' : `${name.slice(0, letters - 1).trimEnd()}…`
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
