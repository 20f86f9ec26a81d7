import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { dayOf } from '#campaign/day.ts'
import { now } from '#server/clock.ts'
import { contentFolder } from '#server/content/content.ts'
import type { Case } from './cases.ts'
import type { Measured } from './measure.ts'

/** Writes parts of content/traces.json, and leaves the others as they are: two commands measure, one after the other. */
export function recordTraces(parts: Readonly<Record<string, unknown>>): void {
  const file = join(contentFolder(), 'traces.json')
  const known = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>
  writeFileSync(file, `${JSON.stringify({ ...known, ...parts }, undefined, 2)}\n`)
}

/** Writes what was measured of every visit. All of them are of one browser. */
export function recordVisits(visits: readonly (Case & Measured)[]): void {
  const [first] = visits
  if (!first) return
  recordTraces({
    visits: {
      recorded: dayOf(now()),
      browser: 'Chromium',
      version: first.version,
      measured: visits.map(({ lines, version, ...visit }) => {
        if (version !== first.version)
          throw new Error(
            `Two versions were measured: ${first.version} and ${version}. Remove .next/cache/traces and measure anew.`,
          )
        return { ...visit, lines: lines.length }
      }),
    },
  })
}
