import type { Metadata } from 'next'
import type { SiteId } from '#campaign/run.ts'
import { HelpPage } from '#components/help-page.tsx'
import { content } from '#server/content/content.ts'
import { LANGUAGES, type Language } from '#server/content/read.ts'
import { ReadingPage, readingOf, tabTitle } from '../../../reading-page.tsx'

interface Props {
  readonly params: Promise<{ language: Language; site: SiteId; id: string }>
}

export function generateStaticParams() {
  return LANGUAGES.flatMap((language) => content().languages[language].pages.flatMap(({ id, sites }) => sites.map((site) => ({ language, site, id }))))
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { language, site, id } = await params
  return { title: tabTitle(site, readingOf(language, site).page(id).tabTitle) }
}

export default async function HelpContentPage({ params }: Props) {
  const { language, site, id } = await params
  const reading = readingOf(language, site)
  const page = reading.page(id)
  return (
    <ReadingPage reading={reading}>
      <HelpPage
        t={reading.t}
        language={language}
        page={page}
        picture={reading.picture(page.picture)}
        helplines={reading.views(page.helplines)}
        next={page.next.map(reading.link)}
        surroundings={reading.surroundings}
      />
    </ReadingPage>
  )
}
