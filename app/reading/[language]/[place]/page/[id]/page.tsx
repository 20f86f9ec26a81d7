import type { Metadata } from 'next'
import type { SiteId } from '#campaign/run.ts'
import { HelpPage } from '#components/help-page.tsx'
import { content } from '#server/content/content.ts'
import { LANGUAGES, type Language } from '#server/content/read.ts'
import type { Place } from '#server/route.ts'
import { ReadingPage, readingOf, tabTitle } from '../../../reading-page.tsx'

interface Props {
  readonly params: Promise<{ language: Language; place: Place; id: string }>
}

/** Where a page is shown: on its sites, and every page of the help site in the window on another site too. */
function placesOf(sites: readonly SiteId[]): Place[] {
  return sites.includes('help') ? [...sites, 'entrance'] : [...sites]
}

export function generateStaticParams() {
  return LANGUAGES.flatMap((language) => content().languages[language].pages.flatMap(({ id, sites }) => placesOf(sites).map((place) => ({ language, place, id }))))
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { language, place, id } = await params
  return { title: tabTitle(place, readingOf(language, place).page(id).tabTitle) }
}

export default async function HelpContentPage({ params }: Props) {
  const { language, place, id } = await params
  const reading = readingOf(language, place)
  const page = reading.page(id)
  return (
    <ReadingPage reading={reading} counted={page.counted ? 'page' : undefined}>
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
