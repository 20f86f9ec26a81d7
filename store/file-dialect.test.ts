import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'libsql'
import { Kysely, sql } from 'kysely'
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

it('reads and writes a file that another process is writing at that moment', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'file-'))
  const file = join(folder, 'counts.sqlite')
  new Database(file).exec('create table kept (number integer)')
  const database = new Kysely<{ kept: { number: number } }>({ dialect: fileDialect(file) })
  try {
    for (const act of [
      () => sql`insert into kept values (7)`.execute(database),
      () => database.selectFrom('kept').select('number').execute(),
    ]) {
      const writer = spawn(process.execPath, ['--input-type=module', '--eval', WRITER, file], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      const ended = once(writer, 'exit')
      await once(writer.stdout, 'data')
      await act()
      expect(await ended).toEqual([0, null])
    }
    expect(await database.selectFrom('kept').select('number').execute()).toEqual([{ number: 7 }])
  } finally {
    await database.destroy()
    rmSync(folder, { recursive: true, force: true })
  }
})
