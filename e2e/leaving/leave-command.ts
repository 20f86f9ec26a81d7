import { spawn } from 'node:child_process'
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { isListening } from '#store/free-port.ts'
import { environmentWith, PORT } from '../environment.ts'
import { walkAll } from './browsers.ts'
import { LINES } from './line.ts'
import { BROWSERS, planOf, WAYS } from './plan.ts'
import { failureOf } from './verdict.ts'
import type { Result } from './walk.ts'

// Walks through many visits and presses the exit in each (docs/testing.md): `npm run leave -- --walks 2400 --seed 1`. What is done is kept in
// a file of that seed, so the same command goes on where it was stopped. Ends with 1 when a visit did not end as it must.

const { values } = parseArgs({
  options: { walks: { type: 'string' }, seed: { type: 'string' }, browser: { type: 'string' } },
})
const walks = numberOf('walks', values.walks ?? '2400')
const seed = numberOf('seed', values.seed ?? '1')
const browsers = BROWSERS.filter((name) => values.browser === undefined || values.browser === name)
const kept = join('leaving', `seed-${seed}.jsonl`)

const results = new Map<number, Result>()
if (existsSync(kept)) {
  for (const line of readFileSync(kept, 'utf8').split('\n').filter(Boolean)) {
    const result = JSON.parse(line) as Result
    if (result.number < walks) results.set(result.number, result)
  }
}
mkdirSync(dirname(kept), { recursive: true })
const plans = Array.from({ length: walks }, (_, number) => planOf(seed, number))

const data = mkdtempSync(join(tmpdir(), 'leaving-'))
const server = spawn(process.execPath, ['server/serve.js'], {
  env: environmentWith({
    PORT: String(PORT),
    HOST: '127.0.0.1',
    FIXED_MOMENT: 'on',
    NODE_ENV: 'production',
    DATA_FOLDER: data,
  }),
  stdio: ['ignore', 'ignore', 'inherit'],
})
try {
  while (!(await isListening(PORT))) {
    if (server.exitCode !== null) throw new Error('The server did not start: build first, with npm run build.')
    await wait(100)
  }
  for (const browser of browsers) {
    const left = plans.filter((plan) => plan.browser === browser && !results.has(plan.number))
    await walkAll(browser, left, seed, (result) => {
      results.set(result.number, result)
      appendFileSync(kept, `${JSON.stringify(result)}\n`)
    })
  }
} finally {
  server.kill('SIGTERM')
  rmSync(data, { recursive: true, force: true, maxRetries: 5 })
}

const rows = BROWSERS.flatMap((browser) =>
  WAYS[browser].flatMap((way) =>
    LINES.map((line) => {
      const of = plans.flatMap((plan) => {
        const result = results.get(plan.number)
        return result && plan.browser === browser && plan.way === way && plan.line === line ? [result] : []
      })
      const pictures = of.flatMap(({ frames }) => frames ?? [])
      return {
        browser,
        way,
        line,
        walks: of.length,
        neutral: of.filter(({ neutral }) => neutral).length,
        'pressed on the exit': of.filter(({ presses }) => presses > 0).length,
        'frames after cover': pictures.length > 0 ? pictures.reduce((sum, frames) => sum + frames, 0) : 'not recorded',
        'text after press': of.filter(({ read }) => read.length > 0).length,
      }
    }),
  ),
)
console.table(rows)
const failures = [...results.values()].flatMap((result) => failureOf(result) ?? [])
for (const failure of failures) console.error(`seed ${seed}, ${failure}`)
process.exitCode = failures.length > 0 ? 1 : 0

function numberOf(name: string, text: string): number {
  const number = Number(text)
  if (!Number.isInteger(number) || number < 0)
    throw new Error(`--${name} is "${text}"; write a whole number, for example 2400`)
  return number
}
