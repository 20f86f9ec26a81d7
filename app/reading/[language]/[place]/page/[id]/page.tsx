import type { Metadata } from 'next'
import { HelpPage } from '#components/help-page.tsx'
import { content } from '#server/content/content.ts'
import { LANGUAGES, type Language } from '#server/content/read.ts'
import { isShownIn, pathOfPage, type Place } from '#server/route.ts'
import { InMainLanguage } from '../../../in-main-language.tsx'
import { pageMetadata } from '../../../page-metadata.ts'
import { ReadingPage, readingOf } from '../../../reading-page.tsx'

interface Props {
  readonly params: Promise<{ language: Language; place: Place; id: string }>
}

const PLACES = ['help', 'diary', 'entrance'] as const satisfies readonly Place[]

export function generateStaticParams() {
  return LANGUAGES.flatMap((language) =>
    content().languages[language].pages.flatMap((page) =>
      PLACES.filter((place) => isShownIn(page, place)).map((place) => ({ language, place, id: page.id })),
    ),
  )
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { language, place, id } = await params
  const page = readingOf(language, place).page(id)
  const [home = 'help'] = page.sites
  return pageMetadata({
    language,
    place,
    word: page.tabTitle,
    listedOn: home,
    pathIn: (of) => pathOfPage(page, home, of),
    snippet: page.counted,
  })
}

export default async function HelpContentPage({ params }: Props) {
  const { language, place, id } = await params
  const reading = readingOf(language, place)
  const page = reading.page(id)
  return (
    <ReadingPage
      reading={reading}
      pathIn={(of) => pathOfPage(page, place, of)}
      file={`pages/${id}.md`}
      counted={page.counted ? 'page' : undefined}
    >
      <InMainLanguage reading={reading} written={page.language}>
        {({ t, language: written, picture, views, link, share, surroundings }) => (
          <HelpPage
            t={t}
            language={written}
            page={page}
            picture={picture(page.picture)}
            helplines={views(page.helplines)}
            next={page.next.map(link)}
            share={share(id)}
            surroundings={surroundings}
          />
        )}
      </InMainLanguage>
    </ReadingPage>
  )
}
