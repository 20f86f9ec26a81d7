import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'libsql'
import { expect, it } from 'vitest'
import { fileDialect } from './file-dialect.ts'

/** Another process that holds the whole file for a moment, as it does at the end of a write. */
const WRITER = `
import Database from 'libsql'
const connection = new Database(process.argv[1])
connection.exec('begin exclusive')
console.log('holds it')
setTimeout(() => connection.exec('commit'), 300)
`

it('opens a file that another process is writing at that moment', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'file-'))
  try {
    const file = join(folder, 'counts.sqlite')
    new Database(file).exec('create table kept (number integer)')
    const writer = spawn(process.execPath, ['--input-type=module', '--eval', WRITER, file], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const ended = once(writer, 'exit')
    await once(writer.stdout, 'data')
    expect(() => fileDialect(file)).not.toThrow()
    expect(await ended).toEqual([0, null])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
