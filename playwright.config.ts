import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineConfig, devices } from '@playwright/test'
import { chromiumArguments, UNLIKE_A_READER } from './e2e/chromium-arguments.ts'
import { CHROMIUM, IN_CI, OF_EVERYTHING, PORT } from './e2e/environment.ts'
import { MOMENT_HEADER, QUIET_MOMENT } from './e2e/moment.ts'

const RECKONING = ['**/accessibility.spec.ts', '**/other-build.spec.ts']
const WAITING = ['**/counting*.spec.ts', '**/load.spec.ts']

const IN_CHROMIUM = {
  ...devices['Desktop Chrome'],
  // The whole browser in its new headless mode, not the shell that lacks its cache of left pages and its history.
  channel: 'chromium',
  viewport: { width: 360, height: 740 },
  launchOptions: {
    executablePath: CHROMIUM,
    ignoreDefaultArgs: [...UNLIKE_A_READER],
    args: chromiumArguments(),
  },
}

// Drives the production build, which must be there: `npm run build` first.
export default defineConfig({
  testDir: 'e2e',
  fullyParallel: true,
  // Some tests wait for a beat or for midnight most of the time, so there are more of them than processors.
  workers: 3,
  // A test that passes only now and then is a defect, so nothing is tried twice.
  retries: 0,
  forbidOnly: IN_CI,
  // What was agreed on is the same on every machine.
  snapshotPathTemplate: '{testDir}/{testFileName}-{arg}{ext}',
  reporter: 'list',
  // The end of a test that hangs. How long a test takes says more of the machine than of the site, so nothing is judged by it.
  timeout: 900_000,
  // The first page of the management that a server is asked for takes seconds on a busy machine.
  expect: { timeout: 20_000 },
  webServer: {
    command: 'npm run serve',
    url: `http://127.0.0.1:${PORT}/`,
    // A server that is there already may serve another build.
    reuseExistingServer: false,
    timeout: 60_000,
    // Playwright runs with NODE_ENV=test, and what is tested is production.
    env: {
      PORT: String(PORT),
      HOST: '127.0.0.1',
      FIXED_MOMENT: 'on',
      NODE_ENV: 'production',
      DATA_FOLDER: join(tmpdir(), `counts-e2e-${PORT}`),
    },
  },
  use: {
    // What a test waits for in vain ends that test, and not the run.
    actionTimeout: 180_000,
    // Without it the tests would see other pages on another day.
    extraHTTPHeaders: { [MOMENT_HEADER]: QUIET_MOMENT },
  },
  projects: [
    // One reckons all the time or builds, one starts servers and waits for their beat; two of a kind would be in each other's way.
    { name: 'reckoning', testMatch: RECKONING, workers: OF_EVERYTHING ? 2 : 1, use: IN_CHROMIUM },
    { name: 'waiting', testMatch: WAITING, workers: 1, use: IN_CHROMIUM },
    { name: 'journeys', testIgnore: [...RECKONING, ...WAITING], use: IN_CHROMIUM },
  ],
})
