import { sql, type CreateTableBuilder, type Kysely, type Transaction } from 'kysely'
import { RAW_TABLES, type Tables } from './tables.ts'

/** What differs between the databases when tables are made. */
export interface Dialect {
  readonly bytes: 'blob' | 'bytea'
  /** Whether raw tables can be kept out of the log that the database writes ahead of itself. */
  readonly unlogged: boolean
  /** Waits until this process is the only one that writes, for the rest of the transaction. */
  takeTurn(transaction: Transaction<Tables>): Promise<unknown>
}

type Step = (transaction: Transaction<Tables>, dialect: Dialect) => Promise<void>

// A step that was once released is never changed: a change is a further step.
const STEPS: readonly Step[] = [firstTables]

/**
 * Brings the tables to the version of this program, one step after the other, each once.
 * @throws Error when the database was made by a newer version
 */
export async function migrate(database: Kysely<Tables>, dialect: Dialect): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    await dialect.takeTurn(transaction)
    await transaction.schema.createTable('schema_version').ifNotExists().addColumn('version', 'integer', (column) => column.primaryKey()).execute()
    const { version } = await transaction.selectFrom('schema_version').select(({ fn }) => fn.max('version').as('version')).executeTakeFirstOrThrow()
    const done = Number(version ?? 0)
    if (done > STEPS.length) throw new Error(`The counts were written by a newer version of this program (${done}; this one knows ${STEPS.length}). Start the newer version.`)
    for (const [index, step] of STEPS.entries()) {
      if (index < done) continue
      await step(transaction, dialect)
      await transaction.insertInto('schema_version').values({ version: index + 1 }).execute()
    }
  })
}

async function firstTables(transaction: Transaction<Tables>, dialect: Dialect): Promise<void> {
  const create = (name: keyof Tables) => {
    const table = transaction.schema.createTable(name)
    const raw = (RAW_TABLES as readonly string[]).includes(name)
    return raw && dialect.unlogged
      ? // Half of each page is left free and cleaned at once, so that old versions of a row do not stay in it.
        table.modifyFront(sql`unlogged`).modifyEnd(sql`with (fillfactor = 50, autovacuum_vacuum_threshold = 20, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_cost_delay = 0)`)
      : table
  }
  const text = <T extends string, C extends string>(table: CreateTableBuilder<T, C>, ...names: string[]) =>
    names.reduce<CreateTableBuilder<T, C>>((made, name) => made.addColumn(name as C, 'text', (column) => column.notNull()), table)
  const integer = <T extends string, C extends string>(table: CreateTableBuilder<T, C>, ...names: string[]) =>
    names.reduce<CreateTableBuilder<T, C>>((made, name) => made.addColumn(name as C, 'integer', (column) => column.notNull()), table)
  const key = <T extends string, C extends string>(table: CreateTableBuilder<T, C>, name: string, ...columns: string[]) =>
    table.addPrimaryKeyConstraint(`${name}_key`, columns as [C, ...C[]])

  const sketch = ['run', 'site', 'number']
  const period = ['period', 'first_day', 'last_day']
  await key(integer(text(create('writer'), 'writer'), 'batch'), 'writer', 'writer').execute()
  await key(integer(text(create('sketch'), 'run', 'site', 'size', 'key_check', 'state'), 'number', 'zeros_at_start'), 'sketch', ...sketch).execute()
  await key(
    integer(text(create('sketch_bits'), 'run', 'site'), 'number', 'chunk').addColumn('bits', sql.raw(dialect.bytes), (column) => column.notNull()),
    'sketch_bits',
    ...sketch,
    'chunk',
  ).execute()
  await key(integer(text(create('sketch_cell'), 'run', 'site', 'label', ...period), 'number', 'flips'), 'sketch_cell', ...sketch, 'label', 'period').execute()
  await key(integer(text(create('tally_cell'), 'site', 'series', 'label', ...period), 'count'), 'tally_cell', 'site', 'series', 'label', 'period').execute()
  await key(
    integer(text(create('published_visitors'), 'run', 'site', ...period), 'number', 'flips', 'zeros_before', 'zeros_after', 'covered', 'value'),
    'published_visitors',
    ...sketch,
    'period',
  ).execute()
  await key(integer(text(create('published_link'), 'run', 'site', 'label', ...period), 'number', 'value', 'milli_error'), 'published_link', ...sketch, 'label', 'period').execute()
  await key(integer(text(create('published_tally'), 'site', 'series', 'label', ...period), 'value'), 'published_tally', 'site', 'series', 'label', 'period').execute()
  await key(text(create('strike'), 'run', 'site', 'period', 'reason', 'day'), 'strike', 'run', 'site', 'period').execute()
  await key(integer(text(create('earlier_total'), 'site', 'source', ...period), 'value'), 'earlier_total', 'site', 'period').execute()
}
