import { ESLint } from 'eslint'
import { describe, expect, it } from 'vitest'

const eslint = new ESLint()

/** What the linter says of a piece of code at a place in the project. The file need not exist. */
async function findings(file: string, code: string): Promise<string[]> {
  const [result] = await eslint.lintText(code, { filePath: file })
  if (!result) throw new Error(`${file} is ignored by the linter, so it cannot refuse anything there`)
  return result.messages.map(({ message }) => message)
}

// The imported name is used, so that no other rule has anything to say.
const valueFrom = (source: string) => `import { thing } from '${source}'\nexport const used = thing\n`
const typeFrom = (source: string) => `import type { Thing } from '${source}'\nexport type Used = Thing\n`

interface Arrow {
  readonly file: string
  readonly sentence: string
  readonly allowed: readonly string[]
  readonly refused: readonly string[]
}

const PURE = 'A pure folder imports nothing but its own files and pure libraries; what it needs is an argument.'
const STORE = 'store imports only the pure folders and its libraries; server wires it to the rest.'
const SERVER = 'server does not know the screens; app asks server for data and hands it to components.'
const APP = 'app does not open the store; it asks server for data.'
const RAW_COUNTS =
  'A screen sees published totals only, through the files of server/counts that are named in this rule.'
const COMPONENTS =
  'A component imports components, campaign and, as types only, server/content/read.ts; everything else is a prop.'
const READER = 'The reader script imports its machine alone, so that it stays small enough to be part of every page.'
const VISITS = 'The script of VISITOR_COUNTS=vercel imports @vercel/analytics alone; the other pages go without it.'
const FRAMEWORK = 'A reading page ships no script of the framework; write plain <a>, <img> and no <script>.'

const ARROWS: readonly Arrow[] = [
  {
    file: 'campaign/day.ts',
    sentence: PURE,
    allowed: [
      "export { phaseOn } from './run.ts'\n",
      valueFrom('./deep/rule.ts'),
      valueFrom('#campaign/run.ts'),
      valueFrom('fast-check'),
    ],
    refused: [
      ...[
        '#counting/sketch.ts',
        '#store/store.ts',
        '#server/clock.ts',
        '#app/page.tsx',
        '#components/format.ts',
        '#content/nl/texts.json',
        '../server/clock.ts',
        '../sharing/code.ts',
      ].map(valueFrom),
      ...[
        'node:fs',
        'fs',
        'fs/promises',
        'node:crypto',
        'crypto',
        'process',
        'next',
        'next/headers',
        'react',
        'react/jsx-runtime',
        'react-dom/server',
      ].map(valueFrom),
      typeFrom('#server/content/read.ts'),
      "import '#server/start.ts'\n",
      "export { now } from '#server/clock.ts'\n",
    ],
  },
  {
    file: 'counting/deep/sketch.ts',
    sentence: PURE,
    allowed: [valueFrom('./noise.ts'), valueFrom('../cell.ts'), valueFrom('#counting/cell.ts')],
    refused: ['#campaign/run.ts', '../../campaign/run.ts', '../../server/clock.ts', 'node:crypto'].map(valueFrom),
  },
  {
    file: 'sharing/code.ts',
    sentence: PURE,
    allowed: [valueFrom('./card.ts')],
    refused: ['#counting/cell.ts', '../campaign/run.ts', 'react'].map(valueFrom),
  },
  {
    file: 'store/postgres.ts',
    sentence: STORE,
    allowed: [
      '#campaign/run.ts',
      '#counting/cell.ts',
      '../sharing/code.ts',
      './store.ts',
      '#store/store.ts',
      'pg',
      'node:fs',
    ].map(valueFrom),
    refused: [
      '#server/environment.ts',
      '../server/clock.ts',
      '#app/page.tsx',
      '#components/format.ts',
      '#adapter/adapter.js',
      'next',
      'react',
    ].map(valueFrom),
  },
  {
    file: 'server/content/close.ts',
    sentence: SERVER,
    allowed: [
      '#store/store.ts',
      '#campaign/day.ts',
      '../clock.ts',
      './read.ts',
      '#server/clock.ts',
      'node:http',
      'next',
      'zod',
    ].map(valueFrom),
    refused: [
      ...['#app/reading/page.tsx', '#components/format.ts', '../../components/format.ts', '../../app/page.tsx'].map(
        valueFrom,
      ),
      typeFrom('#components/frame.tsx'),
    ],
  },
  {
    file: 'app/beheer/page.tsx',
    sentence: APP,
    allowed: [
      '#server/content/content.ts',
      '#components/frame.tsx',
      '#campaign/day.ts',
      '#counting/cell.ts',
      './sign-in.tsx',
      'next/link',
      'react',
    ].map(valueFrom),
    refused: [...['#store/store.ts', '../../store/store.ts'].map(valueFrom), typeFrom('#store/store.ts')],
  },
  {
    file: 'app/reading/[language]/layout.tsx',
    sentence: APP,
    allowed: [valueFrom('#server/route.ts')],
    refused: ['#store/store.ts', '../../../store/store.ts'].map(valueFrom),
  },
  {
    file: 'app/beheer/runs/page.tsx',
    sentence: RAW_COUNTS,
    allowed: ['#server/counts/totals.ts', '../../../server/counts/totals.ts', '#server/counts/overview.ts'].map(
      valueFrom,
    ),
    refused: ['#server/counts/counter.ts', '#server/counts/counting.ts', '../../../server/counts/key-files.ts'].map(
      valueFrom,
    ),
  },
  {
    file: 'app/reading/[language]/page.tsx',
    sentence: RAW_COUNTS,
    allowed: [valueFrom('#server/route.ts')],
    refused: ['#server/counts/totals.ts', '#server/counts/counter.ts'].map(valueFrom),
  },
  {
    file: 'proxy.ts',
    sentence: APP,
    allowed: ['#server/route.ts', 'next/server'].map(valueFrom),
    refused: ['#store/store.ts', './store/store.ts'].map(valueFrom),
  },
  {
    file: 'components/frame.tsx',
    sentence: COMPONENTS,
    allowed: [
      ...[
        './picture.tsx',
        '#components/picture.tsx',
        '#campaign/day.ts',
        '../campaign/day.ts',
        'react',
        'use-intl/core',
      ].map(valueFrom),
      ...['#server/content/read.ts', '../server/content/read.ts', '#content/nl/texts.json'].map(typeFrom),
      "import '#components/reading.css'\n",
    ],
    refused: [
      ...[
        '#server/content/read.ts',
        '../server/content/read.ts',
        '#server/content/content.ts',
        '../server/route.ts',
        '#content/nl/texts.json',
        '#store/store.ts',
        '#app/page.tsx',
        '../app/page.tsx',
        '#reader/reader.ts',
        'node:fs',
      ].map(valueFrom),
      ...['#server/content/content.ts', '#store/store.ts', '#app/page.tsx'].map(typeFrom),
    ],
  },
  {
    file: 'reader/reader.ts',
    sentence: READER,
    allowed: ['export {}\n', valueFrom('./machine.ts')],
    refused: ['#campaign/day.ts', './exit.ts', 'react', '@vercel/analytics'].map(valueFrom),
  },
  {
    file: 'reader/vercel-visits.ts',
    sentence: VISITS,
    allowed: [valueFrom('@vercel/analytics')],
    refused: ['@vercel/analytics/react', '@vercel/analytics/next', './reader.ts', '#campaign/day.ts', 'react'].map(
      valueFrom,
    ),
  },
  ...['components/link-card.tsx', 'app/reading/[language]/reading-page.tsx'].map((file) => ({
    file,
    sentence: FRAMEWORK,
    allowed: [valueFrom('react'), typeFrom('next')],
    refused: ['next/link', 'next/script', 'next/image'].map(valueFrom),
  })),
]

