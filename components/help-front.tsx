import type { FrameLink } from './frame.tsx'
import { LinkCard } from './link-card.tsx'
import { PageHead } from './help-page.tsx'
import type { Translator } from './translator.ts'

interface Props {
  readonly t: Translator
  readonly front: { readonly title: string; readonly text: string }
  readonly picture: string | undefined
  /** One door for each situation that a reader can be in. */
  readonly doors: readonly FrameLink[]
  readonly guide: FrameLink
  readonly safety: FrameLink
  readonly walletCard: FrameLink
  /** Absent in the window on another site, where the diary would lead out of it. */
  readonly diary: FrameLink | undefined
}

/** The front of the help site: what the campaign says today, and a door for every situation. */
export function HelpFront({ t, front, picture, doors, guide, safety, walletCard, diary }: Props) {
  return (
    <>
      <PageHead title={front.title} lead={front.text} picture={picture} />
      <section className="mt-10" aria-labelledby="doors">
        <h2 id="doors" className="text-[1.75rem]">
          {t('front.doorsTitle')}
        </h2>
        <ul className="mt-4 grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
          {doors.map(({ href, title, lang }) => (
            <li key={href}>
              <LinkCard href={href} title={title} lang={lang} />
            </li>
          ))}
          <li className="lg:col-span-2">
            <a
              href={guide.href}
              className="lift flex h-full min-h-16 flex-wrap items-center justify-between gap-x-6 gap-y-3 rounded-2xl bg-accent px-5 py-4 text-on-accent"
            >
              <span>
                <span className="block text-[1.125rem] leading-[1.25] font-bold">{guide.title}</span>
                <span className="mt-1 block text-[0.9375rem] leading-[1.4]">{t('front.guideText')}</span>
              </span>
            </a>
          </li>
        </ul>
      </section>
      <ul className="mt-10 grid gap-3 sm:grid-cols-3">
        {diary && (
          <li>
            <LinkCard href={diary.href} title={t('front.diaryTitle')} text={t('front.diaryText')} />
          </li>
        )}
        <li>
          <LinkCard href={safety.href} title={t('front.safetyTitle')} text={t('front.safetyText')} />
        </li>
        <li>
          <LinkCard href={walletCard.href} title={t('front.bringTitle')} text={t('front.bringText')} />
        </li>
      </ul>
    </>
  )
}
