import { join } from 'node:path'
import type { Environment } from '../environment.ts'

/** Where the settings keep what the management knows: in their PostgreSQL, or in a file in the folder of data. */
export function placeOfManagement({
  DATABASE_URL,
  DATA_FOLDER,
}: Pick<Environment, 'DATABASE_URL' | 'DATA_FOLDER'>): { readonly url: string } | { readonly file: string } {
  return DATABASE_URL === undefined ? { file: join(DATA_FOLDER, 'management.sqlite') } : { url: DATABASE_URL }
}
