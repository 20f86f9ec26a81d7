import type { FrameLink } from './frame.tsx'
import { LinkCard } from './link-card.tsx'
import type { Translator } from './translator.ts'

interface Props {
  readonly t: Translator
  /** The front of the site, under the name of the site. */
  readonly front: FrameLink
  readonly pages: readonly FrameLink[]
  /** The entries by their day: the title of one that is still to come is not told. */
  readonly days: readonly { readonly day: number; readonly href: string }[]
  /** The same list of the other site. */
  readonly otherSite: FrameLink
}

/** Everything on a site that can be shared, each leading to the page that shares it. */
export function ShareList({ t, front, pages, days, otherSite }: Props) {
  return (
    <>
      <ul className="plain grid gap-3 sm:grid-cols-2">
        <li>
          <LinkCard href={front.href} title={front.title} text={t('footer.home')} />
        </li>
        <li>
          <LinkCard href={otherSite.href} title={otherSite.title} />
        </li>
      </ul>
      {pages.length > 0 && (
        <>
          <h3>{t('share.pages')}</h3>
          <ul className="plain grid gap-3 sm:grid-cols-2">
            {pages.map(({ href, title, lang }) => (
              <li key={href}>
                <LinkCard href={href} title={title} lang={lang} />
              </li>
            ))}
          </ul>
        </>
      )}
      {days.length > 0 && (
        <>
          <h3>{t('share.entries')}</h3>
          <ol className="plain flex flex-wrap gap-3">
            {days.map(({ day, href }) => (
              <li key={day}>
                <a
                  href={href}
                  className="lift inline-flex min-h-12 items-center rounded-xl border-2 border-line bg-sheet px-4 font-bold text-ink"
                >
                  {t('diary.day', { day })}
                </a>
              </li>
            ))}
          </ol>
        </>
      )}
    </>
  )
}
