import { content } from '#server/content/content.ts'
import { contactFile } from '#server/contact-file.ts'
import { LANGUAGES, type Language } from '#server/content/read.ts'

export const dynamic = 'force-static'
export const dynamicParams = false

export function generateStaticParams() {
  return LANGUAGES.flatMap((language) => {
    const { pages, contactNames } = content().languages[language]
    return pages
      .filter(({ id }) => id === 'wallet-card')
      .flatMap(({ path }) => contactNames.names.map(({ file }) => ({ language, folder: path, file: `${file}.vcf` })))
  })
}

/** The contact file that a reader chose. */
export async function GET(_request: Request, { params }: { params: Promise<{ language: string; file: string }> }) {
  const { language, file } = await params
  const { helplines, languages } = content()
  const name =
    languages[language as Language].contactNames.names.find((contact) => `${contact.file}.vcf` === file)?.name ?? ''
  const numbers = ['bz-phone', 'veilig-thuis'].map((id) => helplines.find((helpline) => helpline.id === id)?.tel ?? '')
  return new Response(contactFile(name, numbers), {
    headers: {
      'Content-Type': 'text/vcard; charset=utf-8',
      'Content-Disposition': 'attachment; filename="contact.vcf"',
    },
  })
}
