import { WIDE } from '#components/manage/chart.ts'
import { content } from '#server/content/content.ts'
import { wordOf } from '#server/counts/choice.ts'
import { csvOfLetter, jsonOfLetter } from '#server/counts/letter-files.ts'
import { letterOf } from '#server/counts/letter.ts'
import { management } from '#server/management/management.ts'
import { pngOf } from '#server/management/png.ts'
import { contentNow } from '#server/planned-runs.ts'
import { signedIn, today } from '../../../../guard.ts'
import { chartOfLetter } from '../../../../letter-words.ts'

/** A file of a letter: its numbers, or the chart of a site. For who is signed in. */
export async function GET(request: Request, { params }: { params: Promise<{ file: string }> }): Promise<Response> {
  const { language } = await signedIn()
  const { file } = await params
  const { totals } = await management()
  const letter = await letterOf(
    totals,
    contentNow().runs,
    new URL(request.url).searchParams.get('toon') ?? undefined,
    await today(),
  )
  const [name = '', extension = ''] = file.split('.')
  const site = letter?.sites.find((candidate) => candidate.site === name)
  const chart = () => (letter && site ? chartOfLetter(letter, site, language, { width: WIDE, file: true }) : undefined)
  const made = letter && contentOf()
  if (!letter || made === undefined)
    return new Response('Not found\n', { status: 404, headers: { 'Content-Type': 'text/plain; charset=utf-8' } })
  const saved = `${letter.isDemonstration ? 'voorbeeld-' : ''}${name}-${wordOf(letter.choice).replace(':', '-')}.${extension}`
  return new Response(made.body, {
    headers: { 'Content-Type': made.type, 'Content-Disposition': `attachment; filename="${saved}"` },
  })

  function contentOf(): { readonly body: string | Blob; readonly type: string } | undefined {
    if (!letter) return undefined
    if (file === 'bezoekers.csv')
      return { body: csvOfLetter(letter, content().sites), type: 'text/csv; charset=utf-8; header=present' }
    if (file === 'bezoekers.json') return { body: jsonOfLetter(letter, content().sites), type: 'application/json' }
    const svg = chart()
    if (svg === undefined) return undefined
    if (extension === 'svg') return { body: svg, type: 'image/svg+xml' }
    return extension === 'png' ? { body: new Blob([pngOf(svg)]), type: 'image/png' } : undefined
  }
}
