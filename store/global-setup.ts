import type { TestProject } from 'vitest/node'
import { PostgresForTests } from './postgres-for-tests.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The address of a PostgreSQL in which tests make databases of their own. */
    postgres: string
  }
}

/** One PostgreSQL for the whole run of the tests. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const server = await PostgresForTests.start()
  project.provide('postgres', server.url())
  return () => server.remove()
}
