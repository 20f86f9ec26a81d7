import { readFileSync } from 'node:fs'
import { transformSync } from 'esbuild'
import { expect, it } from 'vitest'

/** Chromium keeps what it made of a script of this length or more on disk, with the address of the help site. Unit: characters. */
const KEPT_ON_DISK = 1024

// After a change of reader/entrance.js: `npx vitest run server/entrance-script.test.ts -u`.
it('the script of the window is sent in its short form, which leaves no trace and browsers from 2017 on can read', async () => {
  const { code } = transformSync(readFileSync('reader/entrance.js', 'utf8'), { minify: true, target: 'es2017' })
  expect(code.length).toBeLessThan(KEPT_ON_DISK)
  await expect(code).toMatchFileSnapshot('../reader/entrance.short')
})
