import type { Metadata } from 'next'
import { DiaryEntry } from '#components/diary-entry.tsx'
import { content } from '#server/content/content.ts'
import { LANGUAGES, type Language } from '#server/content/read.ts'
import { diaryDate } from '../../../../diary-date.ts'
import { ReadingPage, readingOf, tabTitle } from '../../../../reading-page.tsx'

interface Props {
  readonly params: Promise<{ language: Language; day: string; place: 'open' | 'newest' }>
}

export function generateStaticParams() {
  return LANGUAGES.flatMap((language) => {
    const { entries } = content().languages[language]
    // The last entry has no next day to wait for.
    return entries.flatMap(({ day }) => (day === entries.length ? ['open'] : ['open', 'newest']).map((place) => ({ language, day: String(day), place })))
  })
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { language, day } = await params
  return { title: tabTitle('diary', readingOf(language, 'diary').t('diary.day', { day: Number(day) })) }
}

export default async function DiaryEntryPage({ params }: Props) {
  const { language, day, place } = await params
  const reading = readingOf(language, 'diary')
  const { entries } = content().languages[language]
  const entry = entries[Number(day) - 1]
  if (!entry) throw new Error(`The diary has no entry for day ${day}.`)
  return (
    <ReadingPage reading={reading} counted="entry">
      <DiaryEntry
        t={reading.t}
        entry={entry}
        date={diaryDate(entry.day, language)}
        total={entries.length}
        newest={place === 'newest'}
        picture={reading.picture(entry.picture)}
        helplines={reading.views(entry.helplines)}
        help={reading.link('forced-marriage')}
        surroundings={reading.surroundings}
      />
    </ReadingPage>
  )
}
