import { sql, type Transaction } from 'kysely'
import { addIntegers, addKey, addTexts, type Dialect, type History } from './migrations.ts'
import { RAW_TABLES, type Tables } from './tables.ts'

/** The tables of the counts. A step that was once released is never changed: a change is a further step. */
export const COUNT_TABLES: History<Tables> = {
  name: 'counts',
  versions: 'schema_version',
  steps: [firstTables, forScreens],
}

async function firstTables(transaction: Transaction<Tables>, dialect: Dialect): Promise<void> {
  const create = (name: keyof Tables) => {
    const table = transaction.schema.createTable(name)
    const raw = (RAW_TABLES as readonly string[]).includes(name)
    return raw && dialect.unlogged
      ? // Half of each page is left free and cleaned at once, so that old versions of a row do not stay in it.
        table
          .modifyFront(sql`unlogged`)
          .modifyEnd(
            sql`with (fillfactor = 50, autovacuum_vacuum_threshold = 20, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_cost_delay = 0)`,
          )
      : table
  }
  const sketch = ['run', 'site', 'number']
  const period = ['period', 'first_day', 'last_day']
  await addKey(addIntegers(addTexts(create('writer'), 'writer'), 'batch'), 'writer', 'writer').execute()
  await addKey(
    addIntegers(addTexts(create('sketch'), 'run', 'site', 'size', 'key_check', 'state'), 'number', 'zeros_at_start'),
    'sketch',
    ...sketch,
  ).execute()
  await addKey(
    addIntegers(addTexts(create('sketch_bits'), 'run', 'site'), 'number', 'chunk').addColumn(
      'bits',
      sql.raw(dialect.bytes),
      (column) => column.notNull(),
    ),
    'sketch_bits',
    ...sketch,
    'chunk',
  ).execute()
  await addKey(
    addIntegers(addTexts(create('sketch_cell'), 'run', 'site', 'label', ...period), 'number', 'flips'),
    'sketch_cell',
    ...sketch,
    'label',
    'period',
  ).execute()
  await addKey(
    addIntegers(addTexts(create('tally_cell'), 'site', 'series', 'label', ...period), 'count'),
    'tally_cell',
    'site',
    'series',
    'label',
    'period',
  ).execute()
  await addKey(
    addIntegers(
      addTexts(create('published_visitors'), 'run', 'site', ...period),
      'number',
      'flips',
      'zeros_before',
      'zeros_after',
      'covered',
      'value',
    ),
    'published_visitors',
    ...sketch,
    'period',
  ).execute()
  await addKey(
    addIntegers(
      addTexts(create('published_link'), 'run', 'site', 'label', ...period),
      'number',
      'value',
      'milli_error',
    ),
    'published_link',
    ...sketch,
    'label',
    'period',
  ).execute()
  await addKey(
    addIntegers(addTexts(create('published_tally'), 'site', 'series', 'label', ...period), 'value'),
    'published_tally',
    'site',
    'series',
    'label',
    'period',
  ).execute()
  await addKey(
    addTexts(create('strike'), 'run', 'site', 'period', 'reason', 'day'),
    'strike',
    'run',
    'site',
    'period',
  ).execute()
  await addKey(
    addIntegers(addTexts(create('earlier_total'), 'site', 'source', ...period), 'value'),
    'earlier_total',
    'site',
    'period',
  ).execute()
}

/** What the screens need: the weeks of a run found without reading those of other years, and a mark of made-up numbers. */
async function forScreens(transaction: Transaction<Tables>): Promise<void> {
  await transaction.schema
    .createIndex('published_tally_days')
    .on('published_tally')
    .columns(['first_day', 'last_day'])
    .execute()
  await addKey(addTexts(transaction.schema.createTable('demonstration'), 'day'), 'demonstration', 'day').execute()
}
