import { configDefaults, defineConfig } from 'vitest/config'

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
    globalSetup: 'store/global-setup.ts',
    include: ['**/*.test.ts'],
    // The journeys in e2e need a browser and a build; `npm run unit` needs neither.
    exclude: [...configDefaults.exclude, '.next/**', 'e2e/**'],
  },
})
