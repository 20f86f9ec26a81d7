import { existsSync } from 'node:fs'

// `npm run serve`: starts what `npm run build` made of start.ts, one file, so that nothing is compiled at a start.
const START = new URL('../.next/start.mjs', import.meta.url)
if (!existsSync(START)) {
  console.error('There is no whole build of this site: run "npm run build" first.')
  process.exit(1)
}
// eslint-disable-next-line no-restricted-syntax -- what the build made is in no folder between which the arrows go
await import(START.href)
