import { readFileSync } from 'node:fs'

export const dynamic = 'force-static'

/** The script that opens the window of help on another site (docs/entrance.md): reader/entrance.js in its short form. */
export function GET() {
  return new Response(readFileSync('reader/entrance.short', 'utf8'), {
    headers: { 'Content-Type': 'text/javascript; charset=utf-8' },
  })
}
