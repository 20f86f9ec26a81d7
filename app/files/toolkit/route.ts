import { content } from '#server/content/content.ts'
import { toolkitArchive } from '#server/sharing/toolkit.ts'

export const dynamic = 'force-static'

/** The archive with posters, pictures and texts for municipalities, schools and partners (docs/sharing.md). */
export async function GET() {
  return new Response(await toolkitArchive(content()), {
    headers: { 'Content-Type': 'application/zip', 'Content-Disposition': 'attachment; filename="materiaal.zip"' },
  })
}
