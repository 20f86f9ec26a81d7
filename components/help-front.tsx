import { LinkCard } from './link-card.tsx'
import { PageHead } from './help-page.tsx'
import type { Translator } from './translator.ts'

interface Door {
  readonly href: string
  readonly title: string
}

interface Props {
  readonly t: Translator
  readonly front: { readonly title: string; readonly text: string }
  readonly picture: string | undefined
  /** One door for each situation that a reader can be in. */
  readonly doors: readonly Door[]
  readonly guide: Door
  readonly safety: Door
  readonly walletCard: Door
  readonly diary: Door
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
          {doors.map(({ href, title }) => (
            <li key={href}>
              <LinkCard href={href} title={title} />
            </li>
          ))}
        </ul>
      </section>
      <section className="mt-6 rounded-3xl bg-tint p-6 sm:p-8" aria-labelledby="unsure">
        <h2 id="unsure" className="text-[1.5rem]">
          {t('front.guideTitle')}
        </h2>
        <p className="mt-2 max-w-[36rem]">{t('front.guideText')}</p>
        <a href={guide.href} className="mt-4 inline-flex min-h-14 items-center rounded-xl bg-accent px-6 text-[1.125rem] font-bold text-on-accent">
          {guide.title}
        </a>
      </section>
      <ul className="mt-10 grid gap-3 sm:grid-cols-3">
        <li>
          <LinkCard href={diary.href} title={t('front.diaryTitle')} text={t('front.diaryText')} />
        </li>
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
