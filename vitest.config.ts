import { configDefaults, defineConfig } from 'vitest/config'

// What a test file needs stands at the end of its name: `coupling.postgres.test.ts`.
const POSTGRES = '**/*.postgres.test.ts'
const THOROUGH = '**/*.thorough.test.ts'

/** The journeys in e2e need a browser and a build; Playwright runs them. */
const NEVER = [...configDefaults.exclude, '.next/**', 'e2e/**']

export default defineConfig({
  test: {
    environment: 'node',
    // A file that reads the content in four languages needs a few seconds for that alone on a small machine.
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // The files of a worker share what they import: to read the content anew for each would take as long as all the tests.
    isolate: false,
    // Many tests wait for a database or a password hash, so there are more of them at a time than processors.
    maxWorkers: 3,
    projects: [
      // Node alone, for `npm run check`: no database, no browser, no build.
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['**/*.test.ts'],
          exclude: [...NEVER, POSTGRES, THOROUGH],
        },
      },
      // What the stores promise, in a file and in PostgreSQL.
      {
        extends: true,
        test: { name: 'postgres', include: [POSTGRES], exclude: NEVER, globalSetup: 'store/global-setup.ts' },
      },
      // What takes long: hundreds of posters as Poppler and a telephone see them, hundreds of made-up runs of a count.
      { extends: true, test: { name: 'thorough', include: [THOROUGH], exclude: NEVER } },
    ],
  },
})