interface Sentence {
  readonly rule: string
  readonly sentence: string
  readonly allowed: readonly (readonly [file: string, code: string])[]
  readonly refused: readonly (readonly [file: string, code: string])[]
}

const SENTENCES: readonly Sentence[] = [
  {
    rule: 'the clock is read in one file',
    sentence: 'Only server/clock.ts reads the clock; take the moment as an argument.',
    allowed: [
      ['server/clock.ts', 'export const now = () => new Date()\n'],
      ['server/route.ts', 'export const at = (moment: string) => new Date(moment)\n'],
      ['components/format.ts', 'export const shown = (moment: Date) => new Intl.DateTimeFormat().format(moment)\n'],
      ['reader/reader.ts', 'export const parts = new Intl.DateTimeFormat().formatToParts()\n'],
    ],
    refused: [
      ['server/route.ts', 'export const moment = new Date()\n'],
      ['server/environment.ts', 'export const moment = new Date()\n'],
      ['campaign/day.ts', 'export const moment = Date.now()\n'],
      ['app/page.tsx', 'export const moment = Date()\n'],
      ['components/format.ts', 'export const shown = new Intl.DateTimeFormat().formatToParts()\n'],
      ['server/route.ts', 'export const shown = new Intl.DateTimeFormat().format()\n'],
      ['reader/reader.ts', 'export const moment = new Date()\n'],
      ['reader/reader.ts', 'export const moment = Date.now()\n'],
      ['campaign/day.test.ts', 'export const moment = new Date()\n'],
      ['adapter/adapter.js', 'export const moment = Date.now()\n'],
    ],
  },
  {
    rule: 'the environment is read in one file',
    sentence: 'Only server/environment.ts reads the environment; take the setting as an argument.',
    allowed: [
      ['server/environment.ts', 'export const port = process.env.PORT\n'],
      ['server/start.ts', 'export const folder = process.cwd()\n'],
    ],
    refused: [
      ['server/clock.ts', 'export const zone = process.env.TZ\n'],
      ['app/page.tsx', 'export const mode = process.env.NODE_ENV\n'],
      ['next.config.js', "export const mode = process['env']\n"],
      ['server/start.ts', 'export const port = globalThis.process.env.PORT\n'],
      ['store/postgres.ts', 'const { env } = process\nexport const url = env.DATABASE_URL\n'],
      ['server/start.ts', "import { env } from 'node:process'\nexport const port = env.PORT\n"],
    ],
  },
  {
    rule: 'a file names what it exports',
    sentence: 'Name what a file exports, or import it where it is written.',
    allowed: [['campaign/run.ts', "export { dayOf } from './day.ts'\n"]],
    refused: [
      ['campaign/run.ts', "export * from './day.ts'\n"],
      ['server/clock.ts', "export * as clock from './moment.ts'\n"],
      ['reader/reader.ts', "export * from './exit.ts'\n"],
    ],
  },
  {
    rule: 'an import cannot go round the arrows',
    sentence: 'Import at the top of the file, where the arrows between the folders are checked.',
    allowed: [['store/store.ts', "export const postgres = () => import('./postgres.ts')\n"]],
    refused: [
      ['campaign/day.ts', "export const clock = () => import('#server/clock.ts')\n"],
      ['components/frame.tsx', "export const route = () => import('../server/route.ts')\n"],
      ['store/store.ts', 'export const any = (name: string) => import(name)\n'],
      ['components/frame.tsx', "export type Route = import('#server/route.ts').Route\n"],
    ],
  },
  {
    rule: 'content is data',
    sentence: 'content holds data only; put code in another folder.',
    allowed: [['server/content/read.ts', 'export const answer = 42\n']],
    refused: [
      ['content/nl/pages.ts', 'export const answer = 42\n'],
      ['content/runs.js', 'export const answer = 42\n'],
    ],
  },
  {
    rule: 'a journey does what a reader can do',
    sentence: 'A reader cannot do this',
    allowed: [
      ['e2e/way.spec.ts', "// The browser has no other way to this.\ndispatchEvent(new Event('a'))\n"],
      ['e2e/way.spec.ts', "declare const rmSync: (path: string, how: object) => void\nrmSync('a', { force: true })\n"],
      ['components/way.ts', "dispatchEvent(new Event('a'))\n"],
    ],
    refused: [
      ['e2e/way.spec.ts', "dispatchEvent(new Event('a'))\n"],
      ['e2e/way.spec.ts', "await page.evaluate(() => document.dispatchEvent(new Event('a')))\n"],
      ['e2e/way.spec.ts', 'await page.waitForTimeout(5)\n'],
      ['e2e/way.spec.ts', "await page.goto('/', { waitUntil: 'networkidle' })\n"],
      ['e2e/way.spec.ts', "await page.goto('/', { waitUntil: 'networkidle0' })\n"],
      ['e2e/way.spec.ts', 'await link.click({ force: true })\n'],
      ['e2e/deep/way.ts', 'await link.tap({ timeout: 1, force: true })\n'],
    ],
  },
  {
    rule: 'an import of types alone loads nothing',
    sentence:
      'TypeScript will only remove the inline type specifiers which will leave behind a side effect import at runtime.',
    allowed: [
      ['components/frame.tsx', "import type { Page } from '#server/content/read.ts'\nexport type Shown = Page\n"],
    ],
    refused: [
      ['components/frame.tsx', "import { type Page } from '#server/content/read.ts'\nexport type Shown = Page\n"],
    ],
  },
]

