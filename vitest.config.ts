import { configDefaults, defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    environment: 'node',
    globalSetup: 'store/global-setup.ts',
    include: ['**/*.test.ts'],
    // The journeys in e2e need a browser and a build; `npm run unit` needs neither.
    exclude: [...configDefaults.exclude, '.next/**', 'e2e/**'],
  },
})
