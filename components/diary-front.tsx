import type { FrameLink } from './frame.tsx'
import { PageHead } from './help-page.tsx'
import { InLanguage } from './in-language.tsx'
import { LinkCard } from './link-card.tsx'
import type { Translator } from './translator.ts'

export interface DiaryDay {
  readonly day: number
  readonly date: string
  readonly title: string
  /** The language of the title where it is not that of the page. */
  readonly lang: string | undefined
  /** Absent while the entry is not published. */
  readonly href: string | undefined
}

interface Props {
  readonly t: Translator
  readonly front: { readonly title: string; readonly text: string }
  readonly picture: string | undefined
  readonly firstDay: string
  readonly safety: FrameLink
  readonly days: readonly DiaryDay[]
}

/** The cover of the diary: what it is, where to begin, what to know first on a telephone that others check, and every day with its title. */
export function DiaryFront({ t, front, picture, firstDay, safety, days }: Props) {
  const newest = days.findLast(({ href }) => href !== undefined)
  const complete = newest === days.at(-1)
  return (
    <>
      <PageHead title={<span className="font-serif">{front.title}</span>} lead={front.text} picture={picture}>
        <p className="mt-6 flex flex-wrap gap-3">
          <a
            href={firstDay}
            className="inline-flex min-h-14 items-center rounded-xl bg-accent px-6 text-[1.125rem] font-bold text-on-accent"
          >
            {t('diary.firstPage')}
          </a>
          {!complete && newest?.href && newest.day > 1 && (
            <a
              href={newest.href}
              className="inline-flex min-h-14 items-center rounded-xl border-2 border-accent px-6 text-[1.125rem] font-bold text-accent"
            >
              {t('diary.todaysPage')}
            </a>
          )}
        </p>
        <p className="mt-4 text-[0.9375rem] text-soft">{t('diary.fiction')}</p>
      </PageHead>
      <div className="mt-8 sm:max-w-[22rem]">
        <LinkCard href={safety.href} title={t('front.safetyTitle')} text={t('front.safetyText')} />
      </div>
      <nav className="mt-12" aria-labelledby="days">
        <h2 id="days" className="text-[1.75rem]">
          {t('diary.allPages')}
        </h2>
        <ol className="mt-4 grid gap-x-8 sm:grid-cols-2 lg:grid-cols-3">
          {days.map(({ day, date, title, lang, href }) => (
            <li key={day} className="border-b border-line">
              {href ? (
                <a href={href} className="grid min-h-14 grid-cols-[5.5rem_1fr] items-center gap-2 py-2 text-ink">
                  <span className="text-[0.9375rem] text-soft">{date}</span>
                  <span className="font-serif text-[1.125rem] leading-[1.25] font-semibold">
                    <InLanguage lang={lang}>{title}</InLanguage>
                  </span>
                </a>
              ) : (
                <p className="grid min-h-14 grid-cols-[5.5rem_1fr] items-center gap-2 py-2 text-soft">
                  <span className="text-[0.9375rem]">{date}</span>
                  <span className="font-serif italic">{t('diary.soon')}</span>
                </p>
              )}
            </li>
          ))}
        </ol>
      </nav>
    </>
  )
}
