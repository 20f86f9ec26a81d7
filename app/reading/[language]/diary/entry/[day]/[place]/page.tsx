import type { Metadata } from 'next'
import { DiaryEntry } from '#components/diary-entry.tsx'
import { content } from '#server/content/content.ts'
import { LANGUAGES, type Language } from '#server/content/read.ts'
import { labelOfEntry, pathOfEntry } from '#server/route.ts'
import { diaryDate } from '../../../../diary-date.ts'
import { InMainLanguage } from '../../../../in-main-language.tsx'
import { pageMetadata } from '../../../../page-metadata.ts'
import { ReadingPage, readingOf } from '../../../../reading-page.tsx'

interface Props {
  readonly params: Promise<{ language: Language; day: string; place: 'open' | 'newest' }>
}

export function generateStaticParams() {
  return LANGUAGES.flatMap((language) => {
    const { entries } = content().languages[language]
    // The last entry has no next day to wait for.
    return entries.flatMap(({ day }) =>
      (day === entries.length ? ['open'] : ['open', 'newest']).map((place) => ({ language, day: String(day), place })),
    )
  })
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { language, day } = await params
  const word = readingOf(language, 'diary').t('diary.day', { day: Number(day) })
  return pageMetadata({ language, place: 'diary', word, pathIn: (of) => pathOfEntry(Number(day), 'diary', of) })
}

export default async function DiaryEntryPage({ params }: Props) {
  const { language, day, place } = await params
  const reading = readingOf(language, 'diary')
  const { entries } = content().languages[language]
  const entry = entries[Number(day) - 1]
  if (!entry) throw new Error(`The diary has no entry for day ${day}.`)
  return (
    <ReadingPage
      reading={reading}
      pathIn={(of) => pathOfEntry(entry.day, 'diary', of)}
      file={`diary/${day.padStart(2, '0')}.md`}
      counted="entry"
    >
      <InMainLanguage reading={reading} written={entry.language}>
        {({ t, language: written, front, picture, views, link, share, surroundings }) => (
          <DiaryEntry
            t={t}
            entry={entry}
            date={diaryDate(entry.day, written)}
            total={entries.length}
            newest={place === 'newest'}
            picture={picture(entry.picture)}
            helplines={views(entry.helplines)}
            front={front}
            hrefOfDay={surroundings.hrefOfEntry}
            help={link('forced-marriage')}
            share={share(labelOfEntry(entry.day))}
            surroundings={surroundings}
          />
        )}
      </InMainLanguage>
    </ReadingPage>
  )
}