describe.each(ARROWS)('$file: $sentence', ({ file, sentence, allowed, refused }) => {
  it.each(allowed)('allows %s', async (code) => {
    expect(await findings(file, code)).toEqual([])
  })

  it.each(refused)('refuses %s', async (code) => {
    expect(await findings(file, code)).toEqual([expect.stringContaining(sentence)])
  })
})

describe.each(SENTENCES)('$rule', ({ sentence, allowed, refused }) => {
  it.each(allowed)('allows in %s: %s', async (file, code) => {
    expect(await findings(file, code)).toEqual([])
  })

  it.each(refused)('refuses in %s: %s', async (file, code) => {
    expect(await findings(file, code)).toContainEqual(expect.stringContaining(sentence))
  })
})

it('no text is run as a program, wherever the code stands', async () => {
  for (const file of ['server/route.ts', 'app/beheer/page.tsx', 'components/frame.tsx', 'reader/reader.ts'])
    for (const code of [
      'export const run = (text: string) => eval(text)\n',
      'export const run = (text: string) => new Function(text)\n',
    ])
      expect(await findings(file, code), `${file}: ${code}`).toHaveLength(1)
})

it('nothing is compared by changing it first', async () => {
  const code = 'export const same = (one: unknown, other: unknown) => one == other\n'
  for (const file of ['server/route.ts', 'app/beheer/page.tsx', 'store/postgres.ts', 'reader/reader.ts'])
    expect(await findings(file, code), file).toHaveLength(1)
})

it('no chance that can be guessed is used where a secret could be made', async () => {
  const code = 'export const secret = () => Math.random()\n'
  for (const file of ['server/management/secret.ts', 'app/beheer/page.tsx', 'store/postgres.ts', 'sharing/code.ts'])
    expect(await findings(file, code), file).toEqual([expect.stringContaining('Take bytes of node:crypto')])
})
