import { existsSync } from 'node:fs'

// `node server/command.js NAME …`: runs a command as `npm run build` made it, without the tools of the build.
const [name = ''] = process.argv.splice(2, 1)
const COMMAND = new URL(`../.next/commands/${name}.mjs`, import.meta.url)
if (!/^[a-z-]+$/.test(name) || !existsSync(COMMAND)) {
  console.error(`There is no command "${name}" in the build of this site. To make one: npm run build`)
  process.exit(1)
}
// eslint-disable-next-line no-restricted-syntax -- what the build made is in no folder between which the arrows go
await import(COMMAND.href)
