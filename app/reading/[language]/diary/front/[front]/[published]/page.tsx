import type { Metadata } from 'next'
import { parseFrontKey } from '#campaign/front.ts'
import { DiaryFront } from '#components/diary-front.tsx'
import { content } from '#server/content/content.ts'
import { frontText } from '#server/content/front-text.ts'
import { LANGUAGES, type Language } from '#server/content/read.ts'
import { allDiaryFronts, pathOfEntry, pathOfFront } from '#server/route.ts'
import { diaryDate } from '../../../../diary-date.ts'
import { pageMetadata } from '../../../../page-metadata.ts'
import { ReadingPage, readingOf } from '../../../../reading-page.tsx'

interface Props {
  readonly params: Promise<{ language: Language; front: string; published: string }>
}

const pathIn = (language: Language) => pathOfFront('diary', language)

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { language } = await params
  return pageMetadata({ language, place: 'diary', pathIn })
}

export function generateStaticParams() {
  return LANGUAGES.flatMap((language) =>
    allDiaryFronts(content(), content().languages[language].entries.length).map(({ front, published }) => ({
      language,
      front,
      published: String(published),
    })),
  )
}

export default async function DiaryFrontPage({ params }: Props) {
  const { language, front, published } = await params
  const reading = readingOf(language, 'diary')
  const { entries, fronts } = content().languages[language]
  return (
    <ReadingPage reading={reading} pathIn={pathIn} file="fronts.yaml" counted="front">
      <DiaryFront
        t={reading.t}
        front={frontText(fronts, parseFrontKey(decodeURIComponent(front)), 'diary')}
        picture={reading.picture('hero-diary')}
        firstDay={pathOfEntry(1, 'diary', language)}
        safety={reading.link('safety')}
        days={entries.map(({ day, title, language: written }) => ({
          day,
          title,
          lang: written === language ? undefined : written,
          date: diaryDate(day, language),
          href: day <= Number(published) ? pathOfEntry(day, 'diary', language) : undefined,
        }))}
      />
    </ReadingPage>
  )
}
