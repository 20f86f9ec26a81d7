export const dynamic = 'force-static'

/** The script that opens the window of help on another site (docs/entrance.md), as the build makes it. */
export async function GET() {
  // At the build alone: where the site runs, its tools are not there (docs/decisions/0025).
  const { entranceScript } = await import('./entrance-script.ts')
  return new Response(await entranceScript(), { headers: { 'Content-Type': 'text/javascript; charset=utf-8' } })
}
