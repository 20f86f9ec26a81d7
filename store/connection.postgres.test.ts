import { setTimeout as wait } from 'node:timers/promises'
import { Kysely, sql } from 'kysely'
import { expect, it } from 'vitest'
import { PostgresForTests } from './postgres-for-tests.ts'
import { postgresDialect } from './postgres.ts'

it('takes a connection that breaks between two statements for an error of their transaction, and ends nothing else', async () => {
  const server = await PostgresForTests.start()
  const database = new Kysely<object>({ dialect: postgresDialect(server.url(), 'test') })
  try {
    const written = database.transaction().execute(async (transaction) => {
      await sql`select 1`.execute(transaction)
      await server.crash()
      // An error of the connection that nobody listens to would end the whole program here.
      await wait(200)
      await sql`select 2`.execute(transaction)
    })
    await expect(written).rejects.toThrow(/connection/i)
    await server.goOn()
    const { rows } = await sql<{ three: number }>`select 3 as three`.execute(database)
    expect(rows).toEqual([{ three: 3 }])
  } finally {
    await database.destroy()
    await server.remove()
  }
})
