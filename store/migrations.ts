import type { CreateTableBuilder, Kysely, Transaction } from 'kysely'
import { inTurn } from './turn.ts'

/** What differs between the databases when tables are made. */
export interface Dialect {
  readonly bytes: 'blob' | 'bytea'
  readonly moment: 'text' | 'timestamptz'
  /** How yes and no are kept. */
  readonly truth: 'integer' | 'boolean'
  /** Whether raw tables can be kept out of the log that the database writes ahead of itself. */
  readonly unlogged: boolean
  /** Waits until this process is the only one that writes, for the rest of the transaction. */
  takeTurn<Tables>(transaction: Transaction<Tables>): Promise<unknown>
}

/** How a set of tables came to be, step by step. */
export interface History<Tables> {
  /** What the tables hold, in words. */
  readonly name: string
  /** The table that says how many steps were done. */
  readonly versions: string
  readonly steps: readonly ((transaction: Transaction<Tables>, dialect: Dialect) => Promise<void>)[]
}

/**
 * Brings tables to the version of this program, one step after the other, each once.
 * @throws Error when they were made by a newer version
 */
export async function migrate<Tables>(
  database: Kysely<Tables>,
  dialect: Dialect,
  { name, versions, steps }: History<Tables>,
): Promise<void> {
  await inTurn(database, dialect, async (transaction) => {
    // The builder knows the tables of one history only by the type of its database.
    const book = transaction as Transaction<unknown> as Transaction<Record<string, { version: number }>>
    await book.schema
      .createTable(versions)
      .ifNotExists()
      .addColumn('version', 'integer', (column) => column.primaryKey())
      .execute()
    const { version } = await book
      .selectFrom(versions)
      .select(({ fn }) => fn.max('version').as('version'))
      .executeTakeFirstOrThrow()
    const done = Number(version ?? 0)
    if (done > steps.length)
      throw new Error(
        `The ${name} were written by a newer version of this program (${done}; this one knows ${steps.length}). Start the newer version.`,
      )
    for (const [index, step] of steps.entries()) {
      if (index < done) continue
      await step(transaction, dialect)
      await book
        .insertInto(versions)
        .values({ version: index + 1 })
        .execute()
    }
  })
}

/** Adds columns of text, none of them empty. */
export function addTexts<T extends string, C extends string>(
  table: CreateTableBuilder<T, C>,
  ...names: string[]
): CreateTableBuilder<T, C> {
  return names.reduce<CreateTableBuilder<T, C>>(
    (made, name) => made.addColumn(name as C, 'text', (column) => column.notNull()),
    table,
  )
}

/** Adds columns of integers, none of them empty. */
export function addIntegers<T extends string, C extends string>(
  table: CreateTableBuilder<T, C>,
  ...names: string[]
): CreateTableBuilder<T, C> {
  return names.reduce<CreateTableBuilder<T, C>>(
    (made, name) => made.addColumn(name as C, 'integer', (column) => column.notNull()),
    table,
  )
}

/** Adds the key of a table. */
export function addKey<T extends string, C extends string>(
  table: CreateTableBuilder<T, C>,
  name: string,
  ...columns: string[]
): CreateTableBuilder<T, C> {
  return table.addPrimaryKeyConstraint(`${name}_key`, columns as [C, ...C[]])
}
