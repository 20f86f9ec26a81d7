import type { Entry } from '#server/content/read.ts'
import type { FrameLink } from './frame.tsx'
import { hrefOfHelpline, type HelplineView } from './helpline.tsx'
import { LinkCard } from './link-card.tsx'
import { Picture } from './picture.tsx'
import { Prose, type ProseSurroundings } from './prose.tsx'
import { ShareLink } from './share-link.tsx'
import type { Translator } from './translator.ts'

interface Props {
  readonly t: Translator
  readonly entry: Entry
  readonly date: string
  readonly total: number
  /** Whether this is the last page for now: the next one appears at midnight. */
  readonly newest: boolean
  readonly picture: string | undefined
  readonly helplines: readonly HelplineView[]
  readonly front: string
  readonly hrefOfDay: (day: number) => string
  readonly help: { readonly href: string; readonly title: string }
  readonly share: FrameLink | undefined
  readonly surroundings: ProseSurroundings
}

/** One day of the diary, with help under it and the way to the next day. */
export function DiaryEntry({
  t,
  entry,
  date,
  total,
  newest,
  picture,
  helplines,
  front,
  hrefOfDay,
  help,
  share,
  surroundings,
}: Props) {
  const last = entry.day === total
  const nextHref = last || newest ? undefined : hrefOfDay(entry.day + 1)
  return (
    <article className="mx-auto max-w-[40rem]">
      <p className="flex items-baseline justify-between gap-4 text-[1rem] text-soft">
        <span className="font-serif text-[1.1875rem] italic">{date}</span>
        <span>{t('diary.dayOfTotal', { day: entry.day, total })}</span>
      </p>
      <h1 className="mt-1 font-serif text-[2.125rem] tracking-[-0.01em] sm:text-[2.75rem]">{entry.title}</h1>
      {entry.note && (
        <div className="warning no-print mt-5">
          <strong>{t('diary.noteTitle')}</strong>
          <p>{entry.note}</p>
          <p>
            <a
              href={nextHref ?? front}
              className="inline-flex min-h-12 items-center font-bold text-accent underline underline-offset-4"
            >
              {nextHref ? t('diary.noteSkip') : t('diary.noteSkipLast')}
            </a>
          </p>
        </div>
      )}
      <Picture svg={picture} className="wash mt-4 mb-2 max-w-[22rem]" />
      <Prose body={entry.body} surroundings={surroundings} className="prose sheet" />

      <p className="mt-8 border-s-4 border-accent ps-4 text-[1.125rem] font-semibold">
        <span className="sr-only">{t('diary.closeTitle')}. </span>
        {entry.close}
      </p>

      <nav className="no-print mt-8 grid gap-3 sm:grid-cols-2" aria-label={t('diary.allPages')}>
        {nextHref ? (
          <a
            href={nextHref}
            className="flex min-h-14 items-center justify-center rounded-xl bg-accent px-6 text-[1.125rem] font-bold text-on-accent sm:order-last"
          >
            {t('diary.next')}
          </a>
        ) : (
          <p className="flex min-h-14 items-center rounded-xl bg-tint px-5 py-3 sm:order-last">
            {newest ? t('diary.newest') : t('diary.end')}
          </p>
        )}
        <a
          href={entry.day === 1 ? front : hrefOfDay(entry.day - 1)}
          className="flex min-h-14 items-center justify-center rounded-xl border-2 border-line px-6 font-bold text-ink"
        >
          {entry.day === 1 ? t('diary.allPages') : t('diary.previous')}
        </a>
      </nav>

      <section className="mt-10 rounded-3xl bg-tint p-6" aria-labelledby="talk">
        <h2 id="talk" className="text-[1.375rem]">
          {t('diary.talkTitle')}
        </h2>
        {last && <p className="mt-2">{t('diary.endText')}</p>}
        <ul className="mt-3 grid gap-2">
          {helplines.map(({ helpline, words }) => (
            <li key={helpline.id}>
              <a
                href={hrefOfHelpline(helpline)}
                rel="noreferrer"
                className="flex min-h-12 flex-wrap items-center justify-between gap-x-4 rounded-xl bg-sheet px-4 py-2 text-ink"
              >
                <span className="font-bold">{words.name}</span>
                <bdi dir="ltr" className="font-bold text-accent">
                  {helpline.display}
                </bdi>
                <span className="w-full text-[0.9375rem] text-soft">{words.trace}</span>
              </a>
            </li>
          ))}
        </ul>
        <div className="no-print mt-4">
          <LinkCard href={help.href} title={t('diary.helpTitle')} text={t('diary.helpText')} />
        </div>
      </section>
      <ShareLink share={share} />
    </article>
  )
}
