import { content } from '#server/content/content.ts'
import { kitFile, linkOfKit } from '#server/management/kit.ts'
import { management } from '#server/management/management.ts'

/** A file of a kit: a poster, a picture or a code. It opens in the browser; `?bewaar` saves it. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ secret: string; file: string }> },
): Promise<Response> {
  const { secret, file } = await params
  const link = await linkOfKit(await management(), secret)
  const made = link && (await kitFile(content(), link, file))
  if (!made)
    return new Response('Not found\n', { status: 404, headers: { 'Content-Type': 'text/plain; charset=utf-8' } })
  const saved = new URL(request.url).searchParams.has('bewaar')
  return new Response(typeof made.body === 'string' ? made.body : new Blob([made.body]), {
    headers: {
      'Content-Type': made.type,
      'X-Robots-Tag': 'noindex',
      ...(saved ? { 'Content-Disposition': `attachment; filename="${file}"` } : {}),
    },
  })
}
