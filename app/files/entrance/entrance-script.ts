import { readFile } from 'node:fs/promises'
import { transform } from 'esbuild'

/** Chromium keeps what it made of a script of this length or more on disk, with the address of the help site. Unit: characters. */
const KEPT_ON_DISK = 1024

/** The script of reader/entrance.js without long names and blanks, for browsers from 2017 on. Throws when it is too long to leave no trace. */
export async function entranceScript(): Promise<string> {
  const { code } = await transform(await readFile('reader/entrance.js', 'utf8'), { minify: true, target: 'es2017' })
  if (code.length >= KEPT_ON_DISK)
    throw new Error(
      `reader/entrance.js has ${code.length} characters when it is minified: make it shorter than ${KEPT_ON_DISK}.`,
    )
  return code
}
