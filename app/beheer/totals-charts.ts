import { drawBars, drawRows, NARROW, WIDE, type ChartRow } from '#components/manage/chart.ts'
import type { TotalsTexts } from '#components/manage/totals-translator.ts'
import type { RunTotal } from '#server/counts/totals.ts'
import { lengthOf, shortNameOf, siteOf, type ManagerLanguage } from './totals-words.ts'

/** A chart for a wide and for a narrow screen. */
export interface Drawn {
  readonly wide: string
  readonly narrow: string
}

/** The closed days or weeks of a run of a site. */
export function rowsOfPeriods({ periods }: RunTotal, language: ManagerLanguage): ChartRow[] {
  return periods.map((period) => ({
    key: period.period,
    label: shortNameOf(period, language),
    value: period.visitors,
    struck: period.struck !== undefined,
  }))
}

/** What the chart of a run of a site shows. */
export function titleOfPeriods(t: TotalsTexts, total: RunTotal, runName: string): string {
  return t('periods.chart', { site: siteOf(total.site).name, length: lengthOf(total.periods), run: runName })
}

/** Bars for the page. */
export function barsOnScreen(rows: readonly ChartRow[], title: string, language: ManagerLanguage): Drawn {
  return {
    wide: drawBars(rows, { title, language, width: WIDE }),
    narrow: drawBars(rows, { title, language, width: NARROW }),
  }
}

/** Points below each other for the page. */
export function rowsOnScreen(rows: Parameters<typeof drawRows>[0], title: string, language: ManagerLanguage): Drawn {
  return {
    wide: drawRows(rows, { title, language, width: WIDE }),
    narrow: drawRows(rows, { title, language, width: NARROW }),
  }
}
