import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { parse } from 'yaml'

interface Step {
  readonly uses?: string
  readonly run?: string
}
interface Workflow {
  readonly permissions: unknown
  readonly env: { readonly FETCH: string }
  readonly jobs: Readonly<
    Record<
      string,
      {
        readonly 'runs-on': string
        readonly container: string
        readonly permissions?: unknown
        readonly steps: readonly Step[]
      }
    >
  >
}

const FOLDER = '.github/workflows'
const workflows = readdirSync(FOLDER).map((file) => parse(readFileSync(join(FOLDER, file), 'utf8')) as Workflow)

it('a workflow may read and no more, runs on named versions, and takes no action of others but by its whole hash', () => {
  expect(workflows.length).toBeGreaterThan(0)
  for (const { permissions, jobs } of workflows) {
    expect(permissions).toEqual({ contents: 'read' })
    for (const job of Object.values(jobs)) {
      expect([job['runs-on'], job.container, job.permissions]).toEqual([
        expect.stringMatching(/-\d+\.\d+$/),
        expect.stringMatching(/:\d+\.\d+\.\d+-[a-z]+$/),
        undefined,
      ])
      for (const { uses } of job.steps) expect(uses ?? '@'.padEnd(41, '0')).toMatch(/@[0-9a-f]{40}$/)
    }
  }
})

it('the tests and the audit are run', () => {
  const commands = workflows.flatMap(({ jobs }) =>
    Object.values(jobs).flatMap(({ steps }) => steps.map(({ run }) => run)),
  )
  expect(commands).toEqual(expect.arrayContaining(['.ci/run', 'npm run audit']))
})

it('the files that it fetches are those of the commit, and no secret stays with them', () => {
  const folder = mkdtempSync(join(tmpdir(), 'workflow-'))
  try {
    const origin = join(folder, 'owner', 'project')
    const git = (...words: string[]) =>
      execFileSync('git', ['-C', origin, ...words], { encoding: 'utf8', stdio: 'pipe' }).trim()
    execFileSync('git', ['init', '--quiet', origin])
    writeFileSync(join(origin, 'file.txt'), 'committed')
    git('add', '.')
    git('-c', 'user.name=Anna', '-c', 'user.email=anna@example.org', 'commit', '--quiet', '--message=A')
    const here = join(folder, 'here')
    const settings = {
      HOME: folder,
      GITHUB_WORKSPACE: here,
      GITHUB_SERVER_URL: `file://${folder}`,
      GITHUB_REPOSITORY: 'owner/project',
      GITHUB_SHA: git('rev-parse', 'HEAD'),
      TOKEN: 'a-secret',
    }
    execFileSync(
      'bash',
      ['-euo', 'pipefail', '-c', `mkdir "$GITHUB_WORKSPACE"; cd "$GITHUB_WORKSPACE"; ${workflows[0]?.env.FETCH}`],
      { env: { PATH: '/usr/bin:/bin', NODE_ENV: 'test', ...settings }, stdio: 'pipe' },
    )
    expect(readFileSync(join(here, 'file.txt'), 'utf8')).toBe('committed')
    const kept = readdirSync(here, { recursive: true, withFileTypes: true, encoding: 'utf8' })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    expect(kept.filter((text) => /a-secret|x-access-token|Authorization/.test(text))).toEqual([])
  } finally {
    rmSync(folder, { recursive: true })
  }
})
