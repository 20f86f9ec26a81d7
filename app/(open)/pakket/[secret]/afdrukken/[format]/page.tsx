import { notFound } from 'next/navigation'
import { LANGUAGES } from '#server/content/read.ts'
import { linkOfKit, paperFormat } from '#server/management/kit.ts'
import { management } from '#server/management/management.ts'
import { languageNow } from '#app/beheer/guard.ts'
import { linksTexts } from '#app/beheer/links-texts.ts'

interface Props {
  readonly params: Promise<{ secret: string; format: string }>
  readonly searchParams: Promise<{ taal?: string }>
}

/** One sheet of a kit as a page to print: the sheet alone, in its true size. */
export default async function PrintPage({ params, searchParams }: Props) {
  const { secret, format } = await params
  const { taal } = await searchParams
  const t = linksTexts(await languageNow())
  const link = await linkOfKit(await management(), secret)
  const paper = paperFormat(format)
  if (!link || !paper) notFound()
  const language = LANGUAGES.find((known) => known === taal) ?? link.language
  return (
    <main>
      <div className="no-print mx-auto max-w-(--page) px-4 py-6">
        <h1>{t('kit.format', { format: paper })}</h1>
        <p>{t('print.how')}</p>
        <p className="mt-4">
          <a className="button quiet" href={`/pakket/${secret}`}>
            {t('print.back')}
          </a>
        </p>
      </div>
      <img
        className={`sheet-of-paper ${paper}`}
        src={`/pakket/${secret}/bestand/${paper}-${language}.svg`}
        alt={t('kit.format', { format: paper })}
      />
    </main>
  )
}
