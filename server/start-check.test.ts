import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { READING_PAGES } from '#adapter/reading-pages-list.js'
import { parseDay } from '#campaign/day.ts'
import { keepContent } from './content/built-content.ts'
import type { Outline } from './content/outline.ts'
import type { Content, Owner } from './content/read.ts'
import { checkStart } from './start-check.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'start-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function build(counts: string): void {
  writeFileSync(
    join(folder, READING_PAGES),
    JSON.stringify([{ pathname: '/reading/nl/help/missing', file: 'x.html', status: 404, policy: '', counts }]),
  )
}

describe('checkStart', () => {
  it('gives the settings of a server that can start', () => {
    build('embedded')
    const check = checkStart({ DATA_FOLDER: join(folder, 'data'), PORT: '3001' }, folder)
    expect(check).toMatchObject({ environment: { PORT: 3001 }, problems: [], warnings: [] })
    // To look is not to make: a server that does not count leaves no folder.
    expect(existsSync(join(folder, 'data'))).toBe(false)
  })

  it('says everything that is wrong at once', () => {
    writeFileSync(join(folder, 'file'), '')
    const { environment, problems } = checkStart(
      { DATA_FOLDER: join(folder, 'file', 'data'), PORT: 'http', HOST: 'localhost', SMTP_URL: 'smtp://127.0.0.1' },
      folder,
    )
    expect(environment).toBeUndefined()
    expect(problems.map((problem) => problem.split(/:| of/)[0])).toEqual([
      'HOST',
      'PORT',
      'SMTP_URL, MAIL_FROM',
      'DATA_FOLDER',
      'There is no whole build',
    ])
  })

  it('does not start a server that would count more than its pages tell, and warns where it counts less', () => {
    build('off')
    expect(checkStart({ DATA_FOLDER: folder }, folder).problems).toEqual([expect.stringContaining('It does not start')])
    build('embedded')
    expect(checkStart({ DATA_FOLDER: folder, VISITOR_COUNTS: 'off' }, folder)).toMatchObject({
      environment: { VISITOR_COUNTS: 'off' },
      problems: [],
      warnings: [expect.stringContaining('VISITOR_COUNTS=embedded')],
    })
  })

  it('warns that strangers may choose the moment, for a proxy on this machine need not say that it is one', () => {
    build('embedded')
    expect(checkStart({ DATA_FOLDER: folder, FIXED_MOMENT: 'on' }, folder)).toMatchObject({
      environment: { FIXED_MOMENT: 'on' },
      warnings: [expect.stringContaining('let no proxy lead here')],
    })
  })

  it('hides visits only where the owner has accepted in the build what that costs', () => {
    build('embedded')
    const settings = { DATA_FOLDER: folder, HIDE_VISITS: 'chromium' }
    const accepting = (acceptsHiddenVisits: Owner['acceptsHiddenVisits']) =>
      keepContent(folder, {} as Content, { outline: { owner: { acceptsHiddenVisits } } as Outline, translations: [] })
    accepting(false)
    expect(checkStart(settings, folder)).toEqual({
      problems: [expect.stringMatching(/^HIDE_VISITS: nobody has accepted what this costs.*content\/owner\.yaml/)],
      warnings: [],
    })
    expect(checkStart({ ...settings, HIDE_VISITS: 'off' }, folder).problems).toEqual([])
    accepting(parseDay('2026-12-01'))
    expect(checkStart(settings, folder)).toMatchObject({ environment: { HIDE_VISITS: 'chromium' }, problems: [] })
  })

  it.each(['0.0.0.0', '::'])('warns of an operator that everybody can be, at %s', (OPERATION_HOST) => {
    build('embedded')
    const settings = { DATA_FOLDER: folder, OPERATION_HOST, OPERATION_PORT: '3900' }
    expect(checkStart(settings, folder)).toMatchObject({
      problems: [],
      warnings: [expect.stringMatching(/^OPERATION_HOST: port 3900 answers on every address.*Let no reader reach it/)],
    })
    expect(checkStart({ ...settings, OPERATION_HOST: '10.0.0.7' }, folder).warnings).toEqual([])
    expect(checkStart({ ...settings, OPERATION_PORT: undefined }, folder).warnings).toEqual([])
  })

  it('asks a developer for no build', () => {
    expect(checkStart({ NODE_ENV: 'development', DATA_FOLDER: join(folder, 'data') }, folder)).toMatchObject({
      problems: [],
      environment: { NODE_ENV: 'development' },
    })
  })
})
