import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDays, parseDay } from '#campaign/day.ts'
import {
  advisoriesIn,
  askForAdvisories,
  auditProblems,
  exceptionsSchema,
  type Advisory,
  type Exception,
} from './audit.ts'

const TODAY = parseDay('2027-04-05')
const ADVISORY: Advisory = {
  id: 'GHSA-aaaa-bbbb-cccc',
  package: 'csv-parse',
  severity: 'moderate',
  title: 'Reads too long',
}
const EXCEPTION: Exception = {
  advisory: ADVISORY.id,
  package: 'csv-parse',
  reason: 'Only managers can give it a table.',
  until: addDays(TODAY, 30),
}

describe('what npm says of a registry', () => {
  const folder = mkdtempSync(join(tmpdir(), 'audit-'))
  // A registry that knows one package, with an advisory or without, or that offers no audit, by the first part of the path.
  const registry = createServer((request, response) => {
    const [, kind, ...rest] = (request.url ?? '').split('/')
    request.resume().on('end', () => {
      if (kind === 'closed') return response.writeHead(405).end()
      response.setHeader('Content-Type', 'application/json')
      if (rest.at(-1) === 'bulk') {
        const { id, severity, title } = ADVISORY
        const told = [
          {
            id: 1,
            url: `https://github.com/advisories/${id}`,
            title,
            severity,
            vulnerable_versions: '<8.0.0',
            cwe: [],
            cvss: { score: 0, vectorString: null },
          },
        ]
        return response.end(JSON.stringify(kind === 'weak' ? { 'csv-parse': told } : {}))
      }
      response.end(
        JSON.stringify({
          name: 'csv-parse',
          'dist-tags': { latest: '7.0.3' },
          versions: {
            '7.0.3': { name: 'csv-parse', version: '7.0.3', dist: { tarball: 'https://site.invalid/', shasum: '' } },
          },
        }),
      )
    })
  })

  beforeAll(async () => {
    const dependencies = { 'csv-parse': '7.0.3' }
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'a', version: '1.0.0', dependencies }))
    writeFileSync(
      join(folder, 'package-lock.json'),
      JSON.stringify({
        name: 'a',
        version: '1.0.0',
        lockfileVersion: 3,
        requires: true,
        packages: {
          '': { name: 'a', version: '1.0.0', dependencies },
          'node_modules/csv-parse': { version: '7.0.3', integrity: 'sha512-AA==' },
        },
      }),
    )
    await new Promise<void>((resolve) => registry.listen(0, '127.0.0.1', resolve))
  })
  afterAll(async () => {
    registry.closeAllConnections()
    await new Promise((resolve) => registry.close(resolve))
    rmSync(folder, { recursive: true })
  })

  it('is read: an advisory, none, or that nobody could be asked', async () => {
    const ask = (kind: string) =>
      askForAdvisories(
        folder,
        '--registry',
        `http://127.0.0.1:${(registry.address() as AddressInfo).port}/${kind}/`,
        '--cache',
        join(folder, 'cache', kind),
      )
    expect(await Promise.all(['weak', 'sound', 'closed'].map(ask))).toEqual([
      { advisories: [ADVISORY] },
      { advisories: [] },
      { unasked: 'the registry answered 405' },
    ])
  })
})

it('nothing but a report is one', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.json(),
        fc.constantFrom(
          '',
          'null',
          '{}',
          '{"vulnerabilities":{}}',
          '{"auditReportVersion":1,"vulnerabilities":{}}',
          '{"message":"request to https://registry.example failed","error":{"code":"ECONNREFUSED"}}',
        ),
      ),
      (output) => {
        const read = advisoriesIn(output)
        expect('unasked' in read ? read.unasked : '').toMatch(/^(npm gave|the registry answered)[\w ]+$/)
      },
    ),
  )
})

describe('before a release', () => {
  it('an advisory from moderate on must be dealt with, unless it is excepted for a while', () => {
    expect(auditProblems([ADVISORY], [], TODAY)).toEqual([
      expect.stringContaining('csv-parse: Reads too long (GHSA-aaaa-bbbb-cccc, moderate)'),
    ])
    expect(auditProblems([{ ...ADVISORY, severity: 'critical' }], [], TODAY)).toHaveLength(1)
    expect(auditProblems([{ ...ADVISORY, severity: 'low' }], [], TODAY)).toEqual([])
    expect(auditProblems([ADVISORY], [EXCEPTION], TODAY)).toEqual([])
    expect(auditProblems([ADVISORY], [{ ...EXCEPTION, until: TODAY }], TODAY)).toEqual([])
  })

  it('an exception ends, reaches no farther than ninety days, is of one package, and is for something', () => {
    expect(auditProblems([ADVISORY], [{ ...EXCEPTION, until: addDays(TODAY, -1) }], TODAY)).toEqual([
      expect.stringContaining('Reads too long'),
      expect.stringContaining('ended on 2027-04-04'),
    ])
    expect(auditProblems([ADVISORY], [{ ...EXCEPTION, until: addDays(TODAY, 91) }], TODAY)).toEqual([
      expect.stringContaining('more than 90 days'),
    ])
    expect(auditProblems([{ ...ADVISORY, package: 'other' }], [EXCEPTION], TODAY)).toHaveLength(2)
    expect(auditProblems([], [EXCEPTION], TODAY)).toEqual([expect.stringContaining('for nothing')])
  })

  it('an exception says why, and names an advisory and a day', () => {
    expect(exceptionsSchema.safeParse([EXCEPTION]).success).toBe(true)
    for (const change of [{ reason: 'later' }, { advisory: 'all' }, { until: 'never' }, { package: '' }])
      expect(exceptionsSchema.safeParse([{ ...EXCEPTION, ...change }]).success).toBe(false)
  })
})
